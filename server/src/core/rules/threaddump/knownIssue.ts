import { EMPTY_SPAN, type Span } from '../../../../../common/span.ts';
import type { IssueMatch } from '../../analysis/threaddump/knownIssues.ts';
import type { Draft, FlinkVersion, RelatedDraft } from '../../model.ts';
import { knownIssueFixes, upgradeFor } from '../knownIssueFixes.ts';
import type { IssueFacts } from './facts.ts';
import { isWorthTelling, matchesOf } from './issueMatches.ts';
import { beside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

export const knownIssue: DumpRule = {
  id: 'known-issue',
  title: 'A known bug of Flink or a connector',
  severity: 'error',
  docs: `The stacks, locks and roles in the dump have the shape of a bug that is known. The finding names the JIRA key, the cause, the versions with and without the bug, and a workaround.

It is **proved** when a proved deadlock has the shape and every Flink version that fits the dump has the bug. It is **suspected** when there is no lock cycle to prove it, or when the version is not known. Versions are shown by the line numbers of frames, or by the setting \`logjam.flinkVersion\`.`,
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
      .map((match) => describeFixed(match, analysis.flinkVersion)),
};

function describe(match: IssueMatch, version: FlinkVersion | null): Draft {
  const { issue, threads, deadlock, certainty } = match;
  return tell({ id: knownIssue.id, severity: deadlock !== null ? 'error' : 'warning' }, 'known-issue', factsOf(match, version), {
    certainty,
    key: ['threads'],
    span: spanOf(match),
    knownIssue: issue.key,
    related: related(threads),
    fixes: knownIssueFixes(issue, version),
  });
}

function describeFixed(match: IssueMatch, version: FlinkVersion | null): Draft {
  return tell(knownIssueFixed, 'not-this-known-issue', factsOf(match, version), {
    certainty: 'proved',
    key: ['issue', 'threads'],
    span: spanOf(match),
    related: related(match.threads),
  });
}

/** The issue, what the version says of it, and the threads that show it. */
function factsOf(match: IssueMatch, version: FlinkVersion | null): IssueFacts {
  const { issue, version: verdict, threads, deadlock, cut } = match;
  return {
    issue: issue.key,
    version: version?.range ?? null,
    verdict,
    upgrade: upgradeFor(issue, version),
    threads: threads.slice(0, MAX_RELATED).map(({ name }) => name),
    deadlock: deadlock?.threads.length ?? null,
    cut,
  };
}

function spanOf({ threads, deadlock }: IssueMatch): Span {
  const first = deadlock?.waits[0];
  return first ? first.place.lockSpan : (threads[0]?.nameSpan ?? EMPTY_SPAN);
}

const MAX_RELATED = 10;

function related(threads: IssueMatch['threads']): RelatedDraft[] {
  return threads.slice(0, MAX_RELATED).map(({ name, nameSpan }) => beside(nameSpan, 'has-frames-of-bug', { thread: name }));
}
