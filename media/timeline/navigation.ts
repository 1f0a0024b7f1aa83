import { type Item, type PlacedLane, startOf } from './lanes.ts';

/** Which item comes next: by arrow keys, and from the cursor in the text. */

/** The item that a key leads to from another; undefined when there is none, null when the key leads nowhere. */
export function itemAt(key: string, from: Item, items: readonly Item[], lanes: readonly PlacedLane[]): Item | undefined | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowLeft': {
      const next = items[items.indexOf(from) + (key === 'ArrowRight' ? 1 : -1)];
      return next?.lane === from.lane ? next : undefined;
    }
    case 'ArrowDown':
    case 'ArrowUp':
      return across(from, key === 'ArrowDown' ? 1 : -1, items, lanes);
    case 'Home':
      return items.find((one) => one.lane === from.lane);
    case 'End':
      return items.findLast((one) => one.lane === from.lane);
    default:
      return null;
  }
}

/** The item at about the same time in the next lane that has any. */
function across(from: Item, step: 1 | -1, items: readonly Item[], lanes: readonly PlacedLane[]): Item | undefined {
  const time = startOf(from);
  for (let at = lanes.indexOf(from.lane) + step; at >= 0 && at < lanes.length; at += step) {
    const there = items.filter((item) => item.lane === lanes[at]);
    const [nearest] = there.sort((a, b) => Math.abs(startOf(a) - time) - Math.abs(startOf(b) - time));
    if (nearest !== undefined) return nearest;
  }
  return undefined;
}

/** The last item that begins at or before a line of the text. */
export function itemOfLine(items: readonly Item[], line: number, uri: string | undefined): Item | undefined {
  let best: Item | undefined;
  for (const item of items) {
    const { place } = item.item;
    if (place === undefined || place.uri !== uri || place.start.line > line) continue;
    if (best?.item.place === undefined || place.start.line > best.item.place.start.line) best = item;
  }
  return best;
}
