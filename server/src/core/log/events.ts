import { LOG_EVENTS, type LogEventKind } from '../knowledge/logEvents.ts';
import { isInPrinted, withoutPrinted } from './printed.ts';

export interface EventMatch {
  kind: LogEventKind;
  fields: Readonly<Record<string, string | undefined>>;
}

/** Messages are looked at up to here; longer ones hold data, not Flink's own words. */
const MAX_MESSAGE_LENGTH = 16_000;
const MAX_RECORD_LENGTH = 200_000;

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

/** What the JVM and container runtimes say: anybody's logger may print it. Everything else is in Flink's own words. */
const FOREIGN = ANYWHERE.filter((kind) => kind.id === 'oom' || kind.id === 'container-killed' || kind.id === 'container-stopped');
/** A record without any of these says nothing of that. */
export const FOREIGN_PHRASES: readonly string[] = FOREIGN.flatMap((kind) => kind.contains ?? []);

/** Whole names, abbreviated ones, and the last two parts that patterns such as %c{2} leave. */
const OWN =
  /flink|akka|pekko|yarn|kubernetes|k8s|o\.a\.f|BashJavaUtils|^(?:taskmanager|taskexecutor|executiongraph|jobmaster|checkpoint|scheduler|resourcemanager|slotmanager|dispatcher|entrypoint|tasks)\.\w+$/;

/** Modules of Python: what they print may be what they read from Flink's own output. */
const PYTHON = /^(?!(?:org|com|net|io|de|java|javax|scala|kafka|software)\.)[a-z_]\w*(?:\.[a-z_]\w*)+$/;

let lastLogger: string | null = null;
let lastForeign = false;

/** Does a logger belong to a library or to user code, so that it does not speak in Flink's own words? */
export function isForeign(logger: string | null): boolean {
  if (logger === lastLogger) return lastForeign;
  lastLogger = logger;
  lastForeign = logger?.includes('.') === true && !OWN.test(logger) && !PYTHON.test(logger);
  return lastForeign;
}

/** A pattern with its groups numbered: engines build the object of named groups slowly, and a big log has millions. */
interface Compiled {
  pattern: RegExp;
  names: readonly string[];
}

const COMPILED = new Map<LogEventKind, Compiled>(LOG_EVENTS.map((kind) => [kind, compile(kind.pattern)]));

function compile(pattern: RegExp): Compiled {
  const names: string[] = [];
  const source = pattern.source.replace(/\(\?<(\w+)>/g, (_, name: string) => {
    names.push(name);
    return '(';
  });
  return { pattern: new RegExp(source, pattern.flags), names };
}

function run(kind: LogEventKind, text: string): (EventMatch & { index: number }) | null {
  const { pattern, names } = COMPILED.get(kind) as Compiled;
  const match = pattern.exec(text);
  if (match === null) return null;
  const fields: Record<string, string | undefined> = {};
  for (let index = 0; index < names.length; index++) {
    const value = match[index + 1];
    if (value !== undefined) fields[names[index] as string] = value;
  }
  return { kind, fields, index: match.index };
}

const TASK_STATE = BY_ID.get('task-state') as LogEventKind;
const SWITCHED = ' switched from ';
const TO = ' to ';
/** Longest attempt id: graph, vertex, subtask and attempt. */
const MAX_ID_LENGTH = 32 + 1 + 32 + 1 + 10 + 1 + 10;

/**
 * The most frequent message in its plain form "task (id) switched from A to B.", read from its end without a regular
 * expression. Null for every other form; the pattern decides then.
 */
export function plainTaskState(text: string): EventMatch | null {
  const end = text.length - 1;
  if (text.charCodeAt(end) !== 46) return null;
  const to = wordBefore(text, end);
  if (to === end || !text.startsWith(TO, to - TO.length)) return null;
  const from = wordBefore(text, to - TO.length);
  if (from === to - TO.length || !text.startsWith(SWITCHED, from - SWITCHED.length)) return null;
  const close = from - SWITCHED.length - 1;
  if (text.charCodeAt(close) !== 41) return null;
  let id = close;
  while (isIdPart(text.charCodeAt(id - 1))) id--;
  if (close - id < 32 || close - id > MAX_ID_LENGTH || text.charCodeAt(id - 1) !== 40 || text.charCodeAt(id - 2) !== 32 || id < 4) return null;
  return {
    kind: TASK_STATE,
    fields: { task: text.slice(0, id - 2), exec: text.slice(id, close), from: text.slice(from, to - TO.length), to: text.slice(to, end) },
  };
}

/** Where the word in capitals begins that ends at `end`. */
function wordBefore(text: string, end: number): number {
  let at = end;
  for (let code = text.charCodeAt(at - 1); code >= 65 && code <= 90; code = text.charCodeAt(at - 1)) at--;
  return at;
}

/** Hexadecimal digits, and what joins them. */
function isIdPart(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || code === 95;
}

/** The beginnings of a kind's messages that tell it from all other kinds. */
export function tellingStarts(kind: LogEventKind): string[] {
  const others = LOG_EVENTS.filter((one) => one !== kind && !one.anywhere).flatMap((one) => one.starts ?? []);
  return (kind.starts ?? []).filter((start) => !others.some((other) => other.startsWith(start) || start.startsWith(other)));
}

/** What the first line of a message says; who puts broken lines together may leave two blanks where Flink prints one. */
export function matchMessage(message: string): EventMatch | null {
  const text = message.length > MAX_MESSAGE_LENGTH ? message.slice(0, MAX_MESSAGE_LENGTH) : message;
  return matchText(text) ?? (text.includes('  ') ? matchText(text.replace(/ {2,}/g, ' ')) : null);
}

function matchText(text: string): EventMatch | null {
  const candidates = BY_START.get(text.slice(0, KEY));
  if (candidates !== undefined) {
    for (const { kind, start } of candidates) {
      if (!text.startsWith(start)) continue;
      const match = run(kind, text);
      if (match !== null) return match;
    }
  }
  const state = plainTaskState(text);
  if (state !== null) return state;
  for (const kind of BY_CONTENT) {
    if (!holdsAny(kind, text)) continue;
    const match = run(kind, text);
    if (match !== null) return match;
  }
  return null;
}

function holdsAny({ contains }: LogEventKind, text: string): boolean {
  if (contains === undefined) return true;
  for (const needle of contains) if (text.includes(needle)) return true;
  return false;
}

/** What is said somewhere in a record: exceptions and diagnostics that matter wherever they stand. */
export function matchAnywhere(record: string, foreign = false): (EventMatch & { index: number })[] {
  const text = record.length > MAX_RECORD_LENGTH ? record.slice(0, MAX_RECORD_LENGTH) : record;
  const found: (EventMatch & { index: number })[] = [];
  let unprinted: string | null = null;
  for (const kind of foreign ? FOREIGN : ANYWHERE) {
    if (!holdsAny(kind, text)) continue;
    const match = run(kind, text);
    if (match === null) continue;
    if (!isInPrinted(text, match.index)) {
      found.push(match);
      continue;
    }
    // What was printed of data may stand before what is the process's own.
    unprinted ??= withoutPrinted(text);
    const own = run(kind, unprinted);
    if (own !== null) found.push(own);
  }
  return found;
}
