// A TaskManager that ended, as somebody tells, and in whose place nothing came: one story, the end first.
import assert from 'node:assert/strict';
import type { Incident } from '../../../common/incident.ts';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import { digestsOf } from '../../support/incidentFolder.ts';
import { completed, heartbeatLost, NO_NODE, neverReplacedLog, pendingPod, podEvents, toldToEndLog, workerTerminated } from '../../support/pieces.ts';

async function incident(files: Record<string, string>): Promise<Incident> {
  return conclude(mergeAll(await digestsOf(Object.entries(files).map(([name, text]) => ({ name, text })))));
}

const STOPPED = workerTerminated('Pod terminated, container termination statuses: [exitCode=143, reason=Error]');
const lost = neverReplacedLog(heartbeatLost());

const CASES: [string, Record<string, string>, string][] = [
  [
    'exit code 143, and a pod without a node',
    { 'jobmanager.log': neverReplacedLog(STOPPED), 'pod.txt': pendingPod() },
    'TaskManager orders-taskmanager-1-2 was told to end; no node has room for another (Insufficient cpu).',
  ],
  [
    'exit code 143, in the log alone',
    { 'jobmanager.log': neverReplacedLog(STOPPED) },
    'TaskManager orders-taskmanager-1-2 was told to end; no slot came in its place.',
  ],
  [
    'out of memory, as Kubernetes says it of its container',
    {
      'jobmanager.log': neverReplacedLog(
        workerTerminated('Pod terminated, container termination statuses: [flink-main-container(exitCode=137, reason=OOMKilled, message=null)]'),
      ),
      'pod.txt': pendingPod(),
    },
    'TaskManager orders-taskmanager-1-2 was OOM-killed; no node has room for another (Insufficient cpu).',
  ],
  [
    'SIGTERM in its own log',
    { 'jobmanager.log': lost, 'taskmanager.log': toldToEndLog() },
    'TaskManager orders-taskmanager-1-2 was told to end (SIGTERM); no slot came in its place.',
  ],
  [
    'an eviction, by events',
    { 'jobmanager.log': lost, 'events.txt': podEvents([['Evicted', 'The node was low on resource: memory.'], NO_NODE]) },
    'TaskManager orders-taskmanager-1-2 was evicted; no node has room for another (Insufficient cpu).',
  ],
  [
    'a container that is stopped, by events',
    { 'jobmanager.log': lost, 'events.txt': podEvents([['Killing', 'Stopping container flink-main-container'], NO_NODE]) },
    'TaskManager orders-taskmanager-1-2 was told to end; no node has room for another (Insufficient cpu).',
  ],
  [
    'a preemption',
    { 'jobmanager.log': lost, 'events.txt': podEvents([['Preempted', 'Preempted by pod 8a1e on node node-7']]), 'pod.txt': pendingPod() },
    'TaskManager orders-taskmanager-1-2 was preempted; no node has room for another (Insufficient cpu).',
  ],
  [
    'a taint of its node, without a log',
    {
      'events.txt': podEvents([['TaintManagerEviction', 'Marking for deletion Pod streams/orders-taskmanager-1-2']]),
      'pod.txt': pendingPod(),
    },
    'TaskManager orders-taskmanager-1-2 was evicted; no node has room for another (Insufficient cpu).',
  ],
];

describe('a TaskManager that ended and is not replaced', () => {
  for (const [name, files, sentence] of CASES)
    it(name, async () => {
      const { verdict } = await incident(files);
      assert.equal(verdict.sentence, sentence, JSON.stringify(verdict, null, 1));
      assert.equal(verdict.certainty, 'proved');
      assert.ok(verdict.evidence.length >= 2);
    });

  it('is no story of both where the end is not told', async () => {
    const { verdict } = await incident({ 'jobmanager.log': lost });
    assert.match(verdict.sentence, /was lost; its own log is not here/);
  });

  it('that is told to end and is not missed for a slot is told without the second half', async () => {
    const { verdict } = await incident({ 'jobmanager.log': `${lost}${completed(900, 14)}\n`, 'taskmanager.log': toldToEndLog() });
    assert.equal(verdict.sentence, 'TaskManager orders-taskmanager-1-2 was lost: it was told to end (SIGTERM).');
  });

  it('is not told as a signal where Kubernetes says who sent it, of the same pod', async () => {
    const log = `${neverReplacedLog(STOPPED)}${completed(900, 14)}\n`;
    const evicted = ['Evicted', 'The node was low on resource: ephemeral-storage. Threshold quantity: 1, available: 0.'] as const;
    const killing = ['Killing', 'Stopping container flink-main-container'] as const;
    const byEvents = await incident({ 'jobmanager.log': log, 'events.txt': podEvents([killing, evicted]) });
    assert.equal(byEvents.verdict.sentence, 'TaskManager orders-taskmanager-1-2 was lost: it was evicted (ephemeral-storage).');
    assert.match(byEvents.verdict.advice.join(' '), /io\.tmp\.dirs/);
    const other = await incident({ 'jobmanager.log': log, 'events.txt': podEvents([killing, [...evicted, 'orders-taskmanager-1-1']]) });
    assert.doesNotMatch(other.verdict.sentence, /evicted/);
    const nothing = await incident({ 'jobmanager.log': log, 'events.txt': podEvents([killing]) });
    assert.match(nothing.verdict.sentence, /told to (?:end|stop)/);
  });

  it('is no such story where its replacement has found a node, nor of a pod that is none of a TaskManager', async () => {
    const recovered = await incident({
      'events.txt': podEvents([
        ['Evicted', 'The node was low on resource: memory.'],
        NO_NODE,
        ['Scheduled', 'Successfully assigned streams/orders-taskmanager-1-3 to node-9', NO_NODE[2]],
      ]),
    });
    assert.doesNotMatch(recovered.verdict.sentence, /no node has room for another/);
    const other = await incident({
      'events.txt': podEvents([
        ['Evicted', 'The node was low on resource: memory.'],
        ['FailedScheduling', '0/5 nodes are available: 5 Insufficient cpu.', 'kafka-broker-0'],
      ]),
    });
    assert.doesNotMatch(other.verdict.sentence, /no node has room for another/);
  });
});
