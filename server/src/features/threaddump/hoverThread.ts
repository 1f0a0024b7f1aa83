import { standsAt } from '../../core/analysis/threaddump/names.ts';
import type { Wait, WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';
import { doing, shortLock } from '../../core/rules/threaddump/words.ts';
import type { Thread } from '../../core/threaddump/model.ts';
import { bullets, escapeMarkdown, markdownCode, plural } from '../../core/wording.ts';
import { blockedBy } from './blockedBy.ts';
import type { DumpElement, DumpLookup } from './elements.ts';
import { bold } from './markdown.ts';

const MAX = 5;

/** A thread: its state in plain words, what it waits for, who waits for it. */
export function threadHover(element: DumpElement): string | null {
  if (element.kind !== 'thread' && element.kind !== 'section-thread') return null;
  const { dump } = element;
  const graphThread = dump.graph.threads[element.kind === 'thread' ? element.thread.index : element.threadIndex];
  if (graphThread === undefined) return null;
  const { graph } = dump;
  const lines = [`It ${escapeMarkdown(doing(graph, graphThread))}.`, ...waitLines(graph, graphThread.index), ...positionLines(graphThread.thread)];
  const held = blockedBy(graph, graphThread.index);
  if (held.length > 0) {
    const names = held.slice(0, MAX).map((wait) => `${bold(graph.threads[wait.threadIndex]?.name ?? '?')} (${escapeMarkdown(shortLock(wait.lock))})`);
    lines.push(
      `${plural(held.length, 'thread')} ${held.length === 1 ? 'waits' : 'wait'} for it: ${names.join(', ')}${held.length > MAX ? ` and ${held.length - MAX} more` : ''}.`,
    );
  }
  return `${kindOf(graphThread.thread)} ${bold(graphThread.name)}\n\n${role(dump, graphThread.index)}${bullets(lines)}`;
}

function kindOf(thread: Thread | null): string {
  if (thread === null) return 'Thread';
  return `${thread.daemon ? 'Daemon ' : ''}${thread.virtual ? 'virtual ' : ''}thread`.replace(/^./, (letter) => letter.toUpperCase());
}

function role({ graph, member, victim }: DumpLookup, threadIndex: number): string {
  const deadlock = member.get(threadIndex);
  if (deadlock !== undefined) {
    const order = deadlock.threads.slice(0, MAX).map((one) => bold(graph.threads[one]?.name ?? '?'));
    if (deadlock.threads.length > MAX) order.push(`${deadlock.threads.length - MAX} more`);
    return `**Deadlock** (${deadlock.certainty}), in waiting order: ${[...order, order[0]].join(' → ')}\n\n`;
  }
  const behind = victim.get(threadIndex);
  return behind === undefined ? '' : `**Held up by a deadlock** of ${plural(behind.threads.length, 'thread')}, without being part of it.\n\n`;
}

function waitLines(graph: WaitGraph, threadIndex: number): string[] {
  const wait: Wait | undefined = graph.waits.get(threadIndex);
  if (wait?.owner == null) return [];
  return [`What it waits for is held by ${bold(graph.threads[wait.owner]?.name ?? '?')}.`];
}

function positionLines(thread: Thread | null): string[] {
  if (thread === null) return [];
  const lines: string[] = [];
  const state = thread.state === null ? null : `State ${markdownCode(thread.state)}${thread.stateInferred ? ', concluded from its lock lines' : ''}`;
  if (state !== null) lines.push(`${state}${thread.cpuMs === null ? '' : `, ${Math.round(thread.cpuMs)} ms of CPU time`}.`);
  const at = standsAt(thread);
  if (at !== '') lines.push(`At ${markdownCode(at)}.`);
  if (thread.framesCut) lines.push('Its stack is cut; outer frames are missing.');
  if (thread.carries !== null) lines.push(`It carries virtual thread ${markdownCode(`#${thread.carries}`)}.`);
  return lines;
}
