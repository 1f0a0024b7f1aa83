import { causeGroups } from '../../../analysis/log/causeGroups.ts';
import { LIBRARY } from '../../../analysis/log/exceptionGroups.ts';
import type { Cause } from '../../../analysis/log/failureModel.ts';
import type { MemoryVerdict } from '../../../analysis/log/memory.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { outlookOf } from '../../../analysis/log/outlook.ts';
import { type Study as Facts, studyOf as factsOf } from '../../../analysis/log/study.ts';
import { poolIn } from '../../../knowledge/memoryErrors.ts';
import { subtaskLabel } from '../../../log/executions.ts';
import { shortTask } from '../../../log/taskNames.ts';
import { rootOf } from '../../../log/traces/throwables.ts';
import { adviceOf } from '../../../rules/log/advice.ts';
import { checkTexts, memoryDetails, shortageText } from '../../../rules/log/memoryWords.ts';
import { subtaskNeverRuns } from '../../../rules/log/neverRuns.ts';
import { causeText, consequenceText, countTexts, episodeDetails, evidenceText, failureTitle, verdictLine } from '../../../rules/log/words.ts';
import { capital, escapeMarkdown, sentences } from '../../../wording.ts';
import { logVerdict } from '../verdict.ts';
import { categoryText, outlookTexts, stuckText } from '../words.ts';
import { brief, type Names } from './markdown.ts';
import { STUDY } from './words.ts';

/** The first failure in the form of a study: category, trigger, root cause, consequence, fix, evidence. */
export interface Study extends Facts {
  analysis: LogAnalysis;
  names: Names;
}

export const studyOf = (analysis: LogAnalysis, names: Names): Study => ({ ...factsOf(analysis), analysis, names });

/** What a person needs first, in two or three sentences. */
export function headline({ analysis, episode, memory, names }: Study): string {
  if (episode === undefined) return withoutFailure(analysis, memory, names);
  const { episodes, episodesLeft } = analysis.failures;
  const count = { number: 1, of: episodes.length + episodesLeft, count: 1, causes: causeGroups(episodes).length };
  // What ran out is said already where no numbers go with it.
  const numbers = memory.filter(({ shortage }) => shortage.code !== 'exhausted' || episode.first.cause === null);
  return sentences([
    `**${escapeMarkdown(verdictLine(episode))}**`,
    ...[...episodeDetails(episode), ...numbers.map(shortageText), ...countTexts(count)].map(escapeMarkdown),
    STUDY.see(names.line(episode.first.line)),
  ]);
}

function withoutFailure(analysis: LogAnalysis, memory: readonly MemoryVerdict[], names: Names): string {
  const { text, finding } = logVerdict(analysis);
  const verdict = finding === null ? [] : [`**${STUDY.sentence(escapeMarkdown(text))}**`];
  const outlook = outlookOf(analysis);
  // Which task does not begin to run, the finding says.
  const said = outlook.code === 'standing' && finding?.id === subtaskNeverRuns.id ? 1 : 0;
  const told = outlookTexts(outlook, names.line).slice(said);
  const more = memory.length > 0 ? memory.map(shortageText) : told.map(STUDY.sentence);
  return sentences([...verdict, ...more.map(escapeMarkdown)]);
}

export const category = ({ category: own }: Study): string => categoryText(own);

export function trigger({ analysis, episode, names }: Study): string {
  if (episode === undefined) return STUDY.none;
  const { first } = episode;
  const execution = first.execution === null ? undefined : analysis.log.executions[first.execution];
  const more = [
    ...(execution?.attempt == null ? [] : [STUDY.attempt(execution.attempt)]),
    ...(execution?.location == null ? [] : [STUDY.on(execution.location)]),
  ];
  const failed = escapeMarkdown(STUDY.failed(failureTitle(first), more, episode.symptomOnly));
  return STUDY.triggered(names.time(first.time), names.line(first.line), failed);
}

const ELSEWHERE: ReadonlySet<Cause['code']> = new Set<Cause['code']>(['checkpoint', 'python']);

