import type { Packing, Reading } from './packing.ts';
import { PACKINGS } from './packings/index.ts';
import { Source } from './source.ts';
import type { Steps } from './steps.ts';

/** A text without what it was packed in, with the way back. */
export interface Opened {
  source: Source;
  /** Ids of the packings that were undone, outermost first. */
  packings: string[];
}

const SAMPLE = 64 * 1024;
/** Packings within packings; each is undone at most twice. */
const MAX_ROUNDS = 6;
const MAX_TIMES = 2;

/**
 * Undoes packing after packing, each only where more can be read then. A text that stands as it was written costs a look
 * at its beginning.
 */
export function* unwrap(text: string, reading: Reading, packings: readonly Packing[] = PACKINGS): Steps<Opened> {
  const opened: Opened = { source: new Source(text), packings: [] };
  const allowed = packings.filter(({ id }) => !reading.except?.includes(id));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (reading.plain?.(opened.source.text)) break;
    const sample = sampleOf(opened.source.text, reading);
    const found = yield* undoOne(opened, sample, reading, allowed);
    if (found === null) break;
    opened.source = found.source.within(opened.source);
    opened.packings.push(found.id);
  }
  return opened;
}

/** The first packing without which more can be read, or that is proved; but one before it that joins records which, unpacked, read still better. */
function* undoOne(
  { source: { text }, packings: done }: Opened,
  sample: string,
  reading: Reading,
  packings: readonly Packing[],
): Steps<{ id: string; source: Source } | null> {
  const before = reading.readable(sample);
  const without: Tried[] = [];
  for (const packing of packings) {
    yield;
    if (done.filter((id) => id === packing.id).length >= MAX_TIMES || !packing.sign(sample)) continue;
    const tried = yield* packing.undo(packing.whole ? text : sample, reading);
    if (tried === null) continue;
    const more = reading.readable(sampleOf(tried.text, reading));
    if (packing.proves === true || more > before)
      return (yield* holding(without.filter(isJoining), more, text, reading, packings)) ?? (yield* undone(packing, text, tried, reading));
    if (tried.text !== sample) without.push({ packing, tried });
  }
  return yield* holding(without, before, text, reading, packings);
}

interface Tried {
  packing: Packing;
  tried: Source;
}

const isJoining = ({ packing }: Tried): boolean => packing.joins === true;

/** The first of some packings, without which no more can be read, that holds another one without which more can be read than `least`. */
function* holding(
  without: readonly Tried[],
  least: number,
  text: string,
  reading: Reading,
  packings: readonly Packing[],
): Steps<{ id: string; source: Source } | null> {
  for (const { packing, tried } of without) {
    const inner = sampleOf(tried.text, reading);
    for (const second of packings) {
      yield;
      if (!second.sign(inner)) continue;
      const found = yield* second.undo(second.whole ? tried.text : inner, reading);
      if (found !== null && reading.readable(sampleOf(found.text, reading)) > least) return yield* undone(packing, text, tried, reading);
    }
  }
  return null;
}

/** What was tried with a part of the text is done with all of it. */
function* undone(packing: Packing, text: string, tried: Source, reading: Reading): Steps<{ id: string; source: Source } | null> {
  const part = !packing.whole && sampleOf(text, reading) !== text;
  const source = part ? yield* packing.undo(text, reading) : tried;
  return source === null ? null : { id: packing.id, source };
}

function sampleOf(text: string, reading: Reading): string {
  return reading.sample?.(text) ?? beginning(text);
}

/** Whole lines of the beginning, where the text has lines: half a record reads like something else. */
function beginning(text: string): string {
  if (text.length <= SAMPLE) return text;
  const end = text.lastIndexOf('\n', SAMPLE);
  return text.slice(0, end > SAMPLE / 2 ? end : SAMPLE);
}
