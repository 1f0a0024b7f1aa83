import { mapIciclePlaces } from '../../../../common/icicle.ts';
import type { Span } from '../../../../common/span.ts';
import { EMPTY_SPAN } from '../../../../common/span.ts';
import { mapTimelinePlaces, type TimelineDocument } from '../../../../common/timeline.ts';
import type { LogAnalysis } from '../analysis/log/model.ts';
import { findRelations } from '../analysis/log/relations.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { LogBuilder } from '../log/builder.ts';
import { joinLogs } from '../log/join.ts';
import type { Layout } from '../log/layouts.ts';
import type { LogModel } from '../log/model.ts';
import { layoutsOfPatterns } from '../log/pattern.ts';
import { readRecords } from '../log/records.ts';
import { type LogSection, logSections } from '../log/sections.ts';
import type { Input, Options } from '../model.ts';
import { problem } from '../problems.ts';
import { LineIndex } from '../text.ts';
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
  const patterns = layoutsOfPatterns(options.settings['logjam.log.patterns']);
  const { log, sections } = await readLogs(input.text, patterns.layouts, options.checkpoint);
  // The collector's lines may stand between Flink's, as in the .out file of a container.
  const own = holdsGc(input.text) ? [{ gc: await parseGcLog(input.text, options.checkpoint), source: THE_SAME }] : [];
  const analysis = concludeLog(log, options.settings, { uri: input.uri, files: [] }, [...own, ...gcLogs]);
  for (const pattern of patterns.rejected) analysis.problems.push(problem('pattern-unreadable', { pattern }, EMPTY_SPAN));
  if (sections.length > 0) {
    analysis.sections = sections.map(({ log: own, ...section }) => ({
      ...section,
      analysis: concludeLog(own, options.settings, { uri: input.uri, files: [] }),
    }));
  }
  return analysis;
}

/** All logs of a text as one, in the order of their first times; `sections`: each for itself, where there are several. */
async function readLogs(
  text: string,
  own: readonly Layout[],
  checkpoint: Checkpoint,
): Promise<{ log: LogModel; sections: (LogSection & { log: LogModel })[] }> {
  const read = async (part: string, place?: { offset: number; line: number }): Promise<LogModel> => {
    const builder = new LogBuilder();
    return builder.model(await readRecords(part, own, checkpoint, (record) => builder.add(record), place));
  };
  const spans = logSections(text);
  if (spans.length === 0) return { log: await read(text), sections: [] };
  const lines = new LineIndex(text);
  const sections: (LogSection & { log: LogModel })[] = [];
  for (const { name, span } of spans) {
    const log = await read(text.slice(span.start, span.end), { offset: span.start, line: lines.lineOf(span.start) });
    sections.push({ name, span, log });
  }
  // Nobody knows on which day those without dates were written.
  if (new Set(sections.flatMap(({ log: { clock } }) => (clock === 'none' ? [] : [clock]))).size > 1) return { log: await read(text), sections: [] };
  const firstTime = ({ records }: LogModel): number => records.find(({ time }) => time !== null)?.time ?? LAST;
  const sorted = [...sections].sort((a, b) => firstTime(a.log) - firstTime(b.log));
  return { log: joinLogs(sorted.map(({ log }) => ({ log, offset: 0, line: 0 }))), sections };
}

/** Logs without times come after all others. */
const LAST = Number.MAX_SAFE_INTEGER;

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
