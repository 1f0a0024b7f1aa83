import type { Episode } from '../../analysis/log/failureModel.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import { lineName } from '../../log/files.ts';
import { type Draft, finding } from '../../model.ts';
import { type LogRule, MAX_FINDINGS } from './types.ts';
import { evidenceText, MISSING, numberText, verdictText } from './words.ts';

export const firstFailure: LogRule = {
  id: 'first-failure',
  title: 'What failed first',
  severity: 'error',
  docs: `The earliest failure of every attempt that is not the consequence of another one. Everything after it (cancelled subtasks, lost connections, missing partitions, heartbeat timeouts) follows from it until the next deployment.

A failure counts as a consequence by its exceptions (\`CancelTaskException\`, \`RemoteTransportException\`, \`PartitionNotFoundException\`, a heartbeat timeout, \`The TaskExecutor is shutting down\` …), never by order alone. Where the text holds consequences only, the finding says that the cause has to be looked for in another file.

*What to do:* read the root cause at the end of the chain (the last \`Caused by\`), not the exception on top.`,
  check(analysis) {
    const { episodes, episodesLeft } = analysis.failures;
    const findings = episodes.slice(0, MAX_FINDINGS).map((episode, index) => of(analysis, episode, index));
    const left = episodes.length - findings.length + episodesLeft;
    const last = findings[findings.length - 1];
    if (left > 0 && last !== undefined) last.missing.push(`${left} more failed attempts are in the report.`);
    return findings;
  },
};

function of({ failures, files }: LogAnalysis, episode: Episode, index: number): Draft {
  const { first } = episode;
  const count = failures.episodes.length;
  const loggedOnly = first.kind === 'exception' && episode.certainty === 'suspected';
  const verdict = verdictText(episode);
  const missing: string[] = [];
  if (episode.symptomOnly) missing.push(MISSING.dependency);
  else if (!first.seen && first.cause === null) missing.push(MISSING.earlier);
  else if (first.cause === null) missing.push(MISSING.exception);
  return finding(
    { id: firstFailure.id, severity: episode.symptomOnly || loggedOnly ? 'warning' : 'error' },
    {
      message: `${verdict}${numberText(index + 1, count)}`,
      facts: {
        failed: first.failed,
        cause: first.cause,
        consequence: first.consequence,
        seen: first.seen,
        lost: episode.lost,
        further: episode.rest.length,
        consequences: episode.rest.filter((one) => one.consequence !== null).length,
        cancelled: episode.cancelled.length,
        outcome: episode.outcome,
        number: index + 1,
        of: count,
      },
      key: ['failed', 'cause', 'consequence'],
      span: first.span,
      certainty: episode.certainty,
      related: episode.evidence.slice(1, 12).map((one) => ({ message: evidenceText(one), span: one.span })),
      evidence: episode.evidence.slice(0, 12).map((one) => `Line ${lineName(files, one.line)}: ${evidenceText(one)}`),
      missing,
      fixes: [{ title: 'Copy the explanation', kind: 'show', by: 'copy', copy: verdict }],
    },
  );
}
