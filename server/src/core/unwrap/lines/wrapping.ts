import type { LineSense, Open } from '../packing.ts';

/** Narrower than this nothing is wrapped, wider only by terminals that a person can see the width of. */
const MIN_WIDTH = 40;
const MAX_WIDTH = 240;
const USUAL_WIDTHS = new Set([72, 74, 75, 76, 78, 79, 80]);
/** Two lines of one length below this are no wonder in a text of short lines. */
const TELLING_WIDTH = 60;
/** Lines that are looked at to learn a width. */
const MAX_LINES = 600;
/** A tab takes up to eight columns, for a terminal and for fold(1). */
const TAB = 8;
/** A longer word at the beginning of the next line is too long for most lines, whatever broke them: it tells little. */
const TELLING_WORD = 24;
/** So many lines that end where they had to end are no accident; fewer count where one of them has no end of its own. */
const FEWEST = 3;
/** What is no accident by itself: a frame without its end; somewhat less, a record without its message. */
const OPEN: Record<Open, number> = { yes: FEWEST, padded: 2, perhaps: 0, no: 0 };
/** Blanks that stand behind a name in a column. */
export const MAX_BLANKS = 60;
/** So much of the beginning of a line is compared: many that are alike there begin something. */
export const START = 16;

/** How the lines of a text were broken on their way, and how they are put together again. */
export interface Wrapping {
  /** What stands before each line, such as the marks of a quotation. */
  prefix: RegExp | null;
  /** The widest line, as `measure` counts, without blanks at its end. */
  width: number;
  /** The same with them. */
  full: number;
  /**
   * words: between words, and the blank is gone. kept: between words, the blank stands at the end of the line, as fold -s and
   * format=flowed leave it. anywhere: when the line was full, also within a word.
   */
  way: 'words' | 'kept' | 'anywhere';
  /** As lines were measured; more than one where the text does not tell. */
  measures: readonly Measure[];
  /** Words that are longer than a line were broken too. */
  breaksWords: boolean;
  /** How many lines begin, numbers aside: something that the kind does not know stands before each. */
  starts: ReadonlySet<string>;
}

/** Width of a line: without what stands before it or with it, in columns or in characters. */
export interface Measure {
  whole: boolean;
  tab: number;
}

/** A line of a text. */
export interface Line {
  /** Without what stands before it, and without its line end. */
  text: string;
  /** What stands before it. */
  before: string;
}

/** Share of the lines that a quotation has marks before. */
const QUOTED = 0.6;
/** The marks of a quotation, of whichever depth. */
const QUOTE = /^ ?(?:[>|] ?)+/;

/**
 * How the lines of a text were broken, learnt from what it shows: no line is longer than a width although it could have been
 * broken before, and lines that begin nothing follow lines that had no room for their first word. Null where a text shows
 * nothing of the kind: most texts, and they must stay as they are.
 */
export function learnWrapping(texts: readonly string[], sense: LineSense): Wrapping | null {
  const raw = texts.slice(0, MAX_LINES);
  const prefix = prefixOf(raw);
  const lines = raw.map((text) => cutLine(text, prefix));
  const starts = startsOf(lines, sense);
  const pairs = pairsOf(lines, starts, sense);
  if (pairs.length === 0) return null;
  const quoted = lines.filter(({ text, before }) => text.trim() !== '' && before !== '').length;
  const given = { lines, pairs, quoted: prefix?.source.includes('>') === true && quoted >= filledOf(raw).length * QUOTED };
  const measures = measuresOf(lines);
  const found = ways(measures, (measure) => hard(given, measure)) ?? ways(measures, (measure) => soft(given, measure));
  if (found === null) return null;
  // A tab that comes later may be as wide as a terminal's or as any character.
  const untold = !lines.some(({ text }) => text.includes('\t'));
  return { prefix, starts, ...found, measures: untold ? found.measures.flatMap((one) => [one, { ...one, tab: TAB }]) : found.measures };
}

