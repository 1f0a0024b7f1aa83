/** What is said of a known bug, whatever showed it. */
import type { KnownIssue } from '../knowledge/issues/index.ts';
import { rangesText } from '../knowledge/versions.ts';
import { fitting, type Words } from '../wording.ts';

/** A bug of a connector or a library, which no version of Flink decides. */
export const isOfLibrary = ({ affected, fixed }: KnownIssue): boolean => affected.length === 0 && fixed.length === 0;

/**
 * "FLINK-22946: Network-buffer deadlock between two channels; fixed in 1.13.2".
 *
 * @param upgrade the release with the fix to go to from the version at hand; null: the newest one with it
 * @param only the file does not exclude the bug, and says no more of it
 */
export function issueMessage(issue: KnownIssue, upgrade: string | null, room?: number, only = false): string {
  const { key, title, fixed } = issue;
  const release = upgrade ?? fixed.at(-1);
  const fix = only || isOfLibrary(issue) ? '' : release === undefined ? '; not fixed yet' : `; fixed in ${release}`;
  return fitting([title], (shown) => `${only ? 'Not excluded: ' : ''}${key}: ${shown}${fix}`, room);
}

/** What it is, and which versions have it; `version`: that of the Flink that wrote the file, `has`: it is known to have the bug. */
export function issueDetails(issue: KnownIssue, version: string | null, has: boolean): string[] {
  const { cause, affected, fixed } = issue;
  if (isOfLibrary(issue)) return [cause];
  return [
    cause,
    `Affected: ${affected.length === 0 ? 'no release (development versions only)' : rangesText(affected)}; fixed in ${fixed.length === 0 ? 'no release yet' : fixed.join(', ')}.`,
    ...(version === null ? [] : [has ? `This is Flink ${version}, which has the bug.` : `This may be Flink ${version}.`]),
  ];
}

export const issueAdvice = ({ workaround }: KnownIssue, upgrade: string | null): string[] => [
  ...(upgrade === null ? [] : [`Upgrade Flink to ${upgrade}.`]),
  ...(workaround === null ? [] : [`Workaround: ${workaround}`]),
];

export const issuePrecondition = ({ precondition }: KnownIssue): string => `Happens only when: ${precondition}`;

export const ISSUE_FIXES: Words<{ upgrade: { version: string }; set: { key: string; value: string } }> = {
  upgrade: ({ version }) => `Upgrade Flink to ${version}`,
  set: ({ key, value }) => `Set ${key}: ${value}`,
};
