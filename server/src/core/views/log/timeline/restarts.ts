import type { Span } from '../../../../../../common/span.ts';
import type { TimelineBand, TimelineInterval, TimelineLane, TimelineLink } from '../../../../../../common/timeline.ts';
import type { Episode } from '../../../analysis/log/failureModel.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { TERMINAL } from '../../../log/executions.ts';
import type { LogModel } from '../../../log/model.ts';
import { causeText, verdictText } from '../../../rules/log/words.ts';
import { ATTEMPTS } from '../report/words.ts';
import { type At, MAX_ITEMS } from './shared.ts';
import { RESTARTS } from './words.ts';

/** From a failure to the next deployment. */
interface Outage {
  episode: Episode;
  number: number;
  from: number;
  /** When the last of its failures came. */
  last: number;
  /** Null: how it went on is not in the log. */
  to: number | null;
}

/** A restart attempt, by the number that is printed with its executions. */
interface Attempt {
  number: number;
  from: number;
  /** It began before the log does. */
  open: boolean;
  to: number | null;
}

export function outagesOf({ log, failures }: LogAnalysis, at: At): Outage[] {
  const begins = log.executions
    .flatMap(({ states, mentions }) => {
      const first = states.find((state) => state.from === 'CREATED' || state.from === 'SCHEDULED') ?? mentions.find((one) => one.what === 'received');
      return first === undefined ? [] : [at(first)];
    })
    .sort((a, b) => a - b);
  let next = 0;
  return failures.episodes.slice(0, MAX_ITEMS / 2).map((episode, index) => {
    const from = at(episode.first);
    const last = episode.rest.reduce((latest, one) => Math.max(latest, at(one)), from);
    while (next < begins.length && (begins[next] as number) <= last) next++;
    const until = failures.episodes[index + 1];
    const begin = begins[next];
    const restarted = begin !== undefined && (until === undefined || begin <= at(until.first));
    return { episode, number: index + 1, from, last, to: restarted ? begin : episode.outcome === 'failed' ? last : null };
  });
}

/** The restart attempts of the job, and in each of them the failure that ended it. */
export function restartLane({ log }: LogAnalysis, outages: readonly Outage[], at: At): TimelineLane<Span>[] {
  const attempts = attemptsOf(log, at);
  if (attempts.length < 2 && (outages.length === 0 || log.executions.length === 0)) return [];
  const intervals: TimelineInterval<Span>[] = [];
  let next = 0;
  for (const attempt of attempts) {
    while (next < outages.length && (outages[next] as Outage).from < attempt.from) intervals.push(failure(outages[next++] as Outage));
    const ended = outages[next];
    const within = ended !== undefined && (attempt.to === null || ended.from < attempt.to) ? ended : undefined;
    const to = within === undefined ? attempt.to : within.from;
    intervals.push({
      id: `restart:${attempt.number}`,
      from: attempt.from,
      to,
      ...(attempt.open ? { open: true } : {}),
      label: RESTARTS.label(attempt.number),
      tone: 'neutral',
      description: RESTARTS.attempt(attempt.number, within?.number ?? null),
    });
  }
  while (next < outages.length) intervals.push(failure(outages[next++] as Outage));
  return [
    {
      id: 'restarts',
      kind: 'restarts',
      label: RESTARTS.lane,
      intervals: intervals.sort((a, b) => a.from - b.from).slice(0, MAX_ITEMS),
      marks: [],
      description: RESTARTS.counts(attempts.length, outages.length),
    },
  ];
}

/** None where no numbers are printed, or several jobs number theirs from 0. */
function attemptsOf(log: LogModel, at: At): Attempt[] {
  if (log.jobs.length > 1) return [];
  const byNumber = new Map<number, { from: number; known: boolean; last: number; over: boolean }>();
  for (const { attempt, states, mentions, reported, end } of log.executions) {
    if (attempt === null) continue;
    const all = [...states, ...mentions, ...(reported === null ? [] : [reported])].map(at);
    if (all.length === 0) continue;
    const known = states[0]?.from === 'CREATED' || mentions.some((one) => one.what === 'received');
    const [from, last] = all.reduce(([low, high], time) => [Math.min(low, time), Math.max(high, time)], [Number.POSITIVE_INFINITY, 0]);
    const over = end !== null && TERMINAL.has(end);
    const present = byNumber.get(attempt);
    if (present === undefined) byNumber.set(attempt, { from, known, last, over });
    else {
      if (from < present.from) [present.from, present.known] = [from, known];
      present.last = Math.max(present.last, last);
      present.over &&= over;
    }
  }
  const numbers = [...byNumber.keys()].sort((a, b) => a - b);
  return numbers.map((number, index): Attempt => {
    const { from, known, last, over } = byNumber.get(number) as { from: number; known: boolean; last: number; over: boolean };
    const following = byNumber.get(numbers[index + 1] ?? -1);
    const begin = known ? from : log.clock === 'none' ? 0 : (log.from ?? from);
    return { number, from: begin, open: !known, to: following !== undefined ? Math.max(begin, following.from) : over ? last : null };
  });
}

function failure({ episode, number, from, last, to }: Outage): TimelineInterval<Span> {
  const { first, certainty, outcome } = episode;
  const cause = first.cause === null ? null : causeText(first.cause);
  const down = to !== null && to > from && outcome !== 'failed' ? to - from : null;
  return {
    id: `outage:${number}`,
    from,
    to: to ?? last,
    label: RESTARTS.failure(number, cause === null ? null : shortCause(cause)),
    tone: 'bad',
    place: first.span,
    description: RESTARTS.outage(verdictText(episode), down),
    details: [
      ...(cause === null ? [] : [[RESTARTS.cause, cause] as [string, string]]),
      [RESTARTS.certainty, certainty],
      [RESTARTS.outcome, outcome === 'open' ? RESTARTS.unseen : ATTEMPTS.wentOn(outcome)],
    ],
  };
}

/** "IOException" of "java.io.IOException: Connection reset". */
const shortCause = (cause: string): string => (/^[\w$.]+/.exec(cause)?.[0] ?? cause).replace(/^.*\./, '');

/** The same across all lanes: while the job was down. */
export function outageBands(outages: readonly Outage[]): TimelineBand<Span>[] {
  return outages.map(({ episode, number, from, last, to }) => ({
    id: `outage:${number}`,
    from,
    to: Math.max(to ?? last, from + 1),
    label: RESTARTS.failure(number, null),
    tone: 'bad',
    kind: 'attempt',
    place: episode.first.span,
    description: verdictText(episode),
  }));
}

/** Arrows from a failure to those that followed from it; `marks` are the ids of the executions' failure marks. */
export function failureLinks({ failures }: LogAnalysis, marks: ReadonlyMap<number, string>): TimelineLink[] {
  const links: TimelineLink[] = [];
  for (const episode of failures.episodes) {
    const from = episode.first.execution === null ? undefined : marks.get(episode.first.execution);
    if (from === undefined) continue;
    for (const one of episode.rest) {
      const to = one.execution === null ? undefined : marks.get(one.execution);
      if (to === undefined || one.consequence === null || links.length >= MAX_ITEMS) continue;
      links.push({ from, to, label: RESTARTS.followed, certainty: 'suspected' });
    }
  }
  return links;
}
