import type { Span } from '../../../../common/span.ts';
import type { Target } from '../types.ts';
import { blockedBy } from './blockedBy.ts';
import { mentionsOf } from './mentions.ts';
import { type DumpDocument, type DumpPlaces, placesOf } from './places.ts';

/** Every mention of a lock; for a thread its name, the section's entries about it, and the lines of those it holds up. */
export function references(document: DumpDocument, offset: number): Target[] {
  return related(document, offset).map((span) => ({ span }));
}

const MOST_HIGHLIGHTS = 1000;

/** The same places, for marking them in the text. */
export function highlight(document: DumpDocument, offset: number): Span[] {
  return related(document, offset).slice(0, MOST_HIGHLIGHTS);
}

function related(document: DumpDocument, offset: number): Span[] {
  const place = placesOf(document).at(document, offset);
  switch (place?.kind) {
    case 'lock':
    case 'section-lock':
      return mentionsOf(place.dump.graph, place.lock, document.text).map((mention) => mention.lockSpan);
    case 'thread':
      return ofThread(place.dump, place.thread.index);
    case 'section-thread':
      return ofThread(place.dump, place.party);
    default:
      return [];
  }
}

function ofThread({ graph }: DumpPlaces, index: number): Span[] {
  const party = graph.parties[index];
  if (party === undefined) return [];
  const spans: Span[] = party.thread === null ? [] : [party.thread.nameSpan];
  for (const cycle of graph.section) {
    for (const [position, member] of cycle.members.entries()) {
      const entry = cycle.entries[position];
      if (member === index && entry !== undefined) spans.push(entry.span);
    }
  }
  for (const wait of blockedBy(graph, index)) spans.push(wait.place.lockSpan);
  return spans.sort((a, b) => a.start - b.start);
}
