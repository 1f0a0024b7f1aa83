import type { GraphDocument, GraphView } from '../../../../common/graph.ts';
import type { Kind } from '../../../../common/ids.ts';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import type { Span } from '../../../../common/span.ts';
import { NO_CHECKPOINT } from '../checkpoint.ts';
import { detect } from '../detect.ts';
import type { AnalysisBase, Input, Options } from '../model.ts';
import { flinkLogKind } from './flinkLog.ts';
import { gcLogKind } from './gcLog.ts';
import { javaSourceKind } from './javaSource.ts';
import { jobGraphKind } from './jobGraph.ts';
import type { KindModule } from './kind.ts';
import { threadDumpKind } from './threadDump.ts';

export type Analysis = AnalysisBase;

const MODULES = [threadDumpKind, flinkLogKind, gcLogKind, jobGraphKind, javaSourceKind] as unknown as KindModule[];

export const DEFAULT_OPTIONS: Options = { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT };

export function moduleOf(kind: Kind): KindModule | undefined {
  return MODULES.find((module) => module.kind === kind);
}

/** The facade: reads a text of any kind. A text that is none of ours gives an analysis of kind "unknown" that says so. */
export async function analyse(input: Input, options: Options = DEFAULT_OPTIONS): Promise<Analysis> {
  const kind = input.kind ?? detect(input.text).kind;
  const module = moduleOf(kind);
  if (module === undefined)
    return nothing(
      input.text.trim() === '' ? 'The file is empty.' : 'This is no thread dump, Flink log, GC log, job graph or Java source that Logjam can read.',
      Math.min(input.text.length, 200),
    );
  return module.analyse({ ...input, kind }, options);
}

export function summary(analysis: Analysis): unknown {
  return moduleOf(analysis.kind)?.summary(analysis) ?? null;
}

export function graph(analysis: Analysis, view: GraphView, focus?: string): GraphDocument<Span> | undefined {
  return moduleOf(analysis.kind)?.graphs[view]?.(analysis, focus);
}

/** What changed between two files of one kind; undefined where the kinds differ or have no comparison. */
export function diff(one: Analysis, other: Analysis): string | undefined {
  return one.kind === other.kind ? moduleOf(one.kind)?.diff?.(one, other) : undefined;
}

/** The same as a graph; see {@link KindModule.diffGraph}. */
export function diffGraph(one: Analysis, other: Analysis, firstUri: string): GraphDocument<Span> | undefined {
  return one.kind === other.kind ? moduleOf(one.kind)?.diffGraph?.(one, other, firstUri) : undefined;
}

export function report(analysis: Analysis, title: string, uri?: string): string | undefined {
  return moduleOf(analysis.kind)?.report?.(analysis, title, uri);
}

/** The analysis of what is none of ours; the message says so. */
export function nothing(message: string, end = 0): Analysis {
  return { kind: 'unknown', dialect: 'unknown', flinkVersion: null, problems: [{ message, span: { start: 0, end } }], findings: [] };
}
