import type { GraphDocument, GraphView } from '../../../../common/graph.ts';
import type { Kind } from '../../../../common/ids.ts';
import type { Place, Span } from '../../../../common/span.ts';
import type { AnalysisBase, Input, Options } from '../model.ts';

/** What a kind of input brings to the product; core/index.ts holds the list of all of them. */
export interface KindModule<A extends AnalysisBase = AnalysisBase> {
  kind: Kind;
  /** Never throws for bad text: what could not be read is in `problems`. Rejects only with Cancelled. */
  analyse(input: Input, options: Options): Promise<A>;
  /** The `summary` of the command line's JSON (docs/check.schema.json). */
  summary(analysis: A): unknown;
  /** The graphs that this kind can show; `focus` is a node id or a finding's span start. */
  graphs: Partial<Record<GraphView, (analysis: A, focus?: string) => GraphDocument<Span>>>;
  /** Documents of the other panels and commands (timeline, icicle, simulation …), by name; answered as JSON. */
  documents?: Record<string, (analysis: A, place: (span: Span) => Place, parameters: unknown) => unknown>;
  /**
   * Further texts made from the file, by name: "normalised" for comparing two files side by side, "relations" …
   * `part` counts from 0 (a file may hold several dumps); null when there is no such part. Lines count from 0.
   */
  contents?: Record<string, (analysis: A, part: number, lineOf: (offset: number) => number) => string | null>;
  /** What changed between two files of this kind, as plain text for the command line. */
  diff?(one: A, other: A): string;
  /** The same as a graph. Nodes that only the first file has carry its uri; all other places are in the second. */
  diffGraph?(one: A, other: A, firstUri: string): GraphDocument<Span>;
  /** The report page as Markdown; with the file's uri, places in it become links. */
  report?(analysis: A, title: string, uri?: string): string;
}
