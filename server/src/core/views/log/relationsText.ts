import type { LogAnalysis } from '../../analysis/log/model.ts';
import type { Relation, Relations } from '../../analysis/log/relations.ts';
import { subtaskLabel } from '../../log/executions.ts';
import { lineName } from '../../log/files.ts';
import { shortTask, splitChain } from '../../log/taskNames.ts';
import { formatStamp } from '../../log/time.ts';
import { collectorEvidence, conclusionText, subjectText } from '../../rules/log/collectorWords.ts';
import { checkTexts, shortageText, sumText, versionTexts } from '../../rules/log/memoryWords.ts';
import { failureTitle, verdictText } from '../../rules/log/words.ts';
import { formatDuration } from '../../wording.ts';
import { groundsText, predictionText, type RelationText, relationText } from './words.ts';

const GROUNDS = { stated: 'stated in the log', derived: 'derived from the log', inferred: 'inferred, not stated' };
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
    out.push(`NO: ${name}`, '', `${facts(analysis)} No stack trace, no chained operators and no message that relates two components.`);
    return `${out.join('\n')}\n`;
  }
  out.push(`YES: ${headline(analysis, found)}`, '', facts(analysis));
  const { first: failure } = analysis.failures;
  if (failure !== null) {
    const episode = analysis.failures.episodes.find((one) => one.first === failure);
    out.push(
      `First failure: line ${nameOf(failure.line)}${failure.time === null ? '' : `, ${formatStamp(failure.time, analysis.log.clock === 'epoch')}`}: ${episode === undefined ? failureTitle(failure) : verdictText(episode)}`,
    );
  }
  list('Operators (data flow within a task, not calls)', of('operator'), (one) => `${one.from} -> ${one.to}`);
  list(
    'Components',
    of('component'),
    (one, { certainty }) => `${one.from} -> ${one.to}: ${one.how}${certainty === 'suspected' ? cancelEvidence(analysis) : ''}`,
  );
  list('Exceptions (cause -> what it was wrapped in)', of('cause'), (one) => `${one.from} -> ${one.to}: ${one.how}`);
  const { calls } = found;
  const self = calls.edges.filter((edge) => edge.self).length;
  list(
    `Calls: ${calls.methods.length} methods, ${calls.edges.length} edges${self === 0 ? '' : ` (${self} from a method to itself or an overload)`}, ${calls.frameCount} frames`,
    of('call'),
    (one) => `${one.from} -> ${one.to}`,
  );
  if (calls.incomplete > 0)
    out.push(
      `  Frames behind "... more" could not be completed in ${calls.incomplete} place${calls.incomplete === 1 ? '' : 's'}: the text is damaged or the number is missing.`,
    );
  const [first, ...others] = found.gcCases;
  if (first !== undefined) {
    out.push('', `TaskManager -> JVM garbage collector: ${first.verdict}. ${conclusionText(first)}`);
    for (const line of collectorEvidence(first.evidence)) out.push(`  ${line}`);
    if (found.prediction !== null) out.push(`  ${predictionText(found.prediction, analysis.log.clock === 'epoch')}`);
    for (const one of others) {
      out.push('', `Line ${nameOf(one.line)}, ${subjectText(one.subject)}: ${one.verdict}. ${conclusionText(one)}`);
      for (const line of collectorEvidence(one.evidence)) out.push(`  ${line}`);
    }
  }
  for (const verdict of analysis.memory) {
    const sum = sumText(verdict);
    out.push('', `Memory (line ${nameOf(verdict.line)}): ${shortageText(verdict)}${sum === null ? '' : ` ${sum}.`}`);
    for (const line of versionTexts(verdict)) out.push(`  ${line}`);
    for (const line of checkTexts(verdict)) out.push(`  Check: ${line}`);
  }
  return `${out.join('\n')}\n`;
}

const ends = ({ from, to }: RelationText): string => `${from} -> ${to}`;

/** Who is related, processes first, as one line. */
function headline(analysis: LogAnalysis, found: Relations): string {
  const parts: string[] = [];
  parts.push(...chainsOf(analysis));
  parts.push(...new Set(found.relations.flatMap((one) => (one.code === 'component' ? [ends(relationText(one))] : []))));
  parts.push(...causeChains(analysis));
  if (found.calls.edges.length > 0) parts.push(`${found.calls.edges.length} calls between ${found.calls.methods.length} methods`);
  return parts.slice(0, 20).join('; ') + (parts.length > 20 ? `; ${parts.length - 20} more` : '');
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
  const parts = [
    `${log.recordCount} record${log.recordCount === 1 ? '' : 's'}`,
    `${log.executions.length} execution${log.executions.length === 1 ? '' : 's'}`,
  ];
  const traces = log.exceptions.filter((one) => one.kind === 'trace').length;
  if (traces > 0) parts.push(`${traces} stack trace${traces === 1 ? '' : 's'}`);
  if (analysis.flinkVersion !== null)
    parts.push(
      `Flink ${analysis.flinkVersion.range} (${analysis.flinkVersion.evidence === 'jar-tag' ? 'jar tags' : analysis.flinkVersion.evidence})`,
    );
  if (log.process.jdk !== null) parts.push(`Java ${log.process.jdk.version}`);
  return `${parts.join(', ')}.`;
}

function section(
  out: string[],
  title: string,
  relations: readonly Relation[],
  text: (relation: RelationText, source: Relation) => string,
  nameOf: (line: number) => string,
): void {
  if (relations.length === 0) return;
  out.push('', `${title}`);
  for (const one of relations.slice(0, MAX_LISTED)) {
    const lines = one.lines.map(nameOf).join(', ');
    out.push(
      `  ${text(relationText(one), one)}  [${GROUNDS[groundsText(one)]}; line${one.lines.length === 1 ? '' : 's'} ${lines}${one.count > one.lines.length ? `, ${one.count} times in all` : ''}]`,
    );
  }
  if (relations.length > MAX_LISTED) out.push(`  … and ${relations.length - MAX_LISTED} more`);
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
  return ` (${formatDuration(cancel - first.time)} after the failure of ${label === null ? shortTask(execution.task ?? '') : `subtask ${label}`} was reported)`;
}
