import { chainOf } from '../../core/analysis/threaddump/contention.ts';
import { whyHidden } from '../../core/analysis/threaddump/hidden.ts';
import type { Lock, WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';
import { doing, HIDDEN } from '../../core/rules/threaddump/words.ts';
import { bullets, escapeMarkdown, markdownCode, plural } from '../../core/wording.ts';
import type { DumpDocument, DumpElement, DumpLookup } from './elements.ts';
import { bold } from './markdown.ts';
import { mentionsOf } from './mentions.ts';

const MAX_NAMES = 5;

const KIND: Record<Lock['kind'], string> = {
  monitor: 'Monitor',
  ownable: 'java.util.concurrent lock',
  'class-init': 'Initialisation of class',
  'read-lock': 'Read-write lock, not held exclusively',
  other: 'Something to be signalled through',
};

/** A lock: its class, its holder, its waiters, and whether it is part of a deadlock. */
export function lockHover(element: DumpElement, document: DumpDocument): string | null {
  if (element.kind !== 'lock' && element.kind !== 'section-lock') return null;
  const { lock, dump } = element;
  const { graph } = dump;
  const title =
    lock.kind === 'class-init'
      ? `${KIND['class-init']} ${markdownCode(lock.ref.className ?? lock.ref.key)}`
      : `${KIND[lock.kind]} ${markdownCode(lock.ref.key)}`;
  const lines = [...holderLines(graph, lock), ...waiterLines(graph, lock), ...ownLine(element, document)];
  const className = lock.kind === 'class-init' || lock.ref.className === null ? '' : ` of class ${markdownCode(lock.ref.className)}`;
  const cycle = dump.cycleLocks.has(lock) ? `**Deadlock:** this lock is part of a cycle of ${cycleSize(dump, lock)}.\n\n` : '';
  return `${title}${className}\n\n${cycle}${bullets(lines)}`;
}

function cycleSize({ member }: DumpLookup, lock: Lock): string {
  const deadlock = lock.waiters.map((threadIndex) => member.get(threadIndex)).find((one) => one?.locks.includes(lock));
  return deadlock === undefined ? 'threads' : plural(deadlock.threads.length, 'thread');
}

function holderLines(graph: WaitGraph, lock: Lock): string[] {
  if (lock.kind === 'other') return ['Nobody holds it: threads wait here until another one signals.'];
  const owners = new Set(lock.waiters.map((threadIndex) => graph.waits.get(threadIndex)?.owner).filter((owner) => owner != null));
  if (owners.size === 0) for (const hold of lock.holds) owners.add(hold.threadIndex);
  if (owners.size === 0) {
    return [
      lock.waiters.length === 0 ? 'Nobody is seen to hold it.' : `The holder is not visible. ${escapeMarkdown(HIDDEN[whyHidden(graph, lock)])}`,
    ];
  }
  return [...owners].slice(0, MAX_NAMES).map((owner) => {
    const graphThread = graph.threads[owner as number];
    if (graphThread === undefined) return '';
    return `Held by ${bold(graphThread.name)}, which ${escapeMarkdown(doing(graph, graphThread))}.`;
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
    lines.push(`Root blocker: ${bold(graph.threads[chain.at(-1) as number]?.name ?? '?')}, ${chain.length} steps away.`);
  }
  return lines;
}

/** What the line under the cursor itself means, where that is not plain. */
function ownLine(element: DumpElement, { text }: DumpDocument): string[] {
  if (element.kind !== 'lock' || element.action === null) return [];
  const mention = mentionsOf(element.dump.graph, element.lock, text).find((one) => one.span.start === element.action?.span.start);
  if (mention?.role === 'gave-up') return ['This line says "locked", but the thread has given the monitor up in Object.wait(): it does not hold it.'];
  if (mention?.role === 'eliminated') return ['The JIT compiler removed this lock: nobody holds it.'];
  return [];
}

function some(graph: WaitGraph, threads: readonly number[]): string {
  const names = threads.slice(0, MAX_NAMES).map((threadIndex) => bold(graph.threads[threadIndex]?.name ?? '?'));
  const more = threads.length > MAX_NAMES ? ` and ${threads.length - MAX_NAMES} more` : '';
  return names.join(', ') + more;
}
