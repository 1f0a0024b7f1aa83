import type { SymbolKind } from 'vscode-languageserver-types';
import type { CommandCall } from '../../../../common/commands.ts';
import type { Span } from '../../../../common/span.ts';
import type { RestAnalysis } from '../../core/analysis/rest/model.ts';
import { vertexNames } from '../../core/analysis/rest/names.ts';
import { vertexNode } from '../../core/nodeIds/job.ts';
import { type DocumentTable, tableOf } from '../../core/views/rest/tables.ts';
import { REST_WORDS as WORDS } from '../../core/views/rest/words.ts';
import { bullets, escapeMarkdown, shorten } from '../../core/wording.ts';
import { jobGraphFeatures } from '../jobgraph/index.ts';
import { flinkLogFeatures } from '../log/index.ts';
import type { Document, DocumentSymbol, Hover, LanguageFeatures, Lens } from '../types.ts';

type RestDocuments = Document<RestAnalysis>;

const DOCUMENT = 2 as SymbolKind;
const ROW = 23 as SymbolKind;
const FACT = 20 as SymbolKind;

/** Documents that outline and hovers have; an archive has thousands. */
const MAX_DOCUMENTS = 2000;
const MAX_NAME = 120;

export const restFeatures: LanguageFeatures<RestAnalysis> = {
  hover,
  symbols,
  lenses,
  definition: (document, offset) => ofLog(document, (log) => flinkLogFeatures.definition?.(log, offset)) ?? [],
  references: (document, offset) => ofLog(document, (log) => flinkLogFeatures.references?.(log, offset)) ?? [],
  highlight: (document, offset) => ofLog(document, (log) => flinkLogFeatures.highlight?.(log, offset)) ?? [],
  links: (document) => ofLog(document, (log) => flinkLogFeatures.links?.(log)) ?? [],
  nodeAt: (document, view, offset) => {
    if (view === 'calls') return ofLog(document, (log) => flinkLogFeatures.nodeAt?.(log, view, offset)) ?? null;
    const { graph } = document.analysis;
    return graph === null ? null : (jobGraphFeatures.nodeAt?.({ ...document, analysis: graph }, view, offset) ?? null);
  },
};

/** The failures of a document are read as a log: what stands in their traces is what stands in those of a log. */
function ofLog<R>(document: RestDocuments, run: (log: Document<NonNullable<RestAnalysis['failures']>>) => R | undefined): R | undefined {
  const { failures } = document.analysis;
  return failures === null ? undefined : run({ ...document, analysis: failures });
}

interface Told {
  table: DocumentTable;
  span: Span;
}

const made = new WeakMap<RestAnalysis, Told[]>();

/** The documents as tables, once for an analysis. */
function tablesOf(analysis: RestAnalysis): Told[] {
  const known = made.get(analysis);
  if (known !== undefined) return known;
  const names = vertexNames(analysis);
  const tables = analysis.rest.documents.slice(0, MAX_DOCUMENTS).map((document) => ({ table: tableOf(document, names), span: document.span }));
  made.set(analysis, tables);
  return tables;
}

const holds = (span: Span, offset: number): boolean => offset >= span.start && offset <= span.end;

/** On a frame or exception what a log says of it; else the row that the cursor stands in, with the names of its columns. */
function hover(document: RestDocuments, offset: number): Hover | null {
  const ofTrace = ofLog(document, (log) => flinkLogFeatures.hover?.(log, offset) ?? undefined);
  if (ofTrace !== undefined && ofTrace !== null) return ofTrace;
  const { graph } = document.analysis;
  const ofGraph = graph === null ? null : (jobGraphFeatures.hover?.({ ...document, analysis: graph }, offset) ?? null);
  if (ofGraph !== null) return ofGraph;
  const told = tablesOf(document.analysis).find(({ span }) => holds(span, offset));
  if (told === undefined) return null;
  const { title, of, facts, columns, rows } = told.table;
  const row = rows.find(({ span }) => holds(span, offset));
  if (row !== undefined) {
    const lines = columns.flatMap((column, index) => {
      const cell = row.cells[index] ?? '';
      return cell === '' ? [] : [`${WORDS.columns[column]}: ${escapeMarkdown(shorten(cell, 500))}`];
    });
    return { span: row.span, markdown: `**${escapeMarkdown(title)}**\n\n${bullets(lines)}` };
  }
  const one = facts.find(({ span }) => span !== null && holds(span, offset));
  if (one?.span == null) return null;
  return {
    span: one.span,
    markdown: `**${escapeMarkdown(of === null ? title : `${title}: ${shorten(of, MAX_NAME)}`)}**\n\n${bullets([`${one.name}: ${escapeMarkdown(one.value)}`])}`,
  };
}

function symbols({ analysis }: RestDocuments): DocumentSymbol[] {
  return tablesOf(analysis).map(({ table, span }) => {
    const { title, of, facts, rows } = table;
    const children: DocumentSymbol[] = [
      ...facts.flatMap(({ name, value, span: at }) => (at === null ? [] : [symbol(name, value, FACT, at)])),
      ...rows.map(({ cells, span: at }) => {
        const [name = '', ...rest] = cells.filter((cell) => cell !== '');
        return symbol(name, rest.join(' · '), ROW, at);
      }),
    ];
    if (table.left > 0) children.push(symbol(WORDS.hidden(table.left), '', ROW, { start: span.start, end: span.start }));
    const selection = { start: span.start, end: Math.min(span.end, span.start + 1) };
    return { name: title, detail: shorten(of ?? '', MAX_NAME), kind: DOCUMENT, span, selection, children };
  });
}

const symbol = (name: string, detail: string, kind: SymbolKind, span: Span): DocumentSymbol => ({
  name: shorten(name === '' ? '?' : name, MAX_NAME),
  detail: shorten(detail, MAX_NAME),
  kind,
  span,
  selection: span,
});

/** Above the text: where it has one its job. */
function lenses({ uri, analysis }: RestDocuments): Lens[] {
  const span = { start: 0, end: 0 };
  const { graph, rest } = analysis;
  if (rest.documents.length === 0) return [];
  const plan = graph?.primary == null ? -1 : graph.plans.indexOf(graph.primary);
  return [...(plan === -1 ? [] : [{ span, title: WORDS.showGraph, command: showGraph(uri, plan) }])];
}

const showGraph = (uri: string, plan: number): CommandCall => ({ id: 'logjam.showGraphAt', arguments: [uri, 'job', vertexNode(plan, 0)] });