/** The way that explains most, as by every measure that tells the same. */
function ways(measures: readonly Measure[], learn: (measure: Measure) => Learnt | null): Omit<Wrapping, 'prefix' | 'starts'> | null {
  const all = measures.flatMap((measure) => {
    const learnt = learn(measure);
    return learnt === null ? [] : { ...learnt, measure };
  });
  const [best, ...others] = all.sort((a, b) => b.weight - b.against - (a.weight - a.against));
  if (best === undefined) return null;
  const same = others.filter(
    ({ measure, found }) => measure.whole === best.measure.whole && found.width === best.found.width && found.way === best.found.way,
  );
  return { ...best.found, measures: [best, ...same].map(({ measure }) => measure) };
}

const filledOf = (texts: readonly string[]): string[] => texts.filter((text) => text.trim() !== '');

export function cutLine(text: string, prefix: RegExp | null): Line {
  const before = prefix?.exec(text)?.[0] ?? '';
  return { text: text.slice(before.length), before };
}

/** What nearly all lines of the text have before them: marks of a quotation, else blanks. */
function prefixOf(texts: readonly string[]): RegExp | null {
  const filled = filledOf(texts);
  const quotation = quotationOf(texts);
  if (quotation !== null) return quotation;
  const indents = filled.map((text) => text.length - text.replace(/^ +/, '').length).filter((indent) => indent > 1);
  if (indents.length < filled.length * 0.8) return null;
  return new RegExp(`^ {${indents.reduce((a, b) => Math.min(a, b), MAX_WIDTH)}}`);
}

/** The marks of a quotation, where lines have them; null where none are. */
export function quotationOf(texts: readonly string[]): RegExp | null {
  const filled = filledOf(texts);
  const quoted = filled.flatMap((text) => QUOTE.exec(text)?.[0] ?? []);
  // Lines that were broken after they were quoted have marks before their first part only.
  return quoted.length >= 2 && quoted.length >= filled.length * 0.1 ? new RegExp(`^ ?(?:[>|] ?){1,${depthOf(quoted)}}`) : null;
}

export const startOf = (text: string): string => text.slice(0, START).replace(/[\da-f]/g, '0');

