import type { Span } from '../../../../common/span.ts';
import { type Problem, problem } from '../problems.ts';

/** So many damaged lines are shown one by one. */
const MAX_PROBLEMS = 50;

/** What of a dump could not be read: the first places one by one, the others by their count. */
export class Damage {
  readonly problems: Problem[] = [];
  #unreadable = 0;
  #headless = 0;

  /** A line that must be a thread's header. */
  unreadable(span: () => Span): void {
    if (this.#unreadable++ < MAX_PROBLEMS) this.problems.push(problem('thread-unreadable', {}, span()));
  }

  /** A stack whose header is not in the text. */
  headless(span: () => Span): void {
    if (this.#headless++ < MAX_PROBLEMS) this.problems.push(problem('thread-without-header', {}, span()));
  }

  breaksOff(span: Span): void {
    this.problems.push(problem('dump-breaks-off', {}, span));
  }

  /** @param place of what is said of the text as a whole */
  finish(place: Span): Problem[] {
    const left = this.#unreadable - MAX_PROBLEMS;
    if (left > 0) this.problems.push(problem('more-threads-unreadable', { count: left }, place));
    return this.problems;
  }
}
