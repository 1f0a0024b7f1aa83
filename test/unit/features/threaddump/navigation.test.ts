import assert from 'node:assert/strict';
import type { Span } from '../../../../common/span.ts';
import { definition } from '../../../../server/src/features/threaddump/definition.ts';
import { highlight, references } from '../../../../server/src/features/threaddump/references.ts';
import { hotspot, thread } from '../../analysis/threaddump/dumps.ts';
import { open, readMarks, shown } from './marks.ts';

const BLOCKED = 'BLOCKED (on object monitor)';

/** Every cursor of the text leads to every span of the text. */
const DEFINITIONS: [string, string][] = [
  [
    'a waiting line leads to the line where the holder took the lock',
    hotspot([
      thread('A', BLOCKED, ['app.X.x(X.java:1)', '- wait«|»ing to lock <0x00000000000«|»00001> (a app.«|»L)']),
      thread('B', 'RUNNABLE', ['app.X.y(X.java:2)', '- locked <«[»0x0000000000000001«]»> (a app.L)']),
    ]),
  ],
  [
    'the line of the holder leads back to all who wait',
    hotspot([
      thread('A', BLOCKED, ['app.X.x(X.java:1)', '- waiting to lock <«[»0x0000000000000001«]»> (a app.L)']),
      thread('B', 'RUNNABLE', ['app.X.y(X.java:2)', '- lock«|»ed <0x0000000000000001> (a app.L)']),
      thread('C', BLOCKED, ['app.X.x(X.java:1)', '- waiting to lock <«[»0x0000000000000001«]»> (a app.L)']),
    ]),
  ],
  [
    'a thread leads to the holder of what it waits for',
    hotspot([
      thread('th«|»is', BLOCKED, ['app.X.x(X.java:1)', '- waiting to lock <0x0000000000000001> (a app.L)']),
      thread('B', 'RUNNABLE', ['app.X.y(X.java:2)', '- locked <«[»0x0000000000000001«]»> (a app.L)']),
    ]),
  ],
  [
    'a parked thread leads to the list of the one that owns the synchronizer',
    hotspot([
      thread(
        'A',
        'WAITING (parking)',
        [
          'sun.misc.Unsafe.park(Native Method)',
          '- parking to wait for  <0x000000«|»0000000001> (a java.util.concurrent.locks.ReentrantLock$FairSync)',
        ],
        [],
      ),
      thread('B', 'RUNNABLE', ['app.X.y(X.java:2)'], ['<«[»0x0000000000000001«]»> (a java.util.concurrent.locks.ReentrantLock$FairSync)']),
    ]),
  ],
  [
    'an owner without a visible line leads to its name, from its name in the header too',
    '"A" Id=1 BLOCKED on app.L@aa owned by "«|»B" Id=2\n\tat app.X.x(X.java:1)\n\t-  block«|»ed on app.L@aa\n\n"«[»B«]»" Id=2 RUNNABLE\n\tat app.X.y(X.java:2)\n\t...\n\n',
  ],
  [
    'a class that is being initialised leads to its initialiser',
    hotspot([
      thread('A', 'RUNNABLE', ['app.Main.a(Main.java:1)', '- waiting on the Class initialization monitor for app.«|»One']),
      thread('B', 'RUNNABLE', ['app.Y.y(Y.java:1)', '«[»app.One.<clinit>(One.java:3)«]»', 'app.Main.b(Main.java:1)']),
    ]),
  ],
  ['a frame leads nowhere by itself', hotspot([thread('A', 'RUNNABLE', ['app.X.«|»x(X.java:1)'])])],
];

describe('navigation in thread dumps', () => {
  for (const [name, marked] of DEFINITIONS) {
    it(name, async () => {
      const { text, cursors, spans } = readMarks(marked);
      const document = await open(text);
      assert.ok(cursors.length > 0);
      for (const cursor of cursors) {
        const found = definition(document, cursor).map((target) => target.span);
        assert.deepEqual(shown(text, found), shown(text, spans));
      }
    });
  }

  it('leads from the JVM section to threads and locks', async () => {
    const section =
      'Found one Java-level deadlock:\n=============================\n"A":\n  waiting to lock monitor 0x00007f0000000000 (object 0x0000000000«|»000002, a app.L),\n  which is held by "«|»B"\n"B":\n  waiting to lock monitor 0x00007f0000000000 (object 0x0000000000000001, a app.L),\n  which is held by "A"\n';
    const { text, cursors, spans } = readMarks(
      hotspot(
        [
          thread('A', BLOCKED, ['app.X.x(X.java:1)', '- waiting to lock <0x0000000000000002> (a app.L)', '- locked <0x0000000000000001> (a app.L)']),
          thread('«[»B«]»', BLOCKED, [
            'app.X.y(X.java:2)',
            '- waiting to lock <0x0000000000000001> (a app.L)',
            '- locked <«[»0x0000000000000002«]»> (a app.L)',
          ]),
        ],
        section,
      ),
    );
    const document = await open(text);
    const [lock, name] = cursors as [number, number];
    assert.deepEqual(
      shown(
        text,
        definition(document, lock).map((target) => target.span),
      ),
      shown(text, [spans[1] as Span]),
    );
    assert.deepEqual(
      shown(
        text,
        definition(document, name).map((target) => target.span),
      ),
      shown(text, [spans[0] as Span]),
    );
  });

  it('finds every mention of a lock in its dump, and none of the next dump', async () => {
    const block = (mark: boolean): string => {
      const key = mark ? '«[»0x0000000000000001«]»' : '0x0000000000000001';
      return hotspot([
        thread('A', BLOCKED, ['app.X.x(X.java:1)', `- waiting to lock <${mark ? key.replace('0x', '0x«|»') : key}> (a app.L)`]),
        thread('B', 'RUNNABLE', ['app.X.y(X.java:2)', `- locked <${key}> (a app.L)`, 'app.X.z(X.java:3)', `- locked <${key}> (a app.L)`]),
      ]);
    };
    const { text, cursors, spans } = readMarks(`${block(true)}\n${block(false)}`);
    const document = await open(text);
    assert.equal(document.analysis.dumps.length, 2);
    assert.deepEqual(
      shown(
        text,
        references(document, cursors[0] as number).map((target) => target.span),
      ),
      shown(text, spans),
    );
    assert.deepEqual(shown(text, highlight(document, cursors[0] as number)), shown(text, spans));
  });

  it('finds for a thread its name and the lines of those it holds up', async () => {
    const { text, cursors, spans } = readMarks(
      hotspot([
        thread('A', BLOCKED, ['app.X.x(X.java:1)', '- waiting to lock <«[»0x0000000000000001«]»> (a app.L)']),
        thread('«[»B«|»«]»', 'RUNNABLE', ['app.X.y(X.java:2)', '- locked <0x0000000000000001> (a app.L)']),
      ]),
    );
    assert.deepEqual(shown(text, highlight(await open(text), cursors[0] as number)), shown(text, spans));
  });
});
