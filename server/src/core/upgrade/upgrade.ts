import type { TextEdit } from '../model.ts';
import type { Coded } from '../wording.ts';

/** Edits that raise the Flink version of one build file. */
export interface Upgrade {
  edits: TextEdit[];
  /** Every version found with the one it goes to; equal when it has the fix already. */
  versions: { from: string; to: string | null }[];
  /** What was found but cannot be changed here. */
  problems: UpgradeProblem[];
}

export type UpgradeProblem = Coded<UpgradeProblemFacts>;

/** `of`: the artifact or property that has the version. */
export interface UpgradeProblemFacts {
  'no-release-with-fix': { of: string; version: string };
  'version-range': { of: string; range: string };
  'property-of-parent': { property: string };
}

export const NO_UPGRADE: Upgrade = { edits: [], versions: [], problems: [] };
