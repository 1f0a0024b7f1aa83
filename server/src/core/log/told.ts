/** Messages of Flink's that tell of an end: each is enough to know a text by, also without the head of its record. */
const TOLD =
  /^(?:Task '[^\n]{1,400}' did not react to cancelling signal|Worker \S{1,200} is terminated\. Diagnostics: |(?:The h|H)eartbeat of TaskManager with id \S{1,200} timed out|TaskManager with id \S{1,200} is no longer reachable|Shutting \w{1,80} down with application status FAILED|Exceeded checkpoint tolerable failure threshold|Could not (?:resolve ResourceManager address|register at the ResourceManager)|Fatal error occurred (?:in|while) |Terminating TaskManagerRunner with exit code [1-9])/;
/** What people and programs put before a line that they quote. */
const QUOTED = /^[>|\s]{1,16}/;

export const isTold = (line: string): boolean => TOLD.test(line);
export const isToldBehindQuotation = (line: string): boolean => TOLD.test(line.replace(QUOTED, ''));
