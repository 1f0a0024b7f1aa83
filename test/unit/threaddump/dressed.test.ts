// Headers that look different from their bodies: whatever stands around them, the threads are found, and nothing merges in silence.

import assert from 'node:assert/strict';
import { detect } from '../../../server/src/core/detect.ts';
import { analyseText } from '../analysis/threaddump/dumps.ts';

const NAMES = ['order-writer-3', 'order-writer-4'];
const LOCKS = ['<0x00000000fac00a10> (a com.shop.Orders)', '<0x00000000fac00b28> (a com.shop.Stock)'];

interface Dressing {
  header?: (name: string, attributes: string, number: number) => string;
  state?: string;
  lines?: (line: string) => string;
}

const ATTRIBUTES = (n: number): string =>
  `#${60 + n} prio=5 os_prio=0 cpu=3.11ms elapsed=71.40s tid=0x00007f11a40727${n}0 nid=0x11f${n} waiting for monitor entry  [0x00007f115c5f${n}000]`;

function block(
  n: number,
  {
    header = (name, attributes) => `"${name}" ${attributes}`,
    state = '   java.lang.Thread.State: BLOCKED (on object monitor)\n',
    lines = (line) => line,
  }: Dressing,
): string {
  const body = [
    '\tat com.shop.Orders.reserve(Orders.java:31)',
    `\t- waiting to lock ${LOCKS[n]}`,
    '\tat com.shop.Stock.take(Stock.java:17)',
    `\t- locked ${LOCKS[1 - n]}`,
    '\tat java.lang.Thread.run(java.base@17.0.15/Thread.java:840)',
  ];
  return `${header(NAMES[n] as string, ATTRIBUTES(n), n + 1)}\n${state}${body.map(lines).join('\n')}\n`;
}

const dressed = (dressing: Dressing): string => `${block(0, dressing)}\n${block(1, dressing)}`;

const DRESSINGS: Record<string, Dressing> = {
  'nothing around it': {},
  'quotation marks of an editor': { header: (name, rest) => `“${name}” ${rest}` },
  'German quotation marks': { header: (name, rest) => `„${name}“ ${rest}` },
  'French quotation marks': { header: (name, rest) => `«${name}» ${rest}` },
  'a typewriter’s quotes': { header: (name, rest) => `'${name}' ${rest}` },
  bold: { header: (name, rest) => `**"${name}" ${rest}**` },
  'bold in Jira': { header: (name, rest) => `*"${name}" ${rest}*` },
  'bold in HTML': { header: (name, rest) => `<b>"${name}" ${rest}</b>` },
  'code in Markdown': { header: (name, rest) => `\`"${name}" ${rest}\`` },
  'a heading': { header: (name, rest) => `### "${name}" ${rest}` },
  'a quotation of mail': { header: (name, rest) => `> "${name}" ${rest}` },
  'an item of a list': { header: (name, rest) => `- "${name}" ${rest}` },
  'a bullet': { header: (name, rest) => `• "${name}" ${rest}` },
  'a numbered list': { header: (name, rest, n) => `${n}. "${name}" ${rest}` },
  'a number in brackets': { header: (name, rest, n) => `[${n}] "${name}" ${rest}` },
  'a speaker of a chat': { header: (name, rest) => `[10:41] Kim: "${name}" ${rest}` },
  'a tag of Jira': { header: (name, rest) => `{noformat}"${name}" ${rest}` },
  'no quotes': { header: (name, rest) => `${name} ${rest}` },
  'no quotes in a list': { header: (name, rest) => `- ${name} ${rest}` },
  'name and state alone': { header: (name) => `"${name}" BLOCKED`, state: '' },
  'name and state in brackets': { header: (name) => `"${name}" [BLOCKED]`, state: '' },
  'name and state behind a dash': { header: (name) => `"${name}" - BLOCKED`, state: '' },
  'ThreadInfo without quotes': { header: (name, _, n) => `${name} Id=${n} BLOCKED`, state: '' },
  'ThreadInfo in bold': { header: (name, _, n) => `**"${name}" Id=${n} BLOCKED**`, state: '' },
  Jenkins: { header: (name, _, n) => `"${name}" Id=${n} Group=main BLOCKED`, state: '' },
  'a long dash before locks': { lines: (line) => line.replace('- ', '– ') },
  'an em dash before locks': { lines: (line) => line.replace('- ', '— ') },
  'quotes of LaTeX': { header: (name, rest) => `\`\`${name}'' ${rest}` },
  'single quotation marks': { header: (name, rest) => `‘${name}’ ${rest}` },
  'corner brackets': { header: (name, rest) => `「${name}」 ${rest}` },
  'blanks that do not break': {
    header: (name, rest) => `"${name}" ${rest}`.replaceAll(' ', '\u00a0'),
    lines: (line) => line.replaceAll(' ', '\u00a0'),
  },
  'a name in italics': { header: (name, rest) => `_"${name}"_ ${rest}` },
  'a bold name in HTML': { header: (name, rest) => `<b>"${name}"</b> ${rest}` },
  'a heading with its name as code': { header: (name, rest) => `### \`"${name}"\` ${rest}` },
  'a bold name alone': { header: (name) => `- **${name}**` },
  'a name as code alone': { header: (name) => `\`${name}\`:` },
  'VisualVM with other quotes': { header: (name, _, n) => `'${name}' - Thread t@${n}` },
  'a heap dump in VisualVM': { header: (name, _, n) => `"${name}" prio=5 tid=${n} BLOCKED`, state: '' },
};

