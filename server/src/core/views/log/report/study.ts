import { ownFrame, stepsFor } from '../../../analysis/log/category.ts';
import { causeGroups } from '../../../analysis/log/causeGroups.ts';
import { LIBRARY } from '../../../analysis/log/exceptionGroups.ts';
import type { Episode, Failure } from '../../../analysis/log/failureModel.ts';
import type { MemoryVerdict } from '../../../analysis/log/memory.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { outlookOf } from '../../../analysis/log/outlook.ts';
import { type Study as Facts, studyOf as factsOf } from '../../../analysis/log/study.ts';
import { crashKind } from '../../../knowledge/crashes.ts';
import { poolIn } from '../../../knowledge/memoryErrors.ts';
import { endKind } from '../../../knowledge/processEnds.ts';
import { eventKind } from '../../../log/events.ts';
import { subtaskLabel } from '../../../log/executions.ts';
import type { LogModel } from '../../../log/model.ts';
import { shortTask } from '../../../log/taskNames.ts';
import { rootOf } from '../../../log/traces/throwables.ts';
import { checkTexts, memoryDetails, shortageText } from '../../../rules/log/memoryWords.ts';
import { causeText, consequenceText, countTexts, episodeDetails, evidenceText, failureTitle, verdictLine } from '../../../rules/log/words.ts';
import { escapeMarkdown, plural } from '../../../wording.ts';
import { categoryText, outlookText, ownFrameText, ownLogText, stuckText } from '../words.ts';
import { brief, type Names } from './markdown.ts';

/** The first failure in the form of a study: category, trigger, root cause, consequence, fix, evidence. */
export interface Study extends Facts {
  analysis: LogAnalysis;
  names: Names;
}

export const studyOf = (analysis: LogAnalysis, names: Names): Study => ({ ...factsOf(analysis), analysis, names });

/** What a person needs first, in two or three sentences. */
export function headline({ analysis, episode, memory, names }: Study): string {
  if (episode === undefined)
    return memory.length > 0
      ? memory.map((one) => escapeMarkdown(shortageText(one))).join(' ')
      : escapeMarkdown(outlookText(outlookOf(analysis), names.line));
  const { episodes, episodesLeft } = analysis.failures;
  const count = { number: 1, of: episodes.length + episodesLeft, count: 1, causes: causeGroups(episodes).length };
  // What ran out is said already where no numbers go with it.
  const numbers = memory.filter(({ shortage }) => shortage.code !== 'exhausted' || episode.first.cause === null);
  return [
    `**${escapeMarkdown(verdictLine(episode))}**`,
    ...[...episodeDetails(episode), ...numbers.map(shortageText), ...countTexts(count)].map(escapeMarkdown),
    `See line ${names.line(episode.first.line)}.`,
  ].join(' ');
}

export const category = ({ category: own }: Study): string => categoryText(own);

export function trigger({ analysis, episode, names }: Study): string {
  if (episode === undefined) return 'None.';
  const { first } = episode;
  const execution = first.execution === null ? undefined : analysis.log.executions[first.execution];
  const more = [
    ...(execution?.attempt == null ? [] : [`attempt ${execution.attempt}`]),
    ...(execution?.location == null ? [] : [`on ${execution.location}`]),
  ];
  const when = first.time === null ? '' : `${names.time(first.time)}, `;
  const symptom = episode.symptomOnly ? ' This is a consequence; what failed first is not in this text.' : '';
  return `${when}line ${names.line(first.line)}: ${escapeMarkdown(`${failureTitle(first)}${more.length === 0 ? '' : ` (${more.join(', ')})`}.${symptom}`)}`;
}

export function rootCause({ analysis, episode, memory, names }: Study): string {
  const lines: string[] = [];
  if (episode !== undefined) {
    const { first, symptomOnly } = episode;
    const exception = first.exception === null ? undefined : analysis.log.exceptions[first.exception];
    const group = exception === undefined ? undefined : analysis.groups.find((one) => one.members.includes(exception));
    const at = exception === undefined ? '' : `, line ${names.line(rootOf(exception).line)}`;
    const thrown = group?.site == null ? '' : ` Thrown in ${escapeMarkdown(group.site)}.`;
    if (symptomOnly)
      lines.push(
        `Not in this text. What is printed is a symptom (${escapeMarkdown(first.consequence === null ? '' : consequenceText(first.consequence))})${first.cause === null ? '' : `: ${escapeMarkdown(brief(causeText(first.cause)).replace(/\.$/, ''))}`}${at}.`,
      );
    else if (first.cause === null)
      lines.push(first.seen ? 'No exception is printed with the first failure.' : 'Not in this text: the first failure happened before it begins.');
    else
      lines.push(
        `${escapeMarkdown(brief(causeText(first.cause)).replace(/\.$/, ''))} (${first.causeCertainty === 'suspected' ? 'suspected: it stands shortly before the failure, the text does not tie the two together' : 'stated'}${at}).${thrown}`,
      );
  }
  if (memory.length > 0 && episode?.first.cause === null) lines.push('Another failure of the same attempt says what it may be:');
  for (const verdict of memory) lines.push(memoryText(verdict, names));
  return lines.length === 0 ? 'None.' : lines.join('\n\n');
}

/** What ran out, with the arithmetic and the check by version. */
export function memoryText(verdict: MemoryVerdict, names: Names): string {
  const { line, count } = verdict;
  const times = count > 1 ? `${count} times, first in line` : 'line';
  const said = [shortageText(verdict), ...memoryDetails(verdict)].map(escapeMarkdown).join(' ');
  return `${said} (${times} ${names.line(line)})`;
}

