import { levelOf } from './head.ts';
import type { Level } from './model.ts';
import { DATE_TIME } from './time.ts';

/** Messages that are worth finding behind a head of no known layout. */
const SAYS = / switched from (?:state )?[A-Z]/;
/** Farther to the right stands no head. */
const MAX_HEAD_LENGTH = 600;
/** What only heads hold: a time; a level with what may follow it: a word, the logger, a line number, an empty context, a separator. */
const PARTS = `(?:${DATE_TIME}|(?<![\\w.])(?:[a-z_]\\w*\\.){2,}[A-Z][\\w$]*\\s*(?:\\[\\])?(?=\\s+[-:]\\s)|(?<![\\w.])\\[?(?<level>TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|SEVERE)\\b\\]?:?(?:\\s+\\w{1,20}(?=\\s+(?:[A-Za-z_]\\w*\\.)+[A-Z]))?(?:\\s+(?:[A-Za-z_]\\w*\\.)+[A-Z]\\w*)?(?:\\s+\\d{1,6}(?=\\s))?(?:\\s*\\[\\])?)\\s*(?:[-|:](?=\\s))?\\s*`;
const ANYWHERE = new RegExp(PARTS, 'g');
const HERE = new RegExp(`[\\s,;|:-]*(?:${PARTS})?`, 'y');

/** Where the message begins in a line of no known layout: behind the last thing that looks like a head; 0 where nothing does. */
export function headEnd(line: string): number {
  const says = SAYS.exec(line)?.index ?? 0;
  let end = 0;
  if (says > 0) for (const match of line.slice(0, Math.min(says, MAX_HEAD_LENGTH)).matchAll(ANYWHERE)) end = match.index + match[0].length;
  return end;
}

/** The rest of a head behind its time: the level that is in it, and where the message begins. */
export function headParts(line: string, from: number): { level: Level | null; end: number } {
  HERE.lastIndex = from;
  const match = HERE.exec(line.length > MAX_HEAD_LENGTH ? line.slice(0, MAX_HEAD_LENGTH) : line);
  return { level: levelOf(match?.groups?.level), end: from + (match?.[0].length ?? 0) };
}
