import type { Box, Drawing } from '../../common/drawing/elk.ts';
import { rank } from '../../common/drawing/tidy.ts';
import type { GraphDocument } from '../../common/graph.ts';
import type { Links } from './words.ts';

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

const centre = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

const AXES: Record<Arrow, { dx: number; dy: number }> = {
  ArrowUp: { dx: 0, dy: -1 },
  ArrowDown: { dx: 0, dy: 1 },
  ArrowLeft: { dx: -1, dy: 0 },
  ArrowRight: { dx: 1, dy: 0 },
};

/** How far a box is in a direction, counting what is off to the side double; infinite when it is not there at all. */
function far(from: Box, to: Box, { dx, dy }: { dx: number; dy: number }): number {
  const [a, b] = [centre(from), centre(to)];
  const along = (b.x - a.x) * dx + (b.y - a.y) * dy;
  const aside = Math.abs((b.x - a.x) * dy) + Math.abs((b.y - a.y) * dx);
  return along <= 1 ? Number.POSITIVE_INFINITY : along + 2 * aside;
}

/**
 * Where an arrow key leads: with the flow along an edge (marked edges first, then the nearest end), across the flow
 * to the neighbour on the screen.
 */
export function neighbour(
  id: string,
  key: Arrow,
  graph: GraphDocument<unknown>,
  drawing: Drawing,
  links: ReadonlyMap<string, Links<unknown>>,
): string | undefined {
  const from = drawing.nodes[id];
  if (from === undefined) return undefined;
  const down = graph.direction === 'down';
  const follow = key === (down ? 'ArrowDown' : 'ArrowRight') ? 'out' : key === (down ? 'ArrowUp' : 'ArrowLeft') ? 'in' : undefined;
  if (follow !== undefined) {
    const [best] = (links.get(id)?.[follow] ?? [])
      .map((edge) => ({ edge, other: follow === 'out' ? edge.to : edge.from }))
      .filter(({ other }) => other !== id)
      .map((step) => {
        const box = drawing.nodes[step.other];
        return {
          ...step,
          distance: box === undefined ? Number.POSITIVE_INFINITY : Math.hypot(centre(box).x - centre(from).x, centre(box).y - centre(from).y),
        };
      })
      .sort((a, b) => rank(a.edge.emphasis) - rank(b.edge.emphasis) || a.distance - b.distance);
    if (best !== undefined) return best.other;
  }
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const node of graph.nodes) {
    const box = drawing.nodes[node.id];
    if (box === undefined || node.id === id) continue;
    const distance = far(from, box, AXES[key]);
    if (distance < least) {
      least = distance;
      nearest = node.id;
    }
  }
  return nearest;
}
