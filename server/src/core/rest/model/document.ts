import type { Span } from '../../../../../common/span.ts';

/** What a document is about, by its path and by itself. */
export interface Subject {
  job: string | null;
  vertex: string | null;
  /** From 0. */
  subtask: number | null;
  checkpoint: number | null;
  taskManager: string | null;
}

export const NO_SUBJECT: Subject = { job: null, vertex: null, subtask: null, checkpoint: null, taskManager: null };

export interface DocumentBase<T extends string> {
  type: T;
  span: Span;
  /** "/jobs/…" of an archive's entry, or of the line above the document. */
  path: string | null;
  subject: Subject;
}
