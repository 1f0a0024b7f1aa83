import { table } from '../../../../../common/table.ts';
import type { CheckpointPhase } from '../../analysis/rest/checkpoints.ts';
import type { CheckpointFailure } from '../../knowledge/checkpointFailures.ts';
import { endSteps, processEnd } from '../../knowledge/processEnds.ts';
import { fitting, formatBytes, formatDuration, grouped, list, plural, type Saying, shorten, type Words } from '../../wording.ts';
import type { RestFacts, RestRelatedFacts, SubtaskFact } from './facts.ts';

/** What the rules of REST documents say; a second language is a second table of this type. */
export interface RestRuleWords {
  findings: { readonly [Code in keyof RestFacts]: Saying<RestFacts[Code]> };
  related: Words<RestRelatedFacts>;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** "window (4/8)", or "subtask 4 of 8" where the vertex is not named. */
function subtaskName({ vertex, subtask, parallelism }: SubtaskFact, name = vertex): string {
  if (name === null) return `subtask ${subtask}${parallelism === null ? '' : ` of ${parallelism}`}`;
  return `${name} (${subtask}/${parallelism ?? '?'})`;
}

const FAILED: Record<CheckpointFailure, string> = {
  expired: 'expired',
  declined: 'were declined by a task',
  async: 'failed while state was written',
  task: 'failed with a task',
  finalize: 'failed while they were completed',
  trigger: 'could not be triggered',
  subsumed: 'were overtaken by a newer one',
  job: 'ended with the job',
  other: 'failed',
};

const NEXT: Record<CheckpointFailure, string> = {
  expired:
    'Read /checkpoints/details of the newest one and of its vertices: which subtask is missing, and whether its start delay, alignment, sync or async part took the time.',
  declined: 'The log of the TaskManager says which task declined, and with which exception.',
  async: 'The log of the TaskManager has the exception of the state backend or of the checkpoint storage.',
  task: 'Look at /exceptions and at the log of the TaskManager: the task failed first.',
  finalize: 'The log of the JobManager has the exception: as a rule the checkpoint storage cannot be written.',
  trigger: 'The log of the JobManager says why: tasks that do not run, or a checkpoint storage that cannot be reached.',
  subsumed: 'Nothing.',
  job: 'Look at /exceptions: why the job ended.',
  other: 'The log of the JobManager says why.',
};

const PHASES: Record<CheckpointPhase, { spent: string; means: string; next: string }> = {
  'start-delay': {
    spent: 'before the barrier arrived',
    means:
      'The barrier did not get through: it waits behind the records in front of this subtask. That is back pressure here or further down, not slow state.',
    next: 'Look for the first busy vertex from here on (/backpressure, thread dump of its subtasks). Unaligned checkpoints let barriers overtake records.',
  },
  alignment: {
    spent: 'until the last barrier arrived',
    means:
      'One input of the subtask was much slower than the others, and the subtask waited for the barrier of that one: back pressure or skew on one way, not slow state.',
    next: 'Compare the start delays of the subtasks, and /backpressure of the vertices before this one. Unaligned checkpoints, or an aligned timeout, do not wait.',
  },
  sync: {
    spent: 'in the synchronous part',
    means:
      'The task itself stood still meanwhile: snapshotState of the operators, a flush of a sink, or a state backend that copies in the task thread.',
    next: 'A thread dump of the TaskManager during a checkpoint shows the frame.',
  },
  async: {
    spent: 'while state was uploaded',
    means: 'Records went on meanwhile. The state is large, or the checkpoint storage is slow.',
    next: 'Compare the checkpointed size with the throughput of the storage; incremental checkpoints or the changelog upload less.',
  },
};

const CONTAINERS = table<string>({
  CrashLoopBackOff: 'It ended again and again, so Kubernetes waits before the next start. Its last state and `kubectl logs --previous` say why.',
  ImagePullBackOff: 'The image cannot be pulled: its name, its tag, or the secret for the registry.',
  ErrImagePull: 'The image cannot be pulled: its name, its tag, or the secret for the registry.',
  CreateContainerConfigError: 'A ConfigMap or Secret that it needs is missing.',
});

const names = (rows: readonly SubtaskFact[]): string =>
  list(
    rows.map(({ subtask }) => String(subtask)),
    5,
  );

const findings: RestRuleWords['findings'] = {
  'checkpoints-fail': {
    message: ({ failed, ended, reason, count }) =>
      failed === count
        ? `${failed} of the last ${plural(ended, 'checkpoint')} ${FAILED[reason]}`
        : `${failed} of the last ${plural(ended, 'checkpoint')} failed, ${count} of them ${reason}`,
    details: ({ checkpoint, acknowledged, subtasks, failure, never }) => [
      ...(acknowledged === null || subtasks === null
        ? []
        : [
            `The newest, ${checkpoint}, was acknowledged by ${acknowledged} of ${plural(subtasks, 'subtask')}${failure === null ? '' : `: ${shorten(failure, 200)}`}`,
          ]),
      ...(never ? ['No checkpoint of this job has ever completed: after a failure it starts from the beginning.'] : []),
    ],
    advice: ({ reason }) => [NEXT[reason]],
  },
  'checkpoint-not-acknowledged': {
    message: ({ checkpoint, missing, count, of, failed }) => {
      const who = missing[0] as SubtaskFact;
      const rest = failed ? `acknowledged checkpoint ${checkpoint}` : `acknowledged checkpoint ${checkpoint} so far`;
      if (count === 1)
        return fitting(
          [who.vertex ?? ''],
          (name) => `${capitalised(subtaskName(who, who.vertex === null ? null : name))} ${failed ? 'never' : 'has not'} ${rest}`,
        );
      if (count === of) return fitting([who.vertex ?? ''], (name) => `None of the ${of} subtasks${name === '' ? '' : ` of ${name}`} ${rest}`);
      return fitting(
        [who.vertex ?? ''],
        (name) => `Subtasks ${names(missing)} of ${name === '' ? of : `${name} (of ${of})`} ${failed ? 'never' : 'have not'} ${rest}`,
      );
    },
    details: () => [
      'The document says nothing about the phases of a subtask that has not acknowledged: no barrier reached it, or its snapshot never ended.',
    ],
    missing: ({ failed, reason }) =>
      failed && reason === null
        ? ['Why the checkpoint failed (failure_message in /checkpoints): where the job ended, these subtasks only had no time.']
        : [],
    advice: () => ['Look at the threads of these subtasks in a dump of their TaskManager; where they wait is what holds the checkpoint up.'],
  },
  'slow-checkpoint': {
    message: ({ checkpoint, row, phase, ms, durationMs }) =>
      fitting(
        [row.vertex ?? ''],
        (name) =>
          `Checkpoint ${checkpoint}: ${formatDuration(ms)} of ${formatDuration(durationMs)} went by ${PHASES[phase].spent} at ${subtaskName(row, row.vertex === null ? null : name)}`,
      ),
    details: ({ phase }) => [PHASES[phase].means],
    advice: ({ phase }) => [PHASES[phase].next],
  },
  'no-periodic-checkpoints': {
    message: () => 'No checkpoints are taken: after a failure the job starts from where it was started',
    advice: () => ['Set execution.checkpointing.interval.'],
  },
  'back-pressured': {
    message: ({ subtasks, of, share }) =>
      `${subtasks} of ${plural(of, 'subtask')} ${subtasks === 1 ? 'is' : 'are'} back-pressured, up to ${percent(share)} of the time`,
    details: () => ['The vertex can send no more: a vertex after it is slower. Back pressure goes up from the first busy vertex to the sources.'],
    advice: () => ['Ask /backpressure of the vertices after this one: the first that is busy and not back-pressured is the one to look at.'],
  },
  'back-pressure-not-measured': {
    message: () => 'Back pressure was not measured yet: the first answer is empty',
    advice: () => ['Ask again after some seconds, while the job runs.'],
  },
  'busy-subtask': {
    message: ({ row, of, share, next }) =>
      `One of ${of} subtasks does the work: subtask ${row.subtask} is busy ${percent(share)}, others at most ${percent(next)}`,
    evidence: ({ row, share, next }) => [
      `Subtask ${row.subtask} is busy ${percent(share)} of the time, none of the others more than ${percent(next)}.`,
    ],
    missing: () => ['The records that each subtask reads (document of the vertex): many more in one of them mean a skewed key.'],
    advice: () => ['A key that has most records, or too few different keys; else look at what this one subtask does in a thread dump.'],
  },
  'record-skew': {
    message: ({ row, of, share }) =>
      fitting([row.vertex ?? ''], (name) => `One of ${of} subtasks${name === '' ? '' : ` of ${name}`} reads ${percent(share)} of the records`),
    evidence: ({ row, records, share, next, busy }) => [
      `Subtask ${row.subtask} has read ${grouped(records)} records, ${percent(share)} of all; none of the others more than ${percent(next)}.`,
      `It was busy ${percent(busy)} of the time.`,
    ],
    missing: () => ['Whether others wait for it: /backpressure of the vertices before it.'],
    advice: () => ['Spread the key: pre-aggregate, add a salt, or partition by something with more different values.'],
  },
  'subtasks-linger': {
    message: ({ state, vertex, count, of, ms }) => {
      const who = count === 1 && of === 1 ? 'The subtask' : `${count} of ${plural(of, 'subtask')}`;
      return fitting([vertex ?? ''], (name) => `${who}${name === '' ? '' : ` of ${name}`} in ${state} for ${formatDuration(ms)}`);
    },
    details: ({ state }) => [LINGERING[state].means],
    evidence: ({ state, ms, rows }) => [
      `${capitalised(
        list(
          rows.map((row) => `subtask ${row.subtask}`),
          5,
        ),
      )} in ${state} for up to ${formatDuration(ms)} by status-duration.`,
    ],
    missing: ({ state }) => [LINGERING[state].missing],
    advice: ({ state }) => [LINGERING[state].next],
  },
  'no-task-manager': {
    message: () => 'No TaskManager is registered: there is no slot for any task',
    advice: () => ['Look at the logs of the TaskManagers, at their pods or containers, and whether they reach jobmanager.rpc.address.'],
  },
  'job-in-trouble': {
    message: ({ job, state }) => fitting([job], (name) => `Job ${name} is ${state}`),
    details: ({ failedTasks }) => (failedTasks === 0 ? [] : [`${plural(failedTasks, 'task')} failed.`]),
    advice: () => ['Read /jobs/:jobid/exceptions: the oldest entry is where it began.'],
  },
  'heap-nearly-full': {
    message: ({ taskManager, used, max }) =>
      fitting([taskManager], (name) => `Heap of ${name} is ${percent(used / max)} full: ${formatBytes(used)} of ${formatBytes(max)}`),
    evidence: ({ used, max, collections, gcMs }) => [
      `${formatBytes(used)} of ${formatBytes(max)} in use; ${plural(collections, 'collection')} took ${formatDuration(gcMs)} in all.`,
    ],
    missing: () => ['Whether that is garbage: what is in use after a full collection (GC log, or a second answer).'],
    advice: () => ['Read the GC log of this TaskManager; a heap that stays full means state on the heap or a leak.'],
  },
  'direct-memory-nearly-full': {
    message: ({ taskManager, used, max }) =>
      fitting([taskManager], (name) => `Direct memory of ${name} is ${percent(used / max)} full: ${formatBytes(used)} of ${formatBytes(max)}`),
    evidence: ({ used, max }) => [`${formatBytes(used)} of ${formatBytes(max)} in use.`],
    missing: () => ['Who took it: network buffers are part of it and taken for good.'],
    advice: () => ['taskmanager.memory.task.off-heap.size, for libraries that use direct buffers.'],
  },
  'task-manager-silent': {
    message: ({ taskManager, behindMs }) =>
      fitting([taskManager], (name) => `${name} was last heard from ${formatDuration(behindMs)} before the others`),
    evidence: ({ behindMs, of }) => [
      `Of ${plural(of, 'TaskManager')} the last heartbeat of this one is ${formatDuration(behindMs)} older than the newest.`,
    ],
    missing: () => ['Whether it has come back: ask again, or read the log of the JobManager.'],
    advice: () => ['Look at its GC log and its container: a long pause, a killed process or the network, in this order.'],
  },
  'task-manager-blocked': {
    message: ({ taskManager }) => fitting([taskManager], (name) => `${name} gets no new tasks: its node is blocked`),
    advice: () => ['Blocklists of nodes (slow nodes, speculative execution) end by themselves; the log of the JobManager says why.'],
  },
  'flame-graph-disabled': {
    message: () => 'There is no flame graph: rest.flamegraph.enabled is false',
    advice: () => ['Set rest.flamegraph.enabled: true, or take thread dumps of the TaskManager.'],
  },
  'flame-graph-hot': {
    message: ({ frame, share }) => fitting([frame], (name) => `${percent(share)} of the samples are in ${name}`),
    details: ({ innermost, frame }) => (innermost === frame ? [] : [`What it calls: ${shorten(innermost, 200)}.`]),
  },
  'request-failed': {
    message: ({ error }) => fitting([error], (text) => `The request failed: ${text}`),
    details: ({ error, count }) => [shorten(error, 1000), ...(count > 1 ? [`${plural(count, 'request')} failed.`] : [])],
  },
  'container-killed': {
    message: ({ pod, reason, exitCode }) =>
      fitting([pod], (name) => {
        const code = exitCode === null ? '' : `, exit code ${exitCode}`;
        if (reason === 'OOMKilled') return `${name} was killed: it went over its memory limit${code}`;
        return `${name} ended${reason === null ? '' : ` (${shorten(reason, 20)})`}${code}`;
      }),
    details: ({ container, reason, exitCode, memoryLimit, restarts, waits }) => [
      `The container is ${shorten(container, 100)}${reason === 'OOMKilled' && memoryLimit !== null ? `, its limit ${formatBytes(memoryLimit)}` : ''}.`,
      ...(exitCode === 137 && reason !== 'OOMKilled'
        ? ['137 is SIGKILL: by the kernel for want of memory on the node, by a failed liveness probe, or by hand.']
        : []),
      ...(restarts > 0 ? [`It was restarted ${restarts === 1 ? 'once' : `${restarts} times`}.`] : []),
      ...(waits === null ? [] : [`Now it waits: ${shorten(waits, 100)}.`]),
    ],
    advice: ({ reason, exitCode }) => {
      if (reason === 'OOMKilled')
        return [
          'Memory outside the heap grew (RocksDB, metaspace, direct buffers, threads): raise taskmanager.memory.jvm-overhead or process.size together with the limit.',
        ];
      const end = exitCode === null ? null : processEnd(`exitCode=${exitCode}`);
      return end === null ? ['Read the end of its log: kubectl logs --previous.'] : endSteps(end.reason);
    },
  },
  'container-not-starting': {
    message: ({ pod, reason }) => fitting([pod], (name) => `${name} does not start: ${shorten(reason, 30)}`),
    details: ({ container, message }) => [`The container is ${shorten(container, 100)}${message === null ? '' : `: ${shorten(message, 500)}`}.`],
    advice: ({ reason }) => [CONTAINERS[reason] ?? 'kubectl describe pod says more in its events.'],
  },
  'pod-evicted': {
    message: ({ pod, reason }) => fitting([pod], (name) => `Pod ${name} was taken off its node: ${shorten(reason, 30)}`),
    details: ({ message }) => (message === null ? [] : [shorten(message, 500)]),
    advice: ({ message }) => endSteps('evicted', message),
  },
  'pod-unschedulable': {
    message: ({ pod }) => fitting([pod], (name) => `No node has room for pod ${name}`),
    details: ({ message }) => [shorten(message, 500)],
    advice: () => ['Requests of the pod, free resources of the nodes, taints and quotas; a job that waits for slots waits for this pod.'],
  },
};

const LINGERING: Record<RestFacts['subtasks-linger']['state'], { means: string; missing: string; next: string }> = {
  INITIALIZING: {
    means:
      'They restore state, or open() and initializeState of their operators have not returned. The job says RUNNING meanwhile, and takes no checkpoint.',
    missing: 'Where their threads are: a thread dump of the TaskManager.',
    next: 'Two thread dumps of the TaskManager: the frame below initializeState or open is what they wait in.',
  },
  CANCELING: {
    means: 'They were told to end and have not. After task.cancellation.timeout (3 minutes) the TaskManager ends its whole process.',
    missing: 'Where their threads are: a thread dump of the TaskManager.',
    next: 'A thread dump of the TaskManager shows the code that does not react to an interrupt.',
  },
  SCHEDULED: {
    means: 'They wait for a slot.',
    missing: 'How many slots there are (/overview), and how many the job needs.',
    next: 'Compare the parallelism of the job with slots-total of /overview; with slot sharing a job needs as many slots as its widest vertex.',
  },
  DEPLOYING: {
    means: 'Their TaskManager has been sent the task and has not begun it: it loads jars, or does not answer.',
    missing: 'The log of their TaskManager.',
    next: 'The log of the TaskManager: download of jars, class loading, network.',
  },
};

const capitalised = (text: string): string => (text.startsWith('subtask') ? `S${text.slice(1)}` : text);

export const REST_RULE_WORDS: RestRuleWords = {
  findings,
  related: {
    'failed-checkpoint': ({ checkpoint, reason, acknowledged, subtasks }) =>
      `Checkpoint ${checkpoint}: ${reason}${acknowledged === null || subtasks === null ? '' : `, acknowledged by ${acknowledged} of ${subtasks}`}`,
    subtask: (row) => subtaskName(row),
    'subtask-share': (row) => `${subtaskName(row)}: ${percent(row.share)}`,
  },
};
