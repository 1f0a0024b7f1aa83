import type { Settings } from '../../../../common/settings.ts';
import { EMPTY_SPAN } from '../../../../common/span.ts';
import { groupExceptions } from '../analysis/log/exceptionGroups.ts';
import { analyseFailures } from '../analysis/log/failures.ts';
import { NO_GC } from '../analysis/log/gcModel.ts';
import { joinGc } from '../analysis/log/gcTrack.ts';
import { gcCases } from '../analysis/log/gcVerdicts.ts';
import { memoryVerdicts } from '../analysis/log/memory.ts';
import type { LogAnalysis } from '../analysis/log/model.ts';
import { problemsOf } from '../analysis/log/problems.ts';
import { speaksOfFlink } from '../analysis/log/speaksOfFlink.ts';
import { settle } from '../findings.ts';
import type { GcLog } from '../gc/model.ts';
import type { FilePart } from '../log/files.ts';
import type { LogModel } from '../log/model.ts';
import { flinkVersionOf } from '../log/versions.ts';
import { problem } from '../problems.ts';
import { logRules } from '../rules/log/index.ts';

/** A GC log that belongs to a log, and how messages call it. */
export interface GcSource {
  gc: GcLog;
  source: string;
  /** Of a file beside a single log: where its spans begin to count. */
  file?: FilePart;
}

/** Everything that follows from the models of a log and its GC logs: asked once, by whoever has all of them. */
export function concludeLog(
  log: LogModel,
  settings: Settings,
  { uri, files }: { uri: string; files: readonly FilePart[] },
  gcLogs: readonly GcSource[] = [],
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
    gc: gcLogs.length === 0 ? NO_GC : joinGc(gcLogs, log),
    gcCases: [],
  };
  for (const { source, fault } of analysis.gc.unjoined) analysis.problems.push(problem('gc-not-joined', { file: source, fault }, EMPTY_SPAN));
  analysis.gcCases = own ? gcCases(analysis) : [];
  const beside = gcLogs.flatMap(({ file }) => file ?? []);
  return {
    ...analysis,
    findings: settle(
      logRules.flatMap((rule) => rule.check(analysis, { settings, uri })),
      uri,
      files.length > 0 || beside.length === 0 ? files : [{ name: '', uri, offset: 0, line: 0 }, ...beside],
    ),
  };
}
