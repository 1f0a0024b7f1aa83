// Tasks that compute for ever, and sources that keep the checkpoint lock: who is told, and who is busy and well.
import assert from 'node:assert/strict';
import { headline } from '../../../../server/src/core/rules/saying.ts';
import { analyseText, hotspot, thread } from '../../analysis/threaddump/dumps.ts';

const RUN = [
  'org.apache.flink.streaming.api.operators.StreamMap.processElement(StreamMap.java:38)',
  'org.apache.flink.runtime.taskmanager.Task.run(Task.java:575)',
];
const LOOK_UP = ['java.util.WeakHashMap.get(java.base@17.0.15/WeakHashMap.java:409)', 'com.shop.Catalog$Cache.get(Catalog.java:10)', ...RUN];
const TAKE = [
  'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)',
  'org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take(TaskMailboxImpl.java:149)',
  ...RUN.slice(1),
];
const matching = (calls: number): string[] => [
  ...Array.from({ length: calls }, (_, call) => `java.util.regex.Pattern$Loop.match(java.base@17.0.15/Pattern.java:${4000 + call})`),
  'java.util.regex.Matcher.find(java.base@17.0.15/Matcher.java:728)',
  'com.shop.Agents.device(Agents.java:9)',
  ...RUN,
];

/** A subtask of "Map" that has lived for an hour, with what of it was spent on a core; null: a JVM that does not print it. */
function subtask(number: number, frames: readonly string[], share: number | null, elapsed = 3600): string {
  const text = thread(`Map (${number}/4)#0`, frames === TAKE ? 'WAITING (parking)' : 'RUNNABLE', frames);
  const times = share === null ? '' : ` cpu=${(share * elapsed * 1000).toFixed(2)}ms elapsed=${elapsed.toFixed(2)}s`;
  return text.replace(/ cpu=\S+| elapsed=\S+/g, '').replace(/ tid=/, `${times} tid=`);
}

const told = async (...threads: string[]): Promise<string[]> => (await analyseText(hotspot(threads))).findings.map(headline);

describe('tasks that compute all along', () => {
  it('a map that has come to hold a circle, by the threads that never come back from it', async () => {
    const loops = ['Suspected: "Map" loops in WeakHashMap.get, called by Catalog$Cache.get'];
    assert.deepEqual(await told(subtask(1, LOOK_UP, 0.98), subtask(2, LOOK_UP, 0.99), subtask(3, LOOK_UP, 0.97), subtask(4, TAKE, 0.001)), loops);
    assert.deepEqual(await told(subtask(1, LOOK_UP, 0.98), subtask(2, LOOK_UP, 0.98)), loops, 'all of them');
    assert.deepEqual(
      await told(subtask(1, LOOK_UP, null), subtask(2, LOOK_UP, null), subtask(3, TAKE, null)),
      loops,
      'a JVM that does not print what was computed',
    );
  });

  it('a regular expression that does not end, where others have nothing to do or it is very deep', async () => {
    const text = (name: string): string => `Suspected: "${name}" does not end a regular expression in Agents.device`;
    assert.deepEqual(await told(subtask(3, matching(8), 0.95), subtask(1, TAKE, 0.01)), [text('Map (3/4)#0')]);
    assert.deepEqual(await told(subtask(3, matching(150), null)), [text('Map (3/4)#0')]);
    assert.deepEqual(await told(subtask(3, matching(8), 0.95), subtask(1, matching(12), 0.95)), [], 'all of them match much');
  });

  it('without a loop it is an information, and only where the others hardly compute', async () => {
    const score = ['com.shop.Score.of(Score.java:20)', ...RUN];
    const { findings } = await analyseText(hotspot([subtask(1, score, 0.96), subtask(2, TAKE, 0.02), subtask(3, TAKE, 0.02)]));
    assert.deepEqual(
      findings.map(({ severity, message }) => `${severity}: ${message}`),
      ['info: "Map (1/4)#0" computes all along in Score.of, the others hardly'],
    );
    assert.deepEqual(await told(subtask(1, score, 0.96), subtask(2, score, 0.95)), [], 'a vertex that is busy as a whole');
    assert.deepEqual(await told(subtask(1, score, 0.96), subtask(2, score, 0.4)), [], 'one that has some work');
    assert.deepEqual(await told(subtask(1, score, 0.96, 20), subtask(2, TAKE, 0.02, 20)), [], 'a job that has only begun');
    assert.deepEqual(await told(subtask(1, score, null), subtask(2, TAKE, null)), [], 'what was computed is not known');
    assert.deepEqual(await told(subtask(1, LOOK_UP, 0.96), subtask(2, score, 0.96), subtask(3, TAKE, 0.02)), [], 'one of two busy ones is in a map');
    const flink = ['org.apache.flink.table.runtime.operators.sort.QuickSort.sortInternal(QuickSort.java:100)', ...RUN];
    assert.deepEqual(await told(subtask(1, flink, 0.96), subtask(2, TAKE, 0.02)), [], "Flink's own code");
  });
});

describe('a source of the old kind under its checkpoint lock', () => {
  const LOCK = '<0x00000000d0000009> (a java.lang.Object)';
  const task = thread('Source: feed (1/1)#0', 'BLOCKED (on object monitor)', [
    'org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor$SynchronizedStreamTaskActionExecutor.runThrowing(StreamTaskActionExecutor.java:92)',
    `- waiting to lock ${LOCK}`,
    'org.apache.flink.streaming.runtime.tasks.mailbox.Mail.run(Mail.java:90)',
    ...RUN.slice(1),
  ]);
  const source = (...frames: string[]): string =>
    thread('Legacy Source Thread - Source: feed (1/1)#0', 'RUNNABLE', [
      ...frames,
      'com.shop.Feed.run(Feed.java:9)',
      `- locked ${LOCK}`,
      'org.apache.flink.streaming.api.operators.StreamSource.run(StreamSource.java:110)',
    ]);

  it('says what it is at while nobody else of the subtask gets on', async () => {
    const reads = source('sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)', 'com.shop.Feed.page(Feed.java:10)');
    assert.deepEqual(await told(task, reads), ['Suspected: "Source: feed (1/1)#0" waits for the network under its checkpoint lock in Feed.page']);
    const computes = source('com.shop.Feed.parse(Feed.java:30)');
    assert.deepEqual(await told(task, computes), [
      'Suspected: "Source: feed (1/1)#0" waits for the checkpoint lock, held by "Legacy Source Th… (1/1)#0"',
    ]);
  });

  it('a lock of the users is none of it', async () => {
    const waits = thread('Map (1/1)#0', 'BLOCKED (on object monitor)', ['com.shop.Rates.of(Rates.java:5)', `- waiting to lock ${LOCK}`, ...RUN]);
    const holder = thread('rates', 'RUNNABLE', [
      'sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)',
      'com.shop.Rates.load(Rates.java:12)',
      `- locked ${LOCK}`,
    ]);
    assert.deepEqual(await told(waits, holder), ['Suspected: "Map (1/1)#0" waits for a lock whose holder waits for the network in Rates.load']);
  });
});
