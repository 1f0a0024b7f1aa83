import type { Words } from '../wording.ts';
import type { RefusalFacts, UpgradeProblemFacts } from './upgrade.ts';

/** What edits of build files and configurations say; a second language is a second table of its type. */
export const UPGRADE_WORDS = {
  /** Descriptions of edits, for the refactor preview. */
  raise: (of: string, from: string, to: string) => `${of}: ${from} to ${to}`,
  set: (key: string, value: string) => `Set ${key} to ${value}`,
};

export const UPGRADE_PROBLEMS: Words<UpgradeProblemFacts> = {
  'no-release-with-fix': ({ of, version }) => `${of} is ${version}: no release after it is known to have the fix.`,
  'version-range': ({ of, range }) => `${of} has the version range ${range}, which is left as it is.`,
  'property-of-parent': ({ property }) => `The property ${property} is not defined in this file, but in a parent.`,
};

export const REFUSALS: Words<RefusalFacts> = {
  'invalid-yaml': ({ error, line }) => `The file is not valid YAML: line ${line}: ${error}`,
  'yaml-unread': () => 'The file is larger or nested deeper than a configuration of Flink is.',
  'no-mapping': () => 'The file is not a mapping of options.',
  'no-value': ({ option }) => `${option} has no value that could be changed.`,
  'no-plain-value': ({ option }) => `${option} is not a plain value.`,
  'in-braces': ({ option }) => `The options around ${option} are written in braces.`,
  'no-place': ({ option }) => `The place for ${option} was not found.`,
};