describe('headers that look different from their bodies', () => {
  for (const [title, dressing] of Object.entries(DRESSINGS)) {
    it(`behind ${title}`, async () => {
      const text = dressed(dressing);
      assert.equal(detect(text).kind, 'thread-dump');
      const { dumps, problems } = await analyseText(text);
      assert.deepEqual(problems, []);
      const found = dumps.flatMap(({ dump, deadlocks, waits }) =>
        deadlocks.map(({ certainty, threads }) => ({
          certainty,
          threads: threads.map((threadIndex) => waits.threads[threadIndex]?.name).sort(),
          of: dump.threads.length,
        })),
      );
      assert.deepEqual(found, [{ certainty: 'proved', threads: NAMES, of: 2 }]);
      for (const thread of dumps[0]?.dump.threads ?? []) assert.equal(text.slice(thread.nameSpan.start, thread.nameSpan.end), thread.name);
    });
  }

  it('addresses that are blacked out tell no locks apart, so nothing is proved by them', async () => {
    for (const hidden of ['0x***', '0xXXXXXXXX', 'redacted', '...']) {
      const { dumps } = await analyseText(dressed({ lines: (line) => line.replace(/<0x[0-9a-f]+>/, `<${hidden}>`) }));
      const [deadlock] = dumps[0]?.deadlocks ?? [];
      assert.equal(deadlock?.certainty, 'suspected', hidden);
      assert.equal(dumps[0]?.deadlocks.length, 1, hidden);
      const two = dressed({ lines: (line) => line.replace(/<0x[0-9a-f]+>/, `<${hidden}>`).replace(/com\.shop\.(?:Orders|Stock)\)/, 'X)') });
      assert.ok(
        (await analyseText(two)).dumps[0]?.deadlocks.every(({ certainty }) => certainty !== 'proved'),
        hidden,
      );
    }
    // What an anonymizer puts in the place of an address tells one lock from another.
    const { dumps } = await analyseText(dressed({ lines: (line) => line.replace(/<0x0+fac00([0-9a-f]+)>/, '<lock-$1>') }));
    assert.equal(dumps[0]?.deadlocks[0]?.certainty, 'proved');
  });

  it('behind words before the first header, the first thread is there too', async () => {
    const { dumps } = await analyseText(`{quote}${dressed({})}{quote}\n`);
    assert.deepEqual(
      dumps[0]?.dump.threads.map(({ name }) => name),
      NAMES,
    );
  });

  it('in one line in backticks', async () => {
    const line = dressed({})
      .replace(/\s*\n\s*/g, ' ')
      .trim();
    const { dumps } = await analyseText(`Look at this:\n\n\`${line}\`\n`);
    assert.equal(dumps[0]?.deadlocks.length, 1);
  });

  it('a second state is a second thread, and nothing is proved across the two', async () => {
    const [one = '', other = ''] = [block(0, {}), block(1, {})];
    const waits = one.slice(0, one.indexOf('\tat com.shop.Stock'));
    const holds =
      '   java.lang.Thread.State: RUNNABLE\n\tat com.shop.Remote.call(Remote.java:7)\n\t- locked <0x00000000fac00b28> (a com.shop.Stock)\n';
    for (const gap of ['', '\n']) {
      const { dumps, problems, findings } = await analyseText(`${waits}${gap}${holds}\n${other}`);
      assert.equal(dumps[0]?.dump.threads.length, 3);
      assert.deepEqual(dumps[0]?.deadlocks, []);
      assert.ok(findings.every(({ severity }) => severity !== 'error'));
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['thread-without-header'],
      );
    }
  });

  it('a second run of frames is a second thread', async () => {
    const one = block(0, {});
    const run = '\tat com.shop.Remote.call(Remote.java:7)\n\t- locked <0x00000000fac00b28> (a com.shop.Stock)\n';
    for (const between of ['\n', '\nthread number two:\n', '\n(cut)\n\n']) {
      const { dumps, problems } = await analyseText(`${one}${between}${run}`);
      assert.equal(dumps[0]?.dump.threads.length, 2, between);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['thread-without-header'],
      );
    }
  });

  it('the run of a subclass belongs to the stack, and so does what stands double-spaced', async () => {
    const clean = `"Common-Cleaner" ${ATTRIBUTES(1)}\n   java.lang.Thread.State: RUNNABLE\n\tat jdk.internal.ref.CleanerImpl.run(java.base@17.0.15/CleanerImpl.java:140)\n\tat java.lang.Thread.run(java.base@17.0.15/Thread.java:840)\n\tat jdk.internal.misc.InnocuousThread.run(java.base@17.0.15/InnocuousThread.java:162)\n`;
    for (const text of [clean, clean.replaceAll('\n', '\n\n')]) {
      const { dumps, problems } = await analyseText(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        dumps[0]?.dump.threads.map(({ frames }) => frames.length),
        [3],
      );
    }
  });

  it('a redacted header keeps its thread apart from the one before', async () => {
    const redacted =
      '... prio=5 os_prio=0 cpu=9.71ms elapsed=17.41s tid=0x00007f2d40066bf0 nid=107 in Object.wait()  [0x00007f2db4be1000]\n   java.lang.Thread.State: WAITING (on object monitor)\n\tat java.lang.Object.wait0(java.base@21.0.7/Native Method)\n\t- waiting on <no object reference available>\n\tat com.shop.Other.await(Other.java:7)\n';
    const { dumps } = await analyseText(`${block(0, {})}\n${redacted}\n${block(1, {})}`);
    const [analysed] = dumps;
    assert.equal(analysed?.dump.threads.length, 3);
    assert.deepEqual(
      analysed?.deadlocks[0]?.threads.map((threadIndex) => analysed.waits.threads[threadIndex]?.name),
      NAMES,
    );
    assert.equal(analysed?.dump.threads[0]?.frames.length, 3);
  });

  for (const [title, stack] of [
    [
      'with a lock',
      'at jdk.internal.misc.Unsafe.park(java.base@17.0.2/Native Method)\n- parking to wait for <0x00000000ad73c838> (a java.util.concurrent.CompletableFuture$Signaller)\nat com.shop.Begin.run(Begin.java:44)\n',
    ],
    ['without one', 'at jdk.internal.misc.Unsafe.park(java.base@17.0.2/Native Method)\nat com.shop.Begin.run(Begin.java:44)\n'],
    [
      'behind a state',
      'java.lang.Thread.State: WAITING (parking)\n\tat jdk.internal.misc.Unsafe.park(java.base@17.0.2/Native Method)\n\tat com.shop.Begin.run(Begin.java:44)\n',
    ],
  ]) {
    it(`a stack ${title} and without any header is a thread`, async () => {
      const { dumps, problems } = await analyseText(`Thirty threads stand like this:\n${stack}`);
      assert.equal(dumps[0]?.dump.threads.length, 1);
      assert.equal(dumps[0]?.dump.threads[0]?.frames.length, 2);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['thread-without-header'],
      );
    });
  }

  it('frames with the types of their methods, as a heap dump has them, are a thread too', async () => {
    const stack =
      'at java.util.concurrent.locks.LockSupport.park(Ljava/lang/Object;)V (LockSupport.java:211)\nat java.util.concurrent.locks.ReentrantLock.lock()V (ReentrantLock.java:322)\nat com.shop.Begin.run()V (Begin.java:44)\n';
    assert.equal(detect(stack).kind, 'thread-dump');
    const { dumps } = await analyseText(stack);
    assert.deepEqual(
      dumps[0]?.dump.threads.map(({ frames }) => frames.map(({ method }) => method)),
      [['park', 'lock', 'run']],
    );
  });

  it("a logger's exception between two threads is nobody's stack", async () => {
    const trace =
      '2026-01-02 10:00:00,000 ERROR com.shop.Web - failed\njava.lang.IllegalStateException: no\n\tat com.shop.Web.get(Web.java:7)\n\tat com.shop.Web.serve(Web.java:9)\n';
    const { dumps, problems } = await analyseText(`${block(0, {})}\n${trace}\n${block(1, {})}`);
    assert.equal(dumps[0]?.dump.threads.length, 2);
    assert.deepEqual(problems, []);
  });
});