export function rootCause({ analysis, episode, memory, names }: Study): string {
  const lines: string[] = [];
  if (episode !== undefined) {
    const { first, symptomOnly } = episode;
    const exception = first.exception === null ? undefined : analysis.log.exceptions[first.exception];
    const group = exception === undefined ? undefined : analysis.groups.find((one) => one.members.includes(exception));
    const thrown = STUDY.thrown(exception === undefined ? null : names.line(rootOf(exception).line));
    // Where the exception of the failure was thrown says nothing of a cause that is told elsewhere, or in Python.
    const own = first.cause === null || ELSEWHERE.has(first.cause.code) ? null : group;
    const site = own?.site == null ? '' : STUDY.thrownIn(escapeMarkdown(own.site));
    const cause = first.cause === null ? null : escapeMarkdown(asSentence(first.cause).replace(/\.$/, ''));
    if (symptomOnly) lines.push(STUDY.symptom(escapeMarkdown(first.consequence === null ? '' : consequenceText(first.consequence)), cause, thrown));
    else if (cause === null) lines.push(first.seen ? STUDY.noException : STUDY.before);
    else lines.push(STUDY.cause(cause, first.causeCertainty === 'suspected', thrown, site));
  }
  if (memory.length > 0 && episode?.first.cause === null) lines.push(STUDY.memoryInstead);
  for (const verdict of memory) lines.push(memoryText(verdict, names));
  return lines.length === 0 ? STUDY.none : lines.join('\n\n');
}

/** A cause that is told in words begins with a capital letter, the name of an exception as it is. */
const asSentence = (cause: Cause): string => (cause.code === 'exception' ? brief(causeText(cause)) : capital(brief(causeText(cause))));

/** What ran out, with the arithmetic and the check by version. */
export function memoryText(verdict: MemoryVerdict, names: Names): string {
  const { line, count } = verdict;
  const said = sentences([shortageText(verdict), ...memoryDetails(verdict)].map(escapeMarkdown));
  return STUDY.memory(said, count, names.line(line));
}

const MAX_NAMED = 5;

export function consequence({ analysis, episode, names }: Study): string {
  if (episode === undefined) return STUDY.none;
  const { log, failures } = analysis;
  const consequences = episode.rest.filter((one) => one.consequence !== null);
  const own = episode.rest.filter((one) => one.consequence === null);
  const parts: string[] = [];
  if (consequences.length > 0) parts.push(STUDY.followed(consequences.length));
  if (own.length > 0)
    parts.push(
      STUDY.ownExceptions(
        own.length,
        own.slice(0, MAX_NAMED).map((one) => names.line(one.line)),
        own.length > MAX_NAMED,
      ),
    );
  if (episode.cancelled.length > 0) {
    const byTask = new Map<string, string[]>();
    for (const index of episode.cancelled) {
      const execution = log.executions[index];
      if (execution === undefined) continue;
      const task = shortTask(execution.task ?? execution.id ?? '?', 50);
      byTask.set(task, [...(byTask.get(task) ?? []), subtaskLabel(execution) ?? '']);
    }
    const named = [...byTask]
      .slice(0, MAX_NAMED)
      .map(([task, subtasks]) => STUDY.taskOf(task, subtasks.slice(0, MAX_NAMED), subtasks.length > MAX_NAMED));
    parts.push(STUDY.cancelled(episode.cancelled.length, escapeMarkdown(named.join('; ')), Math.max(0, byTask.size - MAX_NAMED)));
  }
  parts.push(STUDY.outcome(episode.outcome));
  const count = failures.episodes.length + failures.episodesLeft;
  if (count > 1) parts.push(STUDY.oneOf(count));
  return sentences(parts);
}

export function fix(study: Study): string[] {
  const { analysis, episode, memory } = study;
  const lines = memory.flatMap(memoryFix);
  const stuck = analysis.log.events.find((event) => event.id === 'cancel-stuck');
  if (stuck !== undefined) {
    const stack = stuck.exception === null ? undefined : analysis.log.exceptions[stuck.exception]?.top.frames;
    lines.push(
      `- ${escapeMarkdown(stuckText(stuck.fields.task ?? null, stack?.[0] ?? null, stack?.find(({ className }) => !LIBRARY.test(className)) ?? null))}`,
    );
  }
  // A memory verdict has its own advice; a symptom's advice says where to look for the cause.
  if (memory.length === 0 && episode !== undefined) for (const advice of adviceOf(analysis, episode)) lines.push(`- ${escapeMarkdown(advice)}`);
  if (lines.length > 0) return lines;
  return [episode === undefined ? STUDY.nothingToFix : STUDY.noRemedy];
}

export function memoryFix(verdict: MemoryVerdict): string[] {
  const { options, pool, owner } = verdict;
  const named = STUDY.options(options.map((option) => `\`${option}\``));
  return [...checkTexts(verdict).map((one) => `- ${escapeMarkdown(one)}`), `- ${escapeMarkdown(poolIn(pool, owner).advice)}${named}`];
}

export const evidence = ({ episode, names }: Study): string[] =>
  (episode?.evidence ?? []).map((one) => `- ${STUDY.evidence(names.line(one.line), escapeMarkdown(evidenceText(one)))}`);
