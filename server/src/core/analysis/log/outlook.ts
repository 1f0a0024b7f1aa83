import { eventKind } from '../../log/events.ts';
import { rootOf, throwableTitle } from '../../log/traces/throwables.ts';
import type { Coded } from '../../wording.ts';
import type { LogAnalysis } from './model.ts';

/** What a text in which nothing is known to have failed says of how things are. */
export interface OutlookFacts {
  /** There are signs that it goes well, and none that it does not. */
  healthy: { finished: number; completed: number; running: number };
  /** Something that may be a failure stands in it: exceptions, records of level ERROR or FATAL, events that are severe. Lines count from 0. */
  noted: { exceptions: number; first: { title: string; line: number } | null; severe: number; events: readonly { id: string; line: number }[] };
  /** Records, and nothing in them that tells. */
  quiet: { records: number };
  /** Nothing of it was read. */
  unread: Record<string, never>;
}
export type Outlook = Coded<OutlookFacts>;

const MOST_EVENTS = 3;

/** Asked only where no failure is known. That all is well is a conclusion from signs of it, never what is left over. */
export function outlookOf({ log, groups }: LogAnalysis): Outlook {
  const exceptions = groups.reduce((sum, { members }) => sum + members.length, 0) + log.exceptionsLeft;
  const severe = (log.levels.ERROR ?? 0) + (log.levels.FATAL ?? 0);
  const events = log.eventCounts.flatMap(({ id, lines }) => {
    const severity = eventKind(id)?.severity;
    return severity === 'fatal' || severity === 'error' ? [{ id, line: lines[0] ?? 0 }] : [];
  });
  if (exceptions > 0 || severe > 0 || events.length > 0) {
    const sample = groups[0]?.members[0];
    const first = sample === undefined ? null : { title: throwableTitle(rootOf(sample)), line: sample.line };
    return { code: 'noted', facts: { exceptions, first, severe, events: events.slice(0, MOST_EVENTS) } };
  }
  const count = (id: string, value?: string) =>
    log.eventCounts.reduce((sum, one) => (one.id === id && (value === undefined || one.value === value) ? sum + one.count : sum), 0);
  const finished = Math.max(
    log.jobs.filter(({ states }) => states.some((change) => change.to === 'FINISHED')).length,
    count('job-ended', 'FINISHED'),
  );
  const completed = count('checkpoint-completed');
  const running = log.executions.filter(({ end, states }) => end === 'FINISHED' || states.some(({ to }) => to === 'RUNNING')).length;
  if (finished + completed + running > 0) return { code: 'healthy', facts: { finished, completed, running } };
  if (log.recordCount > 0) return { code: 'quiet', facts: { records: log.recordCount } };
  return { code: 'unread', facts: {} };
}
