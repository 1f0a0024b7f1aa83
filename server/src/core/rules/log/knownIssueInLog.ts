import { type LogIssueMatch, matchLogIssues } from '../../analysis/log/knownIssues.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import { lineName } from '../../log/files.ts';
import { type Draft, finding } from '../../model.ts';
import { issueAdvice, issueDetails, issueMessage, issuePrecondition } from '../issueWords.ts';
import { knownIssueFixes, upgradeFor } from '../knownIssueFixes.ts';
import type { LogRule } from './types.ts';
import { ISSUE, LOG_NOTES } from './words.ts';

const MAX_RELATED = 10;

export const knownIssueInLog: LogRule = {
  id: 'known-issue-in-log',
  title: 'A known bug of Flink or a connector, by its log',
  severity: 'warning',
  docs: `The log says what a known bug makes it say, its Flink version may have the bug, and what would refute it does not follow: leadership that is granted again, a task that ends after all. The finding names the JIRA key, the cause, the versions with and without the bug, and a workaround.

A log alone proves none of them: the finding is **suspected**. Where the sign has many other causes (a heap that is full), it says only that the bug is **not excluded**, and what would show it; that needs a version that is known to have it.`,
  check: (analysis) => matchLogIssues(analysis.log, analysis.flinkVersion).map((match) => describe(match, analysis)),
};

function describe({ issue, signature, said, version }: LogIssueMatch, { flinkVersion, files }: LogAnalysis): Draft {
  const first = said[0] as LogIssueMatch['said'][0];
  const only = signature.toConfirm !== undefined;
  const upgrade = upgradeFor(issue, flinkVersion);
  const found = finding(
    { id: knownIssueInLog.id, severity: only ? 'info' : 'warning' },
    {
      message: issueMessage(issue, upgrade, undefined, only),
      details: [...issueDetails(issue, flinkVersion?.range ?? null, version === 'affected'), issuePrecondition(issue)],
      advice: issueAdvice(issue, upgrade),
      facts: { issue: issue.key, version: flinkVersion?.range ?? null, verdict: version, times: said.length },
      key: ['issue'],
      span: first.span,
      certainty: only ? 'unknown' : 'suspected',
      evidence: said.slice(0, MAX_RELATED).map(({ line }) => LOG_NOTES.evidence(lineName(files, line), ISSUE.sign)),
      related: said.slice(1, MAX_RELATED).map(({ span }) => ({ message: ISSUE.sign, span })),
      missing: [
        signature.toConfirm === undefined ? ISSUE.dump : ISSUE.confirm(signature.toConfirm),
        ...(version === 'possible' ? [ISSUE.version] : []),
        ...(issue.uncertain === undefined ? [] : [issue.uncertain]),
      ],
      fixes: knownIssueFixes(issue, flinkVersion),
    },
  );
  return { ...found, knownIssue: issue.key };
}
