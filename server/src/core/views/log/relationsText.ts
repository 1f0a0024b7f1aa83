import type { LogAnalysis } from '../../analysis/log/model.ts';
import type { Relation, Relations } from '../../analysis/log/relations.ts';
import { subtaskLabel } from '../../log/executions.ts';
import { lineName } from '../../log/files.ts';
import { shortTask, splitChain } from '../../log/taskNames.ts';
import { formatStamp } from '../../log/time.ts';
import { collectorEvidence, conclusionText, subjectText } from '../../rules/log/collectorWords.ts';
import { checkTexts, shortageText, sumText, versionTexts } from '../../rules/log/memoryWords.ts';
import { failureTitle, verdictText } from '../../rules/log/words.ts';
import { groundsText, predictionText, RELATED, type RelationText, relationText } from './words.ts';

const MAX_LISTED = 200;

/** The answer of `logjam relations`: "YES:" with what is related, or "NO:" with the reason. Lines count from 1. */
export function relationsText(analysis: LogAnalysis, found: Relations, name: string): string {
  const out: string[] = [];
  const nameOf = (line: number) => lineName(analysis.files, line);
  const list = (title: string, relations: readonly Relation[], text: (relation: RelationText, source: Relation) => string) =>
    section(out, title, relations, text, nameOf);
  const of = (code: Relation['code']) => found.relations.filter((one) => one.code === code);
  const related = found.relations.filter((one) => one.code !== 'gc');
  if (related.length === 0) {
    out.push(RELATED.no(name), '', RELATED.why(facts(analysis)));
    return `${out.join('\n')}\n`;
  }
  out.push(RELATED.yes(headline(analysis, found)), '', facts(analysis));
  const { first: failure } = analysis.failures;
  if (failure !== null) {
    const episode = analysis.failures.episodes.find((one) => one.first === failure);
    out.push(
      RELATED.firstFailure(
        nameOf(failure.line),
        failure.time === null ? null : formatStamp(failure.time, analysis.log.clock === 'epoch'),
        episode === undefined ? failureTitle(failure) : verdictText(episode),
      ),
    );
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
  if (calls.incomplete > 0) out.push(`  ${RELATED.incomplete(calls.incomplete)}`);
  const [first, ...others] = found.gcCases;
  if (first !== undefined) {
    out.push('', RELATED.collector(first.verdict, conclusionText(first)));
    for (const line of collectorEvidence(first.evidence)) out.push(`  ${line}`);
    if (found.prediction !== null) out.push(`  ${predictionText(found.prediction, analysis.log.clock === 'epoch')}`);
    for (const one of others) {
      out.push('', RELATED.otherCase(nameOf(one.line), subjectText(one.subject), one.verdict, conclusionText(one)));
      for (const line of collectorEvidence(one.evidence)) out.push(`  ${line}`);
    }
  }
  for (const verdict of analysis.memory) {
    out.push('', RELATED.memory(nameOf(verdict.line), shortageText(verdict), sumText(verdict)));
    for (const line of versionTexts(verdict)) out.push(`  ${line}`);
    for (const line of checkTexts(verdict)) out.push(`  ${RELATED.check(line)}`);
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
  nameOf: (line: number) => string,
): void {
  if (relations.length === 0) return;
  out.push('', title);
  for (const one of relations.slice(0, MAX_LISTED)) {
    out.push(`  ${text(relationText(one), one)}  [${RELATED.source(groundsText(one), one.lines.map(nameOf), one.count)}]`);
  }
  if (relations.length > MAX_LISTED) out.push(`  ${RELATED.moreListed(relations.length - MAX_LISTED)}`);
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
