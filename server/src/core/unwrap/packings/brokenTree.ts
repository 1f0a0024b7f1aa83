import type { Packing } from '../packing.ts';
import { Source } from '../source.ts';
import type { Steps } from '../steps.ts';

/** A plan as a tree of text: its headings, and operators behind what is drawn of the tree. */
const HEADING = /^[ \t]*== [A-Z][\w ]{3,40} ==[ \t]*\r?$/m;
const BRANCH = /^(?:[ :|]{3})*[:+]- [A-Z%]/;
/** An operator at the root, or one of the indented trees of old versions. */
const ROOT = /^(?: {2,})?[A-Z]\w*\(/;
/** A stage of a physical plan up to 1.12, or what is said of one: "Stage 3 : Map", " : Operator", "content : Map". */
const STAGE = /^\s*(?:(?:Stage \d{1,9} )?:(?: [A-Z]|\s?$)|[A-Za-z][\w ./()-]{0,60} :(?: |$))/;
/** What stands between trees and never goes on in the next line. */
const OTHER = /^\s*(?:$|== |advice\[|```|\]\]>|No available advice)/;

/** So many lines a single operator is broken into at most. */
const MAX_LINES = 400;

/** Operators of a plan that a mail program or a ticket system has broken between words. */
export const brokenTree: Packing = {
  id: 'wrapped-plan',
  title: 'operators of a plan broken into several lines',
  proves: true,
  sign: (sample) => HEADING.test(sample) && [...operators(sample)].some(({ parts }) => parts.length > 1),
  *undo(text): Steps<Source | null> {
    const characters: string[] = [];
    let taken = 0;
    for (const { parts } of operators(text)) {
      yield;
      // The line end becomes a blank: every character stays where it is.
      for (const part of parts.slice(0, -1)) {
        characters.push(text.slice(taken, part.end), ' ');
        taken = part.end + 1;
      }
    }
    if (taken === 0) return null;
    characters.push(text.slice(taken));
    return new Source(characters.join(''));
  },
  samples: [
    '== Physical Execution Plan ==\n : Data Source\n\tcontent : Source: orders of the\nshop\n\n\t : Operator\n\t\tcontent : Map\n',

    '== Optimized Physical Plan ==\nCalc(select=[a,\nb], where=[>(a, 1)])\n+- TableSourceScan(table=[[c, d, t]],\nfields=[a, b])',
    '== Optimized Physical Plan ==\nCalc(select=[a]): rowcount = 10,\ncumulative cost = {1 rows, 2 cpu, 0\nio}\n+- Values(tuples=[[{ 1 }]])',
  ],
  nearMisses: [
    '== Physical Execution Plan ==\n : Data Source\n\tcontent : Source: orders\n\n\t : Operator\n\t\tcontent : Map\n\t\tship_strategy : FORWARD\n',
    '== Optimized Physical Plan ==\nCalc(select=[a])\n+- Values(tuples=[[{ 1 }]])\n\n== Optimized Execution Plan ==\nCalc(select=[a])',
  ],
};

interface Part {
  text: string;
  end: number;
}

/** The lines of each operator. */
function* operators(text: string): Generator<{ parts: Part[] }> {
  let parts: Part[] = [];
  let open = new Brackets();
  /** The last line began a stage, or said something of one: it goes on up to the next such line. */
  let staged = false;
  for (const part of linesOf(text)) {
    const stage = STAGE.test(part.text);
    if (parts.length > 0 && parts.length < MAX_LINES && !stage && (staged ? !OTHER.test(part.text) : goesOn(part.text, open.depth))) {
      parts.push(part);
      open.read(part.text);
      continue;
    }
    if (parts.length > 0) yield { parts };
    staged = stage;
    const begins = stage || BRANCH.test(part.text) || ROOT.test(part.text);
    parts = begins ? [part] : [];
    open = new Brackets();
    if (begins) open.read(part.text);
  }
  if (parts.length > 0) yield { parts };
}

/** Inside brackets everything goes on but the tree itself; behind them what is no operator. */
function goesOn(line: string, depth: number): boolean {
  if (OTHER.test(line) || BRANCH.test(line)) return false;
  return depth > 0 ? !/^ {2,}[A-Z]\w*\(/.test(line) : !ROOT.test(line) && /^[a-z0-9{(,=.:]/.test(line.trimStart());
}

/** How many brackets are open; those in literals do not count. */
class Brackets {
  depth = 0;
  #quoted = false;

  read(line: string): void {
    for (const character of line) {
      if (character === "'") this.#quoted = !this.#quoted;
      else if (this.#quoted) continue;
      else if ('([{'.includes(character)) this.depth++;
      else if (')]}'.includes(character)) this.depth--;
    }
  }
}

function* linesOf(text: string): Generator<Part> {
  let start = 0;
  while (start < text.length) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    yield { text: text.slice(start, text[end - 1] === '\r' ? end - 1 : end), end };
    start = end + 1;
  }
}
