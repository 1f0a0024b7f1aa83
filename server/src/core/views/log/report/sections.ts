import type { MemoryVerdict } from '../../../analysis/log/memory.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import type { Relations } from '../../../analysis/log/relations.ts';
import { subtaskLabel, transitionFaults } from '../../../log/executions.ts';
import { shortTask } from '../../../log/taskNames.ts';
import { rootOf, throwableTitle } from '../../../log/traces/throwables.ts';
import { collectorEvidence, conclusionText, subjectText } from '../../../rules/log/collectorWords.ts';
import { classText } from '../../../rules/log/words.ts';
import { capital, escapeMarkdown, formatDuration, plural } from '../../../wording.ts';
import { groundsText, predictionText, relationText } from '../words.ts';
import { cell, type Names } from './markdown.ts';
import { memoryFix, memoryText } from './study.ts';

/** The sections after the study. Each is empty when there is nothing to say. */

const MAX_GROUPS = 30;
const MAX_TASKS = 4;
const MAX_FAULTS = 20;
const MAX_RELATIONS = 40;
const MAX_PROBLEMS = 20;

/** Memory that ran out, but not in the first failure. */
export function otherMemory(others: readonly MemoryVerdict[], names: Names): string[] {
  if (others.length === 0) return [];
  const out = ['## Memory that ran out in other failures', ''];
  for (const verdict of others) out.push(memoryText(verdict, names), '', ...memoryFix(verdict), '');
  return out;
}

/** Had the collector a part in the failures that it may exand what do its pauses come to. */
export function collector({ prediction, gcCases: [first, ...others] }: Relations, { gc, log }: LogAnalysis, names: Names): string[] {
  if (first === undefined && gc.tracks.length === 0) return [];
  const out = ['## Garbage collection', ''];
  if (first !== undefined) {
    const predicted = prediction === null ? '' : ` ${escapeMarkdown(predictionText(prediction, log.clock === 'epoch'))}`;
    out.push(`**${capital(first.verdict)}.** ${escapeMarkdown(conclusionText(first))}${predicted}`, '');
    for (const one of collectorEvidence(first.evidence)) out.push(`- ${escapeMarkdown(one)}`);
    if (first.evidence.length > 0) out.push('');
    for (const one of others) {
      out.push(`- ${escapeMarkdown(subjectText(one.subject))} (${names.line(one.line)}): **${one.verdict}**. ${escapeMarkdown(conclusionText(one))}`);
      for (const text of collectorEvidence(one.evidence)) out.push(`  - ${escapeMarkdown(text)}`);
    }
    if (others.length > 0) out.push('');
  }
  for (const { source, process, figures } of gc.tracks) {
    const { pauses, totalPauseMs, maxPauseMs, fullGcs, systemGcs, pauseShare } = figures;
    const share = pauseShare === null ? '' : ` (${(pauseShare * 100).toFixed(1)} % of the time)`;
    const whose = process === null ? '' : ` (${process})`;
    out.push(
      escapeMarkdown(
        `${source}${whose}: ${plural(pauses, 'pause')}, ${formatDuration(totalPauseMs)} in all${share}, the longest ${formatDuration(maxPauseMs)}; ${fullGcs} full, ${systemGcs} asked for by System.gc().`,
      ),
      '',
    );
  }
  return out;
}

