import type { Settings } from '../../../../common/settings.ts';
import { groupExceptions } from '../analysis/exceptionGroups.ts';
import { analyseFailures } from '../analysis/failures.ts';
import type { GcTrack } from '../analysis/gcJoin.ts';
import { memoryVerdicts } from '../analysis/memory.ts';
import { logRules } from '../rules/log/index.ts';
import type { FilePart } from './files.ts';
import type { LogAnalysis, LogModel } from './model.ts';
import { problemsOf } from './problems.ts';
import { speaksOfFlink } from './speaksOfFlink.ts';
import { flinkVersionOf } from './versions.ts';

/** Everything that follows from the model of a log. */
export function concludeLog(
  log: LogModel,
  settings: Settings,
  { uri, files }: { uri: string; files: readonly FilePart[] },
  gc: GcTrack | null = null,
): LogAnalysis {
  const flinkVersion = flinkVersionOf(log.process, settings['logjam.flinkVersion']);
  const own = speaksOfFlink(log);
  const analysis: LogAnalysis = {
    kind: 'flink-log',
    dialect: log.layout ?? 'traces',
    flinkVersion,
    problems: problemsOf(log, own),
    findings: [],
    log,
    files,
    groups: groupExceptions(log),
    failures: own ? analyseFailures(log) : { first: null, episodes: [], episodesLeft: 0 },
    memory: own ? memoryVerdicts(log, flinkVersion) : [],
    gc,
  };
  return { ...analysis, findings: logRules.flatMap((rule) => rule.check(analysis, { settings, uri })) };
}
