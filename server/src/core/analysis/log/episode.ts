import type { Span } from '../../../../../common/span.ts';
import type { Episode, EpisodeEvidence, Failure, Lost } from './failureModel.ts';
import { firstAfter } from './order.ts';

/** A process that others miss. */
export interface LostProcess {
  key: number;
  lost: Lost;
  line: number;
  span: Span;
}

/** Processes are noticed to be gone some time before or after the first task that fails because of it. */
const NOTICED = 2 * 60_000;
/** Failures of an episode that are named as evidence. */
const MAX_EVIDENCE = 20;

export interface EpisodeContext {
  key: (one: { time: number | null; line: number }) => number;
  until: number;
  boundaries: readonly number[];
  /** Those of them at which tasks were deployed; the others only begin another attempt. */
  deployments: readonly number[];
  /** Moments at which a restart began, in order. */
  restarts: readonly { key: number }[];
  cancellations: readonly { key: number; execution: number; line: number; span: Span }[];
  /** Records that say which process was lost, in order. */
  lost: readonly LostProcess[];
  /** Moments at which a job failed for good, in order. */
  jobFailures: readonly { key: number }[];
  /** Moments at which a job that had been suspended ran again, in order. */
  resumptions: readonly { key: number }[];
  /** Moments at which processes shut down, in order. */
  stops: readonly { key: number; master: boolean }[];
}

/** What belongs to one failure: what followed, what was cancelled, and how it went on. */
export function episode(group: readonly Failure[], context: EpisodeContext): Episode {
  const first = group.find((one) => one.consequence === null) ?? (group[0] as Failure);
  const symptomOnly = first.consequence !== null;
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
  const next = context.deployments[firstAfter(context.deployments, end)];
  const restarted = next !== undefined && next <= context.until;
  const begun = context.restarts[lowerBound(context.restarts, start)];
  const restarting = begun !== undefined && begun.key <= context.until;
  const ended = context.jobFailures[lowerBound(context.jobFailures, start)];
  const failed = ended !== undefined && ended.key <= context.until;
  const evidence: EpisodeEvidence[] = [{ code: 'first', facts: { failure: first }, line: first.line, span: first.span }];
  for (const one of group.slice(0, MAX_EVIDENCE))
    if (one !== first) evidence.push({ code: 'further', facts: { failure: one }, line: one.line, span: one.span });
  const firstCancel = cancelledHere[0];
  if (firstCancel !== undefined)
    evidence.push({ code: 'cancelled', facts: { count: cancelledHere.length }, line: firstCancel.line, span: firstCancel.span });
  const missed = symptomOnly ? context.lost.find((one) => one.key >= start - NOTICED && one.key < context.until) : undefined;
  if (missed !== undefined) evidence.push({ code: 'lost', facts: { lost: missed.lost }, line: missed.line, span: missed.span });
  return {
    first,
    rest: group.filter((one) => one !== first),
    cancelled: cancelledHere.map((one) => one.execution),
    outcome: failed ? 'failed' : restarted ? 'restarted' : restarting ? 'restarting' : endOf(first, start, context),
    symptomOnly,
    lost: missed?.lost ?? null,
    certainty: symptomOnly || (first.seen && first.causeCertainty === 'suspected') ? 'suspected' : 'proved',
    evidence,
    recovery: null,
  };
}

/** How it went on where no restart and no end of the job shows. */
function endOf({ kind }: Failure, start: number, { until, resumptions, stops }: EpisodeContext): Episode['outcome'] {
  const resumed = resumptions[lowerBound(resumptions, start)];
  if (resumed !== undefined && resumed.key <= until) return 'resumed';
  const stopped = stops.find((one) => one.key >= start && (one.master || kind === 'process'));
  if (stopped === undefined || stopped.key > until) return 'open';
  return stopped.master ? 'master-stopped' : 'stopped';
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
