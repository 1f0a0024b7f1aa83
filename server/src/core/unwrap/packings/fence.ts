import type { Packing } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';

const FENCE = /^( {0,12})(`{3,}(?!`)|~{3,}(?!~))([^\n]*)/gm;
/** Fences that are looked at. */
const MAX_FENCES = 1000;

interface Fenced {
  start: number;
  end: number;
  /** Blanks before the fence, which are no part of the lines in it. */
  indent: number;
}

/** Whether a line of a text opens a fence. */
export const isFenced = (text: string): boolean => /^ {0,12}(?:```|~~~)/m.test(text);

/** Blocks between fences, as Markdown has code: those of them that can be read; where none can yet, all. */
export const fence: Packing = {
  id: 'fence',
  title: 'a fence of Markdown',
  literal: true,
  whole: true,
  sign: isFenced,
  *undo(text, { readable }): Steps<Source | null> {
    const blocks: Fenced[] = [];
    const read: Fenced[] = [];
    for (const block of fences(text)) {
      yield;
      blocks.push(block);
      if (readable(text.slice(block.start, block.end)) > 0) read.push(block);
    }
    const chosen = read.length > 0 ? read : blocks;
    if (chosen.length === 0) return null;
    const builder = new SourceBuilder(text);
    for (const block of chosen) {
      yield;
      yield* copyBlock(builder, text, block);
    }
    return builder.build();
  },
  samples: ['See:\n\n```\none\ntwo\n```\n\nThanks', '1. So:\n   ~~~text\n   one\n   ~~~'],
  nearMisses: ['one ``` two', '``one``'],
};

/** A fence is closed by one of the same characters, as long at least; the last one of a text that was cut is not closed at all. */
function* fences(text: string): Generator<Fenced, void> {
  let open: { start: number; indent: number; mark: string } | null = null;
  let found = 0;
  for (const { 0: line, 1: blanks = '', 2: mark = '', 3: info = '', index } of text.matchAll(FENCE)) {
    // Code between backquotes that begins a line.
    if (mark.startsWith('`') && info.includes('`')) continue;
    const next = Math.min(text.length, index + line.length + 1);
    if (open === null) open = { start: next, indent: blanks.length, mark };
    else if (mark.startsWith(open.mark) && info.trim() === '') {
      yield { start: open.start, end: index, indent: open.indent };
      open = null;
      if (++found === MAX_FENCES) return;
    }
  }
  if (open !== null) yield { start: open.start, end: text.length, indent: open.indent };
}

function* copyBlock(builder: SourceBuilder, text: string, { start, end, indent }: Fenced): Steps<void> {
  if (indent === 0) {
    builder.copy(start, end);
    return;
  }
  for (let at = start; at < end; ) {
    yield;
    const line = text.indexOf('\n', at);
    const next = line === -1 || line >= end ? end : line + 1;
    let from = at;
    while (from < at + indent && text[from] === ' ') from++;
    builder.copy(from, next);
    at = next;
  }
}
