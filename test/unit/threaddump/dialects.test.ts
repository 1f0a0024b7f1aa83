import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import { detectThreadDump } from '../../../server/src/core/threaddump/detect.ts';
import type { Thread } from '../../../server/src/core/threaddump/model.ts';
import { parseDumps } from '../../../server/src/core/threaddump/parse.ts';
import { SAMPLES } from './samples.ts';

const FOLDER = at('test/fixtures/dumps');
const read = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');

function line({ name, id, state, locks, synchronizers, frames }: Thread): string {
  const held = locks.map(({ kind, lock, owner }) => {
    const by = owner === null ? '' : ` by ${owner.name ?? `#${owner.id}`}`;
    return `${kind} ${lock === null ? null : lock.key}${by}`;
  });
  return [name, String(id), String(state), ...held, ...(synchronizers ?? []).map(({ lock }) => `owns ${lock.key}`), frames.length].join(' | ');
}

describe('dialects', () => {
  for (const { name, text, dialect, threads, section } of SAMPLES) {
    it(name, async () => {
      const { dumps, wrappers } = await parseDumps(text);
      assert.equal(dumps.length, 1);
      const [dump] = dumps;
      assert.deepEqual(dump?.threads.map(line), threads);
      assert.deepEqual(
        dump?.section?.cycles.map((cycle) => cycle.map(({ thread }) => thread)),
        section,
      );
      assert.equal(dump?.dialect, dialect);
      assert.deepEqual(wrappers, []);
      assert.ok(detectThreadDump(text) >= 0.5, 'told as a dump by its content');
      for (const thread of dump?.threads ?? [])
        if (dialect !== 'jstack-f') assert.equal(text.slice(thread.nameSpan.start, thread.nameSpan.end), thread.name);
    });
  }

  it('reads module, method, file and line of every way to print a frame', async () => {
    const frames = [
      ['java.lang.Object.wait(java.base@17.0.15/Native Method)', 'java.base@17.0.15', 'java.lang.Object', 'wait', null, null, true],
      ['java.base@17.0.15/java.lang.Thread.run(Thread.java:840)', 'java.base@17.0.15', 'java.lang.Thread', 'run', 'Thread.java', 840, false],
      ['app//org.acme.Main.main(Main.java:1)', 'app', 'org.acme.Main', 'main', 'Main.java', 1, false],
      ['app//Main.main(Main.java:1)', 'app', 'Main', 'main', 'Main.java', 1, false],
      ['app//Main$$Lambda$9/0x0000000800cc8000.run(Unknown Source)', 'app', 'Main$$Lambda$9/0x0000000800cc8000', 'run', null, null, false],
      ['a.B$$Lambda$14/0x000000080011c040@7f3.run(Unknown Source)', null, 'a.B$$Lambda$14/0x000000080011c040@7f3', 'run', null, null, false],
      ['a.B$$EnhancerBySpringCGLIB$$ab12.<init>(<generated>)', null, 'a.B$$EnhancerBySpringCGLIB$$ab12', '<init>', null, null, false],
      ['java/lang/Thread.run(Thread.java:815(Compiled Code))', null, 'java.lang.Thread', 'run', 'Thread.java', 815, false],
      ['java/lang/Object.wait(J)V(Native Method)', null, 'java.lang.Object', 'wait', null, null, true],
      ['org.acme.Scala$package$.f(Scala.scala)', null, 'org.acme.Scala$package$', 'f', 'Scala.scala', null, false],
    ] as const;
    const text = `"t" #1 prio=5 os_prio=0 tid=0x1 nid=0x1 runnable [0x0]\n   java.lang.Thread.State: RUNNABLE\n${frames.map(([frame]) => `\tat ${frame}\n`).join('')}`;
    const found = (await parseDumps(text)).dumps[0]?.threads[0]?.frames ?? [];
    assert.deepEqual(
      found.map((frame) => [
        text.slice(frame.span.start, frame.span.end),
        frame.module,
        frame.className,
        frame.method,
        frame.file,
        frame.line,
        frame.native,
      ]),
      frames,
    );
  });

  it('tells several dumps of a file apart, also without titles', async () => {
    const one = read('monitors-jdk17.jstack.txt');
    const counts = (text: string) => parseDumps(text).then(({ dumps }) => dumps.map(({ threads }) => threads.length));
    assert.deepEqual(await counts(`${one}\n${one}`), [23, 23]);
    const plain = read('monitors-jdk17.threadinfo.txt');
    assert.deepEqual(await counts(plain + plain), [10, 10]);
  });

  it('says where the text stops in the middle of a dump', async () => {
    const text = read('monitors-jdk17.jstack.txt');
    const cut = text.slice(0, text.indexOf('Stuck.lambda') + 9);
    assert.equal((await parseDumps(cut)).problems.length, 1);
    assert.deepEqual([(await parseDumps(text)).dumps[0]?.shows.complete, (await parseDumps(cut)).dumps[0]?.shows.complete], [true, false]);
    const json = read('monitors-jdk17.flink-rest.json').slice(0, 2000);
    assert.equal((await parseDumps(json)).dumps[0]?.shows.complete, false);
  });

  it('says what cannot be read, with its place', async () => {
    const broken = '"torn #12 daemon tid=0x00007f nid=0x12 runnable';
    const text = `${read('monitors-jdk17.jstack.txt')}\n${broken}\n`;
    const { problems, dumps } = await parseDumps(text);
    assert.deepEqual(
      problems.map(({ span }) => text.slice(span.start, span.end)),
      [broken],
    );
    assert.equal(dumps[0]?.threads.length, 23);
    assert.equal((await parseDumps('nothing of the kind\n')).problems.length, 1);
    const many = await parseDumps(`${broken}\n`.repeat(200));
    assert.equal(many.problems.length, 52);
  });

  it('finds the same threads in every format of one process', async () => {
    for (const scenario of ['monitors', 'mixed', 'waits', 'names', 'classinit']) {
      for (const jdk of ['jdk17', 'jdk25']) {
        const names = async (format: string) =>
          new Set((await parseDumps(read(`${scenario}-${jdk}.${format}`))).dumps[0]?.threads.map(({ name, id, state }) => `${id} ${name} ${state}`));
        const expected = await names('threadinfo.txt');
        for (const format of ['flink-rest.json', 'spring.json']) assert.deepEqual(await names(format), expected, `${scenario} ${jdk} ${format}`);
        // jstack comes later: its own helpers differ, the program's threads do not.
        const jstack = await names('jstack-l.txt');
        for (const thread of expected)
          if (!/Stuck|main|Attach|Notification|Compiler/.test(thread)) assert.ok(jstack.has(thread), `${scenario} ${jdk}: ${thread}`);
      }
    }
  });

  it('reads every fixture without a problem', async () => {
    for (const file of readdirSync(FOLDER).filter((name) => /\.(txt|json)$/.test(name))) {
      const { dumps, problems, wrappers } = await parseDumps(read(file));
      assert.deepEqual([dumps.length, problems, wrappers], [1, [], []], file);
      assert.ok((dumps[0]?.threads.length ?? 0) >= 9, file);
    }
  });
});
