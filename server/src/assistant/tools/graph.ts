import * as v from 'valibot';
import type { GraphDocument } from '../../../../common/graph.ts';
import type { Span } from '../../../../common/span.ts';
import { GRAPH_VIEWS, isGraphView } from '../../../../common/views.ts';
import { findRelations } from '../../core/analysis/log/relations.ts';
import { graph as graphOf, views } from '../../core/kinds/index.ts';
import { relationsText } from '../../core/views/log/relationsText.ts';
import type { Analysed } from '../../workspace/workspace.ts';
import { type Cases, sourcesOf } from '../cases.ts';
import { cursor, page, paged, tokens, told } from '../paging.ts';
import { caseId, sourceName } from '../schemas.ts';
import { tool } from '../tool.ts';
import { ToolError } from '../toolError.ts';
import { TOOL_TITLES } from '../toolTitleWords.ts';
import { GRAPH } from '../words.ts';

const RELATIONS = 'relations';
const MAX_LINE = 300;

export const graph = tool({
  name: 'logjam_graph',
  ...TOOL_TITLES.logjam_graph,
  description: GRAPH.description,
  input: v.strictObject({
    case: caseId,
    source: sourceName,
    view: v.exactOptional(v.pipe(v.picklist([...GRAPH_VIEWS, RELATIONS]), v.description(GRAPH.view))),
    focus: v.exactOptional(v.pipe(v.string(), v.maxLength(1000), v.description(GRAPH.focus))),
    cursor,
    tokens,
  }),
  output: v.strictObject({
    source: v.string(),
    view: v.string(),
    views: v.pipe(v.array(v.string()), v.description(GRAPH.views)),
    lines: v.pipe(v.array(v.string()), v.description(GRAPH.lines)),
    ...page,
  }),
  run: async (cases, { case: id, source, view, focus, ...input }, waiter) => {
    const opened = await cases.of(id);
    const name = source ?? sourcesOf(opened, 'thread-dump', 'job-graph', 'rest-document', 'flink-log')[0];
    if (name === undefined) throw new ToolError(GRAPH.none);
    const document = await cases.source(opened, name, waiter);
    const { analysis } = document;
    const possible = [...views(analysis).filter(isGraphView), ...(analysis.kind === 'flink-log' ? [RELATIONS] : [])];
    const shown = view ?? possible[0];
    if (shown === undefined || !possible.includes(shown)) throw new ToolError(GRAPH.noView(name, shown ?? '', possible));
    const lines = shown === RELATIONS ? await relationLines(cases, document, name) : viewLines(document, shown, focus);
    const { items, more, next } = paged(lines, input.cursor, input, (line) => told(line, MAX_LINE));
    return { source: name, view: shown, views: possible, lines: items, more, next };
  },
});

async function relationLines({ workspace }: Cases, document: Analysed, name: string): Promise<string[]> {
  const { analysis } = document;
  if (analysis.kind !== 'flink-log') return [];
  const found = await workspace.places.withLines(document, (lineOf) => findRelations(analysis, lineOf));
  return relationsText(analysis, found, name).trimEnd().split('\n');
}

function viewLines({ analysis }: Analysed, view: string, focus: string | undefined): string[] {
  const made = isGraph(view) ? graphOf(analysis, view, ...(focus === undefined ? [] : [focus])) : null;
  return made === null ? [GRAPH.nothing] : graphLines(made);
}

const isGraph = (name: string): name is (typeof GRAPH_VIEWS)[number] => GRAPH_VIEWS.some((one) => one === name);

/** Nodes that are not as the others first, then all, each in a sentence; then who leads to whom. */
function graphLines({ nodes, edges, empty, notes }: GraphDocument<Span>): string[] {
  const marked = nodes.filter(({ emphasis = 'none' }) => emphasis !== 'none' && emphasis !== 'muted');
  const rest = nodes.filter((node) => !marked.includes(node));
  return [
    ...(empty === undefined ? [] : [empty]),
    ...[...marked, ...rest].map(({ description }) => description),
    ...edges.map(({ description }) => description),
    ...notes,
  ];
}
