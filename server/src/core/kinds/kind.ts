import type { DocumentOf, ParametersOf } from '../../../../common/contracts.ts';
import type { GraphDocument } from '../../../../common/graph.ts';
import type { Kind } from '../../../../common/ids.ts';
import type { Place, Span } from '../../../../common/span.ts';
import type { CommandView, DocumentName, GraphView, OfKind, TextName, ViewName } from '../../../../common/views.ts';
import type { JavaAnalysis } from '../analysis/java/model.ts';
import type { JobGraphAnalysis } from '../analysis/jobgraph/model.ts';
import type { LogAnalysis } from '../analysis/log/model.ts';
import type { RestAnalysis } from '../analysis/rest/model.ts';
import type { ThreadDumpAnalysis } from '../analysis/threaddump/model.ts';
import type { GcAnalysis } from '../gc/model.ts';
import type { Keep } from '../incident/digest/fit.ts';
import type { BodyOf } from '../incident/digest/model.ts';
import type { LineOf } from '../incident/digest/source.ts';
import type { AnalysisBase, Fact, Input, Options } from '../model.ts';
import type { GcSummary } from '../views/gc/summary.ts';
import type { JavaSummary } from '../views/java/summary.ts';
import type { JobGraphSummary } from '../views/jobgraph/summary.ts';
import type { LogSummary } from '../views/log/summary.ts';
import type { Compared, TextParts } from '../views/made.ts';
import type { RestSummary } from '../views/rest/summary.ts';
import type { ThreadDumpSummary } from '../views/threaddump/summary.ts';
import type { Verdict } from '../views/verdict.ts';

/** The analysis of each kind of file. */
export interface AnalysisOf {
  'thread-dump': ThreadDumpAnalysis;
  'flink-log': LogAnalysis;
  'gc-log': GcAnalysis;
  'job-graph': JobGraphAnalysis;
  'rest-document': RestAnalysis;
  'java-source': JavaAnalysis;
}

/** The kinds that Logjam reads: each has a module in kinds/index.ts and its language features in features/index.ts. */
export type KnownKind = keyof AnalysisOf;

/** Of a text that is none of ours; its one problem says so. */
export type UnknownAnalysis = AnalysisBase<'unknown'>;

/** What came out for a file: `kind` says which analysis it is. */
export type Analysis = (AnalysisOf[KnownKind] | UnknownAnalysis) & {
  /** Where a text holds several kinds: each for itself, this one among them; `findings` are those of all. */
  parts?: readonly AnalysisOf[KnownKind][];
};

/** The `summary` of the command line's JSON by kind (docs/check.schema.json); null where nothing could be read. */
export interface SummaryOf {
  'thread-dump': ThreadDumpSummary;
  'flink-log': LogSummary;
  'gc-log': GcSummary;
  'job-graph': JobGraphSummary | null;
  'rest-document': RestSummary;
  'java-source': JavaSummary;
  unknown: null;
}

export type Summary = SummaryOf[Kind];

/** The texts that a kind makes from its analysis; report and comparison are told below, and what a filter keeps is made with the text of the file. */
type MadeText<N extends TextName = TextName> = Exclude<N, 'report' | 'comparison' | 'filtered'>;

type MakeGraph<K extends KnownKind> = (analysis: AnalysisOf[K], focus?: string) => GraphDocument<Span> | null;
type MakeDocument<K extends KnownKind, N extends DocumentName> = (
  analysis: AnalysisOf[K],
  place: (span: Span) => Place,
  parameters: ParametersOf[N],
) => DocumentOf[N] | null;
type MakeText<K extends KnownKind> = (analysis: AnalysisOf[K], made: TextParts) => string | null;

/** What a kind of input brings to the product; kinds/index.ts loads them. */
export interface KindParts<K extends KnownKind> {
  /** Never throws for bad text: what could not be read is in `problems`. Rejects only with Cancelled. */
  analyse(input: Input, options: Options): Promise<AnalysisOf[K]>;
  summary(analysis: AnalysisOf[K]): SummaryOf[K];
  /** What matters of it beyond the file itself, with as many members in its lists as are kept. */
  digest(analysis: AnalysisOf[K], keep: Keep, lineOf: LineOf): BodyOf[K];
  /** Null where there is nothing to say of the file as a whole. */
  verdict(analysis: AnalysisOf[K]): Verdict | null;
  /** Where a person looks first: the view that shows what the verdict tells; absent: the report. */
  first?(analysis: AnalysisOf[K]): CommandView;
  /** Whether a file has a view of its kind; absent: every file has all of them. */
  has?(analysis: AnalysisOf[K], view: ViewName): boolean;
  /** `focus` is a node id or a finding's span start; null where the file has no such graph. */
  graphs: { [N in GraphView]?: MakeGraph<K> };
  documents: { [N in DocumentName]?: MakeDocument<K, N> };
  /** Null when there is no such part. */
  texts: { [N in MadeText]?: MakeText<K> };
  /** The report page as Markdown; with the file's uri, places in it become links. */
  report?(analysis: AnalysisOf[K], title: string, uri?: string): string;
  /** What changed between two files of this kind, as plain text. */
  diff?(one: AnalysisOf[K], other: AnalysisOf[K]): string;
  /** What changed between files of this kind, or between the parts of one, as a page of Markdown with links into them. */
  comparison?(files: readonly Compared<AnalysisOf[K]>[]): string;
  /** The same as JSON, where it is not told as a graph. */
  diffFacts?(one: AnalysisOf[K], other: AnalysisOf[K]): Fact;
  /** The same as a graph. Nodes that only the first file has carry its uri; all other places are in the second. */
  diffGraph?(one: AnalysisOf[K], other: AnalysisOf[K], firstUri: string): GraphDocument<Span>;
}

/** With everything that common/views.ts says of the kind. */
export type KindModule<K extends KnownKind> = KindParts<K> & {
  graphs: { [N in OfKind<GraphView, K>]: MakeGraph<K> };
  documents: { [N in OfKind<DocumentName, K>]: MakeDocument<K, N> };
  texts: { [N in MadeText<OfKind<TextName, K>>]: MakeText<K> };
} & Required<Pick<KindParts<K>, Extract<OfKind<TextName, K>, 'report'> | ('comparison' extends OfKind<TextName, K> ? 'diff' | 'comparison' : never)>>;

const loaded: { [K in KnownKind]?: KindModule<K> } = {};

/** A kind is there from when its module was loaded, by kinds/index.ts or by whoever makes an analysis of it. */
export function defineKind<K extends KnownKind>(kind: K, module: KindModule<K>): KindModule<K> {
  Object.assign(loaded, { [kind]: module });
  return module;
}

/** The module of an analysis that was made. */
export function moduleOf<K extends KnownKind>(kind: K): KindModule<K> {
  const module: KindModule<K> | undefined = loaded[kind];
  if (module === undefined) throw new Error(`the module of the kind ${kind} is not loaded`);
  return module;
}
