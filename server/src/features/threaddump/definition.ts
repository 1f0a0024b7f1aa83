import type { Lock, WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';
import type { Target } from '../types.ts';
import { type DumpDocument, type DumpPlaces, type Place, placesOf } from './places.ts';

const MOST = 200;

/**
 * From a waiting line to the line where the holder took the lock, and from there back to those who wait.
 * From a name in the JVM's section, or an owner's name in a header, to the thread.
 */
export function definition(document: DumpDocument, offset: number): Target[] {
  const place = placesOf(document).at(document, offset);
  if (place === null) return [];
  const owner = ownerInHeader(document, place, offset);
  if (owner !== null) return threadTarget(place.dump.graph, owner);
  switch (place.kind) {
    case 'lock':
      return isHolder(place.lock, place.thread.index)
        ? waiterTargets(place.dump, place.lock)
        : holderTargets(place.dump, place.lock, place.thread.index);
    case 'section-lock':
      return holderTargets(place.dump, place.lock, null);
    case 'section-thread':
      return threadTarget(place.dump.graph, place.party);
    case 'thread': {
      const wait = place.dump.graph.waits.get(place.thread.index);
      return wait === undefined ? [] : holderTargets(place.dump, wait.lock, place.thread.index);
    }
    default:
      return [];
  }
}

function isHolder(lock: Lock, party: number): boolean {
  return lock.holds.some((hold) => hold.party === party) && !lock.waiters.includes(party);
}

/** Where the holder took it; the holder's name where its stack does not show that. */
function holderTargets({ graph }: DumpPlaces, lock: Lock, waiter: number | null): Target[] {
  const owner = waiter === null ? null : (graph.waits.get(waiter)?.owner ?? null);
  const holders = owner === null ? lock.holds.map((hold) => hold.party) : [owner];
  return holders.flatMap((party) => {
    const place = lock.holds.find((hold) => hold.party === party)?.place;
    if (place == null) return threadTarget(graph, party);
    return [{ span: place.lockSpan, full: graph.parties[party]?.thread?.span ?? place.span }];
  });
}

function waiterTargets({ graph }: DumpPlaces, lock: Lock): Target[] {
  return [...lock.waiters, ...lock.inWait].slice(0, MOST).flatMap((party) => {
    const span = graph.waits.get(party)?.place.lockSpan ?? graph.signals.get(party)?.action.lockSpan;
    if (span === undefined) return [];
    return [{ span, full: graph.parties[party]?.thread?.span ?? span }];
  });
}

function threadTarget(graph: WaitGraph, index: number): Target[] {
  const party = graph.parties[index];
  if (party?.thread == null) return [];
  return [{ span: party.thread.nameSpan, full: party.thread.span }];
}

/** The owner that a ThreadInfo header names behind "owned by". */
function ownerInHeader({ text }: DumpDocument, place: Place, offset: number): number | null {
  if (place.kind !== 'thread' && place.kind !== 'block' && place.kind !== 'lock') return null;
  const { thread, dump } = place;
  const owner = dump.graph.waits.get(thread.index)?.owner ?? null;
  const end = thread.frames[0]?.span.start ?? thread.span.end;
  if (owner === null || offset < thread.nameSpan.end || offset > end) return null;
  const at = text.slice(thread.nameSpan.end, end).indexOf('owned by');
  return at !== -1 && offset >= thread.nameSpan.end + at ? owner : null;
}
