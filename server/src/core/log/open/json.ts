import type { Checkpoint } from '../../checkpoint.ts';
import { UnwrapBuilder, type Unwrapped } from '../../unwrap/positionMap.ts';

interface Span {
  start: number;
  end: number;
}

/**
 * JSON that is not one record a line: a document with an array of records, or records printed over several lines.
 * Every record becomes a line; what stands around them is left out.
 */
export async function openJson(text: string, readable: (text: string) => number, checkpoint: Checkpoint): Promise<Unwrapped | null> {
  const { items, roots } = await spans(text, checkpoint);
  const score = (found: readonly Span[]) =>
    readable(
      found
        .slice(0, 50)
        .map(({ start, end }) => flat(text.slice(start, end)))
        .join('\n'),
    );
  const ways = [items, roots].filter((found) => found.length > 0);
  const best = ways.length === 0 ? null : ways.reduce((a, b) => (score(b) > score(a) ? b : a));
  if (best === null || score(best) === 0) return null;
  const builder = new UnwrapBuilder(text);
  for (const { start, end } of best) {
    if (checkpoint.due()) await checkpoint.pause();
    let done = start;
    for (let at = text.indexOf('\n', done); at !== -1 && at < end; at = text.indexOf('\n', done)) {
      builder.copy(done, at);
      builder.replace(at, at + 1, ' ');
      done = at + 1;
    }
    builder.copy(done, end);
    builder.insert(end, '\n');
  }
  return builder.build();
}

const flat = (text: string) => text.replaceAll('\n', ' ');

const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const QUOTE = 34;
const BACKSLASH = 92;

/** Objects that stand in an array, the outermost ones; and objects that stand in nothing. */
async function spans(text: string, checkpoint: Checkpoint): Promise<{ items: Span[]; roots: Span[] }> {
  const items: Span[] = [];
  const roots: Span[] = [];
  const open: number[] = [];
  let itemDepth = 0;
  let itemStart = 0;
  let rootStart = 0;
  for (let at = 0; at < text.length; at++) {
    if ((at & 0xffff) === 0 && checkpoint.due()) await checkpoint.pause();
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++) if (text.charCodeAt(at) === BACKSLASH) at++;
    } else if (code === OPEN_BRACE) {
      if (open.length === 0) rootStart = at;
      if (itemDepth === 0 && open[open.length - 1] === OPEN_BRACKET) {
        itemDepth = open.length + 1;
        itemStart = at;
      }
      open.push(code);
    } else if (code === OPEN_BRACKET) open.push(code);
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      if (code === CLOSE_BRACE && itemDepth !== 0 && open.length === itemDepth) {
        items.push({ start: itemStart, end: at + 1 });
        itemDepth = 0;
      }
      open.pop();
      if (open.length === 0 && code === CLOSE_BRACE) roots.push({ start: rootStart, end: at + 1 });
    }
  }
  return { items, roots };
}
