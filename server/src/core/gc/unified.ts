import type { Checkpoint } from '../checkpoint.ts';
import type { Collector, GcEvent, GcLog, GcTrouble } from './model.ts';
import { decimal, isoTime, kib } from './units.ts';

const BRACKET = 0x5b;
const SPACE = 0x20;

/** "Pause Young (Normal) (G1 Evacuation Pause) 24M->11M(256M) 7.965ms" without the name. */
const TAIL = /^(.*?)(?: (\d+)([BKMG])(?:\(\d+%\))?->(\d+)([BKMG])(?:\(\d+%\))?(?:\((\d+)([BKMG])\))?)? (\d+[.,]\d+)ms$/;
const CYCLE = /^(Garbage Collection \(.*\)|(?:Minor|Major) Collection \(.*\)) (\d+)([BKMG])\(\d+%\)->(\d+)([BKMG])\((\d+)%\)(?: (\d+[.,]\d+)m?s)?$/;
const STALL = /^Allocation Stall \((.*)\) (\d+[.,]\d+)ms/;

const COLLECTORS: [string, Collector][] = [
  ['Using G1', 'G1'],
  ['Using Parallel', 'Parallel'],
  ['Using Serial', 'Serial'],
  ['Using Concurrent Mark Sweep', 'CMS'],
  ['Using The Z', 'ZGC'],
  ['Initializing The Z', 'ZGC'],
  ['Using Shenandoah', 'Shenandoah'],
  ['Using Epsilon', 'Epsilon'],
];

/** Logs of Java 9 and later (-Xlog:gc*), whatever their decorations. Lines that stand in another log are skipped. */
export async function parseUnified(text: string, checkpoint: Checkpoint): Promise<GcLog> {
  const log: GcLog = { dialect: 'unified', collector: null, jvm: null, collections: 0, events: [], troubles: [] };
  let seen = new Set<number>();
  const troubled = new Set<string>();
  let lines = 0;
  for (let start = 0; start < text.length; ) {
    if ((++lines & 0xfff) === 0 && checkpoint.due()) await checkpoint.pause();
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const stop = text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    if (text.charCodeAt(start) === BRACKET) {
      const content = contentStart(text, start, stop);
      if (content !== -1) {
        const id = gcId(text, content);
        if (id === null) {
          if (starts(log, text, content, stop, start)) seen = new Set();
        } else {
          if (!seen.has(id.value)) {
            seen.add(id.value);
            log.collections++;
          }
          collection(log, troubled, text, start, id.end, stop, id.value);
        }
      }
    }
    start = end + 1;
  }
  if (log.collector === null) log.collector = collectorByPhases(log.events);
  return log;
}

/** The offset behind the decorations "[…][…] ", or -1. */
function contentStart(text: string, start: number, stop: number): number {
  let at = start;
  while (text.charCodeAt(at) === BRACKET) {
    const close = text.indexOf(']', at);
    if (close === -1 || close >= stop) return -1;
    at = close + 1;
  }
  return text.charCodeAt(at) === SPACE ? at + 1 : -1;
}

function gcId(text: string, at: number): { value: number; end: number } | null {
  if (text.charCodeAt(at) !== 0x47 || text.charCodeAt(at + 1) !== 0x43 || text.charCodeAt(at + 2) !== 0x28) return null;
  let value = 0;
  let end = at + 3;
  for (let digit = text.charCodeAt(end) - 48; digit >= 0 && digit <= 9; digit = text.charCodeAt(++end) - 48) value = value * 10 + digit;
  if (text.charCodeAt(end) !== 0x29) return null;
  end++;
  while (text.charCodeAt(end) === SPACE) end++;
  return { value, end };
}

/** Lines without a GC id: which collector, which JVM, stalls. True when a JVM starts anew. */
function starts(log: GcLog, text: string, at: number, stop: number, lineStart: number): boolean {
  switch (text.charCodeAt(at)) {
    case 0x55: // U
    case 0x49: {
      // I
      const found = COLLECTORS.find(([words]) => text.startsWith(words, at));
      if (found === undefined) return false;
      log.collector = found[1];
      return true;
    }
    case 0x56: // V
      if (text.startsWith('Version: ', at)) log.jvm = text.slice(at + 9, stop).replace(/ \(release\)$/, '');
      return false;
    case 0x41: {
      // A
      const match = text.startsWith('Allocation Stall', at) ? STALL.exec(text.slice(at, stop)) : null;
      if (match !== null) stall(log, match, text, lineStart, stop);
      return false;
    }
    default:
      return false;
  }
}

