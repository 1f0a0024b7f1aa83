import type { Span } from '../../../../../common/span.ts';
import { formatDuration } from '../../wording.ts';
import type { Episode, Failure } from './failureModel.ts';

/** A process that others miss. */
export interface LostProcess {
  key: number;
  /** "TaskManager tm-1 is no longer reachable". */
  text: string;
  line: number;
  span: Span;
}

/** Processes are noticed to be gone some time before or after the first task that fails because of it. */
const NOTICED = 2 * 60_000;

export interface EpisodeContext {
  key: (one: { time: number | null; line: number }) => number;
  until: number;
  boundaries: readonly number[];
  cancellations: readonly { key: number; execution: number; line: number; span: Span }[];
  /** Records that say which process was lost, in order. */
  lost: readonly LostProcess[];
  /** Moments at which a job failed for good, in order. */
  jobFailures: readonly { key: number }[];
}

/** Index of the first number that is larger. */
function firstAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What belongs to one failure: what followed, what was cancelled, and how it went on. */
export function episode(group: readonly Failure[], context: EpisodeContext): Episode {
  const first = group.find((one) => one.follower === null) ?? (group[0] as Failure);
  const symptomOnly = first.follower !== null;
  const start = context.key(first);
  const end = Math.max(...group.map(context.key));
  // What failed first may be told last: a lost container is noticed after the tasks that talked to it.
  const after = lowerBound(context.cancellations, Math.min(...group.map(context.key)));
  const cancelledHere: EpisodeContext['cancellations'][number][] = [];
  for (let at = after; at < context.cancellations.length; at++) {
    const one = context.cancellations[at] as EpisodeContext['cancellations'][number];
    if (one.key >= context.until) break;
    if (one.execution !== first.execution) cancelledHere.push(one);
  }
  const next = context.boundaries[firstAfter(context.boundaries, end)];
  const restarted = next !== undefined && next <= context.until;
  const ended = context.jobFailures[lowerBound(context.jobFailures, start)];
  const failed = ended !== undefined && ended.key <= context.until;
  const evidence: Episode['evidence'] = [
    { text: first.seen ? first.title : `${first.title} before this line: only its final state is reported`, line: first.line, span: first.span },
  ];
  for (const one of group.slice(0, 20))
    if (one !== first) evidence.push({ text: one.follower === null ? one.title : `${one.title}: ${one.follower}`, line: one.line, span: one.span });
  const firstCancel = cancelledHere[0];
  if (firstCancel !== undefined)
    evidence.push({
      text: `${cancelledHere.length} subtask${cancelledHere.length === 1 ? ' is' : 's are'} cancelled from here on`,
      line: firstCancel.line,
      span: firstCancel.span,
    });
  const lost = symptomOnly ? context.lost.find((one) => one.key >= start - NOTICED && one.key < context.until) : undefined;
  if (lost !== undefined) evidence.push({ text: lost.text, line: lost.line, span: lost.span });
  const rest = group.filter((one) => one !== first);
  return {
    first,
    rest,
    cancelled: cancelledHere.map((one) => one.execution),
    outcome: failed ? 'failed' : restarted ? 'restarted' : 'open',
    symptomOnly,
    verdict: verdict(first, rest, cancelledHere.length, { symptomOnly, lost: lost?.text ?? null }),
    grade: symptomOnly || !first.seen ? 'derived' : first.causeGrade,
    evidence,
  };
}

function lowerBound(items: readonly { key: number }[], key: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle] as { key: number }).key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function verdict(
  first: Failure,
  rest: readonly Failure[],
  cancelledCount: number,
  { symptomOnly, lost }: { symptomOnly: boolean; lost: string | null },
): string {
  const parts: string[] = [];
  const cause = first.cause === null ? null : shortened(first.cause);
  if (symptomOnly)
    parts.push(
      `${first.title} as a consequence: ${first.follower}. What failed first is not in this text${lost === null ? '' : `; ${lost}, so its own log is the one to read`}.`,
    );
  else if (!first.seen && cause === null) parts.push(`${first.title} first; its cause is not in this text, which begins after the failure.`);
  else if (cause === null && first.kind === 'exception') parts.push(`${first.title}; the line that names its exception is not in this text.`);
  else if (cause === null) parts.push(`${first.title} first; no exception is printed with it.`);
  else if (first.kind === 'exception' && first.causeGrade === 'inferred' && rest.length === 0)
    parts.push(`${first.title}: ${cause}. No subtask and no job fails in this text, so it may have been dealt with.`);
  else
    parts.push(
      `${first.title} first, because of ${cause}${first.causeGrade === 'inferred' ? ' (the exception shortly before it; the text does not tie the two together)' : ''}.`,
    );
  const followers = rest.filter((one) => one.follower !== null).length;
  const others = rest.length - followers;
  if (followers > 0) parts.push(`${followers} further failure${followers === 1 ? '' : 's'} followed from it.`);
  if (others > 0) {
    const gap = rest.find((one) => one.follower === null)?.time;
    const after = gap !== undefined && gap !== null && first.time !== null ? ` ${formatDuration(gap - first.time)} later` : '';
    parts.push(
      `${others} other failure${others === 1 ? '' : 's'} came${after} with ${others === 1 ? 'a cause' : 'causes'} of ${others === 1 ? 'its' : 'their'} own.`,
    );
  }
  if (cancelledCount > 0) parts.push(`${cancelledCount} subtask${cancelledCount === 1 ? ' was' : 's were'} cancelled.`);
  return parts.join(' ');
}

const LONGEST_CAUSE = 300;

/** A cause to go on after: without its own full stop, and cut where its message explains itself at length. */
function shortened(cause: string): string {
  const text = cause.length > LONGEST_CAUSE ? `${cause.slice(0, LONGEST_CAUSE - 1)}…` : cause;
  return text.replace(/[\s.]+$/, '');
}
