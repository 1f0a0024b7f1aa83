import { isoTime } from '../../../../../common/isoTime.ts';
import type { GcAnalysis, GcEvent, GcLog, GcStatistics } from '../../gc/model.ts';
import { size } from '../../gc/units.ts';
import { headline } from '../../rules/saying.ts';
import { escapeMarkdown, zoneName } from '../../wording.ts';
import { behindVerdict } from '../findings.ts';
import { toldFindings, type Verdict, verdictOf } from '../verdict.ts';
import { GC_REPORT } from './words.ts';

const { facts: FACTS, headings: HEADINGS, columns: COLUMNS, figures: FIGURES } = GC_REPORT;

const MAX_FINDINGS = 50;
const MAX_KINDS = 20;
const MAX_LONGEST = 10;
const MAX_FLOORS = 12;

/** The report page of a GC log, as Markdown. */
export function gcReport(analysis: GcAnalysis, title: string): string {
  const { log, statistics, findings } = analysis;
  const lines = [
    `# ${escapeMarkdown(title)}`,
    '',
    `**${escapeMarkdown(gcVerdict(analysis).text)}**`,
    '',
    ...behindVerdict(toldFindings(findings), (one) => escapeMarkdown(headline(one)), MAX_FINDINGS).flatMap((part) => [part, '']),
    `## ${HEADINGS.about}`,
    '',
    `- ${FACTS.collector}: ${log.collector === null ? GC_REPORT.collectorUnknown : escapeMarkdown(log.collector)}`,
    ...(log.jvm === null ? [] : [`- ${FACTS.jvm}: ${escapeMarkdown(log.jvm)}`]),
    `- ${FACTS.collections}: ${log.collections}`,
    ...(log.runs.length > 1 ? [`- ${FACTS.jvms}: ${log.runs.length}`] : []),
    ...covered(log),
    '',
    `## ${HEADINGS.figures}`,
    '',
    `| ${COLUMNS.figure} | ${COLUMNS.value} |`,
    '|---|---:|',
    ...figures(statistics).map(([name, value]) => `| ${name} | ${value} |`),
    ...kinds(log),
    ...longest(log),
    ...floors(log),
  ];
  return `${lines.join('\n')}\n`;
}

/** The worst that was found; nothing is an all-clear only where the log shows pauses. */
export function gcVerdict({ findings, statistics: { pauses, maxPauseMs, pauseShare } }: GcAnalysis): Verdict {
  const [worst] = toldFindings(findings);
  if (worst !== undefined) return verdictOf(worst);
  return { text: pauses === 0 ? GC_REPORT.noPause : GC_REPORT.nothing({ pauses, maxMs: maxPauseMs, share: pauseShare }), finding: null };
}

function covered({ runs, zoneMinutes }: GcLog): string[] {
  const from = runs[0]?.from.wall ?? null;
  const to = runs.at(-1)?.to.wall ?? null;
  if (from === null || to === null) return [];
  const zone = zoneMinutes ?? 0;
  const time = (wall: number) =>
    isoTime(wall + zone * 60_000)
      .slice(0, 19)
      .replace('T', ' ');
  // A year that damage has made too large for a date says nothing.
  if (time(from) === '' || time(to) === '') return [];
  return [`- ${FACTS.covers}: ${GC_REPORT.covers(time(from), time(to), zoneMinutes === null ? 'UTC' : zoneName(zone))}`];
}

/** What took how long: by name, the dearest first. */
function kinds({ details }: GcLog): string[] {
  const rows = details.byName.slice(0, MAX_KINDS);
  if (rows.length === 0) return [];
  const ms = (value: number) => (value === 0 ? '' : value.toFixed(1));
  return [
    '',
    `## ${HEADINGS.kinds}`,
    '',
    `| ${COLUMNS.kind} | ${COLUMNS.count} | ${COLUMNS.inAll} | ${COLUMNS.longest} |`,
    '|---|---:|---:|---:|',
    ...rows.map(({ name, count, totalMs, maxMs }) => `| ${escapeMarkdown(name)} | ${count} | ${ms(totalMs)} | ${ms(maxMs)} |`),
  ];
}

function longest({ events }: GcLog): string[] {
  const pauses = events
    .filter(({ kind, durationMs }) => kind === 'pause' && durationMs !== null)
    .sort((a, b) => (b.durationMs as number) - (a.durationMs as number))
    .slice(0, MAX_LONGEST);
  if (pauses.length === 0) return [];
  const sized = (amount: number | null) => (amount === null ? '' : size(amount));
  return [
    '',
    `## ${HEADINGS.longest}`,
    '',
    `| ${COLUMNS.pause} | ${COLUMNS.at} | ${COLUMNS.ms} | ${COLUMNS.before} | ${COLUMNS.after} |`,
    '|---|---:|---:|---:|---:|',
    ...pauses.map(
      (event) =>
        `| ${escapeMarkdown(event.name)} | ${at(event)} | ${(event.durationMs as number).toFixed(1)} | ${sized(event.before)} | ${sized(event.after)} |`,
    ),
  ];
}

function at({ uptime, wall }: GcEvent): string {
  return uptime !== null ? `${(uptime / 1000).toFixed(1)} s` : wall === null ? '' : isoTime(wall).replace(/\.\d+/, '');
}

/** The heap that collections left over time, in a dozen steps. */
function floors({ details, statistics }: GcLog): string[] {
  if (statistics.heapTrend === null || details.floors.length === 0) return [];
  const step = Math.ceil(details.floors.length / MAX_FLOORS);
  const rows = details.floors.filter((_, index) => index % step === 0);
  return [
    '',
    `## ${GC_REPORT.left(details.trendOfDeep)}`,
    '',
    `| ${COLUMNS.minute} | ${COLUMNS.heap} |`,
    '|---:|---:|',
    ...rows.map((floor) => `| ${(floor.at / 60_000).toFixed(0)} | ${size(floor.used)} |`),
  ];
}

function figures(statistics: GcStatistics): [string, string][] {
  const { spanMs, pauseShare, allocationRate, promotionRate, heapTrend, heapLeft } = statistics;
  const rows: [string, string][] = [
    [FIGURES.pauses, String(statistics.pauses)],
    [FIGURES.totalPause, `${statistics.totalPauseMs.toFixed(1)} ms`],
    [FIGURES.longestPause, `${statistics.maxPauseMs.toFixed(1)} ms`],
    [FIGURES.full, String(statistics.fullGcs)],
    [FIGURES.explicit, String(statistics.systemGcs)],
  ];
  if (spanMs !== null) rows.push([FIGURES.covered, `${(spanMs / 1000).toFixed(1)} s`]);
  if (pauseShare !== null) rows.push([FIGURES.share, `${(pauseShare * 100).toFixed(1)} %`]);
  if (allocationRate !== null) rows.push([FIGURES.allocation, `${size(allocationRate)}/s`]);
  if (promotionRate !== null) rows.push([FIGURES.promotion, `${size(promotionRate)}/s`]);
  if (heapTrend !== null) rows.push([FIGURES.trend, `${heapTrend >= 0 ? '+' : '-'}${size(Math.abs(heapTrend))}/min`]);
  if (heapLeft !== null) rows.push([FIGURES.left, GC_REPORT.ofHeap(Math.round(heapLeft * 100))]);
  return rows;
}
