import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import { at } from '../../../../scripts/lib/paths.mjs';
import { actions } from '../../../../server/src/features/threaddump/actions.ts';
import { folds } from '../../../../server/src/features/threaddump/folds.ts';
import { hints } from '../../../../server/src/features/threaddump/hints.ts';
import { hover } from '../../../../server/src/features/threaddump/hover.ts';
import { lenses } from '../../../../server/src/features/threaddump/lenses.ts';
import { links } from '../../../../server/src/features/threaddump/links.ts';
import { nodeAt } from '../../../../server/src/features/threaddump/nodeAt.ts';
import { poolName, symbols } from '../../../../server/src/features/threaddump/symbols.ts';
import { tokens } from '../../../../server/src/features/threaddump/tokens.ts';
import type { DocumentSymbol } from '../../../../server/src/features/types.ts';
import { hotspot, thread } from '../../analysis/threaddump/dumps.ts';
import { open, readMarks, URI } from './marks.ts';

const BLOCKED = 'BLOCKED (on object monitor)';
const cycle = [
  thread('A', BLOCKED, [
    'app.Left.run(Left.java:10)',
    '- waiting to lock <0x0000000000000002> (a app.Two)',
    '- locked <0x0000000000000001> (a app.One)',
    'java.lang.Thread.run(java.base@17.0.15/Thread.java:840)',
  ]),
  thread('B', BLOCKED, [
    'app.Right.run(Right.java:20)',
    '- waiting to lock <0x0000000000000001> (a app.One)',
    '- locked <0x0000000000000002> (a app.Two)',
  ]),
];
const CYCLE = hotspot([
  ...cycle,
  thread('C', BLOCKED, ['app.X.x(X.java:1)', '- waiting to lock <0x0000000000000001> (a app.One)']),
  thread('idle', 'RUNNABLE', ['app.X.x(X.java:1)']),
]);

/** Text with one cursor, and what the hover there has to say, line by line without Markdown. */
const HOVERS: [string, string, RegExp[]][] = [
  [
    'a lock of a cycle',
    CYCLE.replace('- locked <0x0000000000000001>', '- locked <0x0000«|»000000000001>'),
    [
      /Monitor 0x0000000000000001 of class app\.One/,
      /Deadlock: this lock is part of a cycle of 2 threads/,
      /Held by "A", which waits for monitor 0x0000000000000002 \(Two\)/,
      /2 threads wait for it: "B", "C"/,
    ],
  ],
  [
    'a monitor that was given up',
    hotspot([
      thread('W', 'WAITING (on object monitor)', [
        'java.lang.Object.wait(java.base@17/Native Method)',
        '- waiting on <0x0000000000000001> (a app.One)',
        'app.X.x(X.java:1)',
        '- loc«|»ked <0x0000000000000001> (a app.One)',
      ]),
    ]),
    [/Nobody is seen to hold it/, /has given the monitor up in Object\.wait\(\)/, /1 thread waits to be notified or signalled: "W"/],
  ],
  [
    'a member of a cycle',
    CYCLE.replace('"A"', '"«|»A"'),
    [
      /Thread "A"/,
      /Deadlock \(proved\), in waiting order: "A" → "B" → "A"/,
      /It waits for monitor 0x0000000000000002/,
      /held by "B"/,
      /2 threads wait for it: "B" \(monitor 0x0000000000000001 \(One\)\), "C"/,
      /At Left\.run \(Left\.java:10\)/,
    ],
  ],
  ['a victim', CYCLE.replace('"C"', '"C«|»"'), [/Held up by a deadlock of 2 threads, without being part of it/]],
  ['the state line of a thread', CYCLE.replace('Thread.State: RUNNABLE', 'Thread.State: RUN«|»NABLE'), [/Thread "idle"/, /It runs, or could run/]],
  ['a thread that runs', CYCLE.replace('"idle"', '"id«|»le"'), [/It runs, or could run/, /State RUNNABLE/]],
  [
    'a frame with a lock',
    CYCLE.replace('app.Left.run', 'app.Left.r«|»un'),
    [/app\.Left\.run/, /Left\.java, line 10/, /innermost frame/, /Takes monitor 0x0000000000000001 \(One\) here; 2 waiting for it/],
  ],
  ['a frame of the JDK', CYCLE.replace('java.lang.Thread.run', 'java.lang.Thread«|».run'), [/Frame 2 of 2/, /java\.base@17\.0\.15|Part of the JDK/]],
];

