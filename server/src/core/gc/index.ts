import type { Checkpoint } from '../checkpoint.ts';
import type { KindModule } from '../kinds.ts';
import type { Input, Options } from '../model.ts';
import { gcRules } from '../rules/gc/index.ts';
import type { GcAnalysis, GcLog } from './model.ts';
import { parsePreUnified } from './preUnified.ts';
import { gcReport } from './report.ts';
import { statisticsOf } from './statistics.ts';
import { parseUnified } from './unified.ts';

const UNIFIED = /^\[[^\]\n]+\](?:\[[^\]\n]*\])* (?:GC\(|Using |Initializing |Version: |Allocation Stall)/m;

/** Reads a log of either form; decided by its first lines. */
export function parseGcLog(text: string, checkpoint: Checkpoint): Promise<GcLog> {
  return UNIFIED.test(text.slice(0, 64 * 1024)) ? parseUnified(text, checkpoint) : parsePreUnified(text, checkpoint);
}

export const gcLogKind: KindModule<GcAnalysis> = {
  kind: 'gc-log',
  analyse: analyseGcLog,
  summary: ({ log, statistics }) => ({ collector: log.collector, events: log.collections, ...statistics }),
  graphs: {},
  report: gcReport,
};

export async function analyseGcLog(input: Input, { settings, checkpoint }: Options): Promise<GcAnalysis> {
  const log = await parseGcLog(input.text, checkpoint);
  const analysis: GcAnalysis = {
    kind: 'gc-log',
    dialect: log.dialect,
    flinkVersion: null,
    problems:
      log.collections === 0
        ? [
            {
              message: 'No collection is logged here: the file has other lines of the JVM only, or they are damaged.',
              span: { start: 0, end: Math.min(200, input.text.length) },
            },
          ]
        : [],
    findings: [],
    log,
    statistics: statisticsOf(log),
  };
  return { ...analysis, findings: gcRules.flatMap((rule) => rule.check(analysis, { settings, uri: input.uri })) };
}
