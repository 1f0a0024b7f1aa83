import type { Episode } from '../../../analysis/log/failureModel.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { causeText, consequenceText, failureTitle } from '../../../rules/log/words.ts';
import { escapeMarkdown, formatDuration, plural } from '../../../wording.ts';
import { brief, cell, type Names } from './markdown.ts';

const MAX_EPISODES = 50;
const MAX_CAUSES = 10;
const MAX_EVIDENCE = 6;

const WENT_ON: Record<Episode['outcome'], string> = {
  restarted: 'deployed again',
  restarting: 'restart begun',
  failed: 'job failed',
  open: 'not in this text',
};

/** One verdict for each restart attempt, with its evidence, and before that which causes come how often. */
export function attempts({ failures, log }: LogAnalysis, names: Names): string[] {
  const { episodes, episodesLeft } = failures;
  if (episodes.length < 2) return [];
  const out = ['## Failures and restarts', ''];
  // What differs by numbers alone, such as offsets and ids, is one cause.
  const causes = new Map<string, { cause: string; count: number; same: boolean }>();
  for (const { first, symptomOnly } of episodes) {
    const cause = symptomOnly
      ? `only symptoms are in the text (${first.consequence === null ? '' : consequenceText(first.consequence)})`
      : first.cause === null
        ? 'no cause in the text'
        : causeText(first.cause);
    const key = cause.replace(/\d+/g, '…');
    const known = causes.get(key);
    if (known === undefined) causes.set(key, { cause, count: 1, same: true });
    else {
      known.count++;
      known.same &&= known.cause === cause;
    }
  }
  const sorted = [...causes].sort(([, a], [, b]) => b.count - a.count);
  if (sorted.length < episodes.length) {
    for (const [key, { cause, count, same }] of sorted.slice(0, MAX_CAUSES)) out.push(`- ${count} × ${escapeMarkdown(brief(same ? cause : key))}`);
    if (sorted.length > MAX_CAUSES) out.push(`- ${plural(sorted.length - MAX_CAUSES, 'other cause')}`);
    out.push('');
  }
  out.push('| # | time | failed first | root cause | what followed | then | evidence: lines |', '|---|---|---|---|---|---|---|');
  for (const [index, episode] of episodes.slice(0, MAX_EPISODES).entries()) {
    const { first, rest, cancelled, outcome, symptomOnly } = episode;
    const cause =
      first.cause === null
        ? 'not in this text'
        : `${symptomOnly ? 'a symptom only: ' : first.causeCertainty === 'suspected' ? 'suspected: ' : ''}${brief(causeText(first.cause))}`;
    const followed = [
      ...(rest.length > 0 ? [plural(rest.length, 'failure')] : []),
      ...(cancelled.length > 0 ? [`${plural(cancelled.length, 'subtask')} cancelled`] : []),
    ];
    const lines = episode.evidence.slice(0, MAX_EVIDENCE).map((one) => names.line(one.line));
    const before = episodes[index - 1]?.first.time ?? null;
    const since = before === null || first.time === null ? '' : ` (+${formatDuration(first.time - before)})`;
    out.push(
      `| ${index + 1} | ${names.time(first.time)}${since} | ${cell(failureTitle(first))} | ${escapeMarkdown(cause)} | ${followed.join(', ') || 'nothing'} | ${WENT_ON[outcome]} | ${lines.join(', ')}${episode.evidence.length > MAX_EVIDENCE ? ' …' : ''} |`,
    );
  }
  const left = Math.max(0, episodes.length - MAX_EPISODES) + episodesLeft;
  if (left > 0) out.push('', `${plural(left, 'more failure')} left out.`);
  if (log.clock === 'day') out.push('', 'Times have no date in this log.');
  return [...out, ''];
}
