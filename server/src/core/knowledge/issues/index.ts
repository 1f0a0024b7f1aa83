import { told } from '../told.ts';
import { BUFFER_ISSUES } from './buffers.ts';
import { CHANNEL_ISSUES } from './channels.ts';
import { CHECKPOINT_ISSUES } from './checkpoints.ts';
import { CLUSTER_ISSUES } from './cluster.ts';
import { CONNECTOR_ISSUES } from './connectors.ts';
import { FETCHER_ISSUES } from './fetchers.ts';
import { LIBRARY_ISSUES } from './libraries.ts';
import { STORE_ISSUES } from './stores.ts';
import { STREAM_ISSUES } from './streams.ts';
import type { KnownIssue } from './types.ts';

export type { KnownIssue, LogSignature, Sample, SampleThread, Saying, Symptom, ThreadPattern } from './types.ts';

/** Every known bug; one file per area. */
export const KNOWN_ISSUES: readonly KnownIssue[] = told([
  ...CHANNEL_ISSUES,
  ...BUFFER_ISSUES,
  ...CHECKPOINT_ISSUES,
  ...FETCHER_ISSUES,
  ...STREAM_ISSUES,
  ...STORE_ISSUES,
  ...CLUSTER_ISSUES,
  ...CONNECTOR_ISSUES,
  ...LIBRARY_ISSUES,
]);

const BY_KEY = new Map(KNOWN_ISSUES.map((issue) => [issue.key, issue]));

/** The known bug of a key. @throws RangeError for a key that is none of theirs */
export function issueOf(key: string): KnownIssue {
  const issue = BY_KEY.get(key);
  if (issue === undefined) throw new RangeError(`no known issue ${key}`);
  return issue;
}
