import { type IssueMatch, matchIssues } from '../../analysis/threaddump/knownIssues.ts';
import type { ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { rangesText } from '../../knowledge/versions.ts';
import { type Draft, type Facts, type FlinkVersion, finding, type RelatedDraft } from '../../model.ts';
import { knownIssueFixes } from '../knownIssueFixes.ts';
import type { DumpRule } from './types.ts';

export const knownIssue: DumpRule = {
  id: 'known-issue',
  title: 'A known bug of Flink or a connector',
  severity: 'error',
  docs: `The stacks, locks and roles in the dump have the shape of a bug that is known. The finding names the JIRA key, the cause, the versions with and without the bug, and a workaround.

It is **proved** when a proved deadlock has the shape and every Flink version that fits the dump has the bug. It is **suspected** when there is no lock cycle to prove it, or when the version is not known. Versions are told by the line numbers of frames, or by the setting \`logjam.flinkVersion\`.`,
  check: (analysis) =>
    matchesOf(analysis)
      .filter(isWorthTelling)
      .map((match) => describe(match, analysis.flinkVersion)),
};

export const knownIssueFixed: DumpRule = {
  id: 'not-this-known-issue',
  title: 'Looks like a known bug, but the version has its fix',
  severity: 'info',
  docs: `The deadlock has the shape of a known bug, but every Flink version that fits the dump already contains the fix. Do not upgrade for that bug: look at the stacks for what is different, and report it.`,
  check: (analysis) =>
    matchesOf(analysis)
      .filter(({ version, deadlock }) => version === 'fixed' && deadlock !== null)
      .map((match) => describeFixed(match, analysis.flinkVersion as FlinkVersion)),
};

const MATCHES = new WeakMap<ThreadDumpAnalysis['dumps'], IssueMatch[]>();

/** The matches of all dumps of a file, computed once. */
export function matchesOf({ dumps, flinkVersion }: ThreadDumpAnalysis): IssueMatch[] {
  let matches = MATCHES.get(dumps);
  if (matches === undefined) {
    matches = dumps.flatMap((analysed, index) => matchIssues(analysed, index, flinkVersion));
    MATCHES.set(dumps, matches);
  }
  return matches;
}

/** The bug is told only when the version may have it; without a version only when the shape is unmistakable, or when no version would decide. */
function isWorthTelling({ version, issue, deadlock }: IssueMatch): boolean {
  if (version === 'fixed' || version === 'not-affected') return false;
  const ofLibrary = issue.affected.length === 0 && issue.fixed.length === 0;
  return version !== 'unknown' || deadlock !== null || ofLibrary || issue.signature.shape !== 'count';
}

function describe(match: IssueMatch, version: FlinkVersion | null): Draft {
  const { issue, threads, deadlock, certainty } = match;
  const severity = deadlock !== null ? 'error' : 'warning';
  const found = finding(
    { id: knownIssue.id, severity },
    {
      certainty,
      message: message(match, version),
      facts: factsOf(match, version),
      key: ['threads'],
      span: spanOf(match),
    },
  );
  return {
    ...found,
    knownIssue: issue.key,
    related: related(threads),
    evidence: [
      ...(deadlock === null
        ? []
        : [
            `${deadlock.threads.length} threads form a deadlock, and their stacks have the frames of the bug${match.cut ? ', as far as the dump shows them' : ''}.`,
          ]),
      ...(deadlock === null ? [`${threads.length === 1 ? 'One thread has' : `${threads.length} threads have`} the frames of the bug.`] : []),
      ...(version === null ? [] : [`The dump is of Flink ${version.range}.`]),
      `Precondition: ${issue.precondition}`,
    ],
    missing: missing(match),
    fixes: knownIssueFixes(issue, version),
  };
}

function message({ issue, version: verdict }: IssueMatch, version: FlinkVersion | null): string {
  const affected = issue.affected.length === 0 ? 'no release (development versions only)' : rangesText(issue.affected);
  const fixed = issue.fixed.length === 0 ? 'no release yet' : issue.fixed.join(', ');
  const here =
    version === null ? '' : verdict === 'affected' ? ` This is Flink ${version.range}, which has the bug.` : ` This may be Flink ${version.range}.`;
  const workaround = issue.workaround === null ? '' : ` Workaround: ${issue.workaround}`;
  return `${issue.key}: ${issue.title}. ${issue.cause} Affected: ${affected}; fixed in ${fixed}.${here}${workaround}`;
}

function missing({ issue, version, deadlock, cut }: IssueMatch): string[] {
  const result: string[] = [];
  if (cut)
    result.push('The outer frames, which this dump cuts off: jstack -l, or cluster.thread-dump.stacktrace-max-depth: 200 (Flink 1.15 and later).');
  if (version === 'unknown') result.push('The Flink version: setting logjam.flinkVersion, or a dump with line numbers.');
  if (version === 'possible') result.push('The exact Flink version: not every version that fits the dump has the bug.');
  if (deadlock === null) result.push('A second dump some seconds later that shows the same threads at the same place.');
  if (issue.uncertain !== undefined) result.push(issue.uncertain);
  return result;
}

function describeFixed(match: IssueMatch, version: FlinkVersion): Draft {
  const { issue, threads } = match;
  return finding(knownIssueFixed, {
    certainty: 'proved',
    facts: factsOf(match, version),
    key: ['issue', 'threads'],
    message: `Not ${issue.key}: the deadlock looks like it (${issue.title.toLowerCase()}), but Flink ${version.range} contains its fix (${issue.fixed.join(', ')}).`,
    span: spanOf(match),
    related: related(threads),
    knownIssue: null,
  });
}

/** The issue, what the version says of it, and the threads that show it. */
function factsOf({ issue, version: verdict, threads }: IssueMatch, version: FlinkVersion | null): Facts {
  return { issue: issue.key, version: version?.range ?? null, verdict, threads: threads.slice(0, MAX_RELATED).map(({ name }) => name) };
}

function spanOf({ threads, deadlock }: IssueMatch) {
  const first = deadlock?.waits[0];
  return first ? first.place.lockSpan : (threads[0]?.nameSpan ?? { start: 0, end: 0 });
}

const MAX_RELATED = 10;

function related(threads: IssueMatch['threads']): RelatedDraft[] {
  return threads.slice(0, MAX_RELATED).map((thread) => ({ message: `"${thread.name}" has the frames of the bug`, span: thread.nameSpan }));
}
