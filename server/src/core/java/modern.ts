/**
 * Java since 14 for a parser that knows Java up to 11 and a little more: what it cannot read is blanked or given a form
 * that it can, in place, so that all offsets stay those of the file. Patterns in labels and `instanceof` lose their
 * variables, guards are left out, and a switch that is an expression becomes a statement.
 */
import type { Span } from '../../../../common/span.ts';

export interface Readable {
  /** As long as the text. */
  text: string;
  /** Switches that are expressions in the file. */
  switches: Span[];
}

const TOKENS = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"""[\s\S]*?(?:"""|$)|"(?:[^"\\\n]|\\[^\n])*"?|'(?:[^'\\\n]|\\[^\n])*'?/g;

const SPACE = 0x20;

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');

/** The text with comments, strings and characters blanked, as long as it was. */
export const codeOf = (text: string): string => text.replace(TOKENS, blank);

const TYPE = String.raw`[A-Za-z_][\w.]*(?:<[^<>;{}]*>)?`;
const CASE = /\bcase\s+(?=[A-Za-z_])/g;
/** How a label begins that is no constant: `Full f`, `Full(Buffer b, _)`, `null, default`. */
const PATTERN = new RegExp(String.raw`^(?:(?:final\s+)?${TYPE}(?:\s*\(|\s+\w)|null\s*,)`);
const DECONSTRUCTED = new RegExp(String.raw`\binstanceof\s+(?:final\s+)?${TYPE}\s*(?=\()`, 'g');
const SWITCH = /\bswitch\s*\(/g;

/** What may stand before a statement. */
const BEGINS = /[;{}]|->/g;

export function readable(text: string): Readable {
  const switches: Span[] = [];
  if (!/\bcase\b|\binstanceof\b|\bswitch\b|\bimport\s+module\b/.test(text)) return { text, switches };
  const code = codeOf(text);
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at);
  const put = (start: number, end: number, by: string): void => {
    for (let at = start; at < end; at++) units[at] = at - start < by.length ? by.charCodeAt(at - start) : SPACE;
  };
  const blocks = blocksOf(code);
  for (const match of code.matchAll(CASE)) {
    const start = match.index + match[0].length;
    const end = endOfLabel(code, start);
    if (end !== null && PATTERN.test(code.slice(start, end))) put(start, end, `0${blank(text.slice(start + 1, end))}`);
  }
  for (const match of code.matchAll(DECONSTRUCTED)) {
    const start = match.index + match[0].length;
    const end = endOfBrackets(code, start);
    if (end !== null) put(start, end, blank(text.slice(start, end)));
  }
  for (const match of code.matchAll(/\bimport\s+(module)\s/g)) {
    const start = match.index + match[0].indexOf('module');
    put(start, start + 6, '');
  }
  for (const match of code.matchAll(SWITCH)) {
    const before = code.slice(Math.max(0, match.index - 300), match.index);
    const begin = [...before.matchAll(BEGINS)].at(-1);
    const head = before.slice(begin === undefined ? 0 : begin.index + begin[0].length);
    if (begin === undefined || !/^\s*(?:return|yield|(?:final\s+)?(?:[\w.]+(?:<[^;{}]*>)?(?:\[\])*\s+)?[\w.]+\s*=)\s*$/.test(head)) continue;
    const start = match.index - head.length;
    put(start, match.index, blank(text.slice(start, match.index)));
    switches.push({ start, end: endOfBlock(blocks, match.index) ?? code.length });
  }
  if (switches.length > 0) {
    // A value that is given ends its branch, as a throw does.
    let next = 0;
    let end = 0;
    for (const match of code.matchAll(/\byield\b(?=\s+[\w"'(!-])/g)) {
      for (let one = switches[next]; one !== undefined && one.start < match.index; one = switches[++next]) end = Math.max(end, one.end);
      if (match.index < end) put(match.index, match.index + 5, 'throw');
    }
  }
  return { text: textOfUnits(units), switches };
}

/** Characters of a label or a pattern that are looked through; longer ones are not written. */
const LONGEST = 2000;

/** Where the arrow or the colon behind the label of a `case` stands; null when there is none. Several patterns and a guard belong to it. */
function endOfLabel(code: string, from: number): number | null {
  let choices = 0;
  for (let at = from; at < Math.min(code.length, from + LONGEST); at++) {
    const here = code[at] as string;
    if (here === '(') {
      const end = endOfBrackets(code, at);
      if (end === null) return null;
      at = end - 1;
    } else if (here === ';' || here === '{' || here === '}') return null;
    else if (here === '-' && code[at + 1] === '>') return at;
    // The question mark of a choice, not that of `Box<?>`.
    else if (here === '?') choices += /[<,]\s*$/.test(code.slice(Math.max(from, at - 20), at)) ? 0 : 1;
    else if (here === ':' && code[at + 1] === ':') at++;
    else if (here === ':' && choices-- === 0) return at;
  }
  return null;
}

/** Behind the bracket that closes the one at `from`; null when the code or the statement ends before. */
function endOfBrackets(code: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < Math.min(code.length, from + LONGEST); at++) {
    const here = code[at];
    if (here === '(') depth++;
    else if (here === ')' && --depth === 0) return at + 1;
    else if (here === ';') return null;
  }
  return null;
}

/** Braces of the code that open, in order, each with the place behind the one that closes it. */
interface Blocks {
  opens: number[];
  ends: (number | undefined)[];
}

function blocksOf(code: string): Blocks {
  const blocks: Blocks = { opens: [], ends: [] };
  const around: number[] = [];
  for (const { 0: brace, index } of code.matchAll(/[{}]/g)) {
    if (brace === '{') around.push(blocks.opens.push(index) - 1);
    else {
      const open = around.pop();
      if (open !== undefined) blocks.ends[open] = index + 1;
    }
  }
  return blocks;
}

/** Behind the closing brace of the block that begins after an offset; undefined when it is not closed. */
function endOfBlock({ opens, ends }: Blocks, from: number): number | undefined {
  let low = 0;
  let high = opens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((opens[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return ends[low];
}

/** At once, the engine takes no more arguments. */
const CHUNK = 8192;

function textOfUnits(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += CHUNK) text += String.fromCharCode(...units.subarray(at, at + CHUNK));
  return text;
}
