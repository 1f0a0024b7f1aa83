import { ascii, type Bytes, textOf } from './bytes.ts';
import type { Collector, TroubleKind } from './model.ts';

const MAX_NAMES = 5000;

/** What is to be known of everything that is called the same. */
export interface GcName {
  text: string;
  full: boolean;
  explicit: boolean;
  /** What such a pause is a sign of. */
  trouble: TroubleKind | null;
  /** The only collector that has such pauses: the start of a log, which names it, may be cut off. */
  collector: Collector | null;
  /** Figures of its events. */
  count: number;
  totalMs: number;
  maxMs: number;
}

interface Known {
  bytes: Bytes;
  name: GcName;
}

/** Names of events by their bytes: there are few, and they come again and again. */
export class GcNames {
  readonly #known = new Map<number, Known[]>();
  readonly all: GcName[] = [];

  of(bytes: Bytes, start: number, end: number): GcName {
    // A few bytes tell most names apart; all of them are compared below.
    const length = end - start;
    const hash =
      length * 0x1000003 + ((bytes[start + 6] as number) << 16) + ((bytes[start + (length >> 1)] as number) << 8) + (bytes[end - 2] as number);
    const list = this.#known.get(hash);
    if (list !== undefined) for (const known of list) if (equal(known.bytes, bytes, start, end)) return known.name;
    const name = nameOf(textOf(bytes, start, end));
    if (this.all.length >= MAX_NAMES) return name;
    this.all.push(name);
    const known = { bytes: bytes.slice(start, end), name };
    if (list === undefined) this.#known.set(hash, [known]);
    else list.push(known);
    return name;
  }

  ofText(text: string): GcName {
    return this.of(ascii(text), 0, text.length);
  }
}

function nameOf(text: string): GcName {
  return {
    text,
    full: text.startsWith('Pause Full') || text.startsWith('Full GC'),
    explicit: text.includes('(System.gc())') || text.includes('(System)'),
    trouble: troubleOf(text),
    collector: collectorOf(text),
    count: 0,
    totalMs: 0,
    maxMs: 0,
  };
}

function troubleOf(text: string): TroubleKind | null {
  if (text.startsWith('Pause Degenerated')) return 'degenerated';
  if (text.startsWith('GC--')) return 'promotion-failed';
  return text.includes('(Evacuation Failure: Allocation') || text.includes('(to-space ') ? 'to-space-exhausted' : null;
}

function collectorOf(text: string): Collector | null {
  if (/^GC (?:pause|remark|cleanup)|\(G1 |^Pause Young \((?:Normal|Mixed|Concurrent Start|Prepare Mixed)\)/.test(text)) return 'G1';
  if (/^Pause (?:Init Mark|Final Mark|Init Update Refs|Final Update Refs|Final Roots|Degenerated)/.test(text)) return 'Shenandoah';
  if (/^Pause (?:Mark Start|Mark End|Relocate Start)/.test(text)) return 'ZGC';
  return text === 'Pause Initial Mark' || text.startsWith('GC (CMS ') ? 'CMS' : null;
}

function equal(one: Bytes, bytes: Bytes, start: number, end: number): boolean {
  if (one.length !== end - start) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== bytes[start + index]) return false;
  return true;
}
