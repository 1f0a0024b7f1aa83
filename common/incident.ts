import type { Kind } from './ids.ts';

/**
 * All that lies in a folder, joined into one verdict: what is wrong, since when, in which task on which machine, proved by
 * which lines, and what to do next. It knows no editor and no layout. Times are milliseconds on one clock (see `axis`),
 * lines count from 0. docs/incident.schema.json describes it for programs.
 */
export interface Incident {
  schema: 1;
  verdict: IncidentVerdict;
  /** Of clusters among the sources that have nothing in common with that of the verdict; none where all is one. */
  others: { name: string; verdict: IncidentVerdict }[];
  processes: IncidentProcess[];
  jobs: IncidentJob[];
  vertices: IncidentVertex[];
  axis: IncidentAxis;
  /** By cause, not by file; the verdict's own first. */
  findings: IncidentFinding[];
  /** Findings beyond the limit. */
  findingsLeft: number;
  coverage: IncidentCoverage;
  /** Joins that are not certain: they were not made. */
  unresolved: { what: string; why: string }[];
}

/** A place in a source. */
export interface IncidentPlace {
  /** By its name in `coverage.read`. */
  source: string;
  line: number;
}

export interface IncidentEvidence {
  text: string;
  at: IncidentPlace | null;
}

export type IncidentCertainty = 'proved' | 'suspected' | 'unknown';

export interface IncidentVerdict {
  /** Of the rule, such as "deadlock"; "healthy", "not-assessed" where nothing is wrong or nothing can be said. */
  code: string;
  health: 'failing' | 'healthy' | 'unknown';
  /** As that of a finding; null where nothing is said to be wrong. */
  severity: 'error' | 'warning' | 'info' | null;
  /** At most 100 characters. */
  sentence: string;
  certainty: IncidentCertainty;
  /** The next command to run; null where none would tell more. */
  next: string | null;
  evidence: IncidentEvidence[];
  advice: string[];
  /** When it began. */
  since: number | null;
  /** JIRA key of the known bug that it is an instance of. */
  knownIssue: string | null;
}

export interface IncidentProcess {
  /** As the cluster calls it, such as "localhost:36613-cf70ee"; null where nothing tells. */
  id: string | null;
  /** As its files are called. */
  name: string;
  side: 'JM' | 'TM' | 'client' | null;
  /** Names of its sources. */
  sources: string[];
  from: number | null;
  to: number | null;
  clock: IncidentClock;
}

/** How the clock of a process stands to that of the JobManager. */
export interface IncidentClock {
  /** Milliseconds that it is ahead; null where nothing tells. */
  aheadMs: number | null;
  /** Give or take. */
  slackMs: number | null;
  /** The times of its log were moved by it. */
  applied: boolean;
}

export interface IncidentJob {
  id: string;
  name: string | null;
  /** The last one known. */
  state: string | null;
  restarts: number;
}

export interface IncidentVertex {
  id: string | null;
  name: string;
  parallelism: number | null;
  /** Shares of the time, 0 to 1. */
  busy: number | null;
  backPressured: number | null;
  worst: IncidentSubtask | null;
}

/** The subtask that is worst off, and what each source says of it. */
export interface IncidentSubtask {
  /** From 1. */
  subtask: number;
  attempt: number | null;
  /** What its thread does, and where; null where no dump shows it. */
  thread: IncidentEvidence | null;
  lastLine: IncidentEvidence | null;
  /** Where its checkpoint was when it expired: "start delay", "alignment", "synchronous part", "asynchronous part" or "not acknowledged"; null where nothing tells. */
  checkpoint: string | null;
}

export interface IncidentAxis {
  /** `epoch`: since 1970; `day`: since midnight, the date is unknown; `none`: nothing has a time. */
  clock: 'epoch' | 'day' | 'none';
  zone: string | null;
  /** Where the logs state none: what their times are in, and what tells that. */
  offset: string | null;
  from: number | null;
  to: number | null;
  /** In order of time. */
  entries: IncidentEntry[];
  /** Entries beyond the limit. */
  left: number;
}

export interface IncidentEntry {
  time: number;
  kind: 'failure' | 'consequence' | 'restart' | 'checkpoint' | 'pause' | 'heartbeat' | 'dump' | 'state';
  text: string;
  process: string | null;
  at: IncidentPlace | null;
}

export interface IncidentFinding {
  code: string;
  severity: 'error' | 'warning' | 'info' | 'hint';
  certainty: IncidentCertainty;
  message: string;
  /** Where it stands, each source once. */
  at: IncidentPlace[];
  /** Places beyond the limit. */
  more: number;
  knownIssue: string | null;
}

export interface IncidentCoverage {
  read: { source: string; kind: Kind; dialect: string; bytes: number; findings: number; left: number }[];
  readLeft: number;
  unread: { source: string; why: string; failed: boolean }[];
  unreadLeft: number;
  /** What is not here, and what it would decide. */
  missing: { what: string; decides: string }[];
}
