import { LOG_EVENTS, type LogEventKind } from '../knowledge/log-events.ts';

export interface EventMatch {
  kind: LogEventKind;
  fields: Readonly<Record<string, string | undefined>>;
}

/** Messages are looked at up to here; longer ones hold data, not Flink's own words. */
const LONGEST_MESSAGE = 16_000;
const LONGEST_RECORD = 200_000;

const KEY = 4;
const BY_START = new Map<string, { kind: LogEventKind; start: string }[]>();
const BY_CONTENT: LogEventKind[] = [];
const ANYWHERE: LogEventKind[] = [];

for (const kind of LOG_EVENTS) {
  if (kind.anywhere) ANYWHERE.push(kind);
  else if (kind.starts === undefined) BY_CONTENT.push(kind);
  for (const start of kind.anywhere ? [] : (kind.starts ?? [])) {
    const key = start.slice(0, KEY);
    BY_START.set(key, [...(BY_START.get(key) ?? []), { kind, start }]);
  }
}

const BY_ID = new Map(LOG_EVENTS.map((kind) => [kind.id, kind]));

export function eventKind(id: string): LogEventKind | undefined {
  return BY_ID.get(id);
}

function run(kind: LogEventKind, text: string): EventMatch | null {
  const match = kind.pattern.exec(text);
  return match === null ? null : { kind, fields: match.groups ?? {} };
}

/** What the first line of a message says. */
export function matchMessage(message: string): EventMatch | null {
  const text = message.length > LONGEST_MESSAGE ? message.slice(0, LONGEST_MESSAGE) : message;
  for (const { kind, start } of BY_START.get(text.slice(0, KEY)) ?? []) {
    if (!text.startsWith(start)) continue;
    const match = run(kind, text);
    if (match !== null) return match;
  }
  for (const kind of BY_CONTENT) {
    if (kind.contains?.some((needle) => text.includes(needle)) !== true) continue;
    const match = run(kind, text);
    if (match !== null) return match;
  }
  return null;
}

/** What is said somewhere in a record: exceptions and diagnostics that matter wherever they stand. */
export function matchAnywhere(record: string): (EventMatch & { index: number })[] {
  const text = record.length > LONGEST_RECORD ? record.slice(0, LONGEST_RECORD) : record;
  const found: (EventMatch & { index: number })[] = [];
  for (const kind of ANYWHERE) {
    if (kind.contains?.some((needle) => text.includes(needle)) !== true) continue;
    const match = kind.pattern.exec(text);
    if (match !== null) found.push({ kind, fields: match.groups ?? {}, index: match.index });
  }
  return found;
}
