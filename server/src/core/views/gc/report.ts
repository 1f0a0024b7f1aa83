import type { GcAnalysis, GcEvent, GcLog, GcStatistics } from '../../gc/model.ts';
import { size, zoneName } from '../../gc/units.ts';
import { escapeMarkdown } from '../../wording.ts';

/** Dates reach to here, and a day less so that any zone fits. */
const LATEST = 8.64e15 - 86_400_000;

const MOST_KINDS = 20;
const MOST_LONGEST = 10;
const MOST_FLOORS = 12;

/** The report page of a GC log, as Markdown. */
export function gcReport({ log, statistics, findings }: GcAnalysis, title: string): string {
  const lines = [
    `# ${escapeMarkdown(title)}`,
    '',
    `- Collector: ${log.collector ?? 'not told by the log'}`,
    ...(log.jvm === null ? [] : [`- JVM: ${log.jvm}`]),
    `- Collections: ${log.collections}`,
    ...(log.runs.length > 1 ? [`- JVMs in this log, one after the other: ${log.runs.length}`] : []),
    ...covered(log),
    '',
    '## Figures',
    '',
    '| figure | value |',
    '|---|---:|',
    ...figures(statistics).map(([name, value]) => `| ${name} | ${value} |`),
    '',
    '## Findings',
    '',
    ...(findings.length === 0 ? ['Nothing conspicuous.'] : findings.flatMap(found)),
    ...kinds(log),
    ...longest(log),
    ...floors(log),
  ];
  return `${lines.join('\n')}\n`;
}

function found({ message, certainty, evidence, missing }: GcAnalysis['findings'][number]): string[] {
  return [`- **${certainty}**: ${message}`, ...evidence.map((text) => `  - evidence: ${text}`), ...missing.map((text) => `  - to confirm: ${text}`)];
}

function covered({ runs, zoneMinutes }: GcLog): string[] {
  const from = runs[0]?.from.wall ?? null;
  const to = runs.at(-1)?.to.wall ?? null;
  // A year that damage has made too large for a date says nothing.
  if (from === null || to === null || Math.abs(from) > LATEST || Math.abs(to) > LATEST) return [];
  const zone = zoneMinutes ?? 0;
  const time = (wall: number) => new Date(wall + zone * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  return [`- Covers: ${time(from)} to ${time(to)} (${zoneMinutes === null ? 'UTC' : zoneName(zone)})`];
}

/** What took how long: by name, the dearest first. */
function kinds({ details }: GcLog): string[] {
  const rows = details.byName.slice(0, MOST_KINDS);
  if (rows.length === 0) return [];
  const ms = (value: number) => (value === 0 ? '' : value.toFixed(1));
  return [
    '',
    '## By kind',
    '',
    '| kind | count | ms in all | longest |',
    '|---|---:|---:|---:|',
    ...rows.map(({ name, count, totalMs, maxMs }) => `| ${name} | ${count} | ${ms(totalMs)} | ${ms(maxMs)} |`),
  ];
}

function longest({ events }: GcLog): string[] {
  const pauses = events
    .filter(({ kind, durationMs }) => kind === 'pause' && durationMs !== null)
    .sort((a, b) => (b.durationMs as number) - (a.durationMs as number))
    .slice(0, MOST_LONGEST);
  if (pauses.length === 0) return [];
  const sized = (amount: number | null) => (amount === null ? '' : size(amount));
  return [
    '',
    '## Longest pauses',
    '',
    '| pause | at | ms | heap before | heap after |',
    '|---|---:|---:|---:|---:|',
    ...pauses.map(
      (event) => `| ${event.name} | ${at(event)} | ${(event.durationMs as number).toFixed(1)} | ${sized(event.before)} | ${sized(event.after)} |`,
    ),
  ];
}

function at({ uptime, wall }: GcEvent): string {
  return uptime !== null ? `${(uptime / 1000).toFixed(1)} s` : wall === null ? '' : `${new Date(wall).toISOString().slice(0, 19)}Z`;
}

/** The heap that collections left over time, in a dozen steps. */
function floors({ details, statistics }: GcLog): string[] {
  if (statistics.heapTrend === null || details.floors.length === 0) return [];
  const step = Math.ceil(details.floors.length / MOST_FLOORS);
  const rows = details.floors.filter((_, index) => index % step === 0);
  return [
    '',
    `## Heap left after ${details.trendOfDeep ? 'full collections' : 'collections'}`,
    '',
    '| minute | heap |',
    '|---:|---:|',
    ...rows.map((floor) => `| ${(floor.at / 60_000).toFixed(0)} | ${size(floor.used)} |`),
  ];
}

function figures(statistics: GcStatistics): [string, string][] {
  const { spanMs, pauseShare, allocationRate, promotionRate, heapTrend, heapLeft } = statistics;
  const rows: [string, string][] = [
    ['pauses', String(statistics.pauses)],
    ['total pause', `${statistics.totalPauseMs.toFixed(1)} ms`],
    ['longest pause', `${statistics.maxPauseMs.toFixed(1)} ms`],
    ['full collections', String(statistics.fullGcs)],
    ['collections by System.gc()', String(statistics.systemGcs)],
  ];
  if (spanMs !== null) rows.push(['time covered', `${(spanMs / 1000).toFixed(1)} s`]);
  if (pauseShare !== null) rows.push(['share of time in pauses', `${(pauseShare * 100).toFixed(1)} %`]);
  if (allocationRate !== null) rows.push(['allocation rate', `${size(allocationRate)}/s`]);
  if (promotionRate !== null) rows.push(['promotion rate', `${size(promotionRate)}/s`]);
  if (heapTrend !== null) rows.push(['heap that collections leave', `${heapTrend >= 0 ? '+' : '-'}${size(Math.abs(heapTrend))}/min`]);
  if (heapLeft !== null) rows.push(['heap left after the last one', `${Math.round(heapLeft * 100)} % of the heap`]);
  return rows;
}
