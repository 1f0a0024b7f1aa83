import { standsAt } from '../../core/analysis/threaddump/names.ts';
import type { Wait, WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';
import { doing, shortLock } from '../../core/rules/threaddump/words.ts';
import type { Thread } from '../../core/threaddump/model.ts';
import { bullets, escapeMarkdown, markdownCode } from '../../core/wording.ts';
import { blockedBy } from './blockedBy.ts';
import type { DumpElement, DumpLookup } from './elements.ts';
import { bold } from './markdown.ts';
import { THREAD_HOVER } from './words.ts';

const MAX = 5;

/** A thread: its state in plain words, what it waits for, who waits for it. */
export function threadHover(element: DumpElement): string | null {
  if (element.kind !== 'thread' && element.kind !== 'section-thread') return null;
  const { dump } = element;
  const graphThread = dump.graph.threads[element.kind === 'thread' ? element.thread.index : element.threadIndex];
  if (graphThread === undefined) return null;
  const { graph } = dump;
  const lines = [
    THREAD_HOVER.does(escapeMarkdown(doing(graph, graphThread))),
    ...waitLines(graph, graphThread.index),
    ...positionLines(graphThread.thread),
  ];
  const held = blockedBy(graph, graphThread.index);
  if (held.length > 0) {
    const names = held
      .slice(0, MAX)
      .map((wait) => THREAD_HOVER.lock(bold(graph.threads[wait.threadIndex]?.name ?? '?'), escapeMarkdown(shortLock(wait.lock))));
    lines.push(THREAD_HOVER.heldUp(held.length, names));
  }
  const { name, thread } = graphThread;
  return `${THREAD_HOVER.title(bold(name), thread?.daemon === true, thread?.virtual === true)}\n\n${role(dump, graphThread.index)}${bullets(lines)}`;
}

function role({ graph, member, victim }: DumpLookup, threadIndex: number): string {
  const deadlock = member.get(threadIndex);
  if (deadlock !== undefined) {
    const order = deadlock.threads.slice(0, MAX).map((one) => bold(graph.threads[one]?.name ?? '?'));
    return `${THREAD_HOVER.deadlock(deadlock.certainty, order, deadlock.threads.length - order.length)}\n\n`;
  }
  const behind = victim.get(threadIndex);
  return behind === undefined ? '' : `${THREAD_HOVER.behind(behind.threads.length)}\n\n`;
}

function waitLines(graph: WaitGraph, threadIndex: number): string[] {
  const wait: Wait | undefined = graph.waits.get(threadIndex);
  if (wait?.owner == null) return [];
  return [THREAD_HOVER.owner(bold(graph.threads[wait.owner]?.name ?? '?'))];
}

function positionLines(thread: Thread | null): string[] {
  if (thread === null) return [];
  const lines: string[] = [];
  if (thread.state !== null) lines.push(THREAD_HOVER.state(markdownCode(thread.state), thread.stateInferred, thread.cpuMs));
  const at = standsAt(thread);
  if (at !== '') lines.push(THREAD_HOVER.at(markdownCode(at)));
  if (thread.framesCut) lines.push(THREAD_HOVER.cut);
  if (thread.carries !== null) lines.push(THREAD_HOVER.carries(markdownCode(`#${thread.carries}`)));
  return lines;
}
