import { subtaskLabel } from '../analysis/executions.ts';
import type { Episode } from '../analysis/failureModel.ts';
import { findRelations } from '../analysis/relations.ts';
import { oneLine } from '../text.ts';
import { eventKind } from './events.ts';
import { type FilePart, linePlace } from './files.ts';
import type { LogAnalysis, LogModel } from './model.ts';
import { shortTask } from './taskNames.ts';
import { rootOf, throwableTitle } from './throwables.ts';
import { formatDuration, formatStamp } from './time.ts';

const MOST_EPISODES = 50;
const MOST_GROUPS = 30;
const MOST_FILES = 50;

/**
 * The study of one log, or of several that were read as one: category, trigger, root cause, consequence, fix, evidence,
 * as Markdown. Lines count from 1; with a uri they are links.
 */
export function logReport(analysis: LogAnalysis, title: string, uri?: string): string {
  const lineName = (line: number): string => {
    const { file, number } = linePlace(analysis.files, line);
    const name = plain(file === null ? String(number) : `${file.name}:${number}`);
    return uri === undefined ? name : `[${name}](<${file?.uri ?? uri}#L${number}>)`;
  };
  const { log, failures } = analysis;
  const dated = log.clock === 'epoch';
  const time = (ms: number | null) => (ms === null ? '' : formatStamp(ms, dated));
  const out: string[] = [`# ${plain(title)}`, ''];
  out.push(facts(analysis), '');
  files(analysis, uri !== undefined, out);
  const { first } = failures;
  const episode = failures.episodes.find((one) => one.first === first);
  out.push('## Category', '', category(analysis), '');
  out.push('## Trigger', '', trigger(analysis, episode, lineName), '');
  out.push('## Root cause', '', rootCause(analysis, episode), '');
  out.push('## Consequence', '', consequence(analysis, episode), '');
  out.push('## Fix', '', ...fix(analysis), '');
  if (episode !== undefined) {
    out.push('## Evidence', '');
    for (const one of episode.evidence) out.push(`- line ${lineName(one.line)}: ${plain(one.text)}`);
    out.push('');
  }
  if (failures.episodes.length > 1) {
    out.push('## Restart by restart', '', '| # | time | line | first failure | cause | followed | outcome |', '|---|---|---|---|---|---|---|');
    for (const [index, one] of failures.episodes.slice(0, MOST_EPISODES).entries()) {
      const followed = one.rest.length + one.cancelled.length;
      out.push(
        `| ${index + 1} | ${time(one.first.time)} | ${lineName(one.first.line)} | ${cell(one.first.title)} | ${cell(one.first.cause ?? 'not in the text')} | ${followed} | ${one.outcome} |`,
      );
    }
    const left = failures.episodes.length - MOST_EPISODES + failures.episodesLeft;
    if (left > 0) out.push('', `${left} more failures are left out.`);
    out.push('');
  }
  groups(analysis, out, time, lineName);
  relations(analysis, out);
  if (analysis.problems.length > 0) {
    out.push('## What could not be read', '');
    for (const problem of analysis.problems.slice(0, 20)) out.push(`- ${plain(problem.message)}`);
    if (analysis.problems.length > 20) out.push(`- ${analysis.problems.length - 20} more`);
    out.push('');
  }
  return `${out.join('\n').trimEnd()}\n`;
}

function facts({ log, flinkVersion, dialect }: LogAnalysis): string {
  const parts = [`${log.recordCount} records (layout ${dialect}${log.wrapper === null ? '' : `, in ${log.wrapper}`})`];
  if (log.from !== null && log.to !== null)
    parts.push(
      `${formatStamp(log.from, log.clock === 'epoch')} to ${formatStamp(log.to, log.clock === 'epoch')} (${formatDuration(log.to - log.from)})`,
    );
  const levels = Object.entries(log.levels).map(([level, count]) => `${count} ${level}`);
  if (levels.length > 0) parts.push(levels.join(', '));
  if (flinkVersion !== null) parts.push(`Flink ${flinkVersion.range} (${flinkVersion.evidence})`);
  if (log.process.jdk !== null) parts.push(`Java ${log.process.jdk.version}`);
  if (log.process.component !== null) parts.push(log.process.component);
  return plain(`${parts.join('; ')}.`);
}

