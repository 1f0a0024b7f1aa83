import type { ConsequenceReason } from '../../knowledge/consequences.ts';
import type { FailureCategory } from '../../knowledge/failureCategories.ts';
import type { PoolId } from '../../knowledge/memoryErrors.ts';
import type { LogModel } from '../../log/model.ts';
import type { Coded } from '../../wording.ts';
import { causeCategory, exceptionCategory, startFailureOf } from './category.ts';
import type { CauseGroup } from './causeGroups.ts';
import { causeOf, namesPool, sameCause } from './causes.ts';
import type { Episode, Failure } from './failureModel.ts';
import type { MemoryVerdict } from './memory.ts';
import type { LogAnalysis } from './model.ts';

/** What kind of trouble a log tells of. */
export interface CategoryFacts {
  'out-of-memory': { pool: PoolId };
  /** By the whole chain of exceptions, whose code threw them, or what else is said of the cause. */
  known: { category: FailureCategory };
  'container-out-of-memory': Record<string, never>;
  /** What failed first is elsewhere. */
  consequence: Record<string, never>;
  /** Of an unknown kind. */
  failure: { kind: Failure['kind'] };
  none: Record<string, never>;
}
/** `stuck`: a cancellation that got stuck followed from it. */
export type Category = Coded<CategoryFacts> & { stuck: boolean };

/** What there is to say of the first failure. */
export interface Study {
  episode: Episode | undefined;
  /** Memory that ran out in it. */
  memory: MemoryVerdict[];
  category: Category;
}

export function studyOf(analysis: LogAnalysis): Study {
  const episode = analysis.failures.episodes.find((one) => one.first === analysis.failures.first);
  return { episode, memory: memoryOf(analysis, episode), category: categoryOf(analysis, episode) };
}

/** Memory that ran out in a failure; of none, all that ran out. */
export const memoryOf = (analysis: LogAnalysis, episode: Episode | undefined): MemoryVerdict[] =>
  analysis.memory.filter((verdict) => belongsTo(verdict, episode, analysis));

/** Is this memory what the failure failed of? */
function isCauseOf({ event, pool }: MemoryVerdict, { record, exception, cause, kind }: Failure, log: LogModel): boolean {
  if (event.record !== null && event.record === record) return true;
  if (event.exception !== null && event.exception === exception) return true;
  if (event.exception !== null && sameCause(causeOf(log.exceptions[event.exception]), cause)) return true;
  if (cause === null) return false;
  return (event.fields.pool !== undefined && namesPool(cause, event.fields.pool)) || (pool === 'container' && kind === 'process');
}

/** Of failures by their causes, those that are memory that ran out for certain; each is the cause of the first of its group. */
export function memoryOfCauses({ memory, log }: Pick<LogAnalysis, 'memory' | 'log'>, groups: readonly CauseGroup[]): Map<MemoryVerdict, CauseGroup> {
  const found = new Map<MemoryVerdict, CauseGroup>();
  for (const verdict of memory) {
    const group = groups.find(({ episodes: [one] }) => one !== undefined && one.first.cause !== null && isCauseOf(verdict, one.first, log));
    if (group !== undefined && verdict.certainty === 'proved') found.set(verdict, group);
  }
  return found;
}

/** Did this memory run out in the first failure, or in one that has nothing to do with it? */
function belongsTo(verdict: MemoryVerdict, episode: Episode | undefined, { failures, log }: LogAnalysis): boolean {
  if (episode === undefined) return true;
  const { first } = episode;
  if (isCauseOf(verdict, first, log)) return true;
  const { event } = verdict;
  // With no cause in the text, memory that ran out in the same attempt is the best that is known.
  const known = first.cause !== null && !episode.symptomOnly;
  const next = failures.episodes[failures.episodes.indexOf(episode) + 1]?.first;
  const before = next === undefined || (event.time !== null && next.time !== null ? event.time < next.time : event.line < next.line);
  return !known && before;
}

/** What kind of trouble an episode tells of, or, where there is none, the log. */
export function categoryOf(analysis: LogAnalysis, episode: Episode | undefined): Category {
  const { log } = analysis;
  const [memory] = memoryOf(analysis, episode);
  const stuck = log.events.some((event) => event.id === 'cancel-stuck');
  if (memory !== undefined) return { code: 'out-of-memory', facts: { pool: memory.pool }, stuck: false };
  if (episode === undefined) return stuck ? known('stuck-cancellation', false) : { code: 'none', facts: {}, stuck: false };
  const { first, symptomOnly } = episode;
  const { cause } = first;
  if (cause?.code === 'container-killed' && (cause.facts.limit !== null || cause.facts.oom))
    return { code: 'container-out-of-memory', facts: {}, stuck };
  const exception = first.exception === null ? undefined : log.exceptions[first.exception];
  if (symptomOnly)
    return first.consequence !== null && LOSSES.has(first.consequence) ? known('process-lost', stuck) : { code: 'consequence', facts: {}, stuck };
  const told = (cause === null ? null : causeCategory(cause)) ?? (exception === undefined ? null : exceptionCategory(exception));
  const start = exception === undefined ? null : startFailureOf(exception, first.failed);
  if (start !== null) return known(start.category, stuck);
  // What a process of Flink cannot reach while it starts is another process of Flink.
  const category = told === 'connector' && first.failed.code === 'process' ? 'network' : told;
  if (category !== null) return known(category, stuck && category !== 'stuck-cancellation');
  return { code: 'failure', facts: { kind: first.kind }, stuck };
}

/** Consequences of a process that is gone. */
const LOSSES: ReadonlySet<ConsequenceReason> = new Set([
  'peer-silent',
  'peer-ended',
  'peer-closed',
  'peer-failed',
  'callee-gone',
  'slots-lost',
  'slots-gone',
]);

const known = (category: FailureCategory, stuck: boolean): Category => ({ code: 'known', facts: { category }, stuck });
