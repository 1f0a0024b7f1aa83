import { mapIciclePlaces } from '../../../../common/icicle.ts';
import type { Settings } from '../../../../common/settings.ts';
import { mapTimelinePlaces } from '../../../../common/timeline.ts';
import { groupExceptions } from '../analysis/exceptionGroups.ts';
import { analyseFailures } from '../analysis/failures.ts';
import { memoryVerdicts } from '../analysis/memory.ts';
import { callsGraph } from '../graphs/calls.ts';
import type { KindModule } from '../kinds.ts';
import type { Finding, Input, Options } from '../model.ts';
import { logRules } from '../rules/log/index.ts';
import { LogBuilder } from './builder.ts';
import { logIcicle } from './icicle.ts';
import type { LogAnalysis } from './model.ts';
import { problemsOf } from './problems.ts';
import { readRecords } from './records.ts';
import { logReport } from './report.ts';
import { logSummary } from './summary.ts';
import { logTimeline } from './timeline.ts';
import { flinkVersionOf } from './versions.ts';

/** Reads a log that is in memory. */
export async function analyseLog(input: Input, options: Options): Promise<LogAnalysis> {
  const builder = new LogBuilder();
  const read = await readRecords(input.text, [], options.checkpoint, (record) => builder.add(record));
  const log = builder.model(read);
  const flinkVersion = flinkVersionOf(log.process, options.settings['logjam.flinkVersion']);
  const facts: LogAnalysis = {
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
  return { ...facts, findings: applyRules(facts, input.uri, options.settings) };
}

function applyRules(analysis: LogAnalysis, uri: string, settings: Settings): Finding[] {
  return logRules.flatMap((rule) => rule.check(analysis, { settings, uri }));
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
