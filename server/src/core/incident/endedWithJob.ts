import { checkpointFailure, followsFromJob } from '../knowledge/checkpointFailures.ts';
import type { RestDocument } from '../rest/model.ts';
import type { FoundDigest, SourceDigest, Thin } from './digest/model.ts';

/**
 * Whether a finding is about subtasks that had not acknowledged a checkpoint when it ended with its job, cancelled or failed, which says
 * nothing of them. Who did not is in one document, and why it ended in others (`/checkpoints`, `/checkpoints/details/:id`).
 */
export function endedWithJob(
  { code, facts, sources }: FoundDigest & { sources: readonly SourceDigest[] },
  documents: readonly (Thin<RestDocument> & { source: SourceDigest })[],
): boolean {
  if (code !== 'checkpoint-not-acknowledged') return false;
  const id = facts['checkpoint'];
  const jobs = new Set(documents.filter(({ source }) => sources.includes(source)).map(({ subject }) => subject.job));
  const reasons = documents
    .filter(({ subject }) => jobs.has(subject.job))
    .flatMap((document) => (document.type === 'checkpoints' ? document.history : document.type === 'checkpoint' ? [document.checkpoint] : []))
    .flatMap((row) => (row.id === id && row.failure !== null ? [checkpointFailure(row.failure)] : []));
  return reasons.some(followsFromJob);
}
