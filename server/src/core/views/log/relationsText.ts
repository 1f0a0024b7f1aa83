import type { LogAnalysis } from '../../analysis/log/model.ts';
import type { Relation, Relations } from '../../analysis/log/relations.ts';
import { subtaskLabel } from '../../log/executions.ts';
import { lineName } from '../../log/files.ts';
import { shortTask, splitChain } from '../../log/taskNames.ts';
import { formatStamp } from '../../log/time.ts';
import { collectorEvidence, conclusionText, subjectText } from '../../rules/log/collectorWords.ts';
import { checkTexts, shortageText, sumText, versionTexts } from '../../rules/log/memoryWords.ts';
import { failureTitle, verdictText } from '../../rules/log/words.ts';
import { escapeMarkdown } from '../../wording.ts';
import { namesOf } from './report/markdown.ts';
import { groundsText, predictionText, RELATED, type RelationText, relationText } from './words.ts';

const MAX_LISTED = 200;

/** How the parts of the answer are written: as plain text, or as Markdown. */
interface Form {
  verdict(text: string): string;
  heading(text: string): string;
  item(text: string): string;
  /** What stands in the log, or was made of it. */
  text(text: string): string;
  /** A line that counts from 0 through all files. */
  line(line: number): string;
}

/** The answer of `logjam relations`: "YES:" with what is related, or "NO:" with the reason. Lines count from 1. */
export function relationsText(analysis: LogAnalysis, found: Relations, name: string): string {
  return written(analysis, found, name, {
    verdict: (text) => text,
    heading: (text) => text,
    item: (text) => `  ${text}`,
    text: (text) => text,
    line: (line) => lineName(analysis.files, line),
  });
}

/** The same as Markdown, with links into the file. */
export function relationsPage(analysis: LogAnalysis, found: Relations, name: string, uri: string): string {
  return written(analysis, found, name, {
    verdict: (text) => `**${text}**`,
    heading: (text) => `## ${text}\n`,
    item: (text) => `- ${text}`,
    text: escapeMarkdown,
    line: namesOf(analysis, uri).line,
  });
}

function written(analysis: LogAnalysis, found: Relations, name: string, form: Form): string {
  const out: string[] = [];
  const list = (title: string, relations: readonly Relation[], text: (relation: RelationText, source: Relation) => string) =>
    section(out, title, relations, text, form);
  const of = (code: Relation['code']) => found.relations.filter((one) => one.code === code);
  const related = found.relations.filter((one) => one.code !== 'gc');
  if (related.length === 0) {
    out.push(form.verdict(form.text(RELATED.no(name))), '', RELATED.why(facts(analysis)));
    return `${out.join('\n')}\n`;
  }
  out.push(form.verdict(form.text(RELATED.yes(headline(analysis, found)))), '', form.text(facts(analysis)));
  const { first: failure } = analysis.failures;
  if (failure !== null) {
    const episode = analysis.failures.episodes.find((one) => one.first === failure);
    const when = failure.time === null ? null : formatStamp(failure.time, analysis.log.clock === 'epoch');
    const what = episode === undefined ? failureTitle(failure) : verdictText(episode);
    out.push(RELATED.firstFailure(form.line(failure.line), when, form.text(what)));
  }
  list(RELATED.operators, of('operator'), ends);
  list(
    RELATED.components,
    of('component'),
    (one, { certainty }) => `${RELATED.how(one.from, one.to, one.how)}${certainty === 'suspected' ? cancelEvidence(analysis) : ''}`,
  );
  list(RELATED.causes, of('cause'), (one) => RELATED.how(one.from, one.to, one.how));
  const { calls } = found;
  const self = calls.edges.filter((edge) => edge.self).length;
  list(RELATED.calls(calls.methods.length, calls.edges.length, self, calls.frameCount), of('call'), ends);
  if (calls.incomplete > 0) out.push(form.item(RELATED.incomplete(calls.incomplete)));
  const [first, ...others] = found.gcCases;
  if (first !== undefined) {
    out.push('', form.heading(form.text(RELATED.collector(first.verdict, conclusionText(first)))));
    for (const line of collectorEvidence(first.evidence)) out.push(form.item(form.text(line)));
    if (found.prediction !== null) out.push(form.item(form.text(predictionText(found.prediction, analysis.log.clock === 'epoch'))));
    for (const one of others) {
      out.push(
        '',
        form.heading(RELATED.otherCase(form.line(one.line), form.text(subjectText(one.subject)), one.verdict, form.text(conclusionText(one)))),
      );
      for (const line of collectorEvidence(one.evidence)) out.push(form.item(form.text(line)));
    }
  }
  for (const verdict of analysis.memory) {
    const sum = sumText(verdict);
    out.push('', form.heading(RELATED.memory(form.line(verdict.line), form.text(shortageText(verdict)), sum === null ? null : form.text(sum))));
    for (const line of versionTexts(verdict)) out.push(form.item(form.text(line)));
    for (const line of checkTexts(verdict)) out.push(form.item(form.text(RELATED.check(line))));
  }
  return `${out.join('\n')}\n`;
}

