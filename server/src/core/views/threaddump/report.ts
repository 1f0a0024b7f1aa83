import { activitiesOf, symptoms, type ThreadActivity, type VertexActivity, vertices } from '../../analysis/threaddump/activity.ts';
import { bottleneckOf, working } from '../../analysis/threaddump/bottleneck.ts';
import { diffDumps } from '../../analysis/threaddump/dumpDiff.ts';
import { gaps } from '../../analysis/threaddump/gaps.ts';
import { notExcluded } from '../../analysis/threaddump/knownIssues.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { nameOf, simpleName } from '../../analysis/threaddump/names.ts';
import { isIdlePoolThread, stackGroups } from '../../analysis/threaddump/stackGroups.ts';
import { KNOWN_ISSUES } from '../../knowledge/issues/index.ts';
import { rangesText } from '../../knowledge/versions.ts';
import { explainDeadlock } from '../../rules/threaddump/explain.ts';
import { knownIssue, matchesOf } from '../../rules/threaddump/knownIssue.ts';
import { shortLock } from '../../rules/threaddump/words.ts';
import { escapeMarkdown, plural, say } from '../../wording.ts';
import { diffText } from './diffText.ts';
import { GAPS } from './words.ts';

const MAX_GROUPS = 12;
const MAX_FRAMES = 8;
const MAX_LOCKS = 10;
const MAX_VERTICES = 40;

