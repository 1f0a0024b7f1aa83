import type { Settings } from '../../../../../common/settings.ts';
import { activitiesOf } from '../../analysis/threaddump/activity.ts';
import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { doingOf } from '../../analysis/threaddump/doing.ts';
import { isOfUser } from '../../analysis/threaddump/hiddenWaits.ts';
import { lockoutsOf } from '../../analysis/threaddump/lockouts.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { displayNameOf, frameName, standsAt } from '../../analysis/threaddump/names.ts';
import { roleOf } from '../../analysis/threaddump/roles.ts';
import { slowWork } from '../../analysis/threaddump/slowHolders.ts';
import type { Wait } from '../../analysis/threaddump/waits/model.ts';
import type { Draft } from '../../model.ts';
import type { Thread } from '../../threaddump/model.ts';
import { longWaits } from './longWait.ts';
import { beside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX = 20;
const MAX_JUDGED = 500;
const IN_RELATED = 10;
/** The lock is wanted by one of so many innermost frames. */
const NEAR = 3;

/** A task thread does everything of its subtask: while it waits for a lock, nothing of the subtask moves. */
export const taskWaitsForLock: DumpRule = {
  id: 'task-waits-for-lock',
  title: 'A task thread waits for a lock',
  severity: 'info',
  docs: `A task thread waits for a lock that another thread holds. No record, timer or checkpoint of the subtask is handled meanwhile. For a moment that is normal; when a second dump shows the same, look at what the holder does: user code shared between tasks (a static lock, a client with a lock of its own) is the usual cause.`,
  check: (analysis, { settings }) =>
    analysis.dumps.flatMap((analysed) => [...waiting(analysed, settings).values()].map((group) => describe(analysed, group))),
};

/** Task threads that wait for the same thread to give one lock back. */
interface Group {
  wait: Wait;
  threads: Thread[];
}

/** By lock and holder, in the order of the dump; none that another finding tells. */
function waiting(analysed: AnalysedDump, settings: Settings): ReadonlyMap<string, Group> {
  const { dump, waits, deadlocks } = analysed;
  const groups = new Map<string, Group>();
  if (waits.waits.size === 0) return groups;
  const inDeadlock = new Set(deadlocks.flatMap(({ threads, victims }) => [...threads, ...victims]));
  const told = new Set([...lockoutsOf(analysed), ...longWaits(analysed, settings)].map(({ lock }) => lock));
  let judged = 0;
  for (const thread of dump.threads) {
    const wait = waits.waits.get(thread.index);
    if (wait === undefined || wait.owner === null || inDeadlock.has(wait.threadIndex) || told.has(wait.lock)) continue;
    // A source of the old kind that waits for buffers under the checkpoint lock is back-pressured: the cause is downstream.
    if (activitiesOf(analysed)[wait.owner]?.activity === 'back-pressured') continue;
    const key = `${wait.lock.id}\n${wait.owner}`;
    const group = groups.get(key);
    if ((group === undefined && groups.size === MAX) || roleOf(thread.name)?.role.id !== 'task') continue;
    if (group === undefined) groups.set(key, { wait, threads: [thread] });
    else group.threads.push(thread);
    // A name costs more to judge than a wait.
    if (++judged === MAX_JUDGED) break;
  }
  return groups;
}

/** The mailbox of a source of the old kind takes the lock for everything that it does (StreamTaskActionExecutor). */
const UNDER_CHECKPOINT_LOCK = /\.StreamTaskActionExecutor\$SynchronizedStreamTaskActionExecutor$/;

function wantsCheckpointLock({ frames }: Thread, holder: Thread | null | undefined): boolean {
  return (
    roleOf(holder?.name ?? '')?.role.id === 'legacy-source' && frames.slice(0, NEAR).some(({ className }) => UNDER_CHECKPOINT_LOCK.test(className))
  );
}

/** The user's code that has called out, rather than the library that it has called. */
function callIn(thread: Thread | null): string {
  const frame = thread?.frames.find(isOfUser);
  return frame === undefined ? standsAt(thread) : frameName(frame);
}

function describe({ waits }: AnalysedDump, { wait, threads }: Group): Draft {
  const owner = wait.owner as number;
  const holder = waits.threads[owner];
  const slow = holder?.thread == null ? null : slowWork(holder.thread);
  const facts = {
    thread: threads[0]?.name ?? '',
    threads: threads.length,
    lock: lockFacts(wait.lock),
    holder: displayNameOf(waits, owner),
    at: slow === null ? standsAt(holder?.thread ?? null) : callIn(holder?.thread ?? null),
    does: holder === undefined ? null : doingOf(waits, holder),
    checkpoint: threads[0] !== undefined && wantsCheckpointLock(threads[0], holder?.thread),
    slow,
  };
  return tell(taskWaitsForLock, 'task-waits-for-lock', facts, {
    certainty: 'suspected',
    key: ['thread', 'holder'],
    span: wait.place.lockSpan,
    related: [
      ...(holder === undefined ? [] : [beside(holder.span, 'holds-it', { thread: facts.holder })]),
      ...threads
        .slice(1, IN_RELATED)
        .map(({ index, name, nameSpan }) => beside(waits.waits.get(index)?.place.lockSpan ?? nameSpan, 'waits-too', { thread: name })),
    ],
  });
}
