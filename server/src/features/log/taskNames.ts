import type { Span } from '../../../../common/span.ts';
import type { Execution } from '../../core/log/model.ts';

/** "(2/3)" or "(2/3)#0": where the name of a subtask ends. */
const SUBTASK = /\((\d+)\/(\d+)\)(?:#(\d+))?/g;
/** A line longer than this is not searched; task names of generated plans are long, but not that long. */
const MAX_LINE_LENGTH = 20_000;

/** Finds the names of subtasks wherever they are printed. */
export class TaskNames {
  /** By "2/3". */
  readonly #executions = new Map<string, Execution[]>();

  constructor(executions: readonly Execution[]) {
    for (const execution of executions) {
      if (execution.task === null || execution.subtask === null) continue;
      const key = `${execution.subtask}/${execution.parallelism}`;
      const known = this.#executions.get(key);
      if (known === undefined) this.#executions.set(key, [execution]);
      else known.push(execution);
    }
  }

  /** The subtask whose name stands at an offset. */
  at(text: string, offset: number): { execution: Execution; span: Span } | null {
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    const newline = text.indexOf('\n', offset);
    const end = newline === -1 ? text.length : newline;
    if (end - start > MAX_LINE_LENGTH) return null;
    const line = text.slice(start, end);
    for (const match of line.matchAll(SUBTASK)) {
      const to = start + match.index + match[0].length;
      if (to < offset) continue;
      const execution = this.#named(line.slice(0, match.index), `${match[1]}/${match[2]}`, match[3], offset);
      if (execution === null) continue;
      const span = { start: start + match.index - 1 - (execution.task as string).length, end: to };
      return offset >= span.start ? { execution, span } : null;
    }
    return null;
  }

  /** Of several attempts under one name the one that the text has spoken of last. */
  #named(before: string, subtask: string, attempt: string | undefined, offset: number): Execution | null {
    let best: Execution | null = null;
    let latest = -1;
    for (const one of this.#executions.get(subtask) ?? []) {
      if (!before.endsWith(`${one.task} `) || (attempt !== undefined && one.attempt !== null && one.attempt !== Number(attempt))) continue;
      // "Map" is also the end of "Source -> Map": the longest name is meant.
      if (best !== null && (best.task as string).length > (one.task as string).length) continue;
      const first = (one.states[0] ?? one.mentions[0])?.span.start ?? 0;
      const longer = best === null || (one.task as string).length > (best.task as string).length;
      if (!longer && (first > offset || first < latest)) continue;
      best = one;
      latest = first;
    }
    return best;
  }
}
