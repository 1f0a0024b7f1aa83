import type { TextEdit } from '../model.ts';

/** Edits that raise the Flink version of one build file. */
export interface Upgrade {
  edits: TextEdit[];
  /** Every version found with the one it goes to; equal when it has the fix already. */
  versions: { from: string; to: string | null }[];
  /** What was found but cannot be changed here, in sentences. */
  problems: string[];
}

export const NO_UPGRADE: Upgrade = { edits: [], versions: [], problems: [] };
