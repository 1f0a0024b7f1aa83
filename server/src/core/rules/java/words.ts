import type { ReliefCode } from '../../analysis/java/danger.ts';
import type { Cost, CostCode } from '../../analysis/java/edit/plan.ts';

/** Why a call under a lock is no danger as far as the file tells; completes a sentence. */
export const RELIEFS: Record<ReliefCode, string> = {
  'event-buffer': 'the buffer is an event, whose memory belongs to no pool',
  'reference-count': 'the buffer was sliced or retained in this method, so the call only counts a reference down',
  defused: 'what the pool calls back looks whether the channel is released before it takes the lock',
  'lock-not-shared': 'nobody outside this class comes to the lock',
};

/** What an edit costs, as the title of a fix and a hover say it. */
const COSTS: Record<CostCode, (cost: Cost) => string> = {
  finally: () => 'the block can be left early, so the call stands in a finally around it',
  'block-for-method': () => 'the method locks a block instead of being synchronized itself',
  signature: ({ methods = [] }) =>
    `${methods.map((name) => `${name}()`).join(' and ')} changes its signature: other files of the package that call it must follow`,
  order: () => 'the lock no longer keeps the calls of two threads in order',
  'published-before': ({ method }) => `the block writes later what others read without the lock, and they now see it before ${method}() is called`,
  'unknown-before': ({ method }) => `a call that stands after it in the block is now made before ${method}()`,
  'written-before': ({ method }) => `what the block changes later is changed before ${method}() is called, which may look at it`,
  'comes-back': ({ method }) => `${method}() may come back into this object, and then finds it as the end of the block left it`,
  'exception-late': ({ method }) => `an exception of ${method}() comes after the rest of the block has been done`,
  'shared-argument': ({ method }) => `${method}() is handed something that others may change once the lock is released`,
  'signals-first': ({ method }) => `who waits for the lock is woken up before ${method}() is called`,
  'asked-under-lock': ({ method }) => `another place asks under the lock for what ${method}() does, and may be too early now`,
  'local-remedy': () =>
    'a local remedy: the call stays under the lock, but two channels no longer hand buffers to each other, because one that waits gives none away; a waiting channel may hold a buffer more than it needs for a while',
};

/** Null when an edit costs nothing. */
export function costWords(costs: readonly Cost[]): string | null {
  return costs.length === 0 ? null : costs.map((cost) => COSTS[cost.code](cost)).join('; ');
}
