import { ascii, type Bytes, isDigit, startsAt } from './bytes.ts';

/** Parts of a line of Java 8 or earlier. */

const OPEN = 0x5b;
const SPACE = 0x20;
const PARENTHESIS = 0x28;
export const GC = ascii('GC');
export const FULL = ascii('Full GC');
const WORDS = ['pause', 'remark', 'cleanup'].map(ascii);

/** The end of "GC pause (G1 Evacuation Pause) (young)", "Full GC (System.gc())", "GC--". */
export function nameEndOf(bytes: Bytes, start: number, end: number): number {
  let at = start;
  if (bytes[at] === 0x50) {
    // "Pause Init Mark"
    while (at < end && (isLetter(bytes[at]) || (bytes[at] === SPACE && isLetter(bytes[at + 1])))) at++;
  } else {
    at += bytes[at] === 0x46 ? FULL.length : GC.length;
    if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) at += 2;
    for (const word of WORDS) if (bytes[at] === SPACE && startsAt(bytes, at + 1, word)) at += 1 + word.length;
  }
  for (;;) {
    const open = bytes[at] === SPACE ? at + 1 : at;
    if (open >= end || bytes[open] !== PARENTHESIS || isDigit(bytes[open + 1])) return at;
    let depth = 0;
    let close = open;
    for (; close < end; close++) {
      if (bytes[close] === PARENTHESIS) depth++;
      else if (bytes[close] === 0x29 && --depth === 0) break;
    }
    if (close === end) return at;
    at = close + 1;
  }
}

/** Something else stands before the entry: the line that another thread was writing. */
export function holdsEntry(bytes: Bytes, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === OPEN && (startsAt(bytes, at + 1, GC) || startsAt(bytes, at + 1, FULL))) return true;
  return false;
}

/** "PSYoungGen", "ParNew", "DefNew" */
export function isYoung(bytes: Bytes, at: number): boolean {
  const [first, third] = [bytes[at], bytes[at + 2]];
  return (
    (first === 0x50 && (third === 0x59 || (third === 0x72 && bytes[at + 3] === 0x4e))) || (first === 0x44 && third === 0x66 && bytes[at + 3] === 0x4e)
  );
}

const OLD_GENERATIONS = ['ParOldGen', 'PSOldGen', 'Tenured', 'CMS: '].map(ascii);

export function isOld(bytes: Bytes, at: number): boolean {
  return OLD_GENERATIONS.some((name) => startsAt(bytes, at, name));
}

export function contains(bytes: Bytes, start: number, end: number, words: Bytes): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === PARENTHESIS && startsAt(bytes, at, words)) return true;
  return false;
}

/** The word behind "2026-11-20T12:02:10.023+0000: 0.004: ". */
export function wordAfterTimes(bytes: Bytes, start: number, end: number): number {
  const last = Math.min(end, start + 60);
  for (let at = start; at < last; at++) if (bytes[at] === SPACE && isLetter(bytes[at + 1])) return at + 1;
  return end;
}

export function isLetter(code: number | undefined): boolean {
  return code !== undefined && (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
}
