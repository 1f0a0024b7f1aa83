import { table } from '../../../../../../common/table.ts';
import type { TimelineTone } from '../../../../../../common/timeline.ts';

/** Items of one lane; what is beyond is counted. */
export const MAX_ITEMS = 4000;

/** Place on the axis: the time, or the line in a log without times. */
export type At = (item: { time: number | null; line: number }) => number;

/** How a state of a task or a job looks. */
export const TONES = table<TimelineTone>({
  CREATED: 'waiting',
  SCHEDULED: 'waiting',
  DEPLOYING: 'waiting',
  INITIALIZING: 'waiting',
  RECONCILING: 'waiting',
  RUNNING: 'running',
  FINISHED: 'good',
  CANCELING: 'cancelled',
  CANCELED: 'cancelled',
  FAILED: 'bad',
  FAILING: 'bad',
  CANCELLING: 'cancelled',
  RESTARTING: 'warning',
  SUSPENDED: 'warning',
});
