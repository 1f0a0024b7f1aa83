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

/** Balanced brackets, two deep: patterns are not nested deeper in practice. */
const BRACKETS = String.raw`\((?:[^(){};]|\((?:[^(){};]|\([^(){};]*\))*\))*\)`;
const TYPE = String.raw`[A-Za-z_][\w.]*(?:<[^<>;{}]*>)?`;
const LABEL = new RegExp(
  String.raw`\bcase\s+((?:final\s+)?${TYPE}\s*(?:${BRACKETS}|\s\w+)(?:\s+when\b[^;{}]{0,300}?)?|null\s*,\s*default|${TYPE}\s*${BRACKETS})\s*(?=->|:(?!:))`,
  'g',
);
const DECONSTRUCTED = new RegExp(String.raw`\binstanceof\s+(?:final\s+)?${TYPE}\s*(${BRACKETS})`, 'g');
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
  for (const match of code.matchAll(LABEL)) {
    const start = match.index + match[0].indexOf(match[1] as string, 4);
    put(start, start + (match[1] as string).length, `0${blank(text.slice(start + 1, start + (match[1] as string).length))}`);
  }
  for (const match of code.matchAll(DECONSTRUCTED)) {
    const end = match.index + match[0].length;
    const start = end - (match[1] as string).length;
    put(start, end, blank(text.slice(start, end)));
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
