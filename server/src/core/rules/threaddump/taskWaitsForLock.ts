import { activitiesOf } from '../../analysis/threaddump/activity.ts';
import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { lockoutsOf } from '../../analysis/threaddump/lockouts.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { nameOf, standsAt } from '../../analysis/threaddump/names.ts';
import { roleOf } from '../../analysis/threaddump/roles.ts';
import type { Wait } from '../../analysis/threaddump/waits/model.ts';
import { finding } from '../../model.ts';
import type { Thread } from '../../threaddump/model.ts';
import { quoted } from '../../wording.ts';
import type { DumpRule } from './types.ts';
import { doing, shortLock } from './words.ts';

const MAX = 20;

/** A task thread does everything of its subtask: while it waits for a lock, nothing of the subtask moves. */
export const taskWaitsForLock: DumpRule = {
  id: 'task-waits-for-lock',
  title: 'A task thread waits for a lock',
  severity: 'info',
  docs: `A task thread waits for a lock that another thread holds. No record, timer or checkpoint of the subtask is handled meanwhile. For a moment that is normal; when a second dump shows the same, look at what the holder does: user code shared between tasks (a static lock, a client with a lock of its own) is the usual cause.`,
  check: (analysis) => analysis.dumps.flatMap((analysed) => waiting(analysed).map(([thread, wait]) => describe(analysed, thread, wait))),
};

/** The first of them, in the order of the dump: a name costs more to judge than a wait. */
function waiting(analysed: AnalysedDump): [Thread, Wait][] {
  const { dump, waits, deadlocks } = analysed;
  const found: [Thread, Wait][] = [];
  if (waits.waits.size === 0) return found;
  const inDeadlock = new Set(deadlocks.flatMap(({ threads, victims }) => [...threads, ...victims]));
  const told = new Set(lockoutsOf(analysed).map(({ lock }) => lock));
  for (const thread of dump.threads) {
    const wait = waits.waits.get(thread.index);
    if (wait === undefined || wait.owner === null || inDeadlock.has(wait.threadIndex) || told.has(wait.lock)) continue;
    // A source of the old kind that waits for buffers under the checkpoint lock is back-pressured: the cause is downstream.
    if (activitiesOf(analysed)[wait.owner]?.activity === 'back-pressured') continue;
    if (roleOf(thread.name)?.role.id === 'task' && found.push([thread, wait]) === MAX) break;
  }
  return found;
}

function describe({ waits }: AnalysedDump, thread: Thread, wait: Wait) {
  const owner = wait.owner as number;
  const holder = waits.threads[owner];
  const stands = standsAt(holder?.thread ?? null);
  return finding(taskWaitsForLock, {
    certainty: 'suspected',
    facts: { thread: thread.name, lock: lockFacts(wait.lock), holder: holder?.name ?? null, at: stands },
    key: ['thread', 'holder'],
    message: `${quoted(thread.name, 40)} waits for ${shortLock(wait.lock)}. ${nameOf(waits, owner)} holds it${stands === '' ? '' : ` and is at ${stands}`}${holder === undefined ? '' : `; it ${doing(waits, holder)}`}.`,
    span: wait.place.lockSpan,
    related: holder === undefined ? [] : [{ message: `${nameOf(waits, owner)} holds it`, span: holder.span }],
    evidence: ['The lock and its holder are in the dump; that it lasts is not.'],
    missing: ['A second dump some seconds later with the same holder at the same place.'],
  });
}
