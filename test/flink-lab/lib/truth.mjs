/** What Flink's own answers say of a job: the truth that recordings are held to. */

/**
 * The earliest failure of a task that Flink names: in the history, or among the failures that came along with an entry
 * (the entry itself may only say that there is no restart). Without a task it is the oldest entry.
 */
export function oldestFailure(exceptions) {
  const { entries } = exceptions.exceptionHistory;
  const all = entries.flatMap((entry) => [entry, ...(entry.concurrentExceptions ?? [])]).sort((a, b) => a.timestamp - b.timestamp);
  const oldest = all.find((entry) => entry.taskName) ?? all[0];
  const names = /^(.*) \((\d+\/\d+)\)/.exec(oldest.taskName ?? '');
  return {
    firstFailure: { exception: oldest.exceptionName, task: names?.[1] ?? null, subtask: names?.[2] ?? null },
    chain: causes(oldest.stacktrace),
  };
}

/** A chain of causes as in a stack trace: class names from the outermost to the root. */
function causes(stackTrace) {
  return [...stackTrace.matchAll(/^(?:Caused by: )?((?:[a-z_][\w$]*\.)+[A-Z][\w$]*)(?::|$)/gm)].map((match) => match[1]);
}
