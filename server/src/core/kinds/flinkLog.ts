import { mapIciclePlaces } from '../../../../common/icicle.ts';
import type { Span } from '../../../../common/span.ts';
import { EMPTY_SPAN } from '../../../../common/span.ts';
import { mapTimelinePlaces, type TimelineDocument } from '../../../../common/timeline.ts';
import type { LogAnalysis } from '../analysis/log/model.ts';
import { findRelations } from '../analysis/log/relations.ts';
import { LogBuilder } from '../log/builder.ts';
import { layoutsOfPatterns } from '../log/pattern.ts';
import { readRecords } from '../log/records.ts';
import type { Input, Options } from '../model.ts';
import { problem } from '../problems.ts';
import { callsGraph } from '../views/log/callsGraph.ts';
import { logDigest } from '../views/log/digest.ts';
import { filterChoices } from '../views/log/filtered.ts';
import { logIcicle } from '../views/log/icicle.ts';
import { relationsPage } from '../views/log/relationsText.ts';
import { logReport } from '../views/log/report/index.ts';
import { logSummary } from '../views/log/summary.ts';
import { logTimeline } from '../views/log/timeline/index.ts';
import { logVerdict } from '../views/log/verdict.ts';
import { wholeTrace } from '../views/log/wholeTrace.ts';
import { concludeLog, type GcSource } from './concludeLog.ts';
import { parseGcLog } from './gcLog.ts';
import { defineKind } from './kind.ts';

/** How messages call the file at hand as a GC log. */
export const THE_SAME = 'The same file';

const GC_LINE = /(?:^|\] )GC\(\d+\) (?:Pause|Concurrent|Garbage|Major|Minor) |: \[(?:Full )?GC[ (-]/m;

/** May lines of a collector stand in it? Plain searches first: the pattern is slow on a large text. */
export function holdsGc(text: string): boolean {
  return (text.includes('GC(') || text.includes(': [GC') || text.includes(': [Full GC')) && GC_LINE.test(text);
}

/** Reads a log that is in memory; `gcLogs` are those of the JVM that wrote it. */
export async function analyseLog(input: Input, options: Options, gcLogs: readonly GcSource[] = []): Promise<LogAnalysis> {
  const builder = new LogBuilder();
  const patterns = layoutsOfPatterns(options.settings['logjam.log.patterns']);
  const read = await readRecords(input.text, patterns.layouts, options.checkpoint, (record) => builder.add(record));
  const log = builder.model(read);
  // The collector's lines may stand between Flink's, as in the .out file of a container.
  const own = holdsGc(input.text) ? [{ gc: await parseGcLog(input.text, options.checkpoint), source: THE_SAME }] : [];
  const analysis = concludeLog(log, options.settings, { uri: input.uri, files: [] }, [...own, ...gcLogs]);
  for (const pattern of patterns.rejected) analysis.problems.push(problem('pattern-unreadable', { pattern }, EMPTY_SPAN));
  return analysis;
}

/** Places are asked for twice where they have to be looked up on the disk: the timeline of a large log is made once. */
const timelines = new WeakMap<LogAnalysis, TimelineDocument<Span>>();

function timelineOf(analysis: LogAnalysis): TimelineDocument<Span> {
  const made = timelines.get(analysis) ?? logTimeline(analysis);
  timelines.set(analysis, made);
  return made;
}

export const flinkLogKind = defineKind('flink-log', {
  analyse: analyseLog,
  summary: logSummary,
  digest: logDigest,
  verdict: logVerdict,
  graphs: { calls: callsGraph },
  documents: {
    timeline: (analysis, range) => mapTimelinePlaces(timelineOf(analysis), range),
    icicle: (analysis, range) => mapIciclePlaces(logIcicle(analysis), range),
    'filter-choices': filterChoices,
  },
  texts: {
    trace: (analysis, { part, lineOf }) => wholeTrace(analysis, part, lineOf),
    relations: (analysis, { uri, lineOf }) => relationsPage(analysis, findRelations(analysis, lineOf), nameOf(analysis), uri),
  },
  report: logReport,
});

function nameOf({ files }: LogAnalysis): string {
  return files.length === 0 ? 'this file' : files.map((file) => file.name).join(', ');
}