describe('formats of other tools', () => {
  it('the debugger of IntelliJ', async () => {
    const one = (name: string, other: string, wanted: string, held: string): string =>
      `"${name}" prio=5 tid=0x21 nid=NA waiting for monitor entry\n  java.lang.Thread.State: BLOCKED\n\t blocks ${other}\n\t waiting for ${other} to release lock on <${wanted}> (a com.shop.Stock)\n\t  at com.shop.Orders.reserve(Orders.java:31)\n\t  at com.shop.Stock.take(Stock.java:17)\n\t  - locked <${held}> (a com.shop.Orders)\n`;
    const { dumps } = await analyseText(
      `${one('writer-1@901', 'writer-2@902', '0x1a3', '0x1a4')}\n${one('writer-2@902', 'writer-1@901', '0x1a4', '0x1a3')}`,
    );
    assert.equal(dumps[0]?.deadlocks[0]?.certainty, 'proved');
  });

  it('arthas, with what the JVM itself uses', async () => {
    const text =
      '[arthas@7]$ thread -n 2\n"G1 Young RemSet" [Internal] cpuUsage=0.63% deltaTime=1ms time=870ms\n\n\n"enrich (1/2)#0" Id=31 cpuUsage=97.20% deltaTime=198ms time=90100ms BLOCKED on com.shop.Orders@7a1b owned by "writer-1" Id=32\n    at app//com.shop.Orders.reserve(Orders.java:31)\n    -  blocked on com.shop.Orders@7a1b\n    at app//com.shop.Enrich.map(Enrich.java:9)\n';
    assert.equal(detect(text).kind, 'thread-dump');
    const { dumps } = await analyseText(text);
    assert.deepEqual(
      dumps[0]?.dump.threads.map(({ name, state }) => [name, state]),
      [
        ['G1 Young RemSet', null],
        ['enrich (1/2)#0', 'BLOCKED'],
      ],
    );
  });

  it('lines of a javacore behind the timestamps of a build server', async () => {
    const one = (n: number, other: number): string[] => [
      `3XMTHREADINFO      "pool-${n}" J9VMThread:0x000000000001000${n}, omrthread_t:0x00007F29980AA00${n}, java/lang/Thread:0x00000000E0A1B00${n}, state:B, prio=5`,
      `3XMTHREADBLOCK     Blocked on: com/shop/L${n}@0x00000000FBF1D0${n}0 Owned by: "pool-${other}" (J9VMThread:0x000000000001000${other}, java/lang/Thread:0x00000000E0A1B00${other})`,
      '3XMTHREADINFO3           Java callstack:',
      `4XESTACKTRACE                at com/shop/A.take(A.java:10(Compiled Code))`,
      `5XESTACKTRACE                   (entered lock: com/shop/L${other}@0x00000000FBF1D0${other}0, entry count: 1)`,
      'NULL',
    ];
    const text = [...one(1, 2), ...one(2, 1)].map((line) => `[2026-03-07T04:13:10.436Z] ${line}\n`).join('');
    assert.equal(detect(text).kind, 'thread-dump');
    assert.equal((await analyseText(text)).dumps[0]?.deadlocks.length, 1);
  });

  for (const [title, stack] of [
    ['before 2.4', (frame: string) => JSON.stringify(`${frame}\norg.apache.spark.executor.Executor$TaskRunner.run(Executor.scala:345)`)],
    ['from 2.4 on', (frame: string) => JSON.stringify({ elems: [frame, 'org.apache.spark.executor.Executor$TaskRunner.run(Executor.scala:345)'] })],
  ] as const) {
    it(`Spark's REST API ${title}`, async () => {
      const one = (id: number, other: number): string =>
        `{ "threadId" : ${id}, "threadName" : "Executor task launch worker for task ${id}", "threadState" : "BLOCKED", "stackTrace" : ${stack(`com.shop.Shared.take(Shared.java:${id})`)}, "blockedByThreadId" : ${other}, "blockedByLock" : "Monitor(java.lang.Object@${other}77})", "holdingLocks" : [ "Monitor(java.lang.Object@${id}77})" ] }`;
      const text = `[ ${one(71, 72)}, ${one(72, 71)} ]`;
      assert.equal(detect(text).kind, 'thread-dump');
      const { dumps, dialect } = await analyseText(text);
      assert.equal(dialect, 'spark-rest');
      assert.equal(dumps[0]?.deadlocks[0]?.certainty, 'proved');
      const [frame] = dumps[0]?.dump.threads[0]?.frames ?? [];
      assert.equal(text.slice(frame?.span.start, frame?.span.end), 'com.shop.Shared.take(Shared.java:71)');
    });
  }

  it('stacks that the Memory Analyzer takes from a heap dump', async () => {
    const text =
      'Thread 0x7f0d8a0a8\n  at java.lang.Object.wait(J)V (Native Method)\n  at com.shop.Worker.run()V (Worker.java:12)\n\n  locals:\n    objectId=0x7f0d8a0a8, line=1\n\nThread 0x7f0d8b1c0\n  at com.shop.Main.main([Ljava/lang/String;)V (Main.java:5)\n';
    assert.equal(detect(text).kind, 'thread-dump');
    const { dumps } = await analyseText(text);
    assert.deepEqual(
      dumps[0]?.dump.threads.map(({ frames }) => frames.map(({ method }) => method)),
      [['wait', 'run'], ['main']],
    );
  });
});
