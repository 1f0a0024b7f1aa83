import type { MemoryVerdict } from '../../../analysis/log/memory.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import type { Relations } from '../../../analysis/log/relations.ts';
import { subtaskLabel, transitionFaults } from '../../../log/executions.ts';
import { shortTask } from '../../../log/taskNames.ts';
import { rootOf, throwableTitle } from '../../../log/traces/throwables.ts';
import { collectorEvidence, conclusionText, subjectText } from '../../../rules/log/collectorWords.ts';
import { classText } from '../../../rules/log/words.ts';
import { capital, escapeMarkdown, sentences } from '../../../wording.ts';
import { GC_VERDICTS, groundsText, predictionText, relationText } from '../words.ts';
import { cell, type Names, tableHead } from './markdown.ts';
import { memoryFix, memoryText } from './study.ts';
import { COLLECTOR, EXCEPTIONS, more, RELATED, STATES, TITLES } from './words.ts';

/** The sections after the study. Each is empty when there is nothing to say. */

const MAX_GROUPS = 30;
const MAX_TASKS = 4;
const MAX_FAULTS = 20;
const MAX_RELATIONS = 40;
const MAX_PROBLEMS = 20;

/** Memory that ran out, but not in the first failure. */
export function otherMemory(others: readonly MemoryVerdict[], names: Names): string[] {
  if (others.length === 0) return [];
  const out = [`## ${TITLES.otherMemory}`, ''];
  for (const verdict of others) out.push(memoryText(verdict, names), '', ...memoryFix(verdict), '');
  return out;
}

/** Had the collector a part in the failures that it may explain, and what do its pauses come to. */
export function collector({ prediction, gcCases: [first, ...others] }: Relations, { gc, log }: LogAnalysis, names: Names): string[] {
  if (first === undefined && gc.tracks.length === 0) return [];
  const out = [`## ${TITLES.collector}`, ''];
  if (first !== undefined) {
    const predicted = prediction === null ? [] : [escapeMarkdown(predictionText(prediction, log.clock === 'epoch'))];
    const verdict = `**${COLLECTOR.verdict(capital(GC_VERDICTS[first.verdict]))}**`;
    out.push(sentences([verdict, escapeMarkdown(conclusionText(first)), ...predicted]), '');
    for (const one of collectorEvidence(first.evidence)) out.push(`- ${escapeMarkdown(one)}`);
    if (first.evidence.length > 0) out.push('');
    for (const one of others) {
      out.push(
        `- ${COLLECTOR.other(escapeMarkdown(subjectText(one.subject)), names.line(one.line), GC_VERDICTS[one.verdict], escapeMarkdown(conclusionText(one)))}`,
      );
      for (const text of collectorEvidence(one.evidence)) out.push(`  - ${escapeMarkdown(text)}`);
    }
    if (others.length > 0) out.push('');
  }
  for (const { source, process, figures } of gc.tracks) {
    const { pauses, totalPauseMs, maxPauseMs, fullGcs, systemGcs, pauseShare } = figures;
    out.push(escapeMarkdown(COLLECTOR.figures(COLLECTOR.of(source, process), pauses, totalPauseMs, pauseShare, maxPauseMs, fullGcs, systemGcs)), '');
  }
  return out;
}

/** Groups of exceptions by classes and places, the most frequent first. */
export function exceptions({ groups, log }: LogAnalysis, names: Names): string[] {
  if (groups.length === 0) return [];
  const out = [`## ${TITLES.exceptions}`, '', ...tableHead(EXCEPTIONS.columns)];
  const sorted = [...groups].sort((a, b) => b.members.length - a.members.length);
  for (const group of sorted.slice(0, MAX_GROUPS)) {
    const sample = group.members[0];
    const lines = group.members.slice(0, 3).map((one) => names.line(one.line));
    const [outer] = group.chain;
    const tasks = [...new Set(group.executions.map((index) => shortTask(log.executions[index]?.task ?? '?', 40)))];
    const touched = EXCEPTIONS.tasks(tasks.slice(0, MAX_TASKS), Math.max(0, tasks.length - MAX_TASKS));
    const columns = [
      String(group.members.length),
      cell(sample === undefined ? classText(group.root) : throwableTitle(rootOf(sample))),
      group.chain.length < 2 || outer === undefined ? '' : escapeMarkdown(classText(outer).replace(/^.*\./, '')),
      escapeMarkdown(group.site ?? ''),
      escapeMarkdown(touched),
      names.time(group.first),
      group.members.length === 1 ? '' : names.time(group.last),
      EXCEPTIONS.lines(lines, group.members.length > 3),
    ];
    out.push(`| ${columns.join(' | ')} |`);
  }
  if (sorted.length > MAX_GROUPS) out.push('', EXCEPTIONS.left(sorted.length - MAX_GROUPS));
  return [...out, ''];
}

/** State machines of execution attempts: what Flink does not do, and what is missing in this text. */
export function stateFaults({ log }: LogAnalysis, names: Names): string[] {
  const faults = transitionFaults(log.executions);
  if (faults.length === 0) return [];
  const out = [`## ${TITLES.stateFaults}`, ''];
  for (const { execution, state, kind, expected } of faults.slice(0, MAX_FAULTS)) {
    const change = execution.states[state];
    if (change === undefined) continue;
    const label = subtaskLabel(execution);
    const name = `${shortTask(execution.task ?? execution.id ?? '?', 60)}${label === null ? '' : ` (${label})`}`;
    const what = kind === 'illegal' ? STATES.illegal(change.from, change.to) : STATES.missing(expected, change.from);
    out.push(`- ${STATES.change(names.line(change.line), escapeMarkdown(`${name}: ${what}`))}`);
  }
  if (faults.length > MAX_FAULTS) out.push(`- ${more(faults.length - MAX_FAULTS)}`);
  return [...out, ''];
}

/** Who is related to whom; the calls are only counted, the call graph shows them. */
export function relationships(found: Relations, names: Names): string[] {
  const related = found.relations.filter((one) => one.code !== 'call' && one.code !== 'gc');
  const { edges, methods } = found.calls;
  if (related.length === 0 && edges.length === 0) return [];
  const out = [`## ${TITLES.relationships}`, ''];
  for (const relation of related.slice(0, MAX_RELATIONS)) {
    const { code, count, lines } = relation;
    const { from, to, how } = relationText(relation);
    // Lines of causes come from offsets, which only the text itself turns into lines.
    const at = code === 'cause' || lines[0] === undefined ? null : names.line(lines[0]);
    out.push(`- ${escapeMarkdown(RELATED.relation(from, to, how))} (${RELATED.grounds(groundsText(relation), count, at)})`);
  }
  if (related.length > MAX_RELATIONS) out.push(`- ${more(related.length - MAX_RELATIONS)}`);
  if (edges.length > 0) out.push(`- ${RELATED.calls(edges.length, methods.length)}`);
  return [...out, ''];
}

export function unread({ problems }: LogAnalysis): string[] {
  if (problems.length === 0) return [];
  const out = [`## ${TITLES.unread}`, ''];
  for (const { message } of problems.slice(0, MAX_PROBLEMS)) out.push(`- ${escapeMarkdown(message)}`);
  if (problems.length > MAX_PROBLEMS) out.push(`- ${more(problems.length - MAX_PROBLEMS)}`);
  return [...out, ''];
}
