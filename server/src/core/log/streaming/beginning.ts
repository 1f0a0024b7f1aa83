import type { Wrapper } from '../../unwrap/lines/prefixes.ts';
import type { Wrapping } from '../../unwrap/lines/wrapping.ts';
import { rejoin, wrappingOf } from '../../unwrap/packings/wrapped.ts';
import { atOnce } from '../../unwrap/steps.ts';
import { findWrapper } from '../findWrapper.ts';
import { type Layout, LayoutMatcher } from '../layouts.ts';
import { logLines } from '../lines.ts';
import { isSpecial, sampleOf } from '../records.ts';
import { type FastHead, learnFastHead } from './fastHead.ts';
import type { Scanner } from './scanner.ts';

/** So much of a log is looked at before it is read. In bytes. */
export const SAMPLE_BYTES = 256 * 1024;

/** What the beginning of a log says of how all of it is read. */
export interface Beginning {
  /** Its lines, put together again where they were broken on their way. */
  lines: string[];
  wrapping: Wrapping | null;
  wrapper: Wrapper | null;
  /** How its records begin, where they have one shape that the scanner was told of; null: it takes the general way. */
  fast: FastHead | null;
}

/** `scratch`: an address in the scanner's memory with room for a line. `own`: layouts of the user's own. */
export function beginningOf(sample: string, scanner: Scanner, scratch: number, own: readonly Layout[]): Beginning {
  const wrapping = wrappingOf(sample, logLines);
  const lines = sampleOf(wrapping === null ? sample : atOnce(rejoin(sample, wrapping, logLines)).text);
  const wrapper = findWrapper(lines);
  const layout = layoutOf(lines);
  const special = own.length > 0 || wrapping !== null || wrapper !== null || isSpecial(lines);
  return { lines, wrapping, wrapper, fast: special || layout === null ? null : learnFastHead(scanner, scratch, lines, layout) };
}

/** The layout of most lines. */
function layoutOf(lines: readonly string[]): Layout | null {
  const counts = new Map<Layout, number>();
  const matcher = new LayoutMatcher();
  for (const line of lines) {
    if (matcher.match(line) === null || matcher.last === null) continue;
    counts.set(matcher.last, (counts.get(matcher.last) ?? 0) + 1);
  }
  let best: Layout | null = null;
  let most = 0;
  for (const [layout, count] of counts) {
    if (count <= most) continue;
    most = count;
    best = layout;
  }
  return best;
}
