import { mapIciclePlaces } from '../../../../common/icicle.ts';
import { mapTimelinePlaces } from '../../../../common/timeline.ts';
import { findRelations, relationsText } from '../analysis/relations.ts';
import { callsGraph } from '../graphs/calls.ts';
import type { KindModule } from '../kinds.ts';
import type { Input, Options } from '../model.ts';
import { LogBuilder } from './builder.ts';
import { concludeLog } from './conclude.ts';
import { logIcicle } from './icicle.ts';
import type { LogAnalysis } from './model.ts';
import { layoutsOfPatterns } from './pattern.ts';
import { readRecords } from './records.ts';
import { logReport } from './report.ts';
import { logSummary } from './summary.ts';
import { logTimeline } from './timeline.ts';

/** Reads a log that is in memory. */
export async function analyseLog(input: Input, options: Options): Promise<LogAnalysis> {
  const builder = new LogBuilder();
  const own = layoutsOfPatterns(options.settings['logjam.log.patterns']);
  const read = await readRecords(input.text, own.layouts, options.checkpoint, (record) => builder.add(record));
  const analysis = concludeLog(builder.model(read), options.settings, input.uri);
  for (const pattern of own.rejected)
    analysis.problems.push({
      message: `The pattern "${pattern}" of the setting logjam.log.patterns cannot be read: it needs a level or a date and a message (%m).`,
      span: { start: 0, end: 0 },
    });
  return analysis;
}

export const flinkLogKind: KindModule<LogAnalysis> = {
  kind: 'flink-log',
  analyse: analyseLog,
  summary: logSummary,
  graphs: { calls: callsGraph },
  documents: {
    timeline: (analysis, range) => mapTimelinePlaces(logTimeline(analysis), range),
    icicle: (analysis, range) => mapIciclePlaces(logIcicle(analysis), range),
  },
  contents: { relations: (analysis, _part, lineOf) => relationsText(analysis, findRelations(analysis, lineOf), 'this file') },
  report: logReport,
};
