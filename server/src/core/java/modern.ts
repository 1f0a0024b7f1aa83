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

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');

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
  const code = text.replace(TOKENS, blank);
  let result = text;
  const put = (start: number, end: number, by: string): void => {
    result = result.slice(0, start) + by.padEnd(end - start).slice(0, end - start) + result.slice(end);
  };
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
    switches.push({ start, end: endOfBlock(code, match.index) });
  }
  if (switches.length > 0) {
    // A value that is given ends its branch, as a throw does.
    for (const match of code.matchAll(/\byield\b(?=\s+[\w"'(!-])/g)) {
      if (switches.some(({ start, end }) => start < match.index && match.index < end)) put(match.index, match.index + 5, 'throw');
    }
  }
  return { text: result, switches };
}

/** Behind the closing brace of the block that begins after an offset. */
function endOfBlock(code: string, from: number): number {
  let depth = 0;
  for (let at = code.indexOf('{', from); at !== -1 && at < code.length; at++) {
    if (code[at] === '{') depth++;
    else if (code[at] === '}' && --depth === 0) return at + 1;
  }
  return code.length;
}
