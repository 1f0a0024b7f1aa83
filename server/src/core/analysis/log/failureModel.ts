import type { Span } from '../../../../../common/span.ts';

/** How sure a statement is: printed in the text, computed from what is printed, or concluded from order and nearness. */
export type Grade = 'stated' | 'derived' | 'inferred';

/** Something that failed: a subtask, the job as a whole, a process, or just an exception in the log. */
export interface Failure {
  kind: 'task' | 'job' | 'process' | 'exception';
  /** Index into `LogModel.executions`. */
  execution: number | null;
  /** Index into `LogModel.exceptions`. */
  exception: number | null;
  time: number | null;
  line: number;
  record: number | null;
  span: Span;
  title: string;
  /** Root cause as "class: message"; null when the text does not hold it. */
  cause: string | null;
  causeGrade: Grade;
  /** Why this failed because of another failure; null for a failure of its own. */
  follower: string | null;
  /** False: the failure itself is not in the text, only its being reported. */
  seen: boolean;
}

/** Everything between a failure and the next deployment. */
export interface Episode {
  first: Failure;
  /** The others, in order of time. */
  rest: Failure[];
  /** Executions that were cancelled after the first failure. */
  cancelled: number[];
  outcome: 'restarted' | 'failed' | 'open';
  /** Only followers are in the text: what made them fail is not. */
  symptomOnly: boolean;
  verdict: string;
  grade: Grade;
  evidence: { text: string; line: number; span: Span }[];
}

export interface FailureAnalysis {
  first: Failure | null;
  episodes: Episode[];
  /** Episodes beyond the cap, counted only. */
  episodesLeft: number;
}
