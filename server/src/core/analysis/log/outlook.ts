import { eventKind } from '../../log/events.ts';
import { rootOf, throwableTitle } from '../../log/traces/throwables.ts';
import type { Coded } from '../../wording.ts';
import { overcomeCheckpoints } from './failedCheckpoints.ts';
import type { LogAnalysis } from './model.ts';
import { neverRuns } from './neverRuns.ts';

/** Somebody told the process to end; the line counts from 0. */
export interface Stopped {
  signal: string;
  line: number;
}

/** What a text in which nothing is known to have failed says of how things are. */
export interface OutlookFacts {
  /** Jobs and subtasks came to their end, checkpoints were completed, and nothing says that anything went wrong. */
  healthy: { jobs: number; subtasks: number; checkpoints: number; stopped: Stopped | null };
  /** Something that may be a failure stands in it: exceptions, records of level ERROR or FATAL, events that are severe. Lines count from 0. */
  noted: { exceptions: number; first: { title: string; line: number } | null; severe: number; events: readonly { id: string; line: number }[] };
  /** All that failed are checkpoints, `ids`, and `since` completed after the last of them; `first`: why. */
  overcome: { ids: readonly string[]; since: number; first: { title: string; line: number } | null };
  /** Tasks that do not begin to run, the first of them; `lasts`: milliseconds to the end of the text. */
  standing: { task: string; state: string; lasts: number; line: number; tasks: number };
  /** Records, and nothing in them that tells. That a subtask ran is no sign of health: it may stand still all the while. */
  quiet: { records: number; ran: number; stopped: Stopped | null };
  /** Nothing of it was read. */
  unread: Record<string, never>;
}
export type Outlook = Coded<OutlookFacts>;

const MAX_EVENTS = 3;

/** Asked only where no failure is known. That all is well is a conclusion from signs of it, never what is left over. */
export function outlookOf({ log, groups }: LogAnalysis): Outlook {
  const [waits, ...others] = neverRuns(log);
  if (waits !== undefined)
    return { code: 'standing', facts: { task: waits.task, state: waits.state, lasts: waits.for, line: waits.since.line, tasks: others.length + 1 } };
  const exceptions = groups.reduce((sum, { members }) => sum + members.length, 0) + log.exceptionsLeft;
  const severe = (log.levels.ERROR ?? 0) + (log.levels.FATAL ?? 0);
  const events = log.eventCounts.flatMap(({ id, lines }) => {
    const severity = eventKind(id)?.severity;
    return severity === 'fatal' || severity === 'error' ? [{ id, line: lines[0] ?? 0 }] : [];
  });
  const overcome = severe === 0 && events.length === 0 ? overcomeCheckpoints(log) : null;
  if (overcome !== null) {
    const { ids, since, exception } = overcome;
    const first = exception === null ? null : { title: throwableTitle(rootOf(exception)), line: exception.line };
    return { code: 'overcome', facts: { ids, since, first } };
  }
  if (exceptions > 0 || severe > 0 || events.length > 0) {
    const sample = groups[0]?.members[0];
    const first = sample === undefined ? null : { title: throwableTitle(rootOf(sample)), line: sample.line };
    return { code: 'noted', facts: { exceptions, first, severe, events: events.slice(0, MAX_EVENTS) } };
  }
  const count = (id: string, value?: string) =>
    log.eventCounts.reduce((sum, one) => (one.id === id && (value === undefined || one.value === value) ? sum + one.count : sum), 0);
  const jobs = Math.max(log.jobs.filter(({ states }) => states.some((change) => change.to === 'FINISHED')).length, count('job-ended', 'FINISHED'));
  const subtasks = log.executions.filter(({ end }) => end === 'FINISHED').length;
  const checkpoints = count('checkpoint-completed');
  const signal = log.events.findLast(({ id }) => id === 'shutdown-signal');
  const stopped = signal === undefined ? null : { signal: `SIG${signal.fields.signal ?? ''}`, line: signal.line };
  if (jobs + subtasks + checkpoints > 0) return { code: 'healthy', facts: { jobs, subtasks, checkpoints, stopped } };
  const ran = log.executions.filter(({ states }) => states.some(({ to }) => to === 'RUNNING')).length;
  if (log.recordCount + ran > 0) return { code: 'quiet', facts: { records: log.recordCount, ran, stopped } };
  return { code: 'unread', facts: {} };
}
