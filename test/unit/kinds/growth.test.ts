// Cost is linear in the input: four times the text takes about four times as long, whatever stands repeated at whatever place.
import assert from 'node:assert/strict';
import { examine } from '../../fuzz/examine.ts';

/** What is repeated: what patterns and loops have stumbled over, or may. */
const UNITS = [
  'a', '$', '$a', 'a.', '$$Lambda$1/0x1.', ' ', '\u00a0', '\u2028', '\r', '\r\n', '\n', '\n ', '\\n', '"', '\\"', '(', '[', '<', '{', ',', ':', '/', '-', '_0', '0', '9:',
  ' at ', ' at a.B.c(', '- locked <0x1> ', ' -> ', '(1/2)', ' (a', 'Exception', 'Caused by: ', ' INFO ', '] [', ' Id=1 NEW', '" #1 ', ' @ ', '::', '&a ', '*a, ', '!a ', ': ', '- ', '? ', '|', '&lt;', '<b>', '+- ', '[x=', '@', ';',
]; // biome-ignore format: a list

const HEADER = (name: string, more = '') =>
  `"${name}" #12 prio=5 os_prio=0 tid=0x00007f1c2c0e1000 nid=0x1a waiting for monitor entry [0x00007f1c0d1fe000]${more}\n   java.lang.Thread.State: BLOCKED (on object monitor)\n`;
const FRAMES = '\tat org.example.A.b(A.java:12)\n\t- waiting to lock <0x000000076b1f2c38> (a java.lang.Object)\n\tat org.example.A.c(A.java:15)\n\n';
const DUMP = `2024-01-01 10:00:00\nFull thread dump OpenJDK 64-Bit Server VM (17.0.9+9 mixed mode):\n\n`;
const record = (logger: string, message: string) => `2024-01-01 10:00:00,000 INFO  ${logger} [] - ${message}\n`;
const RECORDS = record(
  'org.apache.flink.runtime.taskmanager.Task',
  'Map (1/2)#0 (acc0759fada1f8a28b8fe4d6fba40d2e) switched from RUNNING to CANCELING.',
).repeat(3);
const plan = (type: string, contents: string, ship = 'FORWARD') =>
  JSON.stringify({
    nodes: [
      { id: 1, type: 'Source: a', pact: 'Data Source', contents: 'Source: a', parallelism: 2 },
      { id: 2, type, pact: 'Operator', contents, parallelism: 2, predecessors: [{ id: 1, ship_strategy: ship, side: 'second' }] },
    ],
  });
const job = (name: string, description: string) =>
  JSON.stringify({
    jid: 'dd4f07c1f866b7afff42759d7a35de3f',
    name,
    vertices: [{ id: 'acc0759fada1f8a28b8fe4d6fba40d2e', name, parallelism: 1, status: 'RUNNING' }],
    plan: {
      jid: 'dd4f07c1f866b7afff42759d7a35de3f',
      name,
      nodes: [{ id: 'acc0759fada1f8a28b8fe4d6fba40d2e', parallelism: 1, operator: '', description }],
    },
  });
const java = (body: string, comment = '') =>
  `package org.example;\nimport java.util.*;\n/** ${comment} */\npublic class A {\n  private final Object lock = new Object();\n  void f() {\n    synchronized (lock) {\n      ${body}\n      listener.notified();\n    }\n  }\n}\n`;

