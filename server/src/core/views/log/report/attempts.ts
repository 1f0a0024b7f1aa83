import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { causeText, consequenceText, failureTitle } from '../../../rules/log/words.ts';
import { escapeMarkdown } from '../../../wording.ts';
import { brief, cell, type Names, tableHead } from './markdown.ts';
import { ATTEMPTS, TITLES } from './words.ts';

const MAX_EPISODES = 50;
const MAX_CAUSES = 10;
const MAX_EVIDENCE = 6;

/** One verdict for each restart attempt, with its evidence, and before that which causes come how often. */
export function attempts({ failures, log }: LogAnalysis, names: Names): string[] {
  const { episodes, episodesLeft } = failures;
  if (episodes.length < 2) return [];
  const out = [`## ${TITLES.attempts}`, ''];
  // What differs by numbers alone, such as offsets and ids, is one cause.
  const causes = new Map<string, { cause: string; count: number; same: boolean }>();
  for (const { first, symptomOnly } of episodes) {
    const cause = symptomOnly
      ? ATTEMPTS.symptomsOnly(first.consequence === null ? '' : consequenceText(first.consequence))
      : first.cause === null
        ? ATTEMPTS.noCause
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
    for (const [key, { cause, count, same }] of sorted.slice(0, MAX_CAUSES))
      out.push(`- ${ATTEMPTS.times(count, escapeMarkdown(brief(same ? cause : key)))}`);
    if (sorted.length > MAX_CAUSES) out.push(`- ${ATTEMPTS.otherCauses(sorted.length - MAX_CAUSES)}`);
    out.push('');
  }
  out.push(...tableHead(ATTEMPTS.columns));
  for (const [index, episode] of episodes.slice(0, MAX_EPISODES).entries()) {
    const { first, rest, cancelled, outcome, symptomOnly } = episode;
    const cause =
      first.cause === null
        ? ATTEMPTS.unseen
        : ATTEMPTS.cause(brief(causeText(first.cause)), symptomOnly ? 'symptom' : first.causeCertainty === 'suspected' ? 'suspected' : 'stated');
    const lines = episode.evidence.slice(0, MAX_EVIDENCE).map((one) => names.line(one.line));
    const before = episodes[index - 1]?.first.time ?? null;
    const since = before === null || first.time === null ? '' : ATTEMPTS.since(first.time - before);
    out.push(
      `| ${index + 1} | ${names.time(first.time)}${since} | ${cell(failureTitle(first))} | ${escapeMarkdown(cause)} | ${ATTEMPTS.followed(rest.length, cancelled.length)} | ${ATTEMPTS.wentOn(outcome)} | ${ATTEMPTS.lines(lines, episode.evidence.length > MAX_EVIDENCE)} |`,
    );
  }
  const left = Math.max(0, episodes.length - MAX_EPISODES) + episodesLeft;
  if (left > 0) out.push('', ATTEMPTS.left(left));
  if (log.clock === 'day') out.push('', ATTEMPTS.noDates);
  return [...out, ''];
}
