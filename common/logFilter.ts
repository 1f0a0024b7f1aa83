/** Which records of a log a view keeps: those that fulfil all that is given. */
export interface LogFilter {
  /** This level, or worse. */
  level?: string;
  /** Name of the thread. */
  thread?: string;
  /** "Map (1/4)". */
  subtask?: string;
  /** As the log writes times, a day before it or not: "21:01:43", "2026-11-20 21:01:43.116". Both ends count. */
  from?: string;
  to?: string;
}

/** What a log can be filtered by, the most frequent first; capped. */
export interface LogFilterChoices {
  levels: { level: string; count: number }[];
  threads: { name: string; count: number }[];
  subtasks: string[];
  /** Times of the first and the last record, and of the first failure; null where there are none. */
  from: string | null;
  to: string | null;
  failure: string | null;
}
