import type { ThreadDump } from '../../threaddump/model.ts';
import { once } from './once.ts';

/** The methods that stand on the stacks of a dump, each once: there are far fewer of them than frames. */
interface DumpMethods {
  each: readonly string[];
  /** One a line, for a search that spares asking about each. */
  lines: string;
}

const methodsIn = once(
  (dump: ThreadDump) => dump,
  ({ threads }): DumpMethods => {
    const found = new Set<string>();
    for (const { methods } of threads) for (const method of methods) found.add(method);
    const each = [...found];
    return { each, lines: each.map((method) => `${method}\n`).join('') };
  },
);

/** Whether any thread stands in a method of a kind, told by "package.Class.method": else no stack has to be looked at for it. */
export function occurs(dump: ThreadDump, pattern: RegExp): boolean {
  const { each, lines } = methodsIn(dump);
  const ends = endsOf(pattern);
  return (ends === null || ends.some((end) => lines.includes(`${end}\n`))) && each.some((method) => pattern.test(method));
}

const ENDS = new Map<RegExp, readonly string[] | null>();

function endsOf(pattern: RegExp): readonly string[] | null {
  let ends = ENDS.get(pattern);
  if (ends === undefined) {
    ends = endsOfPattern(pattern);
    ENDS.set(pattern, ends);
  }
  return ends;
}

/**
 * The ends of "package.Class.method" that a pattern can match, as far as they are literal: "Queue.put", "Queue.take"
 * for `Queue\.(?:put|take)$`. Null where any method will do.
 */
export function endsOfPattern({ source }: RegExp): string[] | null {
  const tail = /(?:(?<![\\\w])(\w+))?\\\.(?:\(\?:([\w|<>$]+)\)|([\w<>$]+))\$$/.exec(source);
  const names = tail?.[2] ?? tail?.[3];
  if (tail === null || names === undefined) return null;
  const owner = tail[1] === undefined ? '' : `${tail[1]}.`;
  return names.split('|').map((method) => `${owner}${method}`);
}
