import type { Span } from '../../../../common/span.ts';
import type { Header } from './header.ts';
import { hotspotHeader } from './hotspot.ts';
import { arthasHeader, threadInfoHeader } from './threadInfo.ts';
import { visualvmHeader } from './visualvm.ts';

/** A name may hold line ends; a quote that stays open longer than this opened no name. */
export const MAX_NAME_LINES = 12;
export const MAX_NAME_LENGTH = 16_384;

const SPACE = 32;

/** A name ends here, and what follows may be a header's tail. */
const CLOSING = /" (?:#\d|\[?\d|Id=\d|daemon\b|virtual\b|VIRTUAL\b|(?:os_)?prio=|cpu=|tid=|id=|- Thread t@|[A-Z_]{3,})/;

export type HeaderParser = (text: string, start: number, end: number) => Header | null;

/** A header that begins with the thread's name, of whichever dialect. */
export function headerAt(text: string, quote: number, end: number): Header | null {
  if (end - quote > MAX_NAME_LENGTH) return null;
  const header =
    hotspotHeader(text, quote, end) ?? threadInfoHeader(text, quote, end) ?? arthasHeader(text, quote, end) ?? visualvmHeader(text, quote, end);
  if (header === null) return null;
  const name = nameIn(text, header.nameStart, header.nameEnd);
  header.nameStart = name.start;
  header.nameEnd = name.end;
  return header;
}

/** A name without one more pair of quotes: a table in CSV doubles them, and its rows may have been cut out of it. */
export const nameIn = (text: string, start: number, end: number): Span =>
  end - start > 2 && text[start] === '"' && text[end - 1] === '"' ? { start: start + 1, end: end - 1 } : { start, end };

/**
 * Joins lines while the quote is open; `firstEnd` ends the first of them. Stops at a line that is a header by itself,
 * so that garbage takes no thread away.
 */
export function multiLineHeader(text: string, start: number, firstEnd: number, parse: HeaderParser): { header: Header; end: number } | null {
  let lineStart = firstEnd + 1;
  for (let count = 1; count < MAX_NAME_LINES && lineStart < text.length; count++) {
    let lineEnd = text.indexOf('\n', lineStart);
    if (lineEnd === -1) lineEnd = text.length;
    if (lineEnd - start > MAX_NAME_LENGTH) return null;
    let end = lineEnd;
    while (end > lineStart && text.charCodeAt(end - 1) <= SPACE) end--;
    const line = text.slice(lineStart, end);
    const closes = CLOSING.test(line);
    if (closes && /^["#]/.test(line) && balanced(line) && parse(text, lineStart, end) !== null) return null;
    // A stack has begun: the quote opened no name.
    if (/^\s+at [^\s(]+\(.*\)$/.test(line) || line.startsWith('Full thread dump')) return null;
    const header = closes ? parse(text, start, end) : null;
    if (header !== null && header.nameEnd > lineStart - 1) return { header, end: lineEnd };
    lineStart = lineEnd + 1;
  }
  return null;
}

function balanced(line: string): boolean {
  return line.split('"').length % 2 === 1;
}
