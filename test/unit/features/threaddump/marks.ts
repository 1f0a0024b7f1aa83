import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import type { Span } from '../../../../common/span.ts';
import type { DumpDocument } from '../../../../server/src/features/threaddump/elements.ts';
import { analyseText } from '../../analysis/threaddump/dumps.ts';

/** A text without its marks, and where they were. */
export interface Marked {
  text: string;
  /** Offsets of «|». */
  cursors: number[];
  /** Spans of «[» … «]», by the order of their start. */
  spans: Span[];
}

/** Reads marks out of a text: «|» is a cursor, «[» and «]» enclose a span. They never occur in dumps. */
export function readMarks(marked: string): Marked {
  let text = '';
  const cursors: number[] = [];
  const spans: Span[] = [];
  const open: Span[] = [];
  for (const part of marked.split(/(«[|[\]]»)/)) {
    if (part === '«|»') cursors.push(text.length);
    else if (part === '«[»') {
      const span = { start: text.length, end: text.length };
      open.push(span);
      spans.push(span);
    } else if (part === '«]»') (open.pop() as Span).end = text.length;
    else text += part;
  }
  return { text, cursors, spans };
}

export const URI = 'file:///incident/dump.txt';

export async function open(text: string, settings = DEFAULT_SETTINGS): Promise<DumpDocument> {
  return { uri: URI, text, analysis: await analyseText(text, URI), settings };
}

/** For messages: the marked spans as text. */
export function shown(text: string, spans: readonly Span[]): string[] {
  return spans.map(({ start, end }) => `${start}: ${text.slice(start, end)}`);
}
