/** What the timeline of a log says, apart from states, causes and verdicts. */
import type { TimelineTone } from '../../../../../../common/timeline.ts';
import { formatDuration, grouped, plural } from '../../../wording.ts';

export const TIMELINE = { title: 'Timeline', empty: 'The log speaks of no job, task, checkpoint or exception that could be drawn.' };

export const NOTES = {
  subtasksLeft: (count: number) => `${plural(count, 'more subtask')} left out; those that failed come first.`,
  coarse: 'There are so many attempts that each is drawn as one bar, in the colour of its last state.',
  executionsLeft: (count: number) => `${plural(count, 'more execution')} counted but not drawn.`,
  laneFull: (lane: string, left: number) => `${lane}: ${grouped(left)} more left out, the lane would be too full.`,
  clockSteps: (count: number) => `The clock steps back in ${plural(count, 'place')}; times are shown as written.`,
  noDates: 'The log has times without dates.',
  noTimes: 'The log has no times: the axis counts lines.',
  clock: (source: string, text: string) => `${source}: ${text}`,
};

export const LEGEND: readonly { tone: TimelineTone; text: string }[] = [
  { tone: 'waiting', text: 'Not running yet: created, scheduled, deploying, initializing' },
  { tone: 'running', text: 'Running' },
  { tone: 'good', text: 'Finished, completed' },
  { tone: 'cancelled', text: 'Cancelled' },
  { tone: 'warning', text: 'Restarting, declined, late' },
  { tone: 'bad', text: 'Failed, down' },
];

export const JOBS = {
  change: (job: string, from: string, to: string) => `Job ${job} went from ${from} to ${to}.`,
  lane: (name: string | null, id: string) => `States of job ${name ?? ''} (${id}).`,
};

/** How a state that has no successor in the log ends. */
type StateEnd = { code: 'known' } | { code: 'end-of-log'; ms: number } | { code: 'next-attempt' };

const numbered = (attempt: number | null): string => (attempt === null ? '' : ` #${attempt}`);

function endText(end: StateEnd): string {
  switch (end.code) {
    case 'known':
      return '';
    case 'end-of-log':
      return `, to the end of the log (${formatDuration(end.ms)})`;
    case 'next-attempt':
      return '; its end is not printed, the next attempt begins';
  }
}

/** What is said of an attempt in front of its states, which subtasks together leave away. */
const ATTEMPT = /^attempt(?: #\d+)? /;

export const STATES = {
  before: (state: string, attempt: number | null) => `${state}${numbered(attempt)}, since before the first record about it.`,
  state: (state: string, attempt: number | null, end: StateEnd) => `${state}${numbered(attempt)}${endText(end)}.`,
  label: (attempt: number | null, last: string) => `attempt${numbered(attempt)} ${last}`,
  /** The state in a label of an attempt, or the label itself. */
  ofLabel: (label: string) => label.replace(ATTEMPT, ''),
  attempt: (attempt: number | null, states: readonly string[]) => `Attempt${numbered(attempt)}: ${states.join(', ')}.`,
  /** `count`: in this state, of so many. */
  share: (count: number, of: number, state: string) => (count === of ? `all ${state}` : `${count} ${state}`),
  together: (of: number, shares: string) => `Of ${of} subtasks: ${shares}.`,
};

export const SUBTASKS = {
  task: (task: string, subtasks: number) => `Task ${task}, ${plural(subtasks, 'subtask')}.`,
  lane: (subtask: string, task: string, attempts: number) => `Subtask ${subtask} of ${task}, ${plural(attempts, 'attempt')}.`,
  cancel: 'cancel',
  cancelled: 'Asked to cancel.',
  noException: 'no exception with it',
  failed: (first: boolean): string => (first ? 'first failure' : 'failed'),
  failure: (first: boolean, subtask: string, cause: string) => `${first ? 'First failure' : 'Failure'} of subtask ${subtask}: ${cause}.`,
  attempt: 'attempt',
  where: 'where',
};

export const CHECKPOINTS = {
  lane: 'Checkpoints',
  label: (id: string) => `checkpoint ${id}`,
  /** `first` to `last`, by their ids. */
  range: (first: string, last: string) => `checkpoint ${first} – ${last}`,
  ended: (id: string, how: string) => `Checkpoint ${id} ${how}.`,
  other: (id: string, what: string) => `Checkpoint ${id}: ${what}.`,
  open: (id: string, ms: number) => `Checkpoint ${id} was triggered; its end is not in the log (${formatDuration(ms)}).`,
  lost: (id: string, ms: number) => `Checkpoint ${id} was triggered; no end is printed, a failure came ${formatDuration(ms)} later.`,
  counts: (completed: number, others: number) => `${plural(completed, 'completed checkpoint')}, ${grouped(others)} that did not complete.`,
  completed: (count: number) => `${count} checkpoints completed.`,
};

export const RESTARTS = {
  lane: 'Restarts',
  label: (number: number) => `attempt #${number}`,
  attempt: (number: number, until: number | null) => `Attempt #${number}${until === null ? '' : `, until failure ${until}`}.`,
  counts: (attempts: number, failures: number) => `${attempts === 0 ? '' : `${plural(attempts, 'attempt')}, `}${plural(failures, 'failure')}.`,
  failure: (number: number, cause: string | null) => `failure ${number}${cause === null ? '' : `: ${cause}`}`,
  outage: (verdict: string, downMs: number | null) => `${verdict}${downMs === null ? '' : ` Deployed again ${formatDuration(downMs)} later.`}`,
  cause: 'cause',
  certainty: 'certainty',
  outcome: 'outcome',
  unseen: 'not in the log',
  followed: 'followed',
};

export const PROCESS = {
  exceptions: 'Exceptions',
  exception: 'exception',
  traces: (traces: number, groups: number) => `${plural(traces, 'stack trace')} in ${plural(groups, 'group')}.`,
  heap: 'Heap',
  sample: (used: string, max: string) => `${used}/${max} MB`,
  used: (used: string, max: string) => `Heap: ${used} of ${max} MB used.`,
  samples: 'Samples of the heap from the memory logger.',
  pauses: (source: string | null) => (source === null ? 'GC pauses' : `GC pauses of ${source}`),
  pause: (kind: string, ms: number) => `${kind}: ${formatDuration(ms)}.`,
  pausesFrom: (source: string) => `Pauses of the collector from ${source}.`,
};