/** Groups of exceptions by classes and places, the most frequent first. */
export function exceptions({ groups, log }: LogAnalysis, names: Names): string[] {
  if (groups.length === 0) return [];
  const out = [
    '## Exceptions',
    '',
    '| count | root cause | wrapped in | thrown in | tasks | first | last | lines |',
    '|---|---|---|---|---|---|---|---|',
  ];
  const sorted = [...groups].sort((a, b) => b.members.length - a.members.length);
  for (const group of sorted.slice(0, MAX_GROUPS)) {
    const sample = group.members[0];
    const lines = group.members.slice(0, 3).map((one) => names.line(one.line));
    const [outer] = group.chain;
    const tasks = [...new Set(group.executions.map((index) => shortTask(log.executions[index]?.task ?? '?', 40)))];
    const touched = `${tasks.slice(0, MAX_TASKS).join('; ')}${tasks.length > MAX_TASKS ? ` and ${tasks.length - MAX_TASKS} more` : ''}`;
    const columns = [
      String(group.members.length),
      cell(sample === undefined ? classText(group.root) : throwableTitle(rootOf(sample))),
      group.chain.length < 2 || outer === undefined ? '' : escapeMarkdown(classText(outer).replace(/^.*\./, '')),
      escapeMarkdown(group.site ?? ''),
      escapeMarkdown(touched),
      names.time(group.first),
      group.members.length === 1 ? '' : names.time(group.last),
      `${lines.join(', ')}${group.members.length > 3 ? ' …' : ''}`,
    ];
    out.push(`| ${columns.join(' | ')} |`);
  }
  if (sorted.length > MAX_GROUPS) out.push('', `${plural(sorted.length - MAX_GROUPS, 'more group')} left out.`);
  return [...out, ''];
}

/** State machines of execution attempts: what Flink does not do, and what is missing in this text. */
export function stateFaults({ log }: LogAnalysis, names: Names): string[] {
  const faults = transitionFaults(log.executions);
  if (faults.length === 0) return [];
  const out = ['## State changes that do not fit', ''];
  for (const { execution, state, kind, expected } of faults.slice(0, MAX_FAULTS)) {
    const change = execution.states[state];
    if (change === undefined) continue;
    const label = subtaskLabel(execution);
    const name = `${shortTask(execution.task ?? execution.id ?? '?', 60)}${label === null ? '' : ` (${label})`}`;
    const what =
      kind === 'illegal'
        ? `Flink has no switch from ${change.from} to ${change.to}`
        : `it was ${expected} before, so a switch to ${change.from} is missing in this text`;
    out.push(`- line ${names.line(change.line)}, ${escapeMarkdown(`${name}: ${what}`)}`);
  }
  if (faults.length > MAX_FAULTS) out.push(`- ${faults.length - MAX_FAULTS} more`);
  return [...out, ''];
}

/** Who is related to whom; the calls are only counted, the call graph shows them. */
export function relationships(found: Relations, names: Names): string[] {
  const related = found.relations.filter((one) => one.code !== 'call' && one.code !== 'gc');
  const { edges, methods } = found.calls;
  if (related.length === 0 && edges.length === 0) return [];
  const out = ['## Relationships', ''];
  for (const relation of related.slice(0, MAX_RELATIONS)) {
    const { code, count, lines } = relation;
    const { from, to, how } = relationText(relation);
    const times = count > 1 ? `, ${count} times` : '';
    // Lines of causes come from offsets, which only the text itself turns into lines.
    const at = code === 'cause' || lines[0] === undefined ? '' : `, line ${names.line(lines[0])}`;
    out.push(`- ${escapeMarkdown(`${from} → ${to}: ${how}`)} (${groundsText(relation)}${times}${at})`);
  }
  if (related.length > MAX_RELATIONS) out.push(`- ${related.length - MAX_RELATIONS} more`);
  if (edges.length > 0) out.push(`- ${plural(edges.length, 'call')} between ${plural(methods.length, 'method')} (stated by the stack traces)`);
  return [...out, ''];
}

export function unread({ problems }: LogAnalysis): string[] {
  if (problems.length === 0) return [];
  const out = ['## What could not be read', ''];
  for (const { message } of problems.slice(0, MAX_PROBLEMS)) out.push(`- ${escapeMarkdown(message)}`);
  if (problems.length > MAX_PROBLEMS) out.push(`- ${problems.length - MAX_PROBLEMS} more`);
  return [...out, ''];
}
