import { type CauseGroup, causeGroups } from '../../analysis/log/causeGroups.ts';
import type { Episode } from '../../analysis/log/failureModel.ts';
import type { MemoryVerdict } from '../../analysis/log/memory.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import { memoryOf, memoryOfCauses } from '../../analysis/log/study.ts';
import { poolIn } from '../../knowledge/memoryErrors.ts';
import { lineName } from '../../log/files.ts';
import { type Draft, finding } from '../../model.ts';
import { adviceOf } from './advice.ts';
import { memoryFixes } from './memoryExhausted.ts';
import { memoryAdvice, memoryBehindCause, otherwiseTexts } from './memoryWords.ts';
import { type LogRule, shownCauses } from './types.ts';
import {
  countTexts,
  episodeDetails,
  episodeHeadline,
  evidenceText,
  type FailureCount,
  failureTitle,
  LOG_NOTES,
  MISSING,
  verdictText,
} from './words.ts';

export const firstFailure: LogRule = {
  id: 'first-failure',
  title: 'What failed first',
  severity: 'error',
  docs: `The earliest failure of every attempt that is not the consequence of another one. Everything after it (cancelled subtasks, lost connections, missing partitions, heartbeat timeouts) follows from it until the next deployment.

A failure counts as a consequence by its exceptions (\`CancelTaskException\`, \`RemoteTransportException\`, \`PartitionNotFoundException\`, a heartbeat timeout, \`The TaskExecutor is shutting down\` …), never by order alone. Where the text holds consequences only, the finding says that the cause has to be looked for in another file.

*What to do:* read the root cause at the end of the chain (the last \`Caused by\`), not the exception on top.`,
  check(analysis) {
    const { episodes, episodesLeft } = analysis.failures;
    const groups = causeGroups(episodes);
    const shown = shownCauses(analysis);
    const memory = [...memoryOfCauses(analysis, shown)];
    const count = { of: episodes.length + episodesLeft, causes: groups.length };
    const findings = shown.map((group) =>
      of(
        analysis,
        group,
        memory.flatMap(([verdict, { index }]) => (index === group.index ? [verdict] : [])),
        { ...count, number: group.index + 1, count: group.episodes.length },
      ),
    );
    const left = groups.length - shown.length;
    if (left > 0) findings.at(-1)?.details.push(LOG_NOTES.left(left));
    return findings;
  },
};

const MAX_RELATED = 11;
const MAX_ALIKE = 20;

/** @param memory what ran out, where that is the cause */
function of(analysis: LogAnalysis, { episodes: alike }: CauseGroup, memory: readonly MemoryVerdict[], count: FailureCount): Draft {
  const { failures, files } = analysis;
  const episode = alike[0] as Episode;
  const { first } = episode;
  const loggedOnly = first.kind === 'exception' && episode.certainty === 'suspected';
  // Leaders change, also when a cluster is served: a job that is back with its new one has nothing to be mended.
  const passed = episode.recovery?.failures === 1 && first.cause?.code === 'leadership-lost';
  const missing: string[] = [];
  if (episode.symptomOnly) missing.push(MISSING.dependency);
  else if (!first.seen && first.cause === null) missing.push(MISSING.earlier);
  else if (first.cause === null) missing.push(MISSING.exception);
  return finding(
    { id: firstFailure.id, severity: memory.length === 0 && (episode.symptomOnly || loggedOnly || passed) ? 'warning' : 'error' },
    {
      message: episodeHeadline(episode, count),
      details: [...episodeDetails(episode), ...memory.flatMap(memoryBehindCause), ...countTexts(count)],
      advice: memory.length > 0 ? memory.flatMap(memoryAdvice) : memoryOf(analysis, episode).length > 0 ? [] : adviceOf(analysis, episode),
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
        memory: memory.map(({ pool, shortage, sum, bug }) => ({ pool, shortage, sum, bug })),
        ...count,
      },
      key: ['failed', 'cause', 'consequence'],
      span: first.span,
      certainty: episode.certainty,
      related: [
        ...episode.evidence.slice(1, 1 + MAX_RELATED).map((one) => ({ message: evidenceText(one), span: one.span })),
        ...alike.slice(1, 1 + MAX_ALIKE).map((one) => ({
          message: LOG_NOTES.failure(failures.episodes.indexOf(one) + 1, failureTitle(one.first)),
          span: one.first.span,
        })),
      ],
      knownIssue: memory.find(({ bug }) => bug?.applies === 'yes')?.bug?.key ?? null,
      evidence: [
        ...episode.evidence.slice(0, 1).map((one) => LOG_NOTES.evidence(lineName(files, one.line), evidenceText(one))),
        ...memory.map(({ pool, owner }) => poolIn(pool, owner).means),
      ],
      missing: [...missing, ...memory.flatMap(otherwiseTexts)],
      fixes: [{ title: LOG_NOTES.copyExplanation, kind: 'show', by: 'copy', copy: verdictText(episode) }, ...memory.flatMap(memoryFixes)],
    },
  );
}
