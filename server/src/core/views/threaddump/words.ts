/** What the views of thread dumps say beside what they show. */
import { type NoFacts, plural, type Words } from '../../wording.ts';

interface CallTreeFacts {
  'idle-left-out': { count: number };
  'stacks-cut': { count: number };
  'no-stacks': NoFacts;
}

export const CALL_TREE: Words<CallTreeFacts> = {
  'idle-left-out': ({ count }) => `${plural(count, 'idle pool thread is', 'idle pool threads are')} left out.`,
  'stacks-cut': ({ count }) =>
    `The stacks of ${plural(count, 'thread')} are cut in the dump; their outer frames are missing, so they start further in.`,
  'no-stacks': () => 'The dump has no stacks of threads that do something.',
};
