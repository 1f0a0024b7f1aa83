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

/** Phrases of the JVM and of container runtimes: anybody's logger may print them. Everything else is in Flink's own words. */
const FOREIGN = ANYWHERE.filter((kind) => kind.id === 'oom' || kind.id === 'container-killed');

/** Whole names, abbreviated ones, and the last two parts that patterns such as %c{2} leave. */
const OWN =
  /flink|akka|pekko|yarn|kubernetes|k8s|o\.a\.f|BashJavaUtils|^(?:taskmanager|taskexecutor|executiongraph|jobmaster|checkpoint|scheduler|resourcemanager|slotmanager|dispatcher|entrypoint|tasks)\.\w+$/;

let lastLogger: string | null = null;
let lastForeign = false;

/** Does a logger belong to a library or to user code, so that it does not speak in Flink's own words? */
export function isForeign(logger: string | null): boolean {
  if (logger === lastLogger) return lastForeign;
  lastLogger = logger;
  lastForeign = logger?.includes('.') === true && !OWN.test(logger);
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
const SWITCHED = ') switched from ';
/** Longest attempt id: graph, vertex, subtask and attempt. */
const LONGEST_ID = 32 + 1 + 32 + 1 + 10 + 1 + 10;

/**
 * The most frequent message in its plain form "task (id) switched from A to B.", without a regular expression.
 * Null for every other form; the pattern decides then.
 */
export function plainTaskState(text: string): EventMatch | null {
  const at = text.lastIndexOf(SWITCHED);
  if (at < 40 || text.charCodeAt(text.length - 1) !== 46) return null;
  const open = text.lastIndexOf('(', at);
  if (at - open - 1 < 32 || at - open - 1 > LONGEST_ID || text.charCodeAt(open - 1) !== 32) return null;
  for (let index = open + 1; index < at; index++) {
    const code = text.charCodeAt(index);
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102) || code === 95)) return null;
  }
  const from = at + SWITCHED.length;
  const to = text.indexOf(' to ', from);
  if (to === -1 || to - from > 20 || text.length - to > 30) return null;
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index);
    if (code < 65 || code > 90) return null;
  }
  for (let index = to + 4; index < text.length - 1; index++) {
    const code = text.charCodeAt(index);
    if (code < 65 || code > 90) return null;
  }
  return {
    kind: TASK_STATE,
    fields: { task: text.slice(0, open - 1), exec: text.slice(open + 1, at), from: text.slice(from, to), to: text.slice(to + 4, -1) },
  };
}

/** The kind of message that a text goes on with at `at`, told by its first words alone. */
export function kindByStart(text: string, at: number): LogEventKind | null {
  for (const { kind, start } of BY_START.get(text.slice(at, at + KEY)) ?? []) if (text.startsWith(start, at)) return kind;
  return null;
}

/** What the first line of a message says. */
export function matchMessage(message: string): EventMatch | null {
  const text = message.length > LONGEST_MESSAGE ? message.slice(0, LONGEST_MESSAGE) : message;
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

/** Does a line of a foreign logger hold one of the phrases that count wherever they stand? */
export function foreignNeedle(text: string): boolean {
  return text.includes('OutOfMemoryError') || text.includes('OOMKilled') || text.includes('Container killed');
}

/** What is said somewhere in a record: exceptions and diagnostics that matter wherever they stand. */
export function matchAnywhere(record: string, foreign = false): (EventMatch & { index: number })[] {
  const text = record.length > LONGEST_RECORD ? record.slice(0, LONGEST_RECORD) : record;
  const found: (EventMatch & { index: number })[] = [];
  for (const kind of foreign ? FOREIGN : ANYWHERE) {
    if (!holdsAny(kind, text)) continue;
    const match = run(kind, text);
    if (match !== null) found.push(match);
  }
  return found;
}
