import { type EventMatch, matchMessage } from './events.ts';

/** Mail programs and terminals break a message into a few lines, hardly ever more. */
const MAX_LINES = 4;
/** Shorter lines were not broken at a width. */
const NARROWEST = 30;

/** The end of the head, where that was broken too. */
const HEAD_REST = /^\s*(?:\[[^\]]*\]\s*)?- /;

/** What a message says that was broken into lines: between words, or in the middle of one at the width of a terminal. */
export function matchBroken(text: string, messageStart: number, firstLine: string): EventMatch | null {
  const lineStart = text.lastIndexOf('\n', messageStart - 1) + 1;
  if (messageStart + firstLine.length - lineStart < NARROWEST) return null;
  const lines = text
    .slice(messageStart)
    .split('\n', MAX_LINES + 1)
    .map((line) => line.replace(/\r$/, ''));
  if (lines.length < 2) return null;
  for (let count = 2; count <= Math.min(lines.length, MAX_LINES); count++) {
    const part = lines.slice(0, count);
    const match = matchMessage(part.join(' ').replace(HEAD_REST, '')) ?? matchMessage(part.join('').replace(HEAD_REST, ''));
    if (match !== null) return match;
  }
  return null;
}
