import type { LogException, Throwable, TraceFrame } from './model.ts';

/**
 * Frames with "... N more" filled in: the last N of the enclosing trace (Throwable.printStackTrace counts the
 * frames in common from the end). Null when that cannot be said: damaged text, N unknown or more than there are.
 */
export function expandedFrames(throwable: Throwable, enclosing: readonly TraceFrame[] | null): readonly TraceFrame[] | null {
  if (throwable.elided === null) return throwable.frames;
  if (throwable.damage !== null || throwable.elided < 0 || enclosing === null || throwable.elided > enclosing.length) return null;
  return throwable.elided === 0 ? throwable.frames : [...throwable.frames, ...enclosing.slice(-throwable.elided)];
}

/** Visits every throwable of an exception with its completed frames; `frames` null where they cannot be completed. */
export function walkThrowables(
  top: Throwable,
  visit: (
    throwable: Throwable,
    frames: readonly TraceFrame[] | null,
    enclosing: { throwable: Throwable; frames: readonly TraceFrame[] | null } | null,
  ) => void,
): void {
  const stack: { throwable: Throwable; enclosing: { throwable: Throwable; frames: readonly TraceFrame[] | null } | null }[] = [
    { throwable: top, enclosing: null },
  ];
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    const frames = expandedFrames(one.throwable, one.enclosing?.frames ?? null);
    visit(one.throwable, frames, one.enclosing);
    const enclosing = { throwable: one.throwable, frames };
    if (one.throwable.cause !== null) stack.push({ throwable: one.throwable.cause, enclosing });
    for (const suppressed of one.throwable.suppressed) stack.push({ throwable: suppressed, enclosing });
  }
}

/** "class: first line of the message"; of a Python traceback in the message, the line that says what was raised. */
export function throwableTitle(throwable: Throwable): string {
  const name = throwable.className ?? 'exception whose class is not in the text';
  const message = throwable.message === null ? '' : telling(throwable.message);
  return message === '' ? name : `${name}: ${message}`;
}

/** The first line of a message; of a quoted Python traceback the last one, which says what was raised. */
function telling(message: string): string {
  const lines = message.split('\n');
  const first = lines[0] as string;
  if (!first.trimEnd().endsWith('Traceback (most recent call last):')) return first;
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