/** The report page of a dump, as Markdown that can be pasted into a ticket. */
export function threadDumpReport(analysis: ThreadDumpAnalysis, title: string): string {
  const parts = [`# ${escapeMarkdown(title)}`, overview(analysis)];
  for (const finding of analysis.findings.filter(({ id }) => id === knownIssue.id)) parts.push(study(finding.knownIssue ?? '', analysis));
  analysis.dumps.forEach((analysed, index) => {
    if (analysis.dumps.length > 1)
      parts.push(`# Dump ${index + 1} of ${analysis.dumps.length}${analysed.dump.time === null ? '' : ` (${analysed.dump.time})`}`);
    parts.push(...dumpSections(analysed));
  });
  if (analysis.dumps.length > 1) parts.push('## Comparison', fence(diffText(diffDumps(analysis.dumps))));
  parts.push(open(analysis));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function overview({ dialect, dumps, flinkVersion, findings, problems }: ThreadDumpAnalysis): string {
  const first = dumps[0]?.dump;
  const lines = [
    `- Format: ${dialect}${dumps.length > 1 ? `, ${dumps.length} dumps` : ''}`,
    ...(first?.jvm ? [`- JVM: ${escapeMarkdown(first.jvm)}`] : []),
    ...(first?.time ? [`- Time: ${escapeMarkdown(first.time)}`] : []),
    `- Flink: ${flinkVersion === null ? 'version unknown' : `${flinkVersion.range} (told by ${EVIDENCE[flinkVersion.evidence]})`}`,
    `- Threads: ${dumps.map(({ dump }) => dump.threads.length).join(', ')}`,
    ...(problems.length > 0 ? [`- ${problems.length} ${problems.length === 1 ? 'part' : 'parts'} of the text could not be read in full`] : []),
  ];
  const told = findings.filter(({ severity }) => severity !== 'hint');
  const verdict =
    told.length === 0
      ? ['Nothing wrong was found.']
      : told.slice(0, 20).map(({ message, certainty }) => `- **${certainty}**: ${escapeMarkdown(message)}`);
  return [...lines, '', '## Findings', '', ...verdict].join('\n');
}

const EVIDENCE = {
  'frame-lines': 'line numbers of frames',
  'jar-tag': 'jar tags',
  banner: 'the start banner',
  plan: 'the plan',
  rest: 'the REST API',
  setting: 'the setting logjam.flinkVersion',
} as const;

/** A known bug in the form of a study: link, category, trigger, root cause, consequence, fix, evidence. */
function study(key: string, analysis: ThreadDumpAnalysis): string {
  const issue = KNOWN_ISSUES.find((one) => one.key === key);
  const match = matchesOf(analysis).find((one) => one.issue === issue);
  const found = analysis.findings.find(({ knownIssue: of }) => of === key);
  if (issue === undefined || match === undefined || found === undefined) return '';
  const link = key.startsWith('FLINK-') ? `https://issues.apache.org/jira/browse/${key}` : key;
  const victims = match.deadlock?.victims.length ?? 0;
  const consequence =
    match.deadlock === null
      ? `${plural(match.threads.length, 'thread')} ${match.threads.length === 1 ? 'shows' : 'show'} it.`
      : `${plural(match.deadlock.threads.length, 'thread')} wait for each other for ever${victims === 0 ? '' : `, and ${victims} more wait behind them`}.`;
  return [
    `## ${key}: ${escapeMarkdown(issue.title)}`,
    `**Link**: ${link}`,
    `**Category**: ${issue.kind}`,
    `**Trigger**: ${escapeMarkdown(issue.precondition)}`,
    `**Root cause**: ${escapeMarkdown(issue.cause)}`,
    `**Consequence**: ${consequence}`,
    `**Fix**: ${issue.fixed.length === 0 ? 'no release has it yet' : `upgrade to ${issue.fixed.join(', ')} or later`}. Affected: ${rangesText(issue.affected) || 'development versions only'}.`,
    ...(issue.workaround === null ? [] : [`**Workaround**: ${escapeMarkdown(issue.workaround)}`]),
    `**Certainty**: ${found.certainty}${issue.uncertain === undefined ? '' : `. ${escapeMarkdown(issue.uncertain)}`}`,
    [
      '**Evidence**:',
      '',
      ...found.evidence.map((one) => `- ${escapeMarkdown(one)}`),
      ...found.missing.map((one) => `- To confirm: ${escapeMarkdown(one)}`),
    ].join('\n'),
  ].join('\n\n');
}

function dumpSections(analysed: AnalysedDump): string[] {
  const activities = activitiesOf(analysed);
  return [deadlocks(analysed), contention(analysed), states(analysed), vertexTable(activities), roles(activities), groups(activities)];
}

function deadlocks({ deadlocks: found, waits }: AnalysedDump): string {
  if (found.length === 0) return '';
  return ['## Deadlocks', ...found.map((deadlock) => fence(explainDeadlock(waits, deadlock)))].join('\n\n');
}

function contention({ contention: found, waits }: AnalysedDump): string {
  const told = found.filter(({ deadlock }) => deadlock === null).slice(0, MAX_LOCKS);
  if (told.length === 0) return '';
  const rows = told.map(
    ({ lock, direct, total, root }) =>
      `| ${cell(shortLock(lock))} | ${direct} | ${total} | ${root === null ? 'not visible' : cell(nameOf(waits, root))} |`,
  );
  return ['## Contended locks', '', '| lock | waiters | held up in all | root blocker |', '|---|---:|---:|---|', ...rows].join('\n');
}

function states({ dump }: AnalysedDump): string {
  const counts = new Map<string, number>();
  for (const { state } of dump.threads) counts.set(state ?? 'not printed', (counts.get(state ?? 'not printed') ?? 0) + 1);
  const rows = [...counts].sort((a, b) => b[1] - a[1]).map(([state, count]) => `| ${state} | ${count} |`);
  return ['## States', '', '| state | threads |', '|---|---:|', ...rows].join('\n');
}

function vertexTable(activities: readonly ThreadActivity[]): string {
  const found = vertices(activities);
  if (found.length === 0) return '';
  const rows = found.slice(0, MAX_VERTICES).map((vertex) => {
    const { counts } = vertex;
    return `| ${cell(vertex.task)} | ${vertex.subtasks.length} of ${vertex.parallelism ?? '?'} | ${counts.idle} | ${counts['back-pressured']} | ${counts.undecidable} | ${working(vertex) - counts.blocked - counts.waiting} | ${counts.waiting} | ${counts.blocked} |`;
  });
  const more = found.length > MAX_VERTICES ? [`\n… and ${found.length - MAX_VERTICES} more vertices.`] : [];
  const note = found.some(({ counts }) => counts.undecidable > 0)
    ? ['', 'Idle or softly back-pressured: the task thread waits in its mailbox, and one dump cannot tell which of the two it is.']
    : [];
  return [
    '## Tasks',
    '',
    '| vertex | subtasks here | idle | back-pressured | idle or softly back-pressured | busy | waits in user or connector code | blocked |',
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
    ...more,
    ...note,
    ...suspects(found),
  ].join('\n');
}

function suspects(found: readonly VertexActivity[]): string[] {
  const bottleneck = bottleneckOf(found);
  if (bottleneck === null) return undecidedSuspects(found);
  const names = bottleneck.suspects.slice(0, 3).map(({ task }) => `"${escapeMarkdown(task)}"`);
  return [
    '',
    names.length === 0
      ? 'Tasks are back-pressured, but none that could be the cause is in this dump: it may be in another TaskManager.'
      : `Suspected bottleneck: ${names.join(', then ')}.`,
  ];
}

/** Mailbox waits may be soft back-pressure: then the vertex at work is the cause, but one dump cannot tell. */
function undecidedSuspects(found: readonly VertexActivity[]): string[] {
  const waiting = found.filter(({ counts, subtasks }) => counts.undecidable === subtasks.length);
  const atWork = found.filter((vertex) => working(vertex) === vertex.subtasks.length);
  if (waiting.length === 0 || atWork.length !== 1 || waiting.length + 1 !== found.length) return [];
  return [
    '',
    `If the others are back-pressured rather than idle, "${escapeMarkdown(atWork[0]?.task ?? '')}" is the bottleneck: it alone is at work in all of its subtasks.`,
  ];
}

function roles(activities: readonly ThreadActivity[]): string {
  const counts = new Map<string, { title: string; count: number; idle: number }>();
  for (const activity of activities) {
    const title = activity.role?.role.title ?? 'no role known';
    const row = counts.get(title) ?? { title, count: 0, idle: 0 };
    row.count++;
    if (isIdlePoolThread(activity) || activity.activity === 'idle') row.idle++;
    counts.set(title, row);
  }
  if ([...counts.keys()].every((title) => title === 'no role known' || title === 'JVM thread')) return '';
  const rows = [...counts.values()].sort((a, b) => b.count - a.count).map(({ title, count, idle }) => `| ${title} | ${count} | ${idle} |`);
  return ['## Roles', '', '| role | threads | idle |', '|---|---:|---:|', ...rows].join('\n');
}

function groups(activities: readonly ThreadActivity[]): string {
  const active = activities.filter((activity) => !isIdlePoolThread(activity) && activity.role?.role.id !== 'jvm').map(({ thread }) => thread);
  const found = stackGroups(active);
  if (found.length === 0) return '';
  const shown = found.slice(0, MAX_GROUPS).map(({ frames, threads: members, states: counts }) => {
    const words = [...counts].map(([state, count]) => `${count} ${state ?? 'in a state not printed'}`).join(', ');
    const names = members.slice(0, 3).map(({ name }) => `"${escapeMarkdown(name.slice(0, 80))}"`);
    const stack = frames.slice(0, MAX_FRAMES).map((frame) => `  at ${shortFrame(frame)}`);
    if (frames.length > MAX_FRAMES) stack.push(`  … ${frames.length - MAX_FRAMES} more`);
    return `**${plural(members.length, 'thread')}** (${words}): ${names.join(', ')}${members.length > 3 ? ', …' : ''}\n\n${fence(stack.join('\n'))}`;
  });
  const rest = found.length > MAX_GROUPS ? [`… and ${found.length - MAX_GROUPS} more different stacks.`] : [];
  return ['## Same stacks', ...shown, ...rest].join('\n\n');
}

function shortFrame(frame: string): string {
  const method = frame.lastIndexOf('.', frame.includes('(') ? frame.indexOf('(') : undefined);
  return `${simpleName(frame.slice(0, method))}${frame.slice(method)}`;
}

/** What the dump leaves open, so that nobody takes silence for proof. */
function open({ dumps, flinkVersion }: ThreadDumpAnalysis): string {
  const lines: string[] = [];
  for (const analysed of dumps) {
    for (const { issue, toConfirm } of notExcluded(symptoms(activitiesOf(analysed)), flinkVersion)) {
      lines.push(
        `- ${issue.key} (${escapeMarkdown(issue.title)}) cannot be excluded: Flink ${flinkVersion?.range ?? ''} has it, and a dump does not show it. To confirm: ${escapeMarkdown(toConfirm)}.`,
      );
    }
    lines.push(...gaps(analysed).map((gap) => `- ${say(GAPS, gap)}`));
  }
  const unique = [...new Set(lines)];
  return unique.length === 0 ? '' : ['## What this dump leaves open', '', ...unique].join('\n');
}

function fence(text: string): string {
  return `\`\`\`text\n${text.replaceAll('```', "'''").trimEnd()}\n\`\`\``;
}

function cell(text: string): string {
  return escapeMarkdown(text.length > 120 ? `${text.slice(0, 119)}…` : text);
}