describe('thread dumps in the editor', () => {
  for (const [name, marked, expected] of HOVERS) {
    it(`hover on ${name}`, async () => {
      const { text, cursors } = readMarks(marked);
      const found = hover(await open(text), cursors[0] as number);
      const said = (found?.markdown ?? '').replaceAll(/[`*\\]/g, '');
      for (const pattern of expected) assert.match(said, pattern);
    });
  }

  it('a name in a hover cannot act as Markdown', async () => {
    const { text, cursors } = readMarks(hotspot([thread('«|»[x](command:evil) **b**', 'RUNNABLE', ['app.X.x(X.java:1)'])]));
    const markdown = hover(await open(text), cursors[0] as number)?.markdown ?? '';
    assert.match(markdown, /\\\[x\\\]\\\(command:evil\)/);
    assert.doesNotMatch(markdown, /\]\(command/);
  });

  it('lenses stand at the head, at the members of a cycle and at root blockers', async () => {
    const text = hotspot([
      ...cycle,
      thread('slow', 'RUNNABLE', ['app.X.y(X.java:2)', '- locked <0x0000000000000009> (a app.L)']),
      thread('w', BLOCKED, ['app.X.x(X.java:1)', '- waiting to lock <0x0000000000000009> (a app.L)']),
    ]);
    const found = lenses(await open(text));
    assert.deepEqual(
      found.map(({ span, title }) => `${text.slice(span.start, span.end)}: ${title}`),
      [
        ': $(list-tree) Stacks',
        'A: $(error) Deadlock of 2 threads: this thread waits for monitor 0x0000000000000002 (Two), held by "B"',
        'B: $(error) Deadlock of 2 threads: this thread waits for monitor 0x0000000000000001 (One), held by "A"',
        'slow: $(lock) Holds up 1 thread',
      ],
    );
    assert.deepEqual(found[1]?.command, { id: 'logjam.showGraphAt', arguments: [URI, 'lock-wait', 'd0-thread-0'] });
  });

  it('hints name the owner behind a wanted lock and count the waiters behind a held one', async () => {
    const { text, cursors } = readMarks(
      CYCLE.replace('<0x0000000000000002>', '<0x0000000000000002«|»>').replace('locked <0x0000000000000001>', 'locked <0x0000000000000001«|»>'),
    );
    const document = await open(text);
    const all = hints(document, { start: 0, end: text.length });
    const at = (offset: number): string[] => all.filter((hint) => hint.offset === offset).map((hint) => hint.label);
    assert.deepEqual(cursors.map(at), [['held by "B"'], ['2 waiting']]);
    assert.deepEqual(hints(document, { start: 0, end: 10 }), []);
    assert.deepEqual(hints({ ...document, settings: { ...DEFAULT_SETTINGS, 'logjam.inlayHints': false } }, { start: 0, end: text.length }), []);
  });

  it('the outline has the deadlock, then states, then pools', async () => {
    const pool = [1, 2, 3, 4].map((n) =>
      thread(`pool-1-thread-${n}`, 'WAITING (parking)', [
        'sun.misc.Unsafe.park(Native Method)',
        '- parking to wait for  <0x0000000000000077> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)',
      ]),
    );
    const tree = (symbol: DocumentSymbol): unknown =>
      symbol.children === undefined || symbol.children.length === 0 ? symbol.name : { [symbol.name]: symbol.children.map(tree) };
    const found = symbols(await open(hotspot([...cycle, ...pool, thread('main', 'RUNNABLE', ['app.X.x(X.java:1)'])])));
    assert.deepEqual(found.map(tree), [
      {
        'Thread dump': [
          { 'Deadlock of 2 threads': ['A', 'B'] },
          { BLOCKED: ['A', 'B'] },
          { WAITING: [{ 'pool-1-thread-*': ['pool-1-thread-1', 'pool-1-thread-2', 'pool-1-thread-3', 'pool-1-thread-4'] }] },
          { RUNNABLE: ['main'] },
        ],
      },
    ]);
    const check = (symbol: DocumentSymbol): void => {
      assert.ok(
        symbol.span.start <= symbol.selection.start && symbol.selection.end <= symbol.span.end,
        `${symbol.name}: the selection lies outside of the span`,
      );
      for (const child of symbol.children ?? []) check(child);
    };
    for (const symbol of found) check(symbol);
    assert.equal(poolName('flink-akka.actor.default-dispatcher-12'), 'flink-akka.actor.default-dispatcher-*');
  });

  it('folds every thread, the section and, where there are several, the dumps', async () => {
    const text = `${hotspot(cycle)}\n${hotspot(cycle)}`;
    const found = folds(await open(text)).map(({ span }) => text.slice(span.start, span.end).slice(0, 4));
    assert.equal(found.filter((start) => start.startsWith('"A"') || start.startsWith('"B"')).length, 4);
    assert.equal(found.length, 6);
  });

  it('tokens keep application frames bright and JDK frames quiet, and mark the deadlock', async () => {
    const text = CYCLE;
    const found = tokens(await open(text), { start: 0, end: text.length }).map(
      ({ span, type, modifiers }) => `${text.slice(span.start, span.end)}=${[type, ...(modifiers ?? [])].join('.')}`,
    );
    for (const expected of [
      'A=string.deadlock',
      'idle=string',
      'BLOCKED=enumMember',
      'app.=namespace',
      'Left=class.application',
      'run=method.application',
      'Left.java:10=property',
      'waiting to lock=keyword',
      '0x0000000000000002=variable.deadlock',
    ]) {
      assert.ok(found.includes(expected), `${expected} is not among\n${found.join('\n')}`);
    }
    assert.equal(found.filter((token) => /Thread\.run.*=comment\.library$/.test(token)).length, 1);
  });

  it('tokens are sorted and do not overlap, also in the ticket of one line a stack', async () => {
    const text = readFileSync(at('test/fixtures/dumps/packed/flink-22946-jira.txt'), 'utf8');
    const found = tokens(await open(text), { start: 0, end: text.length });
    assert.ok(found.length > 200);
    for (const [index, token] of found.entries()) {
      assert.ok(token.span.start >= (found[index - 1]?.span.end ?? 0));
      assert.ok(!text.slice(token.span.start, token.span.end).includes('\n'));
    }
  });

  it('leaves the frames of a very large text to the grammar', async () => {
    const frames = Array.from(
      { length: 20_000 },
      (_, index) => `app.a.very.long.package.name.that.makes.the.text.large.enough.Class.method(Class${index}.java:${index})`,
    );
    const text = hotspot([...cycle, thread('deep', 'RUNNABLE', frames)]);
    assert.ok(text.length > 2_000_000);
    const found = tokens(await open(text), { start: 0, end: text.length });
    assert.deepEqual([...new Set(found.map(({ type, modifiers }) => [type, ...(modifiers ?? [])].join('.')))].sort(), [
      'enumMember',
      'string',
      'string.deadlock',
      'variable.deadlock',
    ]);
  });

  it('frames link to their source, but not those of the JDK, of native code or of lambdas', async () => {
    const text = hotspot([
      thread('A', 'RUNNABLE', [
        'java.net.SocketInputStream.socketRead0(Native Method)',
        'org.apache.flink.runtime.taskmanager.Task$Inner.run(Task.java:566)',
        'app.Main$$Lambda$14/0x000000080011c040.run(Unknown Source)',
        'Top.main(Top.java)',
      ]),
    ]);
    const found = links(await open(text)).map(({ span, source }) => [text.slice(span.start, span.end), source]);
    assert.deepEqual(found, [
      ['Task.java:566', { package: 'org/apache/flink/runtime/taskmanager', file: 'Task.java', line: 566 }],
      ['Top.java', { package: '', file: 'Top.java', line: null }],
    ]);
  });

  it('actions on a member or victim show the graph and copy the explanation', async () => {
    const { text, cursors } = readMarks(CYCLE.replace('"C"', '"C«|»"').replace('"idle"', '"idle«|»"'));
    const document = await open(text);
    const [victim, idle] = cursors.map((offset) => actions(document, { start: offset, end: offset }));
    const [shown, copied] = victim ?? [];
    assert.deepEqual(shown?.by === 'command' && shown.command, { id: 'logjam.showGraphAt', arguments: [URI, 'lock-wait', 'd0-thread-0'] });
    assert.match(
      copied?.by === 'copy' ? copied.copy : '',
      /^Deadlock of 2 threads on monitors \(proved\)\.[\s\S]*"A"\n {2}waits for monitor 0x0000000000000002 \(Two\), held by "B"\n {2}holds monitor 0x0000000000000001 \(One\), taken in Left\.run \(Left\.java:10\)\n {4}at app\.Left\.run\(Left\.java:10\)[\s\S]*without being part of it: "C"\.$/,
    );
    assert.deepEqual(idle, []);
  });

  it('the cursor finds its node: a lock, a thread, a thread drawn as one of many, nothing', async () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      thread(`w${index}`, BLOCKED, ['app.X.x(X.java:1)', '- waiting to lock <0x0000000000000009> (a app.L)']),
    );
    const { text, cursors } = readMarks(
      hotspot([
        thread('r«|»oot', 'RUNNABLE', ['app.X.y(X.java:2)', '- locked <0x000«|»0000000000009> (a app.L)']),
        ...many,
        thread('idle', 'RUNNABLE', ['app.X.x(X.java:1)']),
      ])
        .replace('"w8"', '"w8«|»"')
        .replace('"idle"', '"idle«|»"'),
    );
    const document = await open(text);
    const nodes = cursors.map((offset) => nodeAt(document, 'lock-wait', offset));
    assert.deepEqual(nodes, ['d0-thread-0', 'd0-lock-0x0000000000000009', 'd0-waiters-0x0000000000000009', null]);
    assert.equal(nodeAt(document, 'job', cursors[0] as number), null);
  });

  it('says nothing outside of any thread', async () => {
    const document = await open(CYCLE);
    assert.equal(hover(document, 3), null);
    assert.equal(nodeAt(document, 'lock-wait', 3), null);
  });
});
