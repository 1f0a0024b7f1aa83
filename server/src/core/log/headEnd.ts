import { DATE_TIME } from './time.ts';

/** Messages that are worth finding behind a head of no known layout. */
const SAYS = / switched from (?:state )?[A-Z]/;
/** Farther to the right stands no head. */
const LONGEST_HEAD = 600;
/** What only heads hold: a time; a level with what may follow it: a word, the logger, a line number, an empty context, a separator. */
const PARTS = new RegExp(
  `(?:${DATE_TIME}|(?<![\\w.])\\[?(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|SEVERE)\\b\\]?:?(?:\\s+\\w{1,20})?(?:\\s+(?:[A-Za-z_]\\w*\\.)+[A-Z]\\w*)?(?:\\s+\\d{1,6}(?=\\s))?(?:\\s*\\[\\])?)\\s*(?:[-|:](?=\\s))?\\s*`,
  'g',
);

/** Where the message begins in a line of no known layout: behind the last thing that looks like a head; 0 where nothing does. */
export function headEnd(line: string): number {
  const says = SAYS.exec(line)?.index ?? 0;
  let end = 0;
  if (says > 0) for (const match of line.slice(0, Math.min(says, LONGEST_HEAD)).matchAll(PARTS)) end = match.index + match[0].length;
  return end;
}
