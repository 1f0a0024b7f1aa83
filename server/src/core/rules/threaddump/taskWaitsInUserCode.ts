import { activitiesOf, subtaskOf, type ThreadActivity } from '../../analysis/threaddump/activity.ts';
import { connectionUse } from '../../analysis/threaddump/connectionUse.ts';
import { callOutside, endersOf } from '../../analysis/threaddump/enders.ts';
import { endpointOf, endsSoon, type HiddenWait } from '../../analysis/threaddump/hiddenWaits.ts';
import { lockoutsOf } from '../../analysis/threaddump/lockouts.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { displayName, frameName } from '../../analysis/threaddump/names.ts';
import { type PermitUse, permitUse, semaphoreOf } from '../../analysis/threaddump/permits.ts';
import { roleOf } from '../../analysis/threaddump/roles.ts';
import { upgradesOf } from '../../analysis/threaddump/upgrades.ts';
import type { Draft } from '../../model.ts';
import type { HiddenWaitFacts } from './facts.ts';
import { starvedThreads } from './poolWaitsForItself.ts';
import { cancelledSubtasks } from './taskIgnoresCancel.ts';
import { connectionFacts, enderFacts, endersBeside, readableCall, tellWait, waitToo } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX = 20;
const IN_RELATED = 10;
const MAX_HOLDERS = 3;

/** Splits are looked for and state is written again and again: one dump may have met that. */
const OFTEN_WAIT: ReadonlySet<string> = new Set(['source-enum-worker', 'async-checkpoint']);

/** Threads of one vertex that wait at one place. */
interface Group {
  wait: HiddenWait;
  threads: ThreadActivity[];
}

export const taskWaitsInUserCode: DumpRule = {
  id: 'task-waits-in-user-code',
  title: 'A task waits in user or connector code',
  severity: 'warning',
  docs: `One thread does everything of a subtask: records, timers, checkpoints, cancellation. This one waits for a latch, a future, a condition, a queue or the like, and the innermost frame that is not the JDK's is in user or connector code, so it is none of the waits that Flink itself makes (for mail, for buffers). Until the wait ends, nothing else of the subtask runs, and what is upstream of it becomes back-pressured. When one of these very things is to end the wait (a checkpoint notification, a timer, a mail), it never ends.

Split fetchers are reported too, when they wait inside \`SplitReader.fetch\`: the source is then stuck, although its task thread looks idle.

So are the main threads of JobManager and TaskManager, which handle every call to them, heartbeats included, and the coordinators of sources; as information only where they wait for the network, as are the workers of coordinators (\`callAsync\`), which look for splits again and again, and threads that write the state of checkpoints.

Always **suspected**: one dump does not show how long the wait lasts, nor who completes a future or opens a latch. Threads that stand in the same class are named, as they may be the ones; so are those that work for an executor, or are virtual, in its package. Where all of these stand in one call over the network, or queue to be let into it, the message names that call. A wait with a timeout is reported as information only, unless it is for a connection of a pool and no thread is in a call through one: then they were probably taken and never given back.

Threads that wait for one semaphore are told together, wherever they wait. Where no other thread is at work in their packages, its permits were probably taken and not given back, or requests without a thread have them.

*What to do:* take a second dump some seconds later. If the thread is still there, find who is to end the wait. Give every wait for something outside a timeout, use asynchronous I/O for requests, and never wait in an operator for what its own thread has to do.`,
  check: (analysis) =>
    analysis.dumps.flatMap((analysed) =>
      groupsOf(analysed)
        .slice(0, MAX)
        .map((group) => describe(analysed, group)),
    ),
};

/** Waits that no other finding tells: not those of a task that is being cancelled, of the holder of a wanted lock, for an upgrade or a starved pool. */
function groupsOf(analysed: AnalysedDump): Group[] {
  const activities = activitiesOf(analysed);
  const told = new Set([
    ...lockoutsOf(analysed).map(({ holder }) => holder.thread),
    ...starvedThreads(analysed),
    ...upgradesOf(analysed).flatMap(({ thread, behind }) => [thread, ...behind]),
  ]);
  const cancelled = cancelledSubtasks(activities);
  const groups = new Map<string, Group>();
  for (const activity of activities) {
    const { wait, role, thread } = activity;
    if (wait === null || told.has(thread) || cancelled.has(subtaskOf(activity))) continue;
    // Whoever waits for one semaphore is held up by one thing, wherever it waits.
    const place = semaphoreOf(thread, wait) ?? `${role?.task}\n${frameName(wait.caller)}`;
    const key = [role?.role.id, wait.for, wait.phase, wait.timed, place].join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { wait, threads: [activity] });
    else group.threads.push(activity);
  }
  return [...groups.values()].sort((a, b) => Number(a.wait.timed) - Number(b.wait.timed) || b.threads.length - a.threads.length);
}

function describe(analysed: AnalysedDump, { wait, threads }: Group): Draft {
  const first = threads[0] as ThreadActivity;
  const { role } = first;
  const waiting = new Set(threads.map(({ thread }) => thread));
  const permits = permitUse(analysed, first.thread, wait);
  const enders = permits?.holders.slice(0, MAX_HOLDERS) ?? endersOf(analysed, wait.caller, waiting);
  const outside = role?.role.id === 'split-fetcher' ? null : (permits?.call ?? callOutside(analysed, wait, waiting));
  const pool = wait.for === 'connection' ? connectionUse(analysed, wait.caller) : null;
  const name = displayName({ name: first.thread.name, thread: first.thread });
  const endpoint = role?.role.id === 'rpc' ? endpointOf(first.thread, wait.index) : null;
  const facts: HiddenWaitFacts = {
    task: role?.task ?? endpoint ?? name,
    thread: name,
    endpoint,
    role: role?.role.id ?? 'task',
    threads: threads.filter((one) => one.role?.task === role?.task).length,
    parallelism: role?.parallelism ?? null,
    at: frameName(wait.caller),
    from: wait.asker === null ? null : frameName(wait.asker),
    code: wait.code,
    for: wait.for,
    timed: wait.timed,
    phase: wait.phase,
    enders: enders.map(enderFacts),
    outside: outside === null ? null : readableCall(frameName(outside.frame)),
    pool: pool === null ? null : connectionFacts(pool),
    permits: permits === null ? null : permitFacts(permits, role?.task ?? null),
  };
  return tellWait(taskWaitsInUserCode, 'task-waits-in-user-code', facts, {
    // A connection that nobody uses does not come back: what ends such a wait is a failure.
    ends:
      pool?.use !== 'nobody' &&
      (wait.timed || first.activity === 'external' || OFTEN_WAIT.has(facts.role) || (endsSoon(wait) && wait.phase !== 'initialising')),
    key: ['task', 'at', 'for'],
    caller: wait.caller,
    span: first.thread.nameSpan,
    related: [...waitToo(threads.slice(1, IN_RELATED).map(({ thread }) => ({ name: thread.name, span: thread.nameSpan }))), ...endersBeside(enders)],
  });
}

const permitFacts = ({ waiters, holders }: PermitUse, task: string | null): HiddenWaitFacts['permits'] => ({
  waiters: waiters.length,
  others: waiters.filter(({ name }) => task === null || roleOf(name)?.task !== task).map((thread) => displayName({ name: thread.name, thread })),
  held: holders.length > 0,
});
