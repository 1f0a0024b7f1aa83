import type { Source } from '../../unwrap/source.ts';
import { NO_SUBJECT } from '../model/document.ts';
import type { PodEvent, PodEventsDocument } from '../model/kubernetes.ts';

/** The heading of `kubectl get events`, with a namespace and other columns where they were asked for. */
const HEADING = /^(?:NAMESPACE +)?LAST SEEN +TYPE +REASON +OBJECT [^\n]*$/m;

const headingOf = (text: string): RegExpExecArray | null => {
  const found = HEADING.exec(text);
  return found?.[0].includes(' MESSAGE') ? found : null;
};

export const isEventTable = (text: string): boolean => headingOf(text) !== null;

const COLUMN = /(?:LAST|FIRST) SEEN|[A-Z]+/g;
const MAX_EVENTS = 20_000;

/** `kubectl get events`: the columns stand under their headings. */
export function eventTable(source: Source): PodEventsDocument | null {
  const { text } = source;
  const heading = headingOf(text);
  if (heading === null) return null;
  const columns = [...heading[0].matchAll(COLUMN)].map(({ 0: name, index }) => ({ name, index }));
  const cell = (line: string, name: string): string | null => {
    const at = columns.findIndex((one) => one.name === name);
    const column = columns[at];
    if (column === undefined) return null;
    const value = line.slice(column.index, columns[at + 1]?.index).trim();
    return value === '' ? null : value;
  };
  const events: PodEvent[] = [];
  let start = heading.index + heading[0].length + 1;
  while (start < text.length && events.length < MAX_EVENTS) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end).trimEnd();
    if (line === '') break;
    const count = cell(line, 'COUNT');
    events.push({
      eventType: cell(line, 'TYPE'),
      reason: cell(line, 'REASON'),
      message: cell(line, 'MESSAGE'),
      object: cell(line, 'OBJECT'),
      count: count === null ? null : Number(count) || null,
      first: null,
      last: null,
      age: cell(line, 'LAST SEEN'),
      span: source.span(start, start + line.length),
    });
    start = end + 1;
  }
  return {
    type: 'pod-events',
    span: source.span(heading.index, Math.min(start, text.length)),
    path: null,
    subject: NO_SUBJECT,
    events,
  };
}
