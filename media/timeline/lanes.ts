import type { Place, Range } from '../../common/span.ts';
import type { LaneKind, TimelineDocument, TimelineInterval, TimelineLane, TimelineMark } from '../../common/timeline.ts';

export const ROW = 20;
const GAP = 7;
const MAX_ROWS = 8;

export interface PlacedLane {
  lane: TimelineLane<Range>;
  depth: number;
  y: number;
  height: number;
  rows: number;
  /** Lanes under this one. */
  children: number;
  open: boolean;
}

export type Item =
  | { kind: 'interval'; item: TimelineInterval<Place>; lane: PlacedLane }
  | { kind: 'mark'; item: TimelineMark<Place>; lane: PlacedLane };

export const startOf = (item: Item): number => (item.kind === 'interval' ? item.item.from : item.item.at);

export interface LaneState {
  /** Lanes whose folding differs from the document's. */
  turned: string[];
  /** Kinds that are not shown. */
  hidden: LaneKind[];
  query: string;
}

/** The lanes that are shown, one under the other; a lane without room of its own is a heading for those under it. */
export function placeLanes(document: TimelineDocument<Range>, state: LaneState): { lanes: PlacedLane[]; height: number } {
  const byId = new Map(document.lanes.map((lane) => [lane.id, lane]));
  const children = new Map<string, number>();
  for (const lane of document.lanes) if (lane.parent !== undefined) children.set(lane.parent, (children.get(lane.parent) ?? 0) + 1);
  const isOpen = (lane: TimelineLane<Range>) => (lane.collapsed === true) === state.turned.includes(lane.id);
  const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (lane: TimelineLane<Range>) => {
    if (words.length === 0) return true;
    const text = [lane.label, lane.description, ...lane.marks.map((mark) => mark.label), ...lane.intervals.map((interval) => interval.label)]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const wanted = new Set<string>();
  for (const lane of document.lanes) {
    if (state.hidden.includes(lane.kind) || !matches(lane)) continue;
    for (
      let at: TimelineLane<Range> | undefined = lane;
      at !== undefined && !wanted.has(at.id);
      at = at.parent === undefined ? undefined : byId.get(at.parent)
    )
      wanted.add(at.id);
  }
  const placed: PlacedLane[] = [];
  const depths = new Map<string, number>();
  const shut = new Set<string>();
  let y = 0;
  for (const lane of document.lanes) {
    const parent = lane.parent === undefined ? undefined : byId.get(lane.parent);
    if (parent !== undefined && (shut.has(parent.id) || (!isOpen(parent) && words.length === 0))) {
      shut.add(lane.id);
      continue;
    }
    if (!wanted.has(lane.id)) continue;
    const depth = parent === undefined ? 0 : (depths.get(parent.id) ?? 0) + 1;
    depths.set(lane.id, depth);
    const rows = Math.min(MAX_ROWS, 1 + lane.intervals.reduce((most, interval) => Math.max(most, interval.row ?? 0), 0));
    const height = rows * ROW + GAP;
    const open = isOpen(lane) || words.length > 0;
    const under = children.get(lane.id) ?? 0;
    // Marks of a lane that is open are those of the lanes under it.
    placed.push({ lane: open && under > 0 ? { ...lane, marks: [] } : lane, depth, y, height, rows, children: under, open });
    y += height;
  }
  return { lanes: placed, height: y };
}

/** Everything in the lanes that are shown, lane by lane, by time. */
export function itemsOf(lanes: readonly PlacedLane[]): Item[] {
  return lanes.flatMap((lane) => {
    const items: Item[] = [
      ...lane.lane.intervals.map((item): Item => ({ kind: 'interval', item, lane })),
      ...lane.lane.marks.map((item): Item => ({ kind: 'mark', item, lane })),
    ];
    return items.sort((a, b) => startOf(a) - startOf(b));
  });
}
