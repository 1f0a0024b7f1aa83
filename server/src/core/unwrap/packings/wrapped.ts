import { Rejoiner } from '../lines/rejoiner.ts';
import { cutLine, learnWrapping, type Wrapping } from '../lines/wrapping.ts';
import type { LineSense, Packing } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import { atOnce, type Steps } from '../steps.ts';

/** So much of a text tells how its lines were broken. */
const LOOKED_AT = 64 * 1024;

/** Lines that a mail program, a terminal or a form has broken at a width, quoted or not. */
export const wrapped: Packing = {
  id: 'wrapped-lines',
  title: 'lines broken at a width',
  proves: true,
  // References stand for one character each: widths are measured without them.
  sign: (sample) => sample.includes('\n') && !/&(?:lt|gt|amp|quot|nbsp|#\d+);/.test(sample),
  *undo(text, { lines }): Steps<Source | null> {
    const wrapping = lines === undefined ? null : wrappingOf(text, lines);
    return wrapping === null || lines === undefined ? null : yield* rejoin(text, wrapping, lines);
  },
  samples: [
    '> one: a line that a mail program has broken and quoted, since it is longer\n> than that likes, and again in its second half, which is long as well, so\n> that there are three.\n> two\n',
    'one: this line was broken by a terminal that is as wide as eight by t\nen, in the midst of a word and again in the midst of the next of those\nhere.\ntwo: and so was this, which is no shorter than the one before it had b\neen.',
  ],
  nearMisses: ['one: a line\nthat goes on\nas it was written\ntwo\n', 'one\ntwo\nthree'],
};

/** How the lines of a text were broken, by its beginning; null where none are. */
export function wrappingOf(text: string, sense: LineSense): Wrapping | null {
  const sample = text.slice(0, LOOKED_AT);
  if (!wrapped.sign(sample)) return null;
  const lines = sample.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  return learnWrapping(lines, sense);
}

/** A sample with its lines put together; null where none are broken. */
export function rejoined(sample: string, sense: LineSense): string | null {
  const wrapping = wrappingOf(sample, sense);
  return wrapping === null ? null : atOnce(rejoin(sample, wrapping, sense)).text;
}

/** The text with its lines put together, and without what stood before each. */
export function* rejoin(text: string, wrapping: Wrapping, sense: LineSense): Steps<Source> {
  const builder = new SourceBuilder(text);
  const rejoiner = new Rejoiner(wrapping, sense);
  let before = 0;
  for (let start = 0; start < text.length; ) {
    yield;
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const stop = end > start && text[end - 1] === '\r' ? end - 1 : end;
    const line = cutLine(text.slice(start, stop), wrapping.prefix);
    const between = rejoiner.next(line);
    const from = start + line.before.length;
    if (between === null) builder.copy(before, start);
    else builder.replace(before, from, between);
    builder.copy(from, stop);
    before = stop;
    start = end + 1;
  }
  builder.copy(before, text.length);
  return builder.build();
}