const MAX_NAMED = 5;

export function consequence({ analysis, episode, names }: Study): string {
  if (episode === undefined) return 'None.';
  const { log, failures } = analysis;
  const consequences = episode.rest.filter((one) => one.consequence !== null);
  const own = episode.rest.filter((one) => one.consequence === null);
  const parts: string[] = [];
  if (consequences.length > 0) parts.push(`${plural(consequences.length, 'further failure')} followed.`);
  if (own.length > 0)
    parts.push(
      `${plural(own.length, 'other failure')} with ${own.length === 1 ? 'an exception of its own' : 'exceptions of their own'}: line ${own
        .slice(0, MAX_NAMED)
        .map((one) => names.line(one.line))
        .join(', ')}${own.length > MAX_NAMED ? ' …' : ''}.`,
    );
  if (episode.cancelled.length > 0) {
    const byTask = new Map<string, string[]>();
    for (const index of episode.cancelled) {
      const execution = log.executions[index];
      if (execution === undefined) continue;
      const task = shortTask(execution.task ?? execution.id ?? '?', 50);
      byTask.set(task, [...(byTask.get(task) ?? []), subtaskLabel(execution) ?? '']);
    }
    const named = [...byTask].slice(0, MAX_NAMED).map(([task, subtasks]) => {
      const some = subtasks.slice(0, MAX_NAMED).join(', ');
      return `${task}${some === '' ? '' : ` (${some}${subtasks.length > MAX_NAMED ? ' …' : ''})`}`;
    });
    parts.push(
      `${plural(episode.cancelled.length, 'subtask')} cancelled: ${escapeMarkdown(named.join('; '))}${byTask.size > MAX_NAMED ? ` and ${plural(byTask.size - MAX_NAMED, 'more task')}` : ''}.`,
    );
  }
  parts.push(OUTCOME[episode.outcome]);
  const count = failures.episodes.length + failures.episodesLeft;
  if (count > 1) parts.push(`It is one of ${count} failures, see below.`);
  return parts.join(' ');
}

const OUTCOME: Record<Episode['outcome'], string> = {
  restarted: 'The tasks were deployed again.',
  restarting: 'A restart began; that tasks were deployed again is not in this text.',
  failed: 'The job failed.',
  open: 'How it went on is not in this text.',
};

const MAX_REMEDIES = 4;

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
  if (memory.length === 0) for (const remedy of [...remedies(study), ...next(study)]) lines.push(`- ${escapeMarkdown(remedy)}`);
  if (lines.length > 0) return lines;
  return [episode === undefined ? 'Nothing to fix was found.' : 'No known remedy; the root cause above is what to look into.'];
}

/** What to look at next, by the kind of the failure. */
function next({ analysis: { log, flinkVersion, files }, episode, category: own, names }: Study): string[] {
  if (episode === undefined) return [];
  const { first } = episode;
  const steps =
    own.code === 'known' ? stepsFor(own.facts.category, flinkVersion) : own.code === 'consequence' ? stepsFor('process-lost', flinkVersion) : [];
  const exception = first.exception === null ? undefined : log.exceptions[first.exception];
  const frame = own.code === 'known' && own.facts.category === 'user-code' && exception !== undefined ? ownFrame(exception) : null;
  return [
    ...(first.cause?.code === 'jvm-crash' && first.cause.facts.wanted === null ? [crashKind(first.cause.facts.library ?? '').next] : []),
    ...(first.cause?.code === 'process-ended' ? [endKind(first.cause.facts.reason).next] : []),
    ...(frame === null ? [] : [ownFrameText(frame)]),
    ...steps,
    ...(files.length === 0 ? whereText(first, log, names) : []),
  ];
}

/** Which log holds more: that of the TaskManager which the JobManager names. */
function whereText(first: Failure, log: LogModel, names: Names): string[] {
  const place = first.execution === null ? null : (log.executions[first.execution]?.location ?? null);
  return place === null ? [] : [ownLogText(place, names.time(first.time))];
}

export function memoryFix(verdict: MemoryVerdict): string[] {
  const { options, pool, owner } = verdict;
  const named = options.length === 0 ? '' : ` Options: ${options.map((option) => `\`${option}\``).join(', ')}.`;
  return [...checkTexts(verdict).map((one) => `- ${escapeMarkdown(one)}`), `- ${escapeMarkdown(poolIn(pool, owner).advice)}${named}`];
}

/** What the knowledge base advises for the failures, warnings apart, that the log speaks of; those of the first failure first. */
function remedies({ analysis, episode }: Study): string[] {
  const { first } = analysis.failures;
  const records = new Set(episode === undefined ? [] : [first, ...episode.rest].map((one) => one?.record ?? null));
  const near = new Set(analysis.log.events.filter(({ record }) => record !== null && records.has(record)).map(({ id }) => id));
  const found = new Set<string>();
  for (const id of [...near, ...analysis.log.eventCounts.map((one) => one.id)]) {
    const kind = eventKind(id);
    if (kind?.remedy === undefined || kind.id === 'cancel-stuck' || (kind.severity !== 'error' && kind.severity !== 'fatal')) continue;
    found.add(kind.remedy);
  }
  return [...found].slice(0, MAX_REMEDIES);
}

export const evidence = ({ episode, names }: Study): string[] =>
  (episode?.evidence ?? []).map((one) => `- line ${names.line(one.line)}: ${escapeMarkdown(evidenceText(one))}`);
