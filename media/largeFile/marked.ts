import { el } from '../shared/dom.ts';

/** Matches shown in one line; a line of data may have thousands. */
const MAX = 200;

/** A line with the places of a search in it. */
export function marked(line: string, words: RegExp | null): (Node | string)[] {
  if (words === null) return [line];
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const match of line.matchAll(words)) {
    if (match[0] === '' || parts.length > 2 * MAX) break;
    parts.push(line.slice(end, match.index), el('mark', {}, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, line.slice(end)];
}

/** The text as it is, in either case or not. */
export function wordsOf(text: string, matchCase: boolean): RegExp | null {
  return text === '' ? null : new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), matchCase ? 'g' : 'gi');
}
