import { activitiesOf, symptoms, type ThreadActivity, type VertexActivity, vertices } from '../../analysis/threaddump/activity.ts';
import { bottleneckOf, onlyAtWork, working } from '../../analysis/threaddump/bottleneck.ts';
import { gaps } from '../../analysis/threaddump/gaps.ts';
import { notExcluded } from '../../analysis/threaddump/knownIssues.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { displayNameOf } from '../../analysis/threaddump/names.ts';
import { isIdlePoolThread, stackGroups } from '../../analysis/threaddump/stackGroups.ts';
import { rangesText } from '../../knowledge/versions.ts';
import type { Finding } from '../../model.ts';
import { headline } from '../../rules/saying.ts';
import { explainDeadlock } from '../../rules/threaddump/explain.ts';
import { matchesOf } from '../../rules/threaddump/issueMatches.ts';
import { knownIssue } from '../../rules/threaddump/knownIssue.ts';
import { shortLock } from '../../rules/threaddump/words.ts';
import { escapeMarkdown, quoted, say, shorten } from '../../wording.ts';
import { behindHeadline } from '../findings.ts';
import { toldFindings } from '../verdict.ts';
import { FINDING } from '../words.ts';
import { diffText } from './diffText.ts';
import { fence, shortFrame } from './markdown.ts';
import { compared, dumpsVerdict } from './verdict.ts';
import { GAPS, REPORT } from './words.ts';

const { headings: HEADINGS, columns: COLUMNS, study: STUDY } = REPORT;

const MAX_FINDINGS = 20;
const MAX_GROUPS = 12;
const MAX_FRAMES = 8;
const MAX_LOCKS = 10;
const MAX_VERTICES = 40;

