import { groupExceptions } from '../analysis/exceptionGroups.ts';
import { analyseFailures } from '../analysis/failures.ts';
import { memoryVerdicts } from '../analysis/memory.ts';
import type { KindModule } from '../kinds.ts';
import type { Input, Options } from '../model.ts';
import { LogBuilder } from './builder.ts';
import type { LogAnalysis } from './model.ts';
import { problemsOf } from './problems.ts';
import { readRecords } from './records.ts';
import { logSummary } from './summary.ts';
import { flinkVersionOf } from './versions.ts';

/** Reads a log that is in memory. */
export async function analyseLog(input: Input, options: Options): Promise<LogAnalysis> {
  const builder = new LogBuilder();
  const read = await readRecords(input.text, [], options.checkpoint, (record) => builder.add(record));
  const log = builder.model(read);
  const flinkVersion = flinkVersionOf(log.process, options.settings['logjam.flinkVersion']);
  const analysis: LogAnalysis = {
    kind: 'flink-log',
    dialect: log.layout ?? 'traces',
    flinkVersion,
    problems: problemsOf(log),
    findings: [],
    log,
    groups: groupExceptions(log),
    failures: analyseFailures(log),
    memory: memoryVerdicts(log, flinkVersion),
  };
  return analysis;
}

export const flinkLogKind: KindModule<LogAnalysis> = {
  kind: 'flink-log',
  analyse: analyseLog,
  summary: logSummary,
  graphs: {},
};
