import { indexWithin } from '../unwrap/within.ts';
import { type Header, newHeader, STATES } from './header.ts';
import { ownerIn } from './lockLine.ts';
import type { ThreadState } from './model.ts';

const QUOTE = 34;
/** Names hold few quotes; where there are more, this many from the end are tried. */
const MAX_QUOTES = 64;
const SPACE = 32;
const EQUALS = 61;
const LOWER_D = 100;
const LOWER_V = 118;
const UPPER_I = 73;
/** Attributes that make a quoted text a header. */
const KNOWN: ReadonlySet<string> = new Set(['prio', 'os_prio', 'tid', 'nid', 'id']);

/**
 * The header of HotSpot and of those that print alike (Zing, SAP, HP, Apple, GraalVM, JRockit 1.4 and 5):
 * `"name" #12 [4711] daemon prio=5 os_prio=0 cpu=1ms elapsed=2s tid=0x… nid=0x… waiting on condition [0x…]`.
 * Names are printed raw, so the name ends at the last quote whose tail reads as attributes to the line's end.
 */
export function hotspotHeader(text: string, quote: number, end: number): Header | null {
  let close = text.lastIndexOf('"', end - 1);
  for (let tries = 0; close > quote && tries < MAX_QUOTES; tries++) {
    const opened = text.lastIndexOf('"', close - 1);
    if (opened > quote && isValue(text, opened)) {
      close = text.lastIndexOf('"', opened - 1);
      continue;
    }
    const header = attributes(text, quote, close, end);
    if (header !== null) return header;
    close = opened;
  }
  return null;
}

/** The quote opens a value among the attributes, not a name: Geode's `owned by "m"`, SAP's `user="J2EE_ADMIN"`. */
function isValue(text: string, quote: number): boolean {
  return text.startsWith('owned by ', quote - 9) || text.startsWith(' user=', quote - 6);
}

function attributes(text: string, quote: number, close: number, end: number): Header | null {
  const header = newHeader('hotspot', quote + 1, close);
  let at = close + 1;
  let wordsStart = -1;
  let known = false;
  let tid: string | null = null;
  while (at < end) {
    while (at < end && text.charCodeAt(at) <= SPACE) at++;
    if (at >= end) break;
    const first = text.charCodeAt(at);
    let stop = at;
    let equals = -1;
    for (; stop < end; stop++) {
      const code = text.charCodeAt(stop);
      if (code === SPACE) break;
      if (code === EQUALS && equals === -1) equals = stop;
    }
    if (first === 35 /* # */) {
      const id = Number(text.slice(at + 1, stop));
      if (Number.isNaN(id)) return null;
      header.id = id;
      wordsStart = stop;
    } else if (first === 91 /* [ */ && !known && isDigit(text.charCodeAt(at + 1))) {
      if (header.nid === null) header.nid = text.slice(at + 1, stop - 1);
    } else if (first === LOWER_D && stop === at + 6 && text.startsWith('daemon', at)) {
      header.daemon = true;
      wordsStart = stop;
    } else if (first === LOWER_V && stop === at + 7 && text.startsWith('virtual', at)) {
      header.virtual = true;
      // Virtual threads have no priority and no address.
      known ||= header.id !== null;
      wordsStart = stop;
    } else {
      // ThreadInfo's own header has "prio=" too, on JDK 9 and newer.
      if (first === UPPER_I && text.startsWith('Id=', at)) return null;
      if (equals === -1 || !isKey(text, at, equals)) {
        // State words, or the tail of an attribute such as SAP's "cpu=162 [reset 162] ms".
        if (wordsStart === -1) return null;
        if (first === QUOTE) {
          // Geode: "n" tid=0x16 owned by "m" tid=0x15
          if (!text.startsWith('owned by ', at - 9)) return null;
          header.owner = ownerIn(text.slice(at - 9, end));
          break;
        }
      } else {
        const value = text.slice(equals + 1, stop);
        const key = text.slice(at, equals);
        if (key === 'tid') tid = value;
        else if (key === 'nid') header.nid = value;
        else if (key === 'cpu') header.cpuMs = milliseconds(value, 1);
        else if (key === 'elapsed') header.elapsedMs = milliseconds(value, 1000);
        else if (key === 'id') {
          // JRockit: id=12, or id=0x80 before release 26.
          header.dialect = 'jrockit';
          header.id = value === '?' ? null : Number(value);
        }
        known ||= KNOWN.has(key);
        wordsStart = stop;
      }
    }
    at = stop;
  }
  if (!known) return null;
  header.key = tid ?? header.nid ?? (header.id === null ? null : `#${header.id}`);
  setWords(header, text, wordsStart, end);
  return header;
}

function setWords(header: Header, text: string, from: number, end: number): void {
  if (from === -1) return;
  let stop = indexWithin(text, '[', from, end);
  if (stop === -1) stop = end;
  const words = text.slice(from, stop).trim();
  if (words === '') return;
  header.words = words;
  // The threads of a heap dump in VisualVM: `"main" prio=5 tid=1 WAITING`.
  if (STATES.has(words)) header.state = words as ThreadState;
  // "id=3149 in TIMED_WAITING" as some JMX clients print it.
  const match = header.dialect === 'jrockit' ? /^in ([A-Z_]+)/.exec(words) : null;
  if (match !== null && STATES.has(match[1] as string)) {
    header.state = match[1] as ThreadState;
    header.dialect = 'visualvm';
  }
}

/** `12.34ms`, and `12,34ms` where the locale writes a comma. */
function milliseconds(value: string, factor: number): number | null {
  const number = Number.parseFloat(value.includes(',') ? value.replace(',', '.') : value);
  return Number.isNaN(number) ? null : factor === 1 ? number : Math.round(number * factor * 1000) / 1000;
}

function isKey(text: string, from: number, to: number): boolean {
  if (from === to) return false;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (!((code >= 97 && code <= 122) || code === 95)) return false;
  }
  return true;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The state that header words of JDK 5 and older stand for, where no state line is printed. */
export function stateOfWords(words: string): ThreadState | null {
  if (words.startsWith('runnable')) return 'RUNNABLE';
  if (words.startsWith('waiting for monitor entry')) return 'BLOCKED';
  if (words.startsWith('in Object.wait()') || words.startsWith('waiting on monitor')) return 'WAITING';
  if (words.startsWith('waiting on condition') || words.startsWith('sleeping')) return 'WAITING';
  if (words.startsWith('blocked')) return 'BLOCKED';
  if (/\bblocked\b/.test(words)) return 'BLOCKED';
  if (/\b(waiting|parked)\b/.test(words)) return 'WAITING';
  return null;
}
