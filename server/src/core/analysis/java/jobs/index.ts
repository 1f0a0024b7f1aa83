const TELLS = [
  // What is waited for, and interrupts that are caught.
  /\bInterruptedException\b|\bThread\s*\.\s*sleep\b|\bawait(?:Termination)?\s*\(/,
  // Functions, and programs that make a job.
  /\b(?:extends|implements|new)\s+[\w.<>?,\s]{0,400}?(?:Function|OutputFormat|InputFormat|Schema|SinkWriter|KeySelector)\b/,
  /\bStreamExecutionEnvironment\s*\.\s*(?:get|create)/,
  /\bstatic\s*\{|\bstatic\b[^;{}=]{0,400}=[^;]{0,1000}\b(?:parallel|submit|supplyAsync)\b/,
];

const LOCKS = /\bsynchronized\b|\.\s*lock(?:Interruptibly)?\s*\(/;
/** What matters under a lock only. */
const UNDER_LOCK = /Future\b|Blocking\w+\b|Latch\b|\.\s*join\s*\(/;
const CLOSES = [
  /(?:Executor|Service|Driver|Client|Producer|Consumer|Pool|Connection|Server|Thread|Timer|Election|Retriever|Watcher|Informer)\b/,
  /\b(?:close|closeAsync|stop)\s*\(/,
];

/** Whether a text can hold anything that the rules for jobs and connectors look for; so that others need not be parsed. */
export function mayConcernJobs(text: string): boolean {
  return (
    TELLS.some((pattern) => pattern.test(text)) || (LOCKS.test(text) && (UNDER_LOCK.test(text) || CLOSES.every((pattern) => pattern.test(text))))
  );
}
