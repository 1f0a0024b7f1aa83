import type { GraphDocument, GraphView } from '../../../../common/graph.ts';
import type { Kind } from '../../../../common/ids.ts';
import type { Place, Span } from '../../../../common/span.ts';
import type { JavaAnalysis } from '../analysis/java/model.ts';
import type { JobGraphAnalysis } from '../analysis/jobgraph/model.ts';
import type { LogAnalysis } from '../analysis/log/model.ts';
import type { ThreadDumpAnalysis } from '../analysis/threaddump/model.ts';
import type { GcAnalysis } from '../gc/model.ts';
import type { AnalysisBase, Input, Options } from '../model.ts';
import type { GcSummary } from '../views/gc/summary.ts';
import type { JavaSummary } from '../views/java/summary.ts';
import type { JobGraphSummary } from '../views/jobgraph/summary.ts';
import type { LogSummary } from '../views/log/summary.ts';
import type { ThreadDumpSummary } from '../views/threaddump/summary.ts';

/** The analysis of each kind of file. */
export interface AnalysisOf {
  'thread-dump': ThreadDumpAnalysis;
  'flink-log': LogAnalysis;
  'gc-log': GcAnalysis;
  'job-graph': JobGraphAnalysis;
  'java-source': JavaAnalysis;
}

/** The kinds that Logjam reads: each has a module in kinds/index.ts and its language features in features/index.ts. */
export type KnownKind = keyof AnalysisOf;

/** Of a text that is none of ours; its one problem says so. */
export type UnknownAnalysis = AnalysisBase<'unknown'>;

/** What came out for a file: `kind` says which analysis it is. */
export type Analysis = AnalysisOf[KnownKind] | UnknownAnalysis;

/** The `summary` of the command line's JSON by kind (docs/check.schema.json); null where nothing could be read. */
export interface SummaryOf {
  'thread-dump': ThreadDumpSummary;
  'flink-log': LogSummary;
  'gc-log': GcSummary;
  'job-graph': JobGraphSummary | null;
  'java-source': JavaSummary;
  unknown: null;
}

export type Summary = SummaryOf[Kind];

/** What a kind of input brings to the product; kinds/index.ts holds the table of all of them. */
export interface KindModule<K extends KnownKind> {
  /** Never throws for bad text: what could not be read is in `problems`. Rejects only with Cancelled. */
  analyse(input: Input, options: Options): Promise<AnalysisOf[K]>;
  summary(analysis: AnalysisOf[K]): SummaryOf[K];
  /** The graphs that this kind can show; `focus` is a node id or a finding's span start. */
  graphs: Partial<Record<GraphView, (analysis: AnalysisOf[K], focus?: string) => GraphDocument<Span>>>;
  /** Documents of the other panels and commands (timeline, icicle, simulation …), by name; answered as JSON. */
  documents?: Record<string, (analysis: AnalysisOf[K], place: (span: Span) => Place, parameters: unknown) => unknown>;
  /**
   * Further texts made from the file, by name: "normalised" for comparing two files side by side, "relations" …
   * `part` counts from 0 (a file may hold several dumps); null when there is no such part. Lines count from 0.
   */
  contents?: Record<string, (analysis: AnalysisOf[K], part: number, lineOf: (offset: number) => number) => string | null>;
  /** What changed between two files of this kind, as plain text for the command line. */
  diff?(one: AnalysisOf[K], other: AnalysisOf[K]): string;
  /** The same as a graph. Nodes that only the first file has carry its uri; all other places are in the second. */
  diffGraph?(one: AnalysisOf[K], other: AnalysisOf[K], firstUri: string): GraphDocument<Span>;
  /** The report page as Markdown; with the file's uri, places in it become links. */
  report?(analysis: AnalysisOf[K], title: string, uri?: string): string;
}
