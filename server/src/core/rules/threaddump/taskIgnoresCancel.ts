import { activitiesOf, subtaskOf, type ThreadActivity } from '../../analysis/threaddump/activity.ts';
import { endersOf } from '../../analysis/threaddump/enders.ts';
import { isFlinkCore } from '../../analysis/threaddump/hiddenWaits.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { frameName, tellingFrame } from '../../analysis/threaddump/names.ts';
import { waitPoint } from '../../analysis/threaddump/waitPoint.ts';
import { beside, enderFacts, endersBeside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const CANCELLING = /^Cancel(?:er|lation)/;
const MAX = 20;

/** Threads that Flink starts to cancel a task are there only until the task has ended: with the task, they tell that it has not. */
export const taskIgnoresCancel: DumpRule = {
  id: 'task-is-being-cancelled',
  title: 'A task is being cancelled and has not ended',
  severity: 'warning',
  docs: `Threads named "Canceler …", "Canceler/Interrupts …" or "Cancellation Watchdog …" are in the dump together with the task they cancel: the task has been told to end and is still there. For a moment that is normal. When it stays, user code swallows the interrupt, or waits for something that an interrupt does not end (a lock, native code, a socket). After \`task.cancellation.timeout\` (180 s) the watchdog ends the whole TaskManager.

Look at the innermost frame of user code in the task's stack: it has to end on \`InterruptedException\` and on a \`cancel()\` flag. What it waits for is told, and the threads that may be the ones to end the wait: a \`close()\` that waits for the end of an executor (\`awaitTermination\`) hangs as long as one of the executor's threads does.`,
  check: (analysis) =>
    analysis.dumps.flatMap((analysed) => {
      if (!analysed.dump.threads.some(({ name }) => CANCELLING.test(name))) return [];
      const activities = activitiesOf(analysed);
      const helpers = cancelledSubtasks(activities);
      return activities
        .filter((activity) => activity.role?.role.id === 'task' && helpers.has(subtaskOf(activity)))
        .slice(0, MAX)
        .map((activity) => describe(analysed, activity, helpers.get(subtaskOf(activity)) ?? []));
    }),
};

/** The threads that are there to cancel a subtask, by {@link subtaskOf}. */
export function cancelledSubtasks(activities: readonly ThreadActivity[]): Map<string, ThreadActivity[]> {
  const helpers = new Map<string, ThreadActivity[]>();
  for (const activity of activities) {
    if (activity.role?.role.id.startsWith('cancel') !== true) continue;
    const known = helpers.get(subtaskOf(activity));
    if (known === undefined) helpers.set(subtaskOf(activity), [activity]);
    else known.push(activity);
  }
  return helpers;
}

/** Mail and buffers are Flink's own matter, and who sleeps or is parked on something unknown waits for nobody that could be named. */
function waitOf({ thread }: ThreadActivity) {
  const point = waitPoint(thread);
  return point === null || isFlinkCore(point.caller) || point.for === 'sleep' || point.for === 'other' ? null : point;
}

function describe(analysed: AnalysedDump, activity: ThreadActivity, helpers: readonly ThreadActivity[]) {
  const { thread } = activity;
  const frame = tellingFrame(thread);
  const wait = waitOf(activity);
  const enders = wait === null ? [] : endersOf(analysed, wait.caller, new Set([thread]));
  const facts = {
    thread: thread.name,
    at: frame === undefined ? null : frameName(frame),
    interrupted: helpers.some(({ role }) => role?.role.id === 'cancel-interrupter'),
    helpers: helpers.map((helper) => helper.thread.name),
    for: wait?.for ?? null,
    enders: enders.map(enderFacts),
  };
  return tell(taskIgnoresCancel, 'task-is-being-cancelled', facts, {
    certainty: 'suspected',
    key: ['thread'],
    span: thread.nameSpan,
    related: [
      ...(frame === undefined ? [] : [beside(frame.span, 'task-stands-here', {})]),
      ...helpers.map((helper) => beside(helper.thread.nameSpan, 'cancels', { thread: helper.thread.name })),
      ...endersBeside(enders),
    ],
  });
}