/** Beginnings that many lines share. Names of packages are no such: any line may go on with one; nor is what stands behind a line without an end. */
function startsOf(lines: readonly Line[], sense: LineSense): Set<string> {
  const counts = new Map<string, number>();
  let filled = 0;
  for (const [at, { text }] of lines.entries()) {
    if (text.trim() === '') continue;
    filled++;
    if (text.length <= START || /^[\s(]|^(?:[a-z]\w*\.){2}/.test(text)) continue;
    const before = lines[at - 1]?.text ?? '';
    if (isOpen(before, before, sense) === 'padded') continue;
    counts.set(startOf(text), (counts.get(startOf(text)) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([start, count]) => (count >= FEWEST && count >= filled * 0.2 ? start : [])));
}

/** How many marks all but a few lines have: one more may belong to a line, such as the end of an arrow that was broken. */
function depthOf(marks: readonly string[]): number {
  const depths = marks.map((one) => one.match(/[>|]/g)?.length ?? 1).sort((a, b) => a - b);
  return depths[Math.floor(depths.length * 0.9)] ?? 1;
}

/** A line that begins nothing, behind another one. */
interface Pair {
  line: Line;
  next: Line;
  open: Open;
  /** The next line may begin something after all. */
  perhaps: boolean;
}

/** Has what begins with one line and ends with another no end? An object of JSON has a bracket there. */
export function isOpen(whole: string, last: string, sense: LineSense): Open {
  if (whole.startsWith('{"')) return /\}\s*$/.test(last) ? 'no' : 'yes';
  const open = sense.open(whole);
  return open === 'no' && whole !== last ? sense.open(last) : open;
}

function pairsOf(lines: readonly Line[], starts: ReadonlySet<string>, sense: LineSense): Pair[] {
  const pairs: Pair[] = [];
  // A line that stands in a text many times tells once what it tells.
  const seen = new Set<string>();
  for (let at = 1; at < lines.length; at++) {
    const [line, next] = [lines[at - 1] as Line, lines[at] as Line];
    if (line.text.trim() === '' || next.text.trim() === '' || !maySucceed(line, next) || starts.has(startOf(next.text)) || seen.has(line.text))
      continue;
    seen.add(line.text);
    const begins = sense.begins(next.text);
    if (begins !== 'yes') pairs.push({ line, next, open: isOpen(line.text, line.text, sense), perhaps: begins === 'perhaps' });
  }
  return pairs;
}

/** Quoted alike; or the rest of a line that was quoted first and broken afterwards. */
export const maySucceed = (line: Line, next: Line): boolean => next.before.trimEnd() === line.before.trimEnd() || next.before === '';

interface Given {
  lines: readonly Line[];
  pairs: readonly Pair[];
  /** Who quotes has a mail program, and those break lines: less evidence is needed. */
  quoted: boolean;
}

interface Learnt {
  found: Omit<Wrapping, 'prefix' | 'starts' | 'measures'>;
  weight: number;
  /** Lines that begin nothing, behind lines with room for them. */
  against: number;
}

function measuresOf(lines: readonly Line[]): Measure[] {
  const tabs = lines.some(({ text }) => text.includes('\t')) ? [1, TAB] : [1];
  const wholes = lines.some(({ before }) => before !== '') ? [false, true] : [false];
  return wholes.flatMap((whole) => tabs.map((tab) => ({ whole, tab })));
}

export function widthOf({ text, before }: Line, { whole, tab }: Measure): number {
  const line = whole ? before + text : text;
  if (tab === 1 || !line.includes('\t')) return line.length;
  let at = 0;
  for (let index = 0; index < line.length; index++) at = line.charCodeAt(index) === 9 ? at - (at % tab) + tab : at + 1;
  return at;
}

export const trimmed = (line: Line): Line => ({ ...line, text: line.text.trimEnd() });
export const firstWord = (text: string): number => {
  const start = text.search(/\S/);
  const end = text.slice(start).search(/\s/);
  return end === -1 ? text.length - start : end;
};

/** Is there a blank before a column at which the line could have been broken? */
export function breakable(line: Line, width: number): boolean {
  const start = line.text.search(/\S/);
  const blank = line.text.slice(start).search(/\s\S/);
  return blank !== -1 && start + blank < width;
}

/** Broken when the line was full: lines of exactly the largest width end within a word, although they have blanks to end at. */
function hard({ lines, pairs, quoted }: Given, measure: Measure): Learnt | null {
  const width = lines.reduce((most, line) => Math.max(most, widthOf(line, measure)), 0);
  if (width < MIN_WIDTH || width > MAX_WIDTH) return null;
  const full = lines.filter((line) => widthOf(line, measure) === width).length;
  const ended = pairs.filter((pair) => widthOf(pair.line, measure) === width && inMeasure(pair, measure));
  const cut = ended.filter(({ line, next }) => breakable(line, width) && /\S$/.test(line.text) && /^\S/.test(next.text));
  // Broken between words some lines are full too; others are not, and still have no room for the next word.
  const roomless = pairs.filter((pair) => !pair.perhaps && fits(pair, measure, width) && widthOf(pair.line, measure) < width - 1);
  if (cut.length === 0 || roomless.length > cut.length * 0.2) return null;
  const weight = ended.reduce((sum, { open }) => sum + 1 + OPEN[open], 0);
  const found: Learnt = { found: { width, full: width, way: 'anywhere', breaksWords: true }, weight, against: 0 };
  if (weight >= FEWEST && (ended.length > 1 || ended[0]?.open === 'yes')) return found;
  // Where each of the widest lines goes on, two of them tell at a width that is one, and one in a quotation that is as wide as usual.
  return ended.length === full && (ended.length > 1 ? width >= TELLING_WIDTH : quoted && USUAL_WIDTHS.has(width)) ? found : null;
}

/** How wide the text may have been at which a pair was broken between words: from the line itself to where the next word would end. */
function spanOf({ line, next, open }: Pair, measure: Measure): { from: number; to: number } {
  const from = widthOf(trimmed(line), measure);
  // Within many blanks, as they stand behind a short name in a column: nobody knows how many went.
  const blanks = open === 'padded' ? MAX_BLANKS : 0;
  return { from, to: Math.max(from + 1, widthOf(line, measure)) + blanks + firstWord(next.text) };
}

/** Has a pair been broken between words at a width? A word that is too long for it may be as long as the fullest line. */
function fits(pair: Pair, measure: Measure, width: number, full = width): boolean {
  const { from, to } = spanOf(pair, measure);
  return from <= full && to >= width;
}

/** Broken between words: the width that explains most lines, and which no line that could have been broken passes. */
function soft({ lines, pairs: all, quoted }: Given, measure: Measure): Learnt | null {
  const pairs = all.filter((pair) => (!pair.perhaps || pair.open !== 'no') && inMeasure(pair, measure) && !isIndented(pair));
  const widths = lines.map((line) => ({ line, width: widthOf(trimmed(line), measure) }));
  const could = widths.flatMap((one) => (breakable(one.line, MIN_WIDTH) ? one.width : [])).sort((a, b) => b - a);
  // A person may have put a line or two among them that nobody has broken.
  const least = Math.max(MIN_WIDTH, could[Math.floor(pairs.length / 4)] ?? 0);
  const high = mostFitting(
    pairs.map((pair) => ({ ...spanOf(pair, measure), weight: weightOf(pair) })),
    least,
  );
  if (high === null) return null;
  const width = widths.reduce((most, one) => (one.width <= high && breakable(one.line, high) ? Math.max(most, one.width) : most), 0);
  if (width < MIN_WIDTH) return null;
  const full = lines.map((line) => widthOf(line, measure)).reduce((most, one) => (one <= high ? Math.max(most, one) : most), width);
  const fitting = pairs.filter((pair) => fits(pair, measure, width, full));
  const longer = widths.filter((one) => one.width > high && breakable(one.line, width)).length;
  const short = pairs.filter((pair) => spanOf(pair, measure).to < width).length;
  const words = fitting.filter(({ line }) => breakable(line, width));
  const kept = words.length > 1 && words.filter(({ line }) => /[ \t]$/.test(line.text)).length >= words.length * 0.9;
  const weight = fitting.reduce((sum, pair) => sum + weightOf(pair), kept ? 1 : 0);
  const unsure = fitting.every(({ open }) => open === 'no') && short > fitting.length;
  if (weight < (quoted ? FEWEST - 1 : FEWEST) || unsure || longer * 4 > fitting.length) return null;
  const breaksWords = widths.every((one) => one.width <= full || breakable(one.line, width));
  return { found: { width, full, way: kept ? 'kept' : 'words', breaksWords }, weight, against: short };
}

/** The upper end of the widths, from the least on, that most of the spans hold. */
function mostFitting(spans: readonly { from: number; to: number; weight: number }[], least: number): number | null {
  const ends = spans.flatMap(({ from, to, weight }) => [
    { at: from, weight },
    { at: to + 1, weight: -weight },
  ]);
  ends.sort((a, b) => a.at - b.at || a.weight - b.weight);
  let [sum, most] = [0, 0];
  let high: number | null = null;
  for (const [index, { at, weight }] of ends.entries()) {
    sum += weight;
    // The same sum, but for what adding and taking away leaves of fractions.
    if (sum <= most + 1e-9) continue;
    const end = (ends[index + 1]?.at ?? at) - 1;
    if (end < least || at > MAX_WIDTH) continue;
    most = sum;
    high = end;
  }
  return high;
}

const weightOf = ({ next, open }: Pair): number => (firstWord(next.text) <= TELLING_WORD ? 1 : 0.1) + OPEN[open];

/** Who breaks between words leaves no blanks before a line, but within many of them. */
const isIndented = ({ line, next, open }: Pair): boolean => /^(?:\s{2}|\t)/.test(next.text) && open !== 'padded' && !/\s$/.test(line.text);

/** The rest of a line that was quoted before it was broken has no marks: it was broken with them. */
const inMeasure = ({ line, next }: Pair, { whole }: Measure): boolean => whole || next.before !== '' || line.before === '';
