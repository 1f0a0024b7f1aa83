import { EXCEPTION_CATEGORIES, type ExceptionCategory } from '../../knowledge/failureCategories.ts';
import type { PoolId } from '../../knowledge/memory-errors.ts';
import type { Coded } from '../../wording.ts';
import { causeOf, namesPool, sameCause } from './causes.ts';
import type { Cause, Episode, Failure } from './failureModel.ts';
import type { MemoryVerdict } from './memory.ts';
import type { LogAnalysis } from './model.ts';

/** What kind of trouble a log tells of. */
export interface CategoryFacts {
  'out-of-memory': { pool: PoolId };
  /** By the exception that is the root cause. */
  exception: { category: ExceptionCategory };
  'container-out-of-memory': Record<string, never>;
  /** What failed first is elsewhere. */
  consequence: Record<string, never>;
  /** Of an unknown kind. */
  failure: { kind: Failure['kind'] };
  'stuck-cancellation': Record<string, never>;
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
  const memory = analysis.memory.filter((verdict) => belongsTo(verdict, episode, analysis));
  const stuck = analysis.log.events.some((event) => event.id === 'cancel-stuck');
  return { episode, memory, category: categoryOf(episode, memory[0], stuck) };
}

/** Did this memory run out in the first failure, or in one that has nothing to do with it? */
function belongsTo({ event, pool }: MemoryVerdict, episode: Episode | undefined, { failures, log }: LogAnalysis): boolean {
  if (episode === undefined) return true;
  const { first } = episode;
  if (event.record !== null && event.record === first.record) return true;
  if (event.exception !== null && event.exception === first.exception) return true;
  if (event.exception !== null && sameCause(causeOf(log.exceptions[event.exception]), first.cause)) return true;
  if (first.cause !== null) {
    if (event.fields.pool !== undefined && namesPool(first.cause, event.fields.pool)) return true;
    if (pool === 'container' && first.kind === 'process') return true;
  }
  // With no cause in the text, memory that ran out in the same attempt is the best that is known.
  const known = first.cause !== null && !episode.symptomOnly;
  const next = failures.episodes[failures.episodes.indexOf(episode) + 1]?.first;
  const before = next === undefined || (event.time !== null && next.time !== null ? event.time < next.time : event.line < next.line);
  return !known && before;
}

function categoryOf(episode: Episode | undefined, memory: MemoryVerdict | undefined, stuck: boolean): Category {
  if (memory !== undefined) return { code: 'out-of-memory', facts: { pool: memory.pool }, stuck: false };
  if (episode === undefined) return { code: stuck ? 'stuck-cancellation' : 'none', facts: {}, stuck: false };
  const { first, symptomOnly } = episode;
  const known = first.cause === null ? null : categoryOfCause(first.cause);
  if (known !== null) return { ...known, stuck: stuck && known.code !== 'stuck-cancellation' };
  return symptomOnly ? { code: 'consequence', facts: {}, stuck } : { code: 'failure', facts: { kind: first.kind }, stuck };
}

function categoryOfCause(cause: Cause): Coded<CategoryFacts> | null {
  if (cause.code === 'container-killed' && (cause.facts.limit !== null || cause.facts.oom)) return { code: 'container-out-of-memory', facts: {} };
  if (cause.code !== 'exception') return null;
  const { root, within } = cause.facts;
  const texts = [root, ...(within === null ? [] : [within])].map(({ className, message }) => `${className}: ${message}`);
  const category = EXCEPTION_CATEGORIES.find(({ pattern }) => texts.some((text) => pattern.test(text)))?.category;
  if (category === undefined) return null;
  return category === 'stuck-cancellation' ? { code: category, facts: {} } : { code: 'exception', facts: { category } };
}
