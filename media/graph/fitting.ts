import { type Card, card } from '../../common/drawing/card.ts';
import type { Box } from '../../common/drawing/elk.ts';
import type { Measure } from '../../common/drawing/measure.ts';
import type { Placed } from '../../common/drawing/run.ts';
import type { GraphDocument } from '../../common/graph.ts';
import type { Range } from '../../common/span.ts';
import type { ElkClient } from './elkClient.ts';
import type { GraphModel } from './model.ts';
import type { View, Viewport } from './viewport.ts';

/** How a graph lies in the window: which way it is laid out, and which part of it shows first. */

/** Below this scale the whole graph tells nothing: the page opens at its most important part. */
const READABLE = 0.55;
/** Calls lie in a row: their names are all there is to see. */
const NAMES = 0.75;

/** Up to this many nodes a second layout costs nothing that is felt. */
const TWO_WAYS = 60;
const WORTH_TURNING = 1.2;

/** A small graph is laid out both ways and shown the way that is larger in this window, unless the reader has chosen. */
export async function layOut(
  graph: GraphDocument<Range>,
  chosen: boolean,
  elk: ElkClient,
  measure: Measure,
  viewport: Viewport,
  signal: AbortSignal,
): Promise<Placed> {
  const first = await elk.layout(graph, measure, signal);
  const scale = viewport.scaleOf(first.drawing);
  if (chosen || graph.nodes.length > TWO_WAYS || scale >= 1) return first;
  const turned: GraphDocument<Range> = { ...graph, direction: graph.direction === 'down' ? 'right' : 'down' };
  const second = await elk.layout(turned, measure, signal);
  if (viewport.scaleOf(second.drawing) < scale * WORTH_TURNING) return first;
  graph.direction = turned.direction;
  return second;
}

/**
 * A drawing with other cards in the places of those before. Null where the graph has another shape, or a card does not fit into
 * its place any more.
 */
export function refitted(before: GraphDocument<Range>, after: GraphDocument<Range>, { drawing }: Placed, measure: Measure): Placed | null {
  if (shapeOf(before) !== shapeOf(after)) return null;
  const cards = new Map<string, Card>();
  for (const node of after.nodes) {
    const made = card(node, after.view, measure);
    const box = drawing.nodes[node.id];
    if (box === undefined || made.width > box.width || made.height > box.height) return null;
    cards.set(node.id, made);
  }
  return { drawing, cards };
}

/** What a layout rests on besides the sizes of cards. Nodes stand in the order of what they mean, which is not part of it. */
const shapeOf = ({ nodes, groups, edges }: GraphDocument<Range>): string =>
  [
    ...nodes.map(({ id, group }) => JSON.stringify([id, group])),
    ...groups.map(({ id, parent }) => JSON.stringify([id, parent])),
    ...edges.map(({ id, from, to, label }) => JSON.stringify([id, from, to, label])),
  ]
    .sort()
    .join();

/** What is to show after a layout: the same part as before, with one node where it was on the screen; else what tells most. */
export interface Then {
  viewport?: View | undefined;
  anchor?: string | undefined;
}

/** `before`: where the anchor was. */
export function show(viewport: Viewport, model: GraphModel, then: Then, before: Box | undefined): void {
  const after = then.anchor === undefined ? undefined : model.boxAfter(then.anchor);
  if (then.viewport !== undefined) {
    viewport.set(then.viewport);
    if (before !== undefined && after !== undefined) viewport.pan((before.x - after.x) * viewport.view.k, (before.y - after.y) * viewport.view.k);
    if (after !== undefined) viewport.show({ ...after, width: Math.min(after.width, 400), height: Math.min(after.height, 300) });
    return;
  }
  viewport.fit();
  const { centre } = model;
  const least = model.graph.view === 'calls' ? NAMES : READABLE;
  if (viewport.view.k >= least) return;
  // What matters is in the middle, and as wide as there is room for.
  if (centre === undefined || viewport.widthScale >= least) viewport.fitWidth(least);
  else viewport.fit({ x: centre.x - 80, y: centre.y - 80, width: centre.width + 160, height: centre.height + 160 });
  if (viewport.view.k < least) viewport.zoom(least / viewport.view.k);
  if (centre !== undefined) viewport.show(centre);
}