/** Where it stands: a text around a run of the unit. */
const PLACES: Record<string, (run: string) => string> = {
  'name of a thread': (run) => DUMP + HEADER(run) + FRAMES + HEADER('main') + FRAMES,
  'words of a header': (run) => DUMP + HEADER('main', run) + FRAMES,
  'frame of a stack': (run) => `${DUMP + HEADER('main')}\tat org.example.${run}.b(A.java:12)\n${FRAMES}`,
  'brackets of a frame': (run) => `${DUMP + HEADER('main')}\tat org.example.A.b(${run})\n${FRAMES}`,
  'lock of a stack': (run) => `${DUMP + HEADER('main')}\t- locked <0x000000076b1f2c39> (a ${run})\n${FRAMES}`,
  'line of a dump': (run) => `${DUMP + HEADER('main') + FRAMES + run}\n${HEADER('b') + FRAMES}`,
  'joined lines of a dump': (run) => `${(DUMP + HEADER('main') + FRAMES).replaceAll('\n', ' ')}${run} at org.example.A.b(A.java:12)`,
  'name in ThreadInfo': (run) => `"${run}" Id=12 BLOCKED on java.lang.Object@1f owned by "${run.slice(0, run.length / 2)}" Id=13\n\tat a.B.c(B.java:1)\n\n"main" Id=1 RUNNABLE\n\tat a.B.c(B.java:1)\n`,
  'deadlock section': (run) => `${DUMP + HEADER('main') + FRAMES}Found one Java-level deadlock:\n=============================\n"main":\n  waiting to lock monitor 0x0001 (object 0x0002, a ${run}),\n  which is held by "${run}"\n`,
  'javacore': (run) => `0SECTION       TITLE subcomponent dump routine\n3XMTHREADINFO      "${run}" J9VMThread:0x0000000000A1B200, omrthread_t:0x00, java/lang/Thread:0x00, state:B, prio=5\n3XMTHREADBLOCK     Blocked on: a/B@0x01 Owned by: "${run}" (J9VMThread:0x00)\n4XESTACKTRACE                at a/B.c(B.java:1)\n`,
  'head of a log line': (run) => `${RECORDS}2024-01-01 10:00:00,000 ${run} INFO  org.example.A [] - text\n${RECORDS}`,
  'logger': (run) => RECORDS + record(`org.example.${run}`, 'text') + RECORDS,
  'message': (run) => RECORDS + record('org.example.A', run) + RECORDS,
  'task of a log': (run) => RECORDS + record('org.apache.flink.runtime.taskmanager.Task', `${run} (1/2)#0 (acc0759fada1f8a28b8fe4d6fba40d2e) switched from RUNNING to FAILED with failure cause: java.lang.RuntimeException: ${run}`) + RECORDS,
  'stack trace in a log': (run) => `${RECORDS}java.lang.RuntimeException: ${run}\n\tat a.B.c(B.java:1)\nCaused by: org.example.${run}: x\n\tat a.B.d(B.java:2)\n${RECORDS}`,
  'line of a log': (run) => `${RECORDS}${run}\n${RECORDS}`,
  'joined lines of a log': (run) => `${RECORDS.trimEnd()} java.lang.RuntimeException: x ${run} at a.B.c(B.java:1) at a.B.d(B.java:2) at a.B.e(B.java:3)\n`,
  'log in JSON': (run) => `${JSON.stringify({ level: 'INFO', timestamp: '2024-01-01T10:00:00.000Z', logger: 'org.apache.flink.A', message: run })}\n`.repeat(2),
  'string in JSON': (run) => JSON.stringify({ log: `${DUMP}${HEADER(run)}${FRAMES}` }),
  'JSON itself': (run) => `{"nodes":[{"id":1,"pact":"Data Source","type":${run}`,
  'cell of CSV': (run) => `"time","message"\n"1","${(DUMP + HEADER(run) + FRAMES).replaceAll('"', '""')}"\n`,
  'GC, unified': (run) => `[0.001s][info][gc] Using G1\n[0.100s][info][gc] GC(0) Pause Young (Normal) (${run}) 24M->4M(256M) 3.210ms\n[0.200s]${run}[info][gc] GC(1) Pause Full (System.gc()) 24M->4M(256M) 3.210ms\n`,
  'GC before Java 9': (run) => `2024-01-01T10:00:00.000+0000: 1.234: [GC (${run}) [PSYoungGen: 65536K->10720K(76288K)] 65536K->20000K(251392K), 0.0123 secs] [Times: user=0.02 sys=0.00, real=0.01 secs]\n`.repeat(2),
  'REST exceptions': (run) => JSON.stringify({ exceptionHistory: { entries: [{ exceptionName: run, stacktrace: `a.B: ${run}\n\tat a.B.c(B.java:1)\n`, timestamp: 1, taskName: `${run} (1/2) - execution #0` }] } }),
  'REST checkpoints': (run) => JSON.stringify({ counts: { completed: 0, failed: 1 }, history: [{ id: 1, status: 'FAILED', failure_message: run }] }),
  'REST configuration': (run) => JSON.stringify([{ key: 'jobmanager.a', value: run }, { key: run, value: 'a' }]),
  'REST metrics': (run) => JSON.stringify([{ id: 'numRecordsIn' }, { id: run, value: run }]),
  'above a REST document': (run) => `${run}\n/jobs/${run}\n{"status":"ok","backpressureLevel":"ok","subtasks":[]}\n`,
  'described pod': (run) => `Name:         a\nNamespace:    b\nLabels:       ${run}\n${run}\nStatus:       Running (${run})\nContainers:\n  ${run}:\n    State:   ${run}\nEvents:\n  Warning  ${run}  2m  a  ${run}\n`,
  'events of Kubernetes': (run) => `LAST SEEN   TYPE   REASON   OBJECT   ${run}MESSAGE\n${run}\n`,
  'pods in YAML': (run) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${JSON.stringify(run)}\nstatus:\n  phase: Running\n`,
  'values in YAML': (run) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nx: ${run}\nstatus:\n  phase: Running\n`,
  'lists in YAML': (run) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nx: [${run}]\nstatus:\n  phase: Running\n`,
  'flink-conf.yaml': (run) => `jobmanager.rpc.address: ${run}\ntaskmanager.numberOfTaskSlots: 2\na${run}: b\n`,
  'config.yaml': (run) => `jobmanager:\n  rpc:\n    address: ${run}\n${run}:\n  - ${run}\n`,
  'EXPLAIN': (run) => `== Optimized Execution Plan ==\nSink(table=[t], fields=[${run}])\n+- Calc(select=[${run}])\n   +- TableSourceScan(table=[[a]], fields=[b])\n`,
  'line of EXPLAIN': (run) => `== Optimized Execution Plan ==\nSink(table=[t])\n+- Calc(select=[a])\n${run}\n   +- TableSourceScan(table=[[a]])\n`,
  'type in a plan': (run) => plan(run, 'Map'),
  'description in a plan': (run) => plan('Map', run, run.slice(0, 100)),
  'description of a job vertex': (run) => job('A -> B', run),
  'name of a job vertex': (run) => job(run, 'A<br/>+- B'),
  'expression in Java': (run) => java(`int x = ${run};`),
  'string in Java': (run) => java(`String s = "${run}";`),
  'comment in Java': (run) => java('int x = 0;', run),
}; // biome-ignore format: one a line

const SHORT = 7_500;
const MAX = 6;
/** Milliseconds of computing that are not held against a short text: what does not grow, and what a busy machine adds. */
const FLOOR = 40;
const TRIES = 4;

async function cost(text: string): Promise<number> {
  const start = process.cpuUsage();
  await examine(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const run = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length));

/**
 * Null, or what the shorter and the longer text took: of each the least of several runs, since what other programs add is never taken away.
 */
async function grows(around: (length: number) => string, length = SHORT): Promise<string | null> {
  const best = { short: Number.POSITIVE_INFINITY, long: Number.POSITIVE_INFINITY };
  for (let attempt = 0; attempt < TRIES; attempt++) {
    best.long = Math.min(best.long, await cost(around(4 * length)));
    // Less than any short text is allowed to cost: nothing to compare.
    if (best.long <= MAX * FLOOR) return null;
    best.short = Math.min(best.short, await cost(around(length)));
    if (best.long <= MAX * Math.max(best.short, FLOOR)) return null;
    // More than any machine adds: that much is not waited for several times.
    if (best.long > 5000) break;
  }
  // The short one has too little to do to be compared, and the floor is another one on a slow machine: the next step tells.
  if (best.short < FLOOR && best.long <= 5000 && length === SHORT) return grows(around, 4 * length);
  return `${Math.round(best.short)} ms, then ${Math.round(best.long)} ms`;
}

describe('cost grows with the text alone', () => {
  // mocha has every error keep its whole stack, which costs more the deeper it is; outside of it ten frames are kept.
  const { stackTraceLimit } = Error;
  after(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  // A kind is loaded, and compiled, with the first text of it.
  before(async function () {
    this.timeout(300_000);
    Error.stackTraceLimit = 10;
    for (const around of Object.values(PLACES)) await examine(around('a'));
  });

  for (const [place, around] of Object.entries(PLACES)) {
    it(place, async function () {
      this.timeout(300_000);
      const slow: string[] = [];
      for (const unit of UNITS) {
        const verdict = await grows((length) => around(run(unit, length)));
        if (verdict !== null) slow.push(`${JSON.stringify(unit)}: ${verdict}`);
      }
      assert.deepEqual(slow, []);
    });
  }

  it('lines that lack what is looked for from their end', async () => {
    const heads: Record<string, string> = { dump: DUMP + HEADER('main'), log: RECORDS, trace: `${RECORDS}java.lang.RuntimeException: x\n` };
    const slow: string[] = [];
    for (const [kind, head] of Object.entries(heads))
      for (const line of ['\tat x)\n', '\tat x\n', '\tat a.B.c(B.java:1\n', '\t- locked <0x1\n', '"a\n', 'b" #1\n', 'Caused by: \n', '(1/2)#0 (\n']) {
        const verdict = await grows((length) => head + line.repeat(length));
        if (verdict !== null) slow.push(`${kind}, ${JSON.stringify(line)}: ${verdict}`);
      }
    assert.deepEqual(slow, []);
  });
});
