import type { Checkpoint } from '../checkpoint.ts';
import type { Collector, GcEvent, GcLog, GcTrouble } from './model.ts';
import { decimal, isoTime, kib } from './units.ts';

/** A collection is opened by this, after at most a date and an uptime. */
const OPENING = /^(?:(\d{4}-\d\d-\d\dT[\d:.,]+[+-]\d{4}): ?)?(?:(\d+[.,]\d+): ?)?(?:\[)?(?:\d+[.,]\d+: )?\[(GC|Full GC)(.*)$/;
const SECONDS = /(\d+[.,]\d+) secs\]/g;
const HEAP = /(\d+)K->(\d+)K\((\d+)K\)/g;
const G1_HEAP = /Heap: (\d+[.,]\d+)([BKMG])\((\d+[.,]\d+)([BKMG])\)->(\d+[.,]\d+)([BKMG])\((\d+[.,]\d+)([BKMG])\)/;
const G1_SHORT = /(\d+)([BKMG])->(\d+)([BKMG])\((\d+)([BKMG])\)/;
const CAUSE = /^ ?(?:pause ?)?\(((?:[^()]|\([^()]*\))*)\)/;

const TROUBLES: [RegExp, GcTrouble['kind']][] = [
  [/to-space (?:exhausted|overflow)|\(to-space/, 'to-space-exhausted'],
  [/concurrent mode (?:failure|interrupted)|concurrent-mark-abort/, 'concurrent-mode-failure'],
  [/promotion failed/, 'promotion-failed'],
];

interface Open {
  event: GcEvent;
  /** Text of the collection so far, without the detail lines of G1. */
  text: string;
}

/** Logs of Java 8 and earlier (-XX:+PrintGC, PrintGCDetails and the like), with whatever other options put between. */
export async function parsePreUnified(text: string, checkpoint: Checkpoint): Promise<GcLog> {
  const log: GcLog = { dialect: 'pre-unified', collector: null, jvm: null, collections: 0, events: [], troubles: [] };
  let open: Open | null = null;
  let lines = 0;
  const finish = (): void => {
    if (open !== null) close(log, open);
    open = null;
  };
  for (let start = 0; start < text.length; ) {
    if ((++lines & 0xfff) === 0 && checkpoint.due()) await checkpoint.pause();
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const first = text.charCodeAt(start);
    // Detail lines are indented; only those with the heap in G1's form tell something.
    const indented = first === 0x20 || first === 0x09;
    if (indented) {
      if (open !== null) {
        const heap = text.indexOf('Heap: ', start);
        if (heap !== -1 && heap < end) g1Heap((open as Open).event, text.slice(heap, end));
        else if (text.startsWith(' [Times', start)) finish();
      }
    } else if (first === 0x5b || (first >= 0x30 && first <= 0x39)) {
      const line = text.slice(start, end);
      const opening = line.includes('[GC') || line.includes('[Full GC') ? OPENING.exec(line) : null;
      if (opening !== null) {
        finish();
        log.collections++;
        if (!/^ ?(?:\(\w+\) ?)?concurrent-/.test(opening[4] as string)) open = { event: opened(opening, start, end), text: line };
      } else if (open !== null) extend(open, line, end);
      signs(log, line, start, end);
    } else if (open !== null) {
      const line = text.slice(start, end);
      extend(open, line, end);
      signs(log, line, start, end);
    } else if (log.jvm === null && text.startsWith('Java HotSpot', start)) log.jvm = text.slice(start, Math.min(end, start + 120));
    start = end + 1;
  }
  finish();
  return log;
}

function opened(match: RegExpExecArray, start: number, end: number): GcEvent {
  const [, date, uptime, kind, rest] = match as unknown as [string, string | undefined, string | undefined, string, string];
  const cause = CAUSE.exec(rest)?.[1];
  const full = kind === 'Full GC';
  const wall = date === undefined ? Number.NaN : isoTime(date);
  const words = rest.startsWith(' pause') ? 'GC pause' : kind;
  return {
    kind: 'pause',
    name: cause === undefined ? words : `${words} (${cause})`,
    full,
    explicit: cause?.startsWith('System') === true,
    wall: Number.isFinite(wall) ? wall : null,
    uptime: uptime === undefined ? null : Math.round(decimal(uptime) * 1000),
    durationMs: null,
    before: null,
    after: null,
    capacity: null,
    span: { start, end },
  };
}

/** The rest of a collection whose line was broken by what other options print (ages, references). */
function extend(open: Open, line: string, end: number): void {
  if (line.includes('secs]') || line.includes('->')) {
    open.text += `\n${line}`;
    open.event.span.end = end;
  }
}

function close(log: GcLog, { event, text }: Open): void {
  const own = text.replace(/\[Times:[^\]]*\]/g, '');
  let seconds: string | undefined;
  for (const match of own.matchAll(SECONDS)) seconds = match[1];
  if (seconds !== undefined) event.durationMs = decimal(seconds) * 1000;
  if (event.before === null) {
    let heap: RegExpMatchArray | undefined;
    // The last sizes are those of the whole heap, but for the metaspace that some collectors add in brackets.
    for (const match of own.replace(/\[(?:Metaspace|PSPermGen|CMS Perm ?|Perm ?)[^\]]*\]/g, '').matchAll(HEAP)) heap = match;
    if (heap !== undefined) setHeap(event, Number(heap[1]), Number(heap[2]), Number(heap[3]));
    else {
      const short = G1_SHORT.exec(own);
      if (short !== null)
        setHeap(
          event,
          kib(short[1] as string, short[2] as string),
          kib(short[3] as string, short[4] as string),
          kib(short[5] as string, short[6] as string),
        );
    }
  }
  log.collector = collectorOf(text) ?? log.collector;
  log.events.push(event);
}

function g1Heap(event: GcEvent, text: string): void {
  const match = G1_HEAP.exec(text);
  if (match === null) return;
  const at = (group: number): number => kib(match[group] as string, match[group + 1] as string);
  setHeap(event, at(1), at(5), at(7));
}

function setHeap(event: GcEvent, before: number, after: number, capacity: number): void {
  event.before = before;
  event.after = after;
  event.capacity = capacity;
}

function signs(log: GcLog, line: string, start: number, end: number): void {
  for (const [pattern, kind] of TROUBLES) if (pattern.test(line)) log.troubles.push({ kind, text: line.slice(0, 200), span: { start, end } });
}

function collectorOf(text: string): Collector | null {
  if (text.includes('[GC pause') || text.includes('G1 ')) return 'G1';
  if (text.includes('CMS')) return 'CMS';
  if (text.includes('PSYoungGen')) return 'Parallel';
  if (text.includes('ParNew')) return 'ParNew';
  return text.includes('DefNew') ? 'Serial' : null;
}
