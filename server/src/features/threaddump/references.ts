import type { Span } from '../../../../common/span.ts';
import type { Target } from '../types.ts';
import { blockedBy } from './blockedBy.ts';
import { type DumpDocument, type DumpLookup, elementsOf } from './elements.ts';
import { mentionsOf } from './mentions.ts';

/** Every mention of a lock; for a thread its name, the section's entries about it, and the lines of those it holds up. */
export function references(document: DumpDocument, offset: number): Target[] {
  return related(document, offset).map((span) => ({ span }));
}

const MAX_HIGHLIGHTS = 1000;

/** The same places, for marking them in the text. */
export function highlight(document: DumpDocument, offset: number): Span[] {
  return related(document, offset).slice(0, MAX_HIGHLIGHTS);
}

function related(document: DumpDocument, offset: number): Span[] {
  const element = elementsOf(document).at(document, offset);
  switch (element?.kind) {
    case 'lock':
    case 'section-lock':
      return mentionsOf(element.dump.graph, element.lock, document.text).map((mention) => mention.lockSpan);
    case 'thread':
      return ofThread(element.dump, element.thread.index);
    case 'section-thread':
      return ofThread(element.dump, element.threadIndex);
    default:
      return [];
  }
}

function ofThread({ graph }: DumpLookup, index: number): Span[] {
  const graphThread = graph.threads[index];
  if (graphThread === undefined) return [];
  const spans: Span[] = graphThread.thread === null ? [] : [graphThread.thread.nameSpan];
  for (const cycle of graph.section) {
    for (const [position, member] of cycle.members.entries()) {
      const entry = cycle.entries[position];
      if (member === index && entry !== undefined) spans.push(entry.span);
    }
  }
  for (const wait of blockedBy(graph, index)) spans.push(wait.place.lockSpan);
  return spans.sort((a, b) => a.start - b.start);
}