/** What was read, when it was more than one file, in the order of reading. */
function files({ files: read }: LogAnalysis, links: boolean, out: string[]): void {
  if (read.length === 0) return;
  const name = (file: FilePart) => (links ? `[${plain(file.name)}](<${file.uri}>)` : plain(file.name));
  out.push(`Read as one, in this order: ${read.slice(0, MOST_FILES).map(name).join(', ')}${more(read.length - MOST_FILES)}.`, '');
}

const more = (left: number): string => (left > 0 ? ` and ${left} more` : '');

function category({ memory, failures, log }: LogAnalysis): string {
  const pool = memory[0];
  if (pool !== undefined) return `Out of memory: ${pool.pool.title}.`;
  const stuck = log.events.some((event) => event.id === 'cancel-stuck');
  if (stuck) return failures.first?.kind === 'task' ? 'Task failure, followed by a cancellation that got stuck.' : 'Stuck cancellation.';
  if (failures.first === null) return 'No failure was found in this log.';
  if (log.events.some((event) => event.id === 'heartbeat-timeout' || event.id === 'unreachable' || event.id === 'peer-lost'))
    return 'Lost process or connection.';
  if (log.events.some((event) => event.id.startsWith('checkpoint-') && event.id !== 'checkpoint-triggered' && event.id !== 'checkpoint-completed'))
    return 'Checkpoint failure.';
  return failures.first.kind === 'task' ? 'Task failure.' : 'Failure.';
}

function trigger(analysis: LogAnalysis, episode: Episode | undefined, lineName: (line: number) => string): string {
  const { first } = analysis.failures;
  if (first === null) return 'Nothing failed as far as this text goes.';
  const when = first.time === null ? '' : ` at ${formatStamp(first.time, analysis.log.clock === 'epoch')}`;
  const execution = first.execution === null ? undefined : analysis.log.executions[first.execution];
  const where = execution?.location == null ? '' : ` on ${execution.location}`;
  const attempt = execution?.attempt == null ? '' : `, attempt ${execution.attempt}`;
  const symptom = episode?.symptomOnly === true ? ' This is a consequence; what failed first is not in this text.' : '';
  return `Line ${lineName(first.line)}${plain(`${when}: ${first.title}${attempt}${where}.${symptom}`)}`;
}

function rootCause(analysis: LogAnalysis, episode: Episode | undefined): string {
  const { first } = analysis.failures;
  const lines: string[] = [];
  if (first === null) return 'None stated.';
  if (episode?.symptomOnly === true) lines.push(`Not in this text. What is printed is a symptom: ${first.follower}.`);
  else if (first.cause === null)
    lines.push(first.seen ? 'No exception is printed with the first failure.' : 'Not in this text: the first failure happened before it begins.');
  else lines.push(`${first.cause}${first.causeGrade === 'inferred' ? ' (inferred from its nearness to the failure)' : ''}`);
  for (const verdict of analysis.memory)
    lines.push(
      [verdict.statement, verdict.arithmetic === null ? '' : `${verdict.arithmetic}.`, ...verdict.version].filter((part) => part !== '').join(' '),
    );
  return lines.map(plain).join('\n\n');
}

function consequence(analysis: LogAnalysis, episode: Episode | undefined): string {
  if (episode === undefined) return 'None.';
  const { log } = analysis;
  const parts: string[] = [];
  const followers = episode.rest.filter((one) => one.follower !== null).length;
  const own = episode.rest.length - followers;
  if (followers > 0) parts.push(`${followers} further failure${followers === 1 ? '' : 's'} followed.`);
  if (own > 0)
    parts.push(
      `${own} other failure${own === 1 ? '' : 's'} with ${own === 1 ? 'an exception' : 'exceptions'} of ${own === 1 ? 'its' : 'their'} own.`,
    );
  if (episode.cancelled.length > 0) {
    const names = episode.cancelled.slice(0, 5).map((index) => {
      const execution = log.executions[index];
      return execution === undefined ? '' : `${subtaskLabel(execution) ?? ''} of ${shortTask(execution.task ?? execution.id ?? '?', 50)}`;
    });
    parts.push(`Cancelled: ${names.join(', ')}${episode.cancelled.length > 5 ? ` and ${episode.cancelled.length - 5} more` : ''}.`);
  }
  parts.push(
    episode.outcome === 'restarted'
      ? 'The tasks were deployed again.'
      : episode.outcome === 'failed'
        ? 'The job failed.'
        : 'How it went on is not in this text.',
  );
  if (analysis.failures.episodes.length > 1)
    parts.push(`There were ${analysis.failures.episodes.length + analysis.failures.episodesLeft} such failures in all.`);
  return plain(parts.join(' '));
}

