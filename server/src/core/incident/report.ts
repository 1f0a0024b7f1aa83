import type { Incident, IncidentEvidence, IncidentPlace, IncidentVerdict } from '../../../../common/incident.ts';
import { commonFolder } from '../../../../common/virtual.ts';
import { visible } from '../../../../common/visible.ts';
import { formatStamp } from '../log/time.ts';
import { escapeMarkdown, formatBytes, formatDuration, markdownCode, plural, sentences } from '../wording.ts';
import { REPORT } from './reportWords.ts';

const MAX_ENTRIES = 60;
const MAX_ROWS = 60;

/**
 * The page of an incident as Markdown, to paste into a ticket: the verdict, three lines of evidence and what to do can be
 * read without scrolling; what they rest on is folded below.
 */
export function incidentReport(whole: Incident, title: string): string {
  const { incident, folder } = shortened(whole);
  const { verdict } = incident;
  const out = [
    `# ${escapeMarkdown(title)}`,
    '',
    `**${escapeMarkdown(verdict.sentence)}** (${[REPORT.certainty(verdict), ...(verdict.knownIssue === null ? [] : [escapeMarkdown(verdict.knownIssue)])].join(', ')})`,
    '',
    ...verdict.evidence.map((one) => `- ${evidence(one)}`),
    ...(verdict.evidence.length === 0 ? [] : ['']),
    ...(verdict.advice.length === 0 ? [] : [sentences([`**${REPORT.todo}**`, ...verdict.advice.map(escapeMarkdown)]), '']),
    ...(verdict.next === null ? [] : [`**${REPORT.next}** ${markdownCode(verdict.next)}`, '']),
    ...verdictsOf(incident),
    ...(folder === '' ? [] : [REPORT.folder(markdownCode(folder)), '']),
    ...axis(incident),
    ...vertices(incident),
    ...coverage(incident),
    ...findings(incident),
    ...processes(incident),
  ];
  return visible(`${out.join('\n').trimEnd()}\n`);
}

/** Of other clusters, each with the first of its evidence. */
function verdictsOf({ others }: Incident): string[] {
  if (others.length === 0) return [];
  const rows = others.map(({ name, verdict }) => {
    const [first] = verdict.evidence;
    const said = `**${escapeMarkdown(verdict.sentence)}** (${REPORT.certainty(verdict)})`;
    return `- ${markdownCode(name)}: ${said}${first === undefined ? '' : ` ${evidence(first)}`}`;
  });
  return [REPORT.others(others.length), '', ...rows, ''];
}

/** Names of sources without the folder that all of them are in. */
function shortened(whole: Incident): { incident: Incident; folder: string } {
  const names = [...whole.coverage.read, ...whole.coverage.unread].map(({ source }) => source);
  const isInFolder = (name: string) => name.includes('/');
  const folder = isInFolder(names[0] ?? '') ? commonFolder(names.filter(isInFolder)) : '';
  if (folder === '' || names.length < 2) return { incident: whole, folder: '' };
  const short = (name: string) => (name.startsWith(folder) ? name.slice(folder.length) : name);
  const at = <P extends IncidentPlace | null>(one: P): P => (one === null ? one : { ...one, source: short(one.source) });
  const said = <E extends IncidentEvidence | null>(one: E): E => (one === null ? one : { ...one, at: at(one.at) });
  const shortVerdict = (one: IncidentVerdict): IncidentVerdict => ({
    ...one,
    evidence: one.evidence.map((each) => ({ ...said(each), text: each.text.replaceAll(folder, '') })),
  });
  const { verdict, others, processes: all, vertices: nodes, axis: line, findings: found, coverage: cover, unresolved } = whole;
  return {
    folder,
    incident: {
      ...whole,
      verdict: shortVerdict(verdict),
      others: others.map((other) => ({ name: short(other.name), verdict: shortVerdict(other.verdict) })),
      processes: all.map((process) => ({ ...process, name: short(process.name) })),
      vertices: nodes.map((node) => ({
        ...node,
        worst: node.worst === null ? null : { ...node.worst, thread: said(node.worst.thread), lastLine: said(node.worst.lastLine) },
      })),
      axis: {
        ...line,
        entries: line.entries.map((entry) => ({ ...entry, process: entry.process === null ? null : short(entry.process), at: at(entry.at) })),
      },
      findings: found.map((finding) => ({ ...finding, at: finding.at.map((one) => at(one)) })),
      coverage: {
        ...cover,
        read: cover.read.map((one) => ({ ...one, source: short(one.source) })),
        unread: cover.unread.map((one) => ({ ...one, source: short(one.source) })),
        missing: cover.missing.map(({ what, decides }) => ({ what: what.replaceAll(folder, ''), decides })),
      },
      unresolved: unresolved.map(({ what, why }) => ({ what: what.replaceAll(folder, ''), why })),
    },
  };
}

const evidence = ({ text, at }: IncidentEvidence): string => `${escapeMarkdown(text)}${at === null ? '' : ` (${place(at)})`}`;