/** The report page of a dump, as Markdown that can be pasted into a ticket: the verdict first. */
export function threadDumpReport(analysis: ThreadDumpAnalysis, title: string): string {
  const { dumps } = analysis;
  const told = toldFindings(analysis.findings);
  const diff = compared(dumps);
  const parts = [
    `# ${escapeMarkdown(title)}`,
    `**${escapeMarkdown(dumpsVerdict(analysis, diff).text)}**`,
    ...meaning(told, analysis),
    overview(analysis),
  ];
  dumps.forEach((analysed, index) => {
    if (dumps.length > 1) parts.push(`# ${REPORT.dump(index + 1, dumps.length, analysed.dump.time)}`);
    parts.push(...dumpSections(analysed));
  });
  if (diff !== null) parts.push(`## ${HEADINGS.comparison}`, fence(diffText(diff)));
  parts.push(open(analysis));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What stands behind the verdict, and whatever else was found: each once, as several dumps of a file mostly show the same. */
function meaning(told: readonly Finding[], analysis: ThreadDumpAnalysis): string[] {
  const alike = new Map<string, Finding[]>();
  for (const finding of told) {
    const group = alike.get(headline(finding));
    if (group === undefined) alike.set(headline(finding), [finding]);
    else group.push(finding);
  }
  const [worst, ...others] = alike.values();
  if (worst === undefined) return [];
  const first = worst[0] as Finding;
  const rest = others.slice(0, MAX_FINDINGS).flatMap((group) => {
    const finding = group[0] as Finding;
    const line = `- ${REPORT.finding(escapeMarkdown(headline(finding)), group.length)}`;
    // A bug has a section of its own.
    return finding.id === knownIssue.id ? [line] : [line, ...behindHeadline(finding).map((one) => `  ${one}`)];
  });
  if (others.length > MAX_FINDINGS) rest.push(`- ${REPORT.more(others.length - MAX_FINDINGS)}`);
  const bugs = new Map(told.filter(({ id }) => id === knownIssue.id).map((finding) => [finding.knownIssue, finding]));
  const studies = [...bugs.values()].map((finding) => study(finding, analysis));
  const further = rest.length === 0 ? '' : [`## ${FINDING.others}`, '', ...rest].join('\n');
  return first.id === knownIssue.id ? [studies[0] ?? '', further, ...studies.slice(1)] : [behindHeadline(first).join('\n'), further, ...studies];
}

function overview({ dialect, dumps, flinkVersion, problems }: ThreadDumpAnalysis): string {
  const first = dumps[0]?.dump;
  return [
    `## ${HEADINGS.about}`,
    '',
    `- ${REPORT.format(dialect, dumps.length)}`,
    ...(first?.jvm ? [`- ${REPORT.jvm(escapeMarkdown(first.jvm))}`] : []),
    ...(first?.time ? [`- ${REPORT.time(escapeMarkdown(first.time))}`] : []),
    `- ${REPORT.flink(flinkVersion)}`,
    `- ${REPORT.threads(dumps.map(({ dump }) => dump.threads.length))}`,
    ...(problems.length > 0 ? [`- ${REPORT.unread(problems.length)}`] : []),
  ].join('\n');
}

/** A known bug in the form of a study: link, category, trigger, root cause, consequence, fix, evidence. */
function study({ knownIssue: key, certainty, evidence, missing }: Finding, analysis: ThreadDumpAnalysis): string {
  const match = matchesOf(analysis).find(({ issue }) => issue.key === key);
  if (match === undefined) return '';
  const { issue, deadlock, threads } = match;
  const row = (name: keyof typeof STUDY, text: string): string => `**${STUDY[name]}**: ${text}`;
  return [
    `## ${issue.key}`,
    row('link', issue.key.startsWith('FLINK-') ? `https://issues.apache.org/jira/browse/${issue.key}` : issue.key),
    row('category', issue.kind),
    row('trigger', escapeMarkdown(issue.precondition)),
    row('cause', escapeMarkdown(issue.cause)),
    row('consequence', REPORT.consequence(threads.length, deadlock === null ? null : deadlock.threads.length, deadlock?.victims.length ?? 0)),
    row('fix', REPORT.fix(issue.fixed, rangesText(issue.affected))),
    ...(issue.workaround === null ? [] : [row('workaround', escapeMarkdown(issue.workaround))]),
    row('certainty', certainty),
    [
      `**${STUDY.evidence}**:`,
      '',
      // The trigger stands above.
      ...evidence.filter((one) => !one.includes(issue.precondition)).map((one) => `- ${escapeMarkdown(one)}`),
      ...missing.map((one) => `- *${FINDING.missing}* ${escapeMarkdown(one)}`),
    ].join('\n'),
  ].join('\n\n');
}

function dumpSections(analysed: AnalysedDump): string[] {
  const activities = activitiesOf(analysed);
  return [deadlocks(analysed), contention(analysed), states(analysed), vertexTable(activities), roles(activities), groups(activities)];
}

function deadlocks({ deadlocks: found, waits }: AnalysedDump): string {
  if (found.length === 0) return '';
  return [`## ${HEADINGS.deadlocks}`, ...found.map((deadlock) => fence(explainDeadlock(waits, deadlock)))].join('\n\n');
}

function contention({ contention: found, waits }: AnalysedDump): string {
  const rows = found
    .filter(({ deadlock }) => deadlock === null)
    .slice(0, MAX_LOCKS)
    .map(({ lock, direct, total, root }) => [
      cell(shortLock(lock)),
      direct,
      total,
      root === null ? REPORT.notVisible : cell(quoted(displayNameOf(waits, root))),
    ]);
  return table(HEADINGS.locks, COLUMNS.locks, rows);
}

function states({ dump }: AnalysedDump): string {
  const counts = new Map<string, number>();
  for (const { state } of dump.threads) counts.set(state ?? REPORT.notPrinted, (counts.get(state ?? REPORT.notPrinted) ?? 0) + 1);
  return table(
    HEADINGS.states,
    COLUMNS.states,
    [...counts].sort((a, b) => b[1] - a[1]),
  );
}

function vertexTable(activities: readonly ThreadActivity[]): string {
  const found = vertices(activities);
  if (found.length === 0) return '';
  const rows = found.slice(0, MAX_VERTICES).map((vertex) => {
    const { counts } = vertex;
    return [
      cell(vertex.task),
      REPORT.subtasks(vertex.subtasks.length, vertex.parallelism),
      counts.idle,
      counts['back-pressured'],
      counts.undecidable,
      working(vertex) - counts.blocked - counts.waiting - counts.external,
      counts.waiting + counts.external,
      counts.blocked,
    ];
  });
  return [
    table(HEADINGS.tasks, COLUMNS.tasks, rows),
    ...(found.length > MAX_VERTICES ? [REPORT.moreVertices(found.length - MAX_VERTICES)] : []),
    ...(found.some(({ counts }) => counts.undecidable > 0) ? [REPORT.undecidable] : []),
    ...suspects(found),
  ].join('\n\n');
}

function suspects(found: readonly VertexActivity[]): string[] {
  const bottleneck = bottleneckOf(found);
  if (bottleneck !== null) return [REPORT.bottleneck(bottleneck.suspects.slice(0, 3).map(({ task }) => escapeMarkdown(task)))];
  const only = onlyAtWork(found);
  return only === null ? [] : [REPORT.onlyAtWork(escapeMarkdown(only.task))];
}

function roles(activities: readonly ThreadActivity[]): string {
  const counts = new Map<string, { title: string; known: boolean; count: number; idle: number }>();
  for (const activity of activities) {
    const title = activity.role?.role.title ?? REPORT.noRole;
    const row = counts.get(title) ?? { title, known: activity.role !== null && activity.role.role.id !== 'jvm', count: 0, idle: 0 };
    row.count++;
    if (isIdlePoolThread(activity) || activity.activity === 'idle') row.idle++;
    counts.set(title, row);
  }
  const rows = [...counts.values()].sort((a, b) => b.count - a.count);
  return rows.some(({ known }) => known)
    ? table(
        HEADINGS.roles,
        COLUMNS.roles,
        rows.map(({ title, count, idle }) => [title, count, idle]),
      )
    : '';
}

/** A table whose first column and those with texts stand left, numbers right; empty without rows. */
function table(heading: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return '';
  const sides = columns.map((_, i) => (typeof rows[0]?.[i] === 'number' ? '---:' : '---'));
  return [`## ${heading}`, '', `| ${columns.join(' | ')} |`, `|${sides.join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
}

function groups(activities: readonly ThreadActivity[]): string {
  const active = activities.filter((activity) => !isIdlePoolThread(activity) && activity.role?.role.id !== 'jvm').map(({ thread }) => thread);
  const found = stackGroups(active);
  if (found.length === 0) return '';
  const shown = found.slice(0, MAX_GROUPS).map(({ frames, threads: members, states: counts }) => {
    const names = members.slice(0, 3).map(({ name }) => `"${escapeMarkdown(name.slice(0, 80))}"`);
    const stack = frames.slice(0, MAX_FRAMES).map((frame) => `  at ${shortFrame(frame)}`);
    if (frames.length > MAX_FRAMES) stack.push(`  ${REPORT.moreFrames(frames.length - MAX_FRAMES)}`);
    return `${REPORT.group([...counts], names, members.length)}\n\n${fence(stack.join('\n'))}`;
  });
  const rest = found.length > MAX_GROUPS ? [REPORT.moreStacks(found.length - MAX_GROUPS)] : [];
  return [`## ${HEADINGS.stacks}`, ...shown, ...rest].join('\n\n');
}

/** What the dump leaves open, so that nobody takes silence for proof. */
function open({ dumps, flinkVersion }: ThreadDumpAnalysis): string {
  const lines: string[] = [];
  for (const analysed of dumps) {
    for (const { issue, toConfirm } of notExcluded(symptoms(activitiesOf(analysed)), flinkVersion)) {
      lines.push(`- ${REPORT.notExcluded(issue.key, escapeMarkdown(issue.title), flinkVersion?.range ?? '', escapeMarkdown(toConfirm))}`);
    }
    lines.push(...gaps(analysed).map((gap) => `- ${say(GAPS, gap)}`));
  }
  const unique = [...new Set(lines)];
  return unique.length === 0 ? '' : [`## ${HEADINGS.open}`, '', ...unique].join('\n');
}

function cell(text: string): string {
  return escapeMarkdown(shorten(text, 120));
}
