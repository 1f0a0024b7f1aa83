import { chainOf } from '../../core/analysis/threaddump/contention.ts';
import { whyHidden } from '../../core/analysis/threaddump/hidden.ts';
import type { Lock, WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';
import { doing, HIDDEN } from '../../core/rules/threaddump/words.ts';
import { bullets, escapeMarkdown, markdownCode, plural } from '../../core/wording.ts';
import { bold } from './markdown.ts';
import { mentionsOf } from './mentions.ts';
import type { DumpDocument, DumpPlaces, Place } from './places.ts';

const MOST_NAMES = 5;

const KIND: Record<Lock['kind'], string> = {
  monitor: 'Monitor',
  ownable: 'java.util.concurrent lock',
  'class-init': 'Initialisation of class',
  'read-lock': 'Read-write lock, not held exclusively',
  other: 'Something to be signalled through',
};

/** A lock: its class, its holder, its waiters, and whether it is part of a deadlock. */
export function lockHover(place: Place, document: DumpDocument): string | null {
  if (place.kind !== 'lock' && place.kind !== 'section-lock') return null;
  const { lock, dump } = place;
  const { graph } = dump;
  const title =
    lock.kind === 'class-init'
      ? `${KIND['class-init']} ${markdownCode(lock.ref.className ?? lock.ref.key)}`
      : `${KIND[lock.kind]} ${markdownCode(lock.ref.key)}`;
  const lines = [...holderLines(graph, lock), ...waiterLines(graph, lock), ...ownLine(place, document)];
  const className = lock.kind === 'class-init' || lock.ref.className === null ? '' : ` of class ${markdownCode(lock.ref.className)}`;
  const cycle = dump.cycleLocks.has(lock) ? `**Deadlock:** this lock is part of a cycle of ${cycleSize(dump, lock)}.\n\n` : '';
  return `${title}${className}\n\n${cycle}${bullets(lines)}`;
}

function cycleSize({ member }: DumpPlaces, lock: Lock): string {
  const deadlock = lock.waiters.map((party) => member.get(party)).find((one) => one?.locks.includes(lock));
  return deadlock === undefined ? 'threads' : plural(deadlock.threads.length, 'thread');
}

function holderLines(graph: WaitGraph, lock: Lock): string[] {
  if (lock.kind === 'other') return ['Nobody holds it: threads wait here until another one signals.'];
  const owners = new Set(lock.waiters.map((party) => graph.waits.get(party)?.owner).filter((owner) => owner != null));
  if (owners.size === 0) for (const hold of lock.holds) owners.add(hold.party);
  if (owners.size === 0) {
    return [
      lock.waiters.length === 0 ? 'Nobody is seen to hold it.' : `The holder is not visible. ${escapeMarkdown(HIDDEN[whyHidden(graph, lock)])}`,
    ];
  }
  return [...owners].slice(0, MOST_NAMES).map((owner) => {
    const party = graph.parties[owner as number];
    if (party === undefined) return '';
    return `Held by ${bold(party.name)}, which ${escapeMarkdown(doing(graph, party))}.`;
  });
}

function waiterLines(graph: WaitGraph, lock: Lock): string[] {
  const lines: string[] = [];
  if (lock.waiters.length > 0)
    lines.push(`${plural(lock.waiters.length, 'thread')} ${lock.waiters.length === 1 ? 'waits' : 'wait'} for it: ${some(graph, lock.waiters)}.`);
  else if (lock.kind !== 'other') lines.push('Nobody waits to lock it.');
  if (lock.inWait.length > 0)
    lines.push(
      `${plural(lock.inWait.length, 'thread')} ${lock.inWait.length === 1 ? 'waits' : 'wait'} to be notified or signalled: ${some(graph, lock.inWait)}.`,
    );
  const chain = chainOf(graph, lock, 6);
  if (lock.waiters.length > 0 && chain.length > 1 && new Set(chain).size === chain.length && !graph.waits.has(chain.at(-1) as number)) {
    lines.push(`Root blocker: ${bold(graph.parties[chain.at(-1) as number]?.name ?? '?')}, ${chain.length} steps away.`);
  }
  return lines;
}

/** What the line under the cursor itself means, where that is not plain. */
function ownLine(place: Place, { text }: DumpDocument): string[] {
  if (place.kind !== 'lock' || place.action === null) return [];
  const mention = mentionsOf(place.dump.graph, place.lock, text).find((one) => one.span.start === place.action?.span.start);
  if (mention?.role === 'gave-up') return ['This line says "locked", but the thread has given the monitor up in Object.wait(): it does not hold it.'];
  if (mention?.role === 'eliminated') return ['The JIT compiler removed this lock: nobody holds it.'];
  return [];
}

function some(graph: WaitGraph, parties: readonly number[]): string {
  const names = parties.slice(0, MOST_NAMES).map((party) => bold(graph.parties[party]?.name ?? '?'));
  const more = parties.length > MOST_NAMES ? ` and ${parties.length - MOST_NAMES} more` : '';
  return names.join(', ') + more;
}
