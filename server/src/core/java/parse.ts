import type { PartialParse, Tree } from '@lezer/common';
import { parser } from '@lezer/java';
import { ContextTracker } from '@lezer/lr';
import { type Problem, problem } from '../problems.ts';
import { asClass, type Top } from './compact.ts';
import { codeOf, readable } from './modern.ts';
import type { GivenUp, JavaSource } from './syntax.ts';

/**
 * Steps (shifts and reductions, of all readings that the parser follows at once) that a text may take. Java takes about
 * one a character; where it is damaged, the parser tries what could have been meant and takes up to fifty.
 */
const MAX_STEPS = 150_000;
const MAX_STEPS_A_CHARACTER = 4;

/** Brackets within brackets. Each reading that the parser follows is copied with all that is open around it. */
const MAX_DEPTH = 200;

export function parseJava(text: string): JavaSource {
  const { text: known, switches } = readable(text);
  const deep = tooDeep(known);
  const shallow = deep === null ? known : known.slice(0, deep);
  const { tree: parsed, stopped } = parseWithin(shallow);
  const tree = stopped === null ? asClass(shallow, parsed, (part, top) => parseWithin(part, top).tree) : parsed;
  const givenUp: GivenUp | null = stopped !== null ? { at: stopped, why: 'damaged' } : deep !== null ? { at: deep, why: 'nested' } : null;
  return { text, tree, switches, givenUp };
}

/** Parses until too many steps are taken; `stopped` is where that was, null when the text came to its end before. */
function parseWithin(text: string, top: Top = 'Program'): { tree: Tree; stopped: number | null } {
  const budget = MAX_STEPS + MAX_STEPS_A_CHARACTER * text.length;
  let steps = 0;
  const count = (context: null): null => {
    steps++;
    return context;
  };
  const contextTracker = new ContextTracker<null>({ start: null, shift: count, reduce: count, strict: false });
  const parse: PartialParse = parser.configure({ contextTracker, top }).startParse(text);
  for (;;) {
    const tree = parse.advance();
    if (tree !== null) return { tree, stopped: parse.stoppedAt };
    if (steps > budget && parse.stoppedAt === null) parse.stopAt(parse.parsedPos);
  }
}

/** The bracket that is one too many within others; null when there is none. */
function tooDeep(text: string): number | null {
  if (text.length < MAX_DEPTH) return null;
  let depth = 0;
  for (const { 0: bracket, index } of codeOf(text).matchAll(/[()[\]{}]/g)) {
    if (bracket === '(' || bracket === '[' || bracket === '{') depth++;
    else if (depth > 0) depth--;
    if (depth > MAX_DEPTH) return index;
  }
  return null;
}

/**
 * What {@link parseJava} did not look at: all behind the place where it gave up.
 *
 * @param file the text that the source was taken out of, with the way back to it
 */
export function unread({ text, givenUp }: JavaSource, file = text, place = (offset: number): number => offset): Problem[] {
  if (givenUp === null) return [];
  const at = place(givenUp.at);
  const line = (file.slice(0, at).match(/\r\n|\r|\n/g)?.length ?? 0) + 1;
  return [problem('java-unread', { line, why: givenUp.why, most: MAX_DEPTH }, { start: at, end: at })];
}
