import { chainOf } from '../../core/analysis/threaddump/contention.ts';
import { whyHidden } from '../../core/analysis/threaddump/hidden.ts';
import type { Lock, WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';
import { doing, HIDDEN } from '../../core/rules/threaddump/words.ts';
import { bullets, escapeMarkdown, markdownCode } from '../../core/wording.ts';
import type { DumpDocument, DumpElement, DumpLookup } from './elements.ts';
import { bold } from './markdown.ts';
import { mentionsOf } from './mentions.ts';
import { LOCK_HOVER } from './words.ts';

const MAX_NAMES = 5;

/** A lock: its class, its holder, its waiters, and whether it is part of a deadlock. */
export function lockHover(element: DumpElement, document: DumpDocument): string | null {
  if (element.kind !== 'lock' && element.kind !== 'section-lock') return null;
  const { lock, dump } = element;
  const { graph } = dump;
  const initialised = lock.kind === 'class-init';
  const id = markdownCode(initialised ? (lock.ref.className ?? lock.ref.key) : lock.ref.key);
  const title = LOCK_HOVER.title(lock.kind, id, initialised || lock.ref.className === null ? null : markdownCode(lock.ref.className));
  const lines = [...holderLines(graph, lock), ...waiterLines(graph, lock), ...ownLine(element, document)];
  const cycle = dump.cycleLocks.has(lock) ? `${LOCK_HOVER.deadlock(cycleSize(dump, lock))}\n\n` : '';
  return `${title}\n\n${cycle}${bullets(lines)}`;
}

function cycleSize({ member }: DumpLookup, lock: Lock): number | null {
  const deadlock = lock.waiters.map((threadIndex) => member.get(threadIndex)).find((one) => one?.locks.includes(lock));
  return deadlock?.threads.length ?? null;
}

function holderLines(graph: WaitGraph, lock: Lock): string[] {
  if (lock.kind === 'other') return [LOCK_HOVER.signal];
  const owners = new Set(lock.waiters.map((threadIndex) => graph.waits.get(threadIndex)?.owner).filter((owner) => owner != null));
  if (owners.size === 0) for (const hold of lock.holds) owners.add(hold.threadIndex);
  if (owners.size === 0) {
    return [lock.waiters.length === 0 ? LOCK_HOVER.noHolder : LOCK_HOVER.hidden(escapeMarkdown(HIDDEN[whyHidden(graph, lock)]))];
  }
  return [...owners].slice(0, MAX_NAMES).map((owner) => {
    const graphThread = graph.threads[owner as number];
    if (graphThread === undefined) return '';
    return LOCK_HOVER.holder(bold(graphThread.name), escapeMarkdown(doing(graph, graphThread)));
  });
}

function waiterLines(graph: WaitGraph, lock: Lock): string[] {
  const lines: string[] = [];
  if (lock.waiters.length > 0) lines.push(LOCK_HOVER.waiters(lock.waiters.length, some(graph, lock.waiters)));
  else if (lock.kind !== 'other') lines.push(LOCK_HOVER.noWaiters);
  if (lock.inWait.length > 0) lines.push(LOCK_HOVER.signalled(lock.inWait.length, some(graph, lock.inWait)));
  const chain = chainOf(graph, lock, 6);
  if (lock.waiters.length > 0 && chain.length > 1 && new Set(chain).size === chain.length && !graph.waits.has(chain.at(-1) as number)) {
    lines.push(LOCK_HOVER.root(bold(graph.threads[chain.at(-1) as number]?.name ?? '?'), chain.length));
  }
  return lines;
}

/** What the line under the cursor itself means, where that is not plain. */
function ownLine(element: DumpElement, { text }: DumpDocument): string[] {
  if (element.kind !== 'lock' || element.action === null) return [];
  const mention = mentionsOf(element.dump.graph, element.lock, text).find((one) => one.span.start === element.action?.span.start);
  if (mention?.role === 'gave-up') return [LOCK_HOVER.gaveUp];
  if (mention?.role === 'eliminated') return [LOCK_HOVER.eliminated];
  return [];
}

function some(graph: WaitGraph, threads: readonly number[]): string {
  const names = threads.slice(0, MAX_NAMES).map((threadIndex) => bold(graph.threads[threadIndex]?.name ?? '?'));
  const more = threads.length > MAX_NAMES ? LOCK_HOVER.more(threads.length - MAX_NAMES) : '';
  return names.join(', ') + more;
}