const ends = ({ from, to }: RelationText): string => RELATED.ends(from, to);

/** Who is related, processes first, as one line. */
function headline(analysis: LogAnalysis, found: Relations): string {
  const parts: string[] = [];
  parts.push(...chainsOf(analysis));
  parts.push(...new Set(found.relations.flatMap((one) => (one.code === 'component' ? [ends(relationText(one))] : []))));
  parts.push(...causeChains(analysis));
  if (found.calls.edges.length > 0) parts.push(RELATED.callsBetween(found.calls.edges.length, found.calls.methods.length));
  return parts.slice(0, 20).join('; ') + (parts.length > 20 ? RELATED.more(parts.length - 20) : '');
}

/** The chains of the tasks as written, each once: operators of one name in two tasks are not one operator. */
function chainsOf(analysis: LogAnalysis): Set<string> {
  const tasks = new Set(analysis.log.executions.map(({ task }) => task).filter((task) => task?.includes(' -> ')));
  const chains = new Set<string>();
  for (const task of tasks) {
    const { operators, edges } = splitChain(task as string);
    const next = new Map<number, number[]>();
    for (const [from, to] of edges) next.set(from, [...(next.get(from) ?? []), to]);
    const open = operators.length > 1 ? [[0]] : [];
    for (let path = open.pop(); path !== undefined && chains.size <= MAX_LISTED; path = open.pop()) {
      const ends = next.get(path[path.length - 1] as number) ?? [];
      // A chain that forks is named once for each of its ends.
      for (const end of [...ends].reverse()) open.push([...path, end]);
      if (ends.length === 0) chains.add(path.map((at) => operators[at]?.name).join(' -> '));
    }
  }
  return chains;
}

/** Root cause first. */
function causeChains(analysis: LogAnalysis): Set<string> {
  return new Set(
    analysis.groups
      .map(({ chain }) => [...chain].reverse())
      .filter((chain) => chain.length > 1)
      .map((chain) => chain.join(' -> ')),
  );
}

function facts(analysis: LogAnalysis): string {
  const { log } = analysis;
  const traces = log.exceptions.filter((one) => one.kind === 'trace').length;
  return RELATED.facts(log.recordCount, log.executions.length, traces, analysis.flinkVersion, log.process.jdk?.version ?? null);
}

function section(
  out: string[],
  title: string,
  relations: readonly Relation[],
  text: (relation: RelationText, source: Relation) => string,
  form: Form,
): void {
  if (relations.length === 0) return;
  out.push('', form.heading(title));
  for (const one of relations.slice(0, MAX_LISTED)) {
    const source = RELATED.source(groundsText(one), one.lines.map(form.line), one.count);
    out.push(form.item(`${form.text(text(relationText(one), one))}  [${source}]`));
  }
  if (relations.length > MAX_LISTED) out.push(form.item(RELATED.moreListed(relations.length - MAX_LISTED)));
}

/** Why a cancellation is taken for the JobManager's: it follows a failure that was reported to it. */
function cancelEvidence(analysis: LogAnalysis): string {
  const { first } = analysis.failures;
  if (first === null || first.execution === null || first.time === null) return '';
  let cancel: number | null = null;
  for (const one of analysis.log.executions) {
    const time = one.mentions.find((mention) => mention.what === 'cancel-attempt')?.time ?? null;
    if (time !== null && time >= first.time && (cancel === null || time < cancel)) cancel = time;
  }
  if (cancel === null) return '';
  const execution = analysis.log.executions[first.execution];
  if (execution === undefined) return '';
  const label = subtaskLabel(execution);
  return RELATED.cancelled(cancel - first.time, label, shortTask(execution.task ?? ''));
}
