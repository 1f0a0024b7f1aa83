import type { BodyOf, DigestKind, LogDigest, SourceDigest } from './model.ts';

/** How soon a source is wanted: what tells of the job as a whole, what is wrong by itself, what failed, all else. */
const [WHOLE, WRONG, FAILED, REST] = [0, 1, 2, 3] as const;

/** See {@link SourceDigest}: of the source in its full form. */
export function rankOf(source: Pick<SourceDigest, 'kind' | 'body' | 'findings'>): Pick<SourceDigest, 'rank' | 'since'> {
  const since = source.kind === 'flink-log' ? failedAt(source.body as LogDigest) : null;
  if (tellsOfJob(source as Kinded)) return { rank: WHOLE, since };
  if (source.findings.some(({ severity }) => severity === 'error') && source.kind !== 'flink-log') return { rank: WRONG, since };
  return { rank: since === null ? REST : FAILED, since };
}

type Kinded = { [K in DigestKind]: { kind: K; body: BodyOf[K] } }[DigestKind];

function tellsOfJob(source: Kinded): boolean {
  switch (source.kind) {
    case 'flink-log':
      return source.body.process.side === 'JM' || source.body.jobs.length > 0;
    case 'job-graph':
      return true;
    case 'rest-document':
      return source.body.failures !== null || source.body.plans.plans.length > 0;
    default:
      return false;
  }
}

/** When something failed for the first time, in ms. */
function failedAt({ exceptions, executions }: LogDigest): number | null {
  const times = [
    ...exceptions.map(({ time }) => time),
    ...executions.flatMap(({ states }) => states.flatMap(({ to, time }) => (to === 'FAILED' ? [time] : []))),
  ].filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}
