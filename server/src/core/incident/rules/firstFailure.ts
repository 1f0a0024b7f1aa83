import type { IncidentPlace } from '../../../../../common/incident.ts';
import type { Episode } from '../../analysis/log/failureModel.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import { linePlace } from '../../log/files.ts';
import { evidenceText, verdictLine } from '../../rules/log/words.ts';
import { type Joined, processAt } from '../joined.ts';
import type { Conclusion, Evidence, IncidentRule } from './rule.ts';

/** What the log says of it, in one sentence. */
const sentenceOf = verdictLine;

/** Failures that are no consequence of another one, each the first of its attempt, in order of time. */
export const roots = ({ log }: Joined): Episode[] => (log === null ? [] : log.failures.episodes.filter(({ symptomOnly }) => !symptomOnly));

/** When the last thing failed. */
export function lastFailure({ log }: Joined): number | null {
  let last: number | null = null;
  for (const { first, rest } of log?.failures.episodes ?? [])
    for (const { time } of [first, ...rest]) if (time !== null && (last === null || time > last)) last = time;
  return last;
}

/** A line of the joined log, in its file. */
export function lineAt({ files }: LogAnalysis, line: number): IncidentPlace | null {
  const { file, number } = linePlace(files, line);
  return file === null ? null : { source: file.name, line: number - 1 };
}

export const failureEvidence = (log: LogAnalysis, episode: Episode): Evidence[] =>
  episode.evidence.slice(0, 3).map((one) => ({ code: 'failure', facts: { text: evidenceText(one) }, at: lineAt(log, one.line) }));

/** Restarts from which on an incident is a loop. */
const LOOP = 3;

/**
 * What the executions of one run of a job have in common: the first part of their ids, from 1.16 on. A cluster may run several
 * jobs, and the restarts of one follow from nothing in another.
 */
function graphOf({ log }: LogAnalysis, { first: { execution } }: Episode): string | null {
  const id = execution === null ? null : (log.executions[execution]?.id ?? null);
  const end = id?.indexOf('_') ?? -1;
  return id === null || end === -1 ? null : id.slice(0, end);
}

/** Attempt 0 failed of something; the newest exception may only be what that left behind. Of several jobs each has its own. */
export const firstFailure: IncidentRule = {
  code: 'first-failure',
  check: (joined) => {
    const { log } = joined;
    const found = roots(joined);
    const [first] = found;
    if (log === null || first === undefined) return [];
    const jobs = new Set(found.map((episode) => graphOf(log, episode)));
    // What no execution tells of is taken to be of the job that failed first.
    const own = graphOf(log, first) ?? [...jobs].find((job) => job !== null) ?? null;
    const ofJob = (job: string | null) => (episode: Episode) => (graphOf(log, episode) ?? own) === job;
    const order = [own, ...[...jobs].filter((job) => job !== null && job !== own)];
    return order.slice(0, MAX_JOBS).map((job, at) => {
      const conclusion = concludeJob(joined, log, found, ofJob(job), at > 0);
      return at === 0 && isEndOfAll(joined, log, first) ? { ...conclusion, rank: PRINTED } : conclusion;
    });
  },
};

/** Who is told to stop with the others is told so within this time. */
const TOGETHER = 60_000;

/** Somebody stopped the whole cluster, the JobManager and every TaskManager: that ends what was wrong with it, and is not what was wrong. */
function isEndOfAll(joined: Joined, log: LogAnalysis, { first }: Episode): boolean {
  const at = first.time;
  if (first.failed.code !== 'shutdown' || at === null) return false;
  const told = new Set(
    log.log.events.flatMap(({ id, time, line }) =>
      id === 'shutdown-signal' && time !== null && Math.abs(time - at) <= TOGETHER ? [processAt(joined, line)] : [],
    ),
  );
  const logged = joined.processes.filter(({ side, logs }) => logs.length > 0 && (side === 'JM' || side === 'TM'));
  return logged.some(({ side }) => side === 'JM') && logged.every((process) => told.has(process));
}

/** Of what was printed, or came at the end: everything that is seen to go wrong comes before it. */
const PRINTED = 42;
/** Of the jobs that failed so many are told. */
const MAX_JOBS = 5;

/** How the cluster calls the TaskManager that ended as a whole, where only one of several logs tells. */
function ended(joined: Joined, { first }: Episode): string | null {
  if (first.cause?.code !== 'jvm-crash' && first.failed.code !== 'shutdown') return null;
  const process = processAt(joined, first.line);
  return process?.side === 'TM' ? process.id : null;
}

function concludeJob(
  joined: Joined,
  log: LogAnalysis,
  found: readonly Episode[],
  isOwn: (episode: Episode) => boolean,
  failedLater: boolean,
): Conclusion {
  const [first, ...rest] = found.filter(isOwn) as [Episode, ...Episode[]];
  // Nothing failed: an exception was printed, and may have been dealt with.
  const printed = first.first.kind === 'exception' && first.certainty === 'suspected';
  const sentence = sentenceOf(first);
  const later = rest.filter((one) => sentenceOf(one) !== sentence);
  const restarts = log.failures.episodes.filter((one) => isOwn(one) && (one.outcome === 'restarted' || one.outcome === 'restarting')).length;
  const next = later[0];
  return {
    cause:
      restarts >= LOOP && later.length >= LOOP - 1
        ? { code: 'restart-loop', facts: { sentence, restarts, later: later.length } }
        : { code: 'first-failure', facts: { sentence, process: ended(joined, first) } },
    certainty: first.certainty,
    rank: printed ? PRINTED : failedLater ? 60 : 75,
    evidence: [
      ...failureEvidence(log, first).slice(0, next === undefined ? 3 : 2),
      ...(next === undefined ? [] : [{ code: 'consequences' as const, facts: { count: later.length }, at: lineAt(log, next.first.line) }]),
    ],
    since: first.first.time,
    knownIssue: null,
    advice: log.findings.find(({ id }) => id === 'first-failure')?.advice ?? [],
  };
}
