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

/** What an option is set to in a configuration file, and the edits that set it. */
export interface OptionEdit {
  edits: TextEdit[];
  /** Value before; null when the file did not set it. */
  before: string | null;
  /** Why nothing can be edited. */
  refused: Coded<RefusalFacts> | null;
}

export interface RefusalFacts {
  /** `error`: the YAML parser's message; `line`: counted from 1. */
  'invalid-yaml': { error: string; line: number };
  'yaml-unread': Record<string, never>;
  /** The document is something else than a mapping. */
  'no-mapping': Record<string, never>;
  'no-value': { option: string };
  /** A list, a mapping or an alias. */
  'no-plain-value': { option: string };
  /** A mapping in flow style. */
  'in-braces': { option: string };
  'no-place': { option: string };
}