const place = ({ source, line }: IncidentPlace): string => markdownCode(`${source}:${line + 1}`);

function folded(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['<details>', `<summary>${title}</summary>`, '', ...lines, '', '</details>', ''];
}

/** Cells must not end their row. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[], left = 0): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ...(left > 0 ? ['', REPORT.more(left)] : [])];
}

function axis({ axis: { entries, left, clock, offset } }: Incident): string[] {
  const shown = entries.slice(0, MAX_ENTRIES);
  const rows = shown.map(({ time, kind, text, process, at }) => [
    formatStamp(time, clock === 'epoch'),
    REPORT.kinds[kind],
    escapeMarkdown(text),
    process === null ? '' : escapeMarkdown(process),
    at === null ? '' : place(at),
  ]);
  return folded(REPORT.axis(entries.length + left), [
    ...(offset === null || rows.length === 0 ? [] : [escapeMarkdown(offset), '']),
    ...table(REPORT.axisHead, rows, left + entries.length - shown.length),
  ]);
}

function vertices({ vertices: all }: Incident): string[] {
  const rows = all
    .slice(0, MAX_ROWS)
    .map(({ name, parallelism, busy, backPressured, worst }) => [
      escapeMarkdown(name),
      parallelism === null ? '' : String(parallelism),
      [busy === null ? '' : REPORT.busy(busy), backPressured === null ? '' : REPORT.backPressured(backPressured)]
        .filter((text) => text !== '')
        .join(', '),
      worst === null ? '' : String(worst.subtask),
      worst?.thread == null ? '' : evidence(worst.thread),
      worst?.lastLine == null ? '' : evidence(worst.lastLine),
      escapeMarkdown(worst?.checkpoint ?? ''),
    ]);
  return rows.length === 0 ? [] : [`## ${REPORT.vertices}`, '', ...table(REPORT.vertexHead, rows, all.length - rows.length), ''];
}

function coverage({ coverage: { read, readLeft, unread, unreadLeft, missing }, unresolved }: Incident): string[] {
  const rows = read
    .slice(0, MAX_ROWS)
    .map(({ source, kind, bytes, findings: count, left }) => [
      markdownCode(source),
      escapeMarkdown(kind),
      formatBytes(bytes),
      String(count),
      left === 0 ? '' : String(left),
    ]);
  const unreadLines = unread.slice(0, MAX_ROWS).map(({ source, why }) => `- ${markdownCode(source)}: ${escapeMarkdown(why)}`);
  const hidden = unread.length - unreadLines.length + unreadLeft;
  return [
    `## ${REPORT.coverage}`,
    '',
    ...missing.map(({ what, decides }) => `- ${REPORT.missing(escapeMarkdown(what), escapeMarkdown(decides))}`),
    ...unresolved.slice(0, MAX_ROWS).map(({ what, why }) => `- ${REPORT.unresolved(escapeMarkdown(what), escapeMarkdown(why))}`),
    ...(missing.length + unresolved.length === 0 ? [REPORT.nothingMissing] : []),
    '',
    ...folded(REPORT.read(read.length + readLeft), table(REPORT.readHead, rows, read.length - rows.length + readLeft)),
    ...folded(REPORT.unread(unread.length + unreadLeft), [...unreadLines, ...(hidden > 0 ? ['', REPORT.more(hidden)] : [])]),
  ];
}

function findings({ findings: all, findingsLeft }: Incident): string[] {
  const rows = all
    .slice(0, MAX_ROWS)
    .map(({ severity, certainty, message, at, more, code, knownIssue }) => [
      severity,
      certainty,
      `${escapeMarkdown(message)}${knownIssue === null ? '' : ` (${escapeMarkdown(knownIssue)})`}`,
      `${at.slice(0, 3).map(place).join(' ')}${at.length + more > 3 ? REPORT.places(at.length + more - 3) : ''}`,
      escapeMarkdown(code),
    ]);
  return folded(REPORT.findings(all.length + findingsLeft), table(REPORT.findingHead, rows, all.length - rows.length + findingsLeft));
}

function processes({ processes: all, jobs }: Incident): string[] {
  const rows = all
    .slice(0, MAX_ROWS)
    .map(({ id, name, side, sources, from, to, clock }) => [
      escapeMarkdown(name),
      id === null ? '' : markdownCode(id),
      escapeMarkdown(side ?? ''),
      from === null || to === null ? '' : formatDuration(to - from),
      clock.aheadMs === null ? '' : REPORT.clock(clock),
      plural(sources.length, 'source'),
    ]);
  const jobRows = jobs
    .slice(0, MAX_ROWS)
    .map(({ id, name, state, restarts }) => [markdownCode(id), escapeMarkdown(name ?? ''), escapeMarkdown(state ?? ''), String(restarts)]);
  return folded(REPORT.processes(all.length), [
    ...table(REPORT.processHead, rows, all.length - rows.length),
    ...(jobRows.length === 0 ? [] : ['', ...table(REPORT.jobHead, jobRows, jobs.length - jobRows.length)]),
  ]);
}
