import type { Settings } from '../../../../common/settings.ts';
import { EMPTY_SPAN } from '../../../../common/span.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { settle } from '../findings.ts';
import type { GcAnalysis, GcLog } from '../gc/model.ts';
import { GcReader } from '../gc/reader.ts';
import type { Input, Options } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { gcRules } from '../rules/gc/index.ts';
import { gcChart } from '../views/gc/chart.ts';
import { gcDigest } from '../views/gc/digest.ts';
import { gcReport, gcVerdict } from '../views/gc/report.ts';
import { gcSummary } from '../views/gc/summary.ts';
import { defineKind } from './kind.ts';

/** Reads a log of either form that is in memory. */
export async function parseGcLog(text: string, checkpoint: Checkpoint): Promise<GcLog> {
  const reader = new GcReader();
  await reader.readText(text, checkpoint);
  return reader.finish();
}

export const gcLogKind = defineKind('gc-log', {
  analyse: analyseGcLog,
  summary: gcSummary,
  digest: gcDigest,
  verdict: gcVerdict,
  graphs: {},
  documents: { 'gc-chart': gcChart },
  texts: {},
  report: gcReport,
});

export async function analyseGcLog({ uri, text }: Input, { settings, checkpoint }: Options): Promise<GcAnalysis> {
  return concludeGc(await parseGcLog(text, checkpoint), settings, uri);
}

/** Everything that follows from the model of a GC log. */
export function concludeGc(log: GcLog, settings: Settings, uri: string): GcAnalysis {
  const analysis: GcAnalysis = {
    kind: 'gc-log',
    dialect: log.dialect,
    flinkVersion: null,
    problems: problemsOf(log),
    findings: [],
    log,
    statistics: log.statistics,
  };
  return {
    ...analysis,
    findings: settle(
      gcRules.flatMap((rule) => rule.check(analysis, { settings, uri })),
      uri,
    ),
  };
}

function problemsOf({ collections, collector, eventsLeft, events }: GcLog): Problem[] {
  if (collections === 0) return collector === 'Epsilon' ? [] : [problem('no-collection', {}, EMPTY_SPAN)];
  return eventsLeft === 0 ? [] : [problem('events-not-listed', { listed: events.length, left: eventsLeft }, EMPTY_SPAN)];
}
