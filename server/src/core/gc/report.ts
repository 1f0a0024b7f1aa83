import type { GcAnalysis, GcStatistics } from './model.ts';
import { size } from './units.ts';

/** The report page of a GC log, as Markdown. */
export function gcReport({ log, statistics, findings }: GcAnalysis, title: string): string {
  const lines = [
    `# ${title.replace(/([\\`*_[\]<>#|])/g, '\\$1')}`,
    '',
    `- Collector: ${log.collector ?? 'not told by the log'}`,
    ...(log.jvm === null ? [] : [`- JVM: ${log.jvm}`]),
    `- Collections: ${log.collections}`,
    '',
    '## Figures',
    '',
    '| figure | value |',
    '|---|---:|',
    ...figures(statistics).map(([name, value]) => `| ${name} | ${value} |`),
    '',
    '## Findings',
    '',
    ...(findings.length === 0 ? ['Nothing conspicuous.'] : findings.map(({ message, certainty }) => `- **${certainty}**: ${message}`)),
  ];
  const longest = log.events
    .filter(({ durationMs, kind }) => kind === 'pause' && durationMs !== null)
    .sort((a, b) => (b.durationMs as number) - (a.durationMs as number));
  if (longest.length > 0) {
    lines.push('', '## Longest pauses', '', '| pause | ms | heap before | heap after |', '|---|---:|---:|---:|');
    for (const { name, durationMs, before, after } of longest.slice(0, 10)) {
      lines.push(
        `| ${name} | ${(durationMs as number).toFixed(1)} | ${before === null ? '' : size(before)} | ${after === null ? '' : size(after)} |`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
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
  if (heapTrend !== null) rows.push(['heap left after deep collections', `${heapTrend >= 0 ? '+' : '-'}${size(Math.abs(heapTrend))}/min`]);
  if (heapLeft !== null) rows.push(['heap left after the last one', `${Math.round(heapLeft * 100)} % of the heap`]);
  return rows;
}
