import { mapIciclePlaces } from '../../../../common/icicle.ts';
import { mapTimelinePlaces } from '../../../../common/timeline.ts';
import { callsGraph } from '../graphs/calls.ts';
import type { KindModule } from '../kinds.ts';
import type { Input, Options } from '../model.ts';
import { LogBuilder } from './builder.ts';
import { concludeLog } from './conclude.ts';
import { logIcicle } from './icicle.ts';
import type { LogAnalysis } from './model.ts';
import { readRecords } from './records.ts';
import { logReport } from './report.ts';
import { logSummary } from './summary.ts';
import { logTimeline } from './timeline.ts';

/** Reads a log that is in memory. */
export async function analyseLog(input: Input, options: Options): Promise<LogAnalysis> {
  const builder = new LogBuilder();
  const read = await readRecords(input.text, [], options.checkpoint, (record) => builder.add(record));
  return concludeLog(builder.model(read), options.settings, input.uri);
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
  report: logReport,
};
