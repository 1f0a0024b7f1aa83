import type { Checkpoint } from '../checkpoint.ts';
import { LineIndex } from '../text.ts';
import { type Opened, unwrap } from '../unwrap/index.ts';
import { withoutColours } from '../unwrap/lines/colours.ts';
import { peel, type Wrapper } from '../unwrap/lines/prefixes.ts';
import { compose, ShiftMap } from '../unwrap/source.ts';
import { inTurns } from '../unwrap/steps.ts';
import { Assembler, lineEnd, MAX_JSON_LENGTH, type RawRecord, sourceOf } from './assembler.ts';
import { findWrapper } from './findWrapper.ts';
import { type Layout, LayoutMatcher } from './layouts.ts';
import { learnLayout } from './learnLayout.ts';
import { logReading } from './readable.ts';

export interface ReadResult {
  layout: string | null;
  wrapper: Wrapper | null;
  reversed: boolean;
}

/** Lines of a text that detection looks at. */
const SAMPLE_LINES = 400;

/** Cuts a text into records and hands each to `add`, oldest first in a file that is printed newest first. */
export async function readRecords(
  original: string,
  own: readonly Layout[],
  checkpoint: Checkpoint,
  add: (record: RawRecord) => void,
  /** Where the text stands in a set of texts that are read as one. */
  place: { offset: number; line: number } = { offset: 0, line: 0 },
): Promise<ReadResult> {
  return readUnpacked(await inTurns(unwrap(original, logReading), checkpoint), original, own, checkpoint, add, place);
}

/** The same for a text that was taken out of `original` already. */
export async function readUnpacked(
  { source: { text, map }, packings }: Opened,
  original: string,
  own: readonly Layout[],
  checkpoint: Checkpoint,
  add: (record: RawRecord) => void,
  place: { offset: number; line: number } = { offset: 0, line: 0 },
): Promise<ReadResult> {
  const sample = sampleLines(text).map(withoutColours);
  const wrapper = findWrapper(sample);
  const layouts = [...own, ...learnLayout(wrapper === null ? sample : sample.map((line) => peel(wrapper, line)?.text ?? line))];
  const matcher = new LayoutMatcher(layouts);
  const reversed = isReversed(sample, wrapper, layouts);
  const assembler = new Assembler(text, matcher, wrapper, reversed, add, isMixed(sample, wrapper));
  const shift = new ShiftMap(place.offset);
  if (packings.length > 0) {
    const lines = new LineIndex(original);
    assembler.place(compose(shift, map) ?? shift, place.line, (at) => lines.lineOf(at - place.offset) + place.line);
  } else if (place.offset !== 0 || place.line !== 0) assembler.place(shift, place.line);
  if (reversed) {
    const starts: number[] = [];
    for (let at = 0; at < text.length; at = nextLine(text, at)) starts.push(at);
    for (let number = starts.length - 1; number >= 0; number--) {
      const start = starts[number] as number;
      assembler.line(start, lineEnd(text, start), number);
      if (checkpoint.due()) await checkpoint.pause();
    }
  } else {
    let number = 0;
    for (let start = 0; start < text.length; number++) {
      const end = lineEnd(text, start);
      assembler.line(start, end, number);
      start = end + 1;
      if ((number & 255) === 0 && checkpoint.due()) await checkpoint.pause();
    }
  }
  assembler.finish();
  return { layout: assembler.layout, wrapper: named(wrapper, packings), reversed };
}

/** The wrapper of the lines, named together with what the text was packed in. */
function named(wrapper: Wrapper | null, packings: readonly string[]): Wrapper | null {
  if (packings.length === 0) return wrapper;
  const names = wrapper === null ? packings : [...packings, wrapper.id];
  return { id: names.join(', '), title: names.join(', '), samples: [], nearMisses: [] };
}

function nextLine(text: string, start: number): number {
  return lineEnd(text, start) + 1;
}

function sampleLines(text: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length && lines.length < SAMPLE_LINES; at = nextLine(text, at)) {
    const line = text.slice(at, Math.min(lineEnd(text, at), at + MAX_JSON_LENGTH));
    lines.push(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
  return lines;
}

/** More processes than this are told apart by something else, such as a line number. */
const MAX_SOURCES = 50;

/** Lines of several containers stand between each other, each with the container's name before it. */
function isMixed(sample: readonly string[], wrapper: Wrapper | null): boolean {
  if (wrapper?.prefix === undefined) return false;
  const counts = new Map<string, number>();
  for (const line of sample) {
    const prefix = peel(wrapper, line)?.prefix;
    if (prefix === undefined) continue;
    const source = sourceOf(prefix);
    counts.set(source, (counts.get(source) ?? 0) + 1);
    if (counts.size > MAX_SOURCES) return false;
  }
  return counts.size > 1 && [...counts.values()].filter((count) => count > 1).length > 1;
}

/** What a stack ends with. */
const OUTERMOST = /^\s*(?:at java\.(?:base\/java\.)?lang\.Thread\.run\(|\.\.\. \d+ (?:more|common frames omitted)$)/;

/** Newest first: times only ever step back, and stacks stand on their heads (Thread.run before what it called). */
function isReversed(sample: readonly string[], wrapper: Wrapper | null, own: readonly Layout[]): boolean {
  const matcher = new LayoutMatcher(own);
  let back = 0;
  let last: number | null = null;
  let upsideDown = false;
  const lines = wrapper === null ? sample : sample.map((raw) => peel(wrapper, raw)?.text ?? raw);
  for (const [index, line] of lines.entries()) {
    if (OUTERMOST.test(line) && /(?:^|\s)at [\w$.]+\(/.test(lines[index + 1] ?? '')) upsideDown = true;
    const time = matcher.match(line)?.stamp?.ms;
    if (time === undefined) continue;
    if (last !== null && time > last) return false;
    if (last !== null && time < last) back++;
    last = time;
  }
  return back >= 20 || (back >= 1 && upsideDown);
}

/** Beginning of a text as lines. */
export function sampleOf(text: string): string[] {
  return sampleLines(text);
}

/** Lines in JSON, or newest first: nothing for a reader that goes by bytes. */
export function isSpecial(sample: readonly string[]): boolean {
  const json = sample.filter((line) => line.startsWith('{')).length;
  return json > sample.length / 4 || sample.some((line) => line.includes('\u001b[')) || isReversed(sample, null, []);
}
