import type { Coded, NoFacts } from '../../wording.ts';
import type { Damage, LogException, Throwable, TraceFrame } from '../model.ts';
import { NO_CLASS } from './words.ts';

/** The trace that a cause or a suppressed exception is printed under, with its completed frames; null where they are not known. */
export interface Enclosing {
  throwable: Throwable;
  frames: readonly TraceFrame[] | null;
}

/**
 * Frames with "... N more" filled in: the last N of the enclosing trace (Throwable.printStackTrace counts the
 * frames in common from the end). Null when that cannot be said.
 */
export function expandedFrames(throwable: Throwable, enclosing: Enclosing | null): readonly TraceFrame[] | null {
  const { elided, frames } = throwable;
  if (elided === null) return frames;
  if (whyIncomplete(throwable, enclosing) !== null) return null;
  return elided === 0 ? frames : [...frames, ...(enclosing?.frames ?? []).slice(-elided)];
}

/** Why "... N more" cannot be filled in. */
export interface IncompleteFacts {
  damaged: { how: Damage };
  /** The text does not say how many frames are left out. */
  uncounted: NoFacts;
  /** The trace around it is not in the text. */
  'no-enclosing': NoFacts;
  /** The trace around it is incomplete itself. */
  'enclosing-incomplete': NoFacts;
  /** The trace around it has fewer frames than are left out. */
  'enclosing-too-short': { frames: number };
  /** Frames were left out in the trace around it. */
  'enclosing-cut': NoFacts;
}
export type Incomplete = Coded<IncompleteFacts>;

/** Why "... N more" cannot be filled in; null where it can, or nothing is left out. */
export function whyIncomplete({ elided, damage }: Throwable, enclosing: Enclosing | null): Incomplete | null {
  if (elided === null) return null;
  if (damage !== null) return { code: 'damaged', facts: { how: damage } };
  if (elided < 0) return { code: 'uncounted', facts: {} };
  if (elided === 0) return null;
  if (enclosing === null) return { code: 'no-enclosing', facts: {} };
  const { throwable, frames } = enclosing;
  if (frames === null) return { code: 'enclosing-incomplete', facts: {} };
  if (elided > frames.length) return { code: 'enclosing-too-short', facts: { frames: frames.length } };
  if (throwable.gaps.some((gap) => gap > frames.length - elided)) return { code: 'enclosing-cut', facts: {} };
  return null;
}

/** Visits every throwable of an exception with its completed frames; `frames` null where they cannot be completed. */
export function walkThrowables(
  top: Throwable,
  visit: (throwable: Throwable, frames: readonly TraceFrame[] | null, enclosing: Enclosing | null) => void,
): void {
  const stack: { throwable: Throwable; enclosing: Enclosing | null }[] = [{ throwable: top, enclosing: null }];
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    const { throwable } = one;
    const frames = expandedFrames(throwable, one.enclosing);
    visit(throwable, frames, one.enclosing);
    const enclosing = { throwable, frames };
    if (throwable.cause !== null) stack.push({ throwable: throwable.cause, enclosing });
    for (const suppressed of throwable.suppressed) stack.push({ throwable: suppressed, enclosing });
  }
}

/** "class: first line of the message"; of a Python traceback in the message, the line that says what was raised. */
export function throwableTitle(throwable: Throwable): string {
  const name = throwable.className ?? NO_CLASS;
  const message = throwable.message === null ? '' : tellingLine(throwable.message);
  return message === '' ? name : `${name}: ${message}`;
}

const NAMED = /^(?:[a-z_][\w$]{0,60}\.){1,12}[A-Z][\w$]{0,100}(?:Exception|Error): /;

/** The first line of a message; of a quoted Python traceback the last one, which says what was raised. */
export function tellingLine(message: string): string {
  const lines = message.split('\n');
  const first = lines[0] as string;
  if (!first.trimEnd().endsWith('Traceback (most recent call last):')) {
    const [, second = ''] = lines;
    // The exception that a message names may begin a line, where it was broken on its way.
    return first.trimEnd().endsWith(':') && NAMED.test(second) ? `${first.trimEnd()} ${second}` : first;
  }
  return lines.findLast((line, at) => at > 0 && /^[A-Za-z_]/.test(line)) ?? first;
}

export function rootOf(exception: Pick<LogException, 'chain'>): Throwable {
  return exception.chain[exception.chain.length - 1] as Throwable;
}

/** The last cause of an exception. */
export function rootBelow(throwable: Throwable): Throwable {
  let one = throwable;
  while (one.cause !== null) one = one.cause;
  return one;
}

/** Logback can print the root cause first and then what it was "Wrapped by": turned to the usual order, outermost first. */
export function turned(first: Throwable): Throwable {
  if (first.cause?.relation !== 'wrapped-by') return first;
  const printed: Throwable[] = [];
  for (let one: Throwable | null = first; one !== null; one = one.cause) printed.push(one);
  for (const [at, one] of printed.entries()) {
    one.cause = printed[at - 1] ?? null;
    one.relation = at === printed.length - 1 ? 'top' : 'caused-by';
  }
  return printed[printed.length - 1] as Throwable;
}