/** Lines of a collection that tell something; all others are phases and details. */
function collection(log: GcLog, troubled: Set<string>, text: string, lineStart: number, at: number, stop: number, id: number): void {
  switch (text.charCodeAt(at)) {
    case 0x50: // P
      if (!text.startsWith('Pause ', at) || text.charCodeAt(stop - 1) !== 0x73) return; // the line at the start has no duration
      pause(log, text, lineStart, at, stop);
      return;
    case 0x47: // G
    case 0x4d: {
      // M
      const match = CYCLE.exec(text.slice(at, stop));
      if (match !== null) cycle(log, match, text, lineStart, stop);
      return;
    }
    case 0x41: {
      const match = STALL.exec(text.slice(at, stop));
      if (match !== null) stall(log, match, text, lineStart, stop);
      return;
    }
    case 0x54: // T
      if (text.startsWith('To-space exhausted', at)) trouble(log, troubled, 'to-space-exhausted', text, lineStart, at, stop, id);
      return;
    case 0x43: // C
      if (text.startsWith('Concurrent Mode Failure', at) || text.startsWith('Concurrent Mark Abort', at))
        trouble(log, troubled, 'concurrent-mode-failure', text, lineStart, at, stop, id);
      return;
    default:
      if (text.startsWith('Promotion failed', at)) trouble(log, troubled, 'promotion-failed', text, lineStart, at, stop, id);
  }
}

function pause(log: GcLog, text: string, lineStart: number, at: number, stop: number): void {
  const match = TAIL.exec(text.slice(at, stop));
  if (match === null) return;
  const name = match[1] as string;
  const event: GcEvent = {
    kind: 'pause',
    name,
    full: name.startsWith('Pause Full'),
    explicit: name.includes('(System.gc())'),
    ...times(text, lineStart),
    durationMs: decimal(match[8] as string),
    before: amount(match, 2),
    after: amount(match, 4),
    capacity: amount(match, 6),
    span: { start: lineStart, end: stop },
  };
  log.events.push(event);
  if (name.startsWith('Pause Degenerated')) log.troubles.push({ kind: 'degenerated', text: name, span: event.span });
}

function cycle(log: GcLog, match: RegExpExecArray, text: string, lineStart: number, stop: number): void {
  const name = match[1] as string;
  const after = amount(match, 4);
  const percent = Number(match[6]);
  log.events.push({
    kind: 'cycle',
    name,
    full: false,
    explicit: name.includes('(System.gc())'),
    ...times(text, lineStart),
    durationMs: null,
    before: amount(match, 2),
    after,
    capacity: after !== null && percent > 0 ? (after * 100) / percent : null,
    span: { start: lineStart, end: stop },
  });
}

function stall(log: GcLog, match: RegExpExecArray, text: string, lineStart: number, stop: number): void {
  const span = { start: lineStart, end: stop };
  log.troubles.push({ kind: 'allocation-stall', text: `thread ${match[1]} waited ${match[2]} ms for memory`, span });
  log.events.push({
    kind: 'stall',
    name: `Allocation Stall (${match[1]})`,
    full: false,
    explicit: false,
    ...times(text, lineStart),
    durationMs: decimal(match[2] as string),
    before: null,
    after: null,
    capacity: null,
    span,
  });
}

function trouble(
  log: GcLog,
  troubled: Set<string>,
  kind: GcTrouble['kind'],
  text: string,
  lineStart: number,
  at: number,
  stop: number,
  id: number,
): void {
  const key = `${kind} ${id} ${log.collections}`;
  if (troubled.has(key)) return;
  troubled.add(key);
  log.troubles.push({ kind, text: text.slice(at, stop), span: { start: lineStart, end: stop } });
}

function amount(match: RegExpExecArray, group: number): number | null {
  const value = match[group];
  return value === undefined ? null : kib(value, match[group + 1] as string);
}

/** Wall clock and uptime from the decorations, as far as they are there: "[2026-11-20T12:02:10.023+0000][0.004s]", "[1234ms]", "[1700000000000ms]". */
function times(text: string, lineStart: number): { wall: number | null; uptime: number | null } {
  let wall: number | null = null;
  let uptime: number | null = null;
  for (let at = lineStart, n = 0; text.charCodeAt(at) === BRACKET && n < 6; n++) {
    const close = text.indexOf(']', at);
    const value = text.slice(at + 1, close);
    const first = value.charCodeAt(0) - 48;
    if (first >= 0 && first <= 9) {
      if (value.length > 19 && value[4] === '-') wall ??= finite(isoTime(value));
      else if (value.endsWith('ms')) {
        const ms = Number.parseInt(value, 10);
        if (ms > 1e12) wall ??= ms;
        else uptime ??= ms;
      } else if (/^\d+[.,]\d+s$/.test(value)) uptime ??= Math.round(decimal(value) * 1000);
    }
    at = close + 1;
  }
  return { wall, uptime };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The start of a log may be cut off: pauses that only one collector has tell it. */
function collectorByPhases(events: readonly GcEvent[]): Collector | null {
  for (const { name } of events) {
    if (name.includes('G1 ')) return 'G1';
    if (/Pause (?:Init Mark|Final Mark|Init Update Refs|Final Update Refs)/.test(name) && !name.startsWith('Pause Initial')) return 'Shenandoah';
    if (/Pause (?:Mark Start|Mark End|Relocate Start)|^Garbage Collection/.test(name)) return 'ZGC';
    if (name === 'Pause Initial Mark' || name === 'Pause Remark') return name === 'Pause Initial Mark' ? 'CMS' : null;
  }
  return null;
}
