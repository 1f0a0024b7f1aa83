// Files that were made to stop or to mislead the one who opens them, by kind of attack, each with its bound.
import assert from 'node:assert/strict';
import { analyse, report } from '../../../server/src/core/kinds/index.ts';
import { walkable } from '../../../server/src/core/rules/jobgraph/shared.ts';
import { examine } from '../../fuzz/examine.ts';

/** How many times what an ordinary text of its length costs: what is quadratic takes hundreds of times as much. */
const MAX = 12;
/** Milliseconds of computing that a text may cost however short it is. */
const FLOOR = 60;
const TRIES = 4;

async function cost(text: string): Promise<number> {
  const start = process.cpuUsage();
  await examine(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** A text costs what an ordinary one of its length costs; both are measured in the same moment, since other programs add their share. */
async function ordinary(text: string): Promise<void> {
  const harmless = LOG.repeat(Math.ceil(text.length / LOG.length)).slice(0, text.length);
  const seen: string[] = [];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const [took, bound] = [await cost(text), MAX * Math.max(FLOOR, await cost(harmless))];
    if (took < bound) return;
    seen.push(`${Math.round(took)} ms, ${Math.round(bound)} allowed`);
  }
  assert.fail(`${text.length} characters: ${seen.join('; ')}`);
}

const DUMP = 'Full thread dump OpenJDK 64-Bit Server VM (17.0.9+9 mixed mode):\n\n';
const HEADER = '"main" #1 prio=5 os_prio=0 tid=0x00007f1c2c0e1000 nid=0x1a runnable [0x00007f1c0d1fe000]\n   java.lang.Thread.State: RUNNABLE\n';
const failure = (n: number) =>
  `2024-01-01 10:00:00,000 WARN  org.apache.flink.runtime.taskmanager.Task [] - Map ${n} (1/2)#0 (${n.toString(16).padStart(32, '0')}) switched from RUNNING to FAILED with failure cause: java.lang.RuntimeException: x${n}\n\tat a.B${n}.c(B.java:1)\n`;
const LOG = `2024-01-01 10:00:00,000 INFO  org.apache.flink.runtime.taskmanager.Task [] - Map (1/2)#0 (acc0759fada1f8a28b8fe4d6fba40d2e) switched from RUNNING to FINISHED.\n${failure(1)}`;
const node = (id: number, predecessors: number[]) => ({
  id,
  type: `Map ${id}`,
  pact: 'Operator',
  contents: `Map ${id}`,
  parallelism: 1,
  predecessors: predecessors.map((other) => ({ id: other, ship_strategy: 'FORWARD', side: 'second' })),
});
const plan = (nodes: unknown[]) => JSON.stringify({ nodes });
const pod = (body: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n${body}\nstatus:\n  phase: Running\n`;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('attacks', () => {
  // mocha has every error keep its whole stack, which costs more the deeper it is; outside of it ten frames are kept.
  const { stackTraceLimit } = Error;
  before(() => {
    Error.stackTraceLimit = 10;
  });
  after(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  for (const [name, text] of Object.entries({
    'a frame of lambdas within lambdas': `${DUMP + HEADER}\tat a.B${'$$Lambda$1/0x1.c'.repeat(40)}\n`,
    'a frame of nothing but dollars': `${DUMP + HEADER}\tat ${'$'.repeat(5000)}.b(B.java:1\n`,
    'a frame in a line of its own without a bracket': `at /${'a$b.'.repeat(500)}\n`,
    'a line of carriage returns': `${DUMP + HEADER}${'\r'.repeat(60_000)}\n`,
    'a line of blanks in a flattened dump': `${(DUMP + HEADER).replaceAll('\n', ' ')} at a.B.c(B.java:1)${' '.repeat(60_000)}at a.B.d(B.java:2) at a.B.e(B.java:3)`,
    'a line of quotes': `${DUMP}"${'" #1 "'.repeat(10_000)}\n`,
    'a line of digits in a log': `${failure(1)}${'7'.repeat(60_000)}\n${failure(2)}`,
    'a logger of dashes': `2024-01-01 10:00:00,000 INFO  a${'-a'.repeat(30_000)}\n${failure(1)}`,
    'blanks that are none behind a line of EXPLAIN': `== Optimized Execution Plan ==\nSink(table=[t])\n+- Calc(select=[${'\u00a0'.repeat(60_000)}x])\n`,
    'EXPLAIN of great depth': `== Optimized Execution Plan ==\n${upTo(1000)
      .map((n) => `${'   '.repeat(n - 1)}+- Calc(select=[a${n}])`)
      .join('\n')}`,
    'a description of line ends': plan([node(1, []), { ...node(2, [1]), contents: '\n \u00a0'.repeat(20_000) }]),
    'a plan in which all follow all': plan(upTo(80).map((id) => node(id, upTo(80)))),
    'a plan in which each follows itself': plan(upTo(4000).map((id) => node(id, [id]))),
    'a Pod of brackets': pod(`x: ${'['.repeat(100_000)}`),
    'a Pod of braces with keys': pod(`x: ${'{a: '.repeat(20_000)}`),
    'a Pod of brackets that end': pod(`x: ${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    'a Pod of commas': pod(`x: [${','.repeat(40_000)}]`),
    'a Pod of colons': pod(`x: [${': '.repeat(20_000)}]`),
    'a Pod of anchors': pod(`x: ${'&a '.repeat(40_000)}`),
    'a Pod of tags': pod(`x: ${'!<tag:yaml.org,2002:int> '.repeat(8000)}`),
    'a Pod of anchors and aliases': pod(
      `x:\n${upTo(5000)
        .map((n) => `  - &a${n} b\n  - *a${n}\n`)
        .join('')}`,
    ),
    'a Pod of aliases of aliases': pod(
      `a0: &a0 [x, x]\n${upTo(1500)
        .map((n) => `a${n}: &a${n} [${`*a${n - 1}, `.repeat(9)}]\n`)
        .join('')}`,
    ),
    'a Pod of merged keys': pod(`b: &a {c: d}\nx:\n${'  <<: *a\n'.repeat(8000)}`),
    'a Pod of no YAML': pod('x: a: '.repeat(4000)),
    'a Pod in many documents': pod('---\n'.repeat(20_000)),
    'many Pods': pod('').repeat(2000).replaceAll('Running\n', 'Running\n---\n'),
    'a long list of Pods': `apiVersion: v1\nkind: List\nitems:\n${'- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n  status:\n    phase: Running\n'.repeat(2000)}`,
  })) {
    it(`${name} costs what its length costs`, () => ordinary(text));
  }

  for (const [name, text, said] of [
    ['nested too deeply', pod(`x: ${'['.repeat(100_000)}`), /not read: it is nested too deeply/],
    ['too large', `${pod('')}x: ${'a'.repeat(6 << 20)}\n`, /not read: it is larger than 5 MB/],
    [
      'of aliases that would be billions',
      pod(
        `a0: &a0 [x, x]\n${upTo(40)
          .map((n) => `a${n}: &a${n} [*a${n - 1}, *a${n - 1}]\n`)
          .join('')}`,
      ),
      null,
    ],
  ] as const)
    it(`a Pod that is ${name} ${said === null ? 'is read' : 'is refused with a word'}`, async () => {
      const { kind, problems } = await analyse({ uri: 'file:///pod.yaml', text });
      assert.equal(kind, 'rest-document');
      const messages = problems.map(({ message }) => message).join('\n');
      if (said === null) assert.equal(messages, '');
      else assert.match(messages, said);
    });

  it('a plan in which all follow all is walked through for a few of its loops only', () => {
    const loops = upTo(5000);
    assert.equal(walkable(100, loops).length, 200);
    for (const edges of [10_000, 90_000, 4_000_000]) assert.ok(walkable(edges, loops).length * edges <= 4_000_000, String(edges));
    assert.ok(walkable(4_000_000, loops).length > 0);
  });

  it('thousands of failures, each of its own kind, are reported in linear time', async () => {
    await ordinary(upTo(20_000).map(failure).join(''));
  });

  it('the name of a collection is no link and no tag in the report', async () => {
    const name = '[a](command:x.y) <img src=x>';
    const text = `[0.001s][info][gc] Using G1\n${`[0.100s][info][gc] GC(0) Pause Young (${name}) 24M->4M(256M) 3.210ms\n`.repeat(3)}`;
    const markdown = report(await analyse({ uri: 'file:///gc', text }), 'gc') ?? '';
    assert.ok(markdown.includes('Pause'));
    assert.doesNotMatch(markdown, /(?<!\\)\]\(command|(?<!\\)<img/);
  });
});
