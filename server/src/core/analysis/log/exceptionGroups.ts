import type { LogException, LogModel, Throwable, TraceFrame } from '../../log/model.ts';
import { rootOf } from '../../log/traces/throwables.ts';

/** Exceptions with the same classes, thrown and wrapped at the same methods. */
export interface ExceptionGroup {
  /** Stable between two analyses of the same text. */
  key: string;
  /** Class of the root cause; null: the line that names it is not in the text. */
  root: string | null;
  /** First line of the root's message in the first member. */
  rootMessage: string | null;
  /** Classes from the outermost to the root; null as above. */
  chain: (string | null)[];
  /** Method of the root's top frame that belongs to an application or to Flink, as printed. */
  site: string | null;
  members: LogException[];
  first: number | null;
  last: number | null;
  /** Indices of executions that failed with it. */
  executions: number[];
}

/** Generated names differ from run to run: "$893", "Lambda$14/0x0008", "GeneratedMethodAccessor100". */
function withoutGenerated(name: string): string {
  return name.replace(/\/(?:0x)?[0-9a-f]+/g, '').replace(/\d+/g, '#');
}

/** Packages of the JDK and of libraries that say little about whose code is at work. */
export const LIBRARY = /^(?:java|javax|jdk|sun|com\.sun|scala|akka|org\.apache\.pekko|org\.apache\.flink\.shaded)\./;

function topFrames(throwable: Throwable): TraceFrame[] {
  const own = throwable.frames.filter((frame) => !LIBRARY.test(frame.className));
  return (own.length > 0 ? own : throwable.frames).slice(0, 2);
}

function keyOf(exception: LogException): string {
  return exception.chain
    .map(
      (throwable) =>
        `${throwable.className ?? '?'}@${topFrames(throwable)
          .map((frame) => withoutGenerated(`${frame.className}.${frame.method}`))
          .join('<')}`,
    )
    .join('|');
}

/** Groups in the order of their first member. Stacks of threads are no exceptions and stay out. */
export function groupExceptions(log: LogModel): ExceptionGroup[] {
  const groups = new Map<string, ExceptionGroup>();
  const byException = new Map<number, string>();
  for (const exception of log.exceptions) {
    if (exception.kind !== 'trace') continue;
    const key = keyOf(exception);
    byException.set(exception.index, key);
    let group = groups.get(key);
    if (group === undefined) {
      const root = rootOf(exception);
      const site = topFrames(root)[0];
      group = {
        key,
        root: root.className,
        rootMessage: root.message?.split('\n')[0] ?? null,
        chain: exception.chain.map((one) => one.className),
        site: site === undefined ? null : `${site.className}.${site.method}`,
        members: [],
        first: null,
        last: null,
        executions: [],
      };
      groups.set(key, group);
    }
    group.members.push(exception);
    if (exception.time !== null) {
      if (group.first === null || exception.time < group.first) group.first = exception.time;
      if (group.last === null || exception.time > group.last) group.last = exception.time;
    }
  }
  for (const [index, execution] of log.executions.entries()) {
    const key = execution.exception === null ? undefined : byException.get(execution.exception);
    if (key !== undefined) groups.get(key)?.executions.push(index);
  }
  return [...groups.values()];
}
