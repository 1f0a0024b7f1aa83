import type { OutlineItem } from '../../../common/contracts.ts';
import type { Place, Span } from '../../../common/span.ts';
import type { DocumentSymbol } from '../features/types.ts';
import { WORDS } from './words.ts';

/** Attempts are in it, their states are not: the timeline has those. */
const DEEPEST = 3;
const MAX_ITEMS = 6000;

/** The outline of a file that no editor has, from the same symbols as that of a text. */
export function outlineOf(symbols: readonly DocumentSymbol[], place: (span: Span) => Place): OutlineItem[] {
  let left = MAX_ITEMS;
  const items = (list: readonly DocumentSymbol[], depth: number): OutlineItem[] => {
    const made: OutlineItem[] = [];
    // All of one level before any of the next: what is cut is the detail.
    const kept = list.slice(0, Math.max(0, left));
    left -= kept.length;
    for (const { name, detail, selection, children = [] } of kept) {
      made.push({
        name,
        ...(detail === undefined ? {} : { detail }),
        line: place(selection).start.line,
        children: depth < DEEPEST ? items(children, depth + 1) : [],
      });
    }
    const last = kept.at(-1);
    if (kept.length < list.length && last !== undefined)
      made.push({ name: WORDS.moreItems(list.length - kept.length), line: place(last.selection).start.line, children: [] });
    return made;
  };
  return items(symbols, 1);
}
