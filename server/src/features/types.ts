import type { FoldingRangeKind, SymbolKind } from 'vscode-languageserver-types';
import type { TOKEN_MODIFIERS, TOKEN_TYPES } from '../../../common/capabilities.ts';
import type { CommandCall } from '../../../common/commands.ts';
import type { Settings } from '../../../common/settings.ts';
import type { Span } from '../../../common/span.ts';
import type { GraphView } from '../../../common/views.ts';
import type { Analysis } from '../core/kinds/kind.ts';

/** Results of the language features with spans; lsp/convert.ts turns them into what the protocol wants. */

export interface Hover {
  span: Span;
  /** Markdown. */
  markdown: string;
}

export interface Target {
  /** Absent: the document at hand. */
  uri?: string;
  span: Span;
  /** The larger thing around the target, for peeking. */
  full?: Span;
}

export interface DocumentSymbol {
  name: string;
  detail?: string;
  kind: SymbolKind;
  span: Span;
  selection: Span;
  children?: DocumentSymbol[];
}

export interface Fold {
  span: Span;
  kind?: FoldingRangeKind;
  collapsedText?: string;
}

/** Token types are indices into {@link TOKEN_TYPES}, modifiers bits of {@link TOKEN_MODIFIERS}. */
export interface Token {
  span: Span;
  type: (typeof TOKEN_TYPES)[number];
  modifiers?: (typeof TOKEN_MODIFIERS)[number][];
}

export interface Lens {
  span: Span;
  title: string;
  tooltip?: string;
  command?: CommandCall;
}

export interface Hint {
  offset: number;
  label: string;
  tooltip?: string;
}

export interface Link {
  span: Span;
  tooltip?: string;
  /** A Java source file that the client or the server looks up when the link is followed. */
  source?: SourceReference;
  /** Or a plain target. */
  target?: string;
}

/** A frame's source file, for example package "org/apache/flink/runtime", file "Task.java", line 570 (1-based). */
export interface SourceReference {
  package: string;
  file: string;
  line: number | null;
}

/** What a set of files says; spans count through all of them. */
export interface Across {
  /** Markdown in place of what the document alone says. */
  hover: string | null;
  definition: Span[];
  references: Span[];
}

/** What a kind of document offers in the editor. Everything is optional; every list is capped by the wiring. */
export interface LanguageFeatures<A extends Analysis = Analysis> {
  hover?(document: Document<A>, offset: number): Hover | null;
  definition?(document: Document<A>, offset: number): Target[];
  references?(document: Document<A>, offset: number): Target[];
  highlight?(document: Document<A>, offset: number): Span[];
  /** The same in a set of files that this document was read with as one; `offset` counts through all of them. */
  across?(document: Document<A>, offset: number, set: { analysis: A; offset: number }): Across;
  symbols?(document: Document<A>): DocumentSymbol[];
  folds?(document: Document<A>): Fold[];
  tokens?(document: Document<A>, span: Span): Token[];
  lenses?(document: Document<A>): Lens[];
  hints?(document: Document<A>, span: Span): Hint[];
  links?(document: Document<A>): Link[];
  /** Fixes beyond those that hang on findings, for the given selection. */
  actions?(document: Document<A>, span: Span): import('../core/model.ts').Fix[];
  /** Edits of source.fixAll, where the safe fixes of the findings cannot simply be put together. */
  fixAll?(document: Document<A>): import('../core/model.ts').TextEdit[];
  /** The node of a graph that stands for what is at an offset, for sync from text to graph. */
  nodeAt?(document: Document<A>, view: GraphView, offset: number): string | null;
}

export interface Document<A extends Analysis = Analysis> {
  uri: string;
  text: string;
  analysis: A;
  settings: Settings;
}