function fix({ memory, log, failures }: LogAnalysis): string[] {
  const lines: string[] = [];
  for (const verdict of memory) {
    for (const check of verdict.check) lines.push(`- ${plain(check)}`);
    lines.push(
      `- ${plain(verdict.advice)}${verdict.options.length > 0 ? ` Options: ${verdict.options.map((option) => `\`${option}\``).join(', ')}.` : ''}`,
    );
  }
  if (log.events.some((event) => event.id === 'cancel-stuck'))
    lines.push('- Read where the cancelled task stands (its stack is printed every 30 s) and take a thread dump.');
  // A memory verdict has its own advice; a symptom's advice says where to look for the cause.
  if (memory.length === 0) for (const remedy of remedies(log)) lines.push(`- ${plain(remedy)}`);
  if (lines.length === 0)
    lines.push(failures.first === null ? 'Nothing to fix was found.' : 'No known remedy; the root cause above is what to look into.');
  return lines;
}

const MOST_REMEDIES = 4;

/** What the knowledge base advises for the failures, warnings apart, that the log speaks of. */
function remedies(log: LogModel): string[] {
  const found = new Set<string>();
  for (const { id } of log.eventCounts) {
    const kind = eventKind(id);
    if (kind?.remedy === undefined || kind.id === 'cancel-stuck' || (kind.severity !== 'error' && kind.severity !== 'fatal')) continue;
    found.add(kind.remedy);
  }
  return [...found].slice(0, MOST_REMEDIES);
}

function groups(analysis: LogAnalysis, out: string[], time: (ms: number | null) => string, lineName: (line: number) => string): void {
  if (analysis.groups.length === 0) return;
  out.push('## Exceptions', '', '| count | root cause | thrown at | first | last | lines |', '|---|---|---|---|---|---|');
  const sorted = [...analysis.groups].sort((a, b) => b.members.length - a.members.length);
  for (const group of sorted.slice(0, MOST_GROUPS)) {
    const sample = group.members[0];
    const lines = group.members.slice(0, 3).map((one) => lineName(one.line));
    out.push(
      `| ${group.members.length} | ${cell(sample === undefined ? group.root : throwableTitle(rootOf(sample)))} | ${cell(group.site ?? '')} | ${time(group.first)} | ${time(group.last)} | ${lines.join(', ')}${group.members.length > 3 ? ' …' : ''} |`,
    );
  }
  if (sorted.length > MOST_GROUPS) out.push('', `${sorted.length - MOST_GROUPS} more groups are left out.`);
  out.push('');
}

function relations(analysis: LogAnalysis, out: string[]): void {
  const found = findRelations(analysis, () => 0, analysis.gc);
  const related = found.relations.filter((one) => one.kind !== 'call');
  if (related.length === 0 && found.calls.edges.length === 0) return;
  out.push('## Relationships', '');
  for (const one of related.slice(0, 40))
    out.push(`- ${plain(`${one.from} → ${one.to}: ${one.how}`)} (${one.grade}${one.count > 1 ? `, ${one.count} times` : ''})`);
  if (related.length > 40) out.push(`- ${related.length - 40} more`);
  if (found.calls.edges.length > 0)
    out.push(`- ${found.calls.edges.length} calls between ${found.calls.methods.length} methods (stated by the stack traces)`);
  if (found.gc !== null)
    out.push(
      '',
      plain(
        `TaskManager → JVM garbage collector: ${found.gc.verdict}. ${found.gc.text}${found.gc.prediction === null ? '' : ` ${found.gc.prediction}`}`,
      ),
    );
  out.push('');
}

/** Text of the log may hold anything: nothing in it may act as Markdown. */
export function plain(text: string): string {
  return oneLine(text.replace(/[\\`*_[\]<>|]/g, '\\$&'));
}

function cell(text: string): string {
  const short = text.length > 160 ? `${text.slice(0, 159)}…` : text;
  return plain(short);
}
