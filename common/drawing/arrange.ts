import type { GraphDocument } from '../graph.ts';
import type { GraphView } from '../views.ts';
import { closeChains } from './chains.ts';
import { closeGroups, foldNames, foldParts, foldRuns, foldTwins, groupsToClose, withNodes } from './fold.ts';
import { reach, relations, shortestPath } from './relations.ts';
import { tidy } from './tidy.ts';

/** Which part of the graph is shown. */
export type Focus =
  | { mode: 'neighbours'; ids: string[]; depth: number }
  | { mode: 'upstream' | 'downstream'; id: string }
  | { mode: 'path'; from: string; to: string };

/** What the reader changed about the graph; kept through reload. */
export interface ViewState {
  /** Groups closed by hand. */
  closed: string[];
  /** Groups and folded nodes opened by hand. */
  opened: string[];
  focus?: Focus;
  foldNames?: boolean;
  /** Instead of the document's own. */
  direction?: GraphDocument<unknown>['direction'];
}

export const INITIAL_VIEW: ViewState = { closed: [], opened: [] };

export interface Arranged<P> {
  /** What is drawn. */
  graph: GraphDocument<P>;
  /** Node or group that is not drawn itself -> the node that stands for it. */
  owner: Map<string, string>;
  /** Nodes left out by the focus. */
  hidden: number;
  /** Nodes that another node stands for. */
  folded: number;
}

/** More nodes than `most` are folded before layout, down to about `folded`: beyond it a drawing takes long and says little. */
export interface Budget {
  most: number;
  folded: number;
}

export const BUDGETS: Record<GraphView, Budget> = {
  'lock-wait': { most: 200, folded: 110 },
  calls: { most: 300, folded: 150 },
  job: { most: 1200, folded: 300 },
  scopes: { most: 1200, folded: 300 },
};

const PARTS = 'fold:parts';

function focused<P>(graph: GraphDocument<P>, focus: Focus): GraphDocument<P> {
  const links = relations(graph);
  const out = (id: string) => links.out.get(id) ?? [];
  const into = (id: string) => links.in.get(id) ?? [];
  // A group in focus means everything that is in it.
  const parent = new Map(graph.groups.map((group) => [group.id, group.parent]));
  const within = (ids: readonly string[]) => {
    const wanted = new Set(ids);
    return graph.nodes
      .filter((node) => {
        if (wanted.has(node.id)) return true;
        for (let at = node.group; at !== undefined; at = parent.get(at)) if (wanted.has(at)) return true;
        return false;
      })
      .map((node) => node.id);
  };
  let keep: Set<string>;
  if (focus.mode === 'path') {
    const forward = shortestPath(focus.from, focus.to, links);
    keep = new Set(forward.length > 0 ? forward : shortestPath(focus.to, focus.from, links));
  } else if (focus.mode === 'neighbours') keep = reach(within(focus.ids), (id) => [...out(id), ...into(id)], focus.depth);
  else if (focus.mode === 'upstream') keep = reach(within([focus.id]), into);
  else keep = reach(within([focus.id]), out);
  const nodes = graph.nodes.filter((node) => keep.has(node.id));
  return {
    ...graph,
    nodes,
    groups: withNodes(graph.groups, nodes),
    edges: graph.edges.filter((edge) => keep.has(edge.from) && keep.has(edge.to)),
  };
}

/** Sorted, filtered and folded: the graph that goes to layout. The same input and state give the same result. */
export function arrange<P>(document: GraphDocument<P>, state: ViewState = INITIAL_VIEW, budget: Budget = BUDGETS[document.view]): Arranged<P> {
  const owner = new Map<string, string>();
  const opened = new Set(state.opened);
  const closed = new Set([
    ...document.groups.filter((group) => group.collapsed === true && !opened.has(group.id)).map((group) => group.id),
    ...state.closed,
  ]);
  const whole = tidy(closeChains(document, closed, owner));
  const chained = owner.size;
  let graph = state.focus === undefined ? whole : focused(whole, state.focus);
  const hidden = whole.nodes.length - graph.nodes.length;
  graph = closeGroups(graph, closed, owner);
  if (state.foldNames === true) graph = foldNames(graph, opened, owner);
  if (graph.view === 'lock-wait' || graph.nodes.length > budget.most) graph = foldTwins(graph, opened, owner);
  if (graph.nodes.length > budget.most) {
    // Every opening of "smaller parts" shows as many again.
    const openings = state.opened.filter((id) => id.startsWith(PARTS)).length;
    const target = budget.folded * (openings + 1);
    graph = closeGroups(graph, groupsToClose(graph, target, opened), owner);
    if (graph.nodes.length > target) graph = foldParts(graph, target, owner, `${PARTS}:${openings + 1}`);
    if (graph.nodes.length > target) graph = foldRuns(graph, target, opened, owner);
  }
  return { graph: { ...tidy(graph), direction: state.direction ?? graph.direction }, owner, hidden, folded: owner.size - chained };
}
