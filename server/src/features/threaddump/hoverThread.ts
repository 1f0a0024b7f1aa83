import { standsAt } from '../../core/analysis/threaddump/names.ts';
import type { Wait, WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';
import { doing, shortLock } from '../../core/rules/threaddump/words.ts';
import type { Thread } from '../../core/threaddump/model.ts';
import { bullets, escapeMarkdown, markdownCode, plural } from '../../core/wording.ts';
import { blockedBy } from './blockedBy.ts';
import { bold } from './markdown.ts';
import type { DumpPlaces, Place } from './places.ts';

const MOST = 5;

/** A thread: its state in plain words, what it waits for, who waits for it. */
export function threadHover(place: Place): string | null {
  if (place.kind !== 'thread' && place.kind !== 'section-thread') return null;
  const { dump } = place;
  const party = dump.graph.parties[place.kind === 'thread' ? place.thread.index : place.party];
  if (party === undefined) return null;
  const { graph } = dump;
  const lines = [`It ${escapeMarkdown(doing(graph, party))}.`, ...waitLines(graph, party.index), ...positionLines(party.thread)];
  const held = blockedBy(graph, party.index);
  if (held.length > 0) {
    const names = held.slice(0, MOST).map((wait) => `${bold(graph.parties[wait.party]?.name ?? '?')} (${escapeMarkdown(shortLock(wait.lock))})`);
    lines.push(
      `${plural(held.length, 'thread')} ${held.length === 1 ? 'waits' : 'wait'} for it: ${names.join(', ')}${held.length > MOST ? ` and ${held.length - MOST} more` : ''}.`,
    );
  }
  return `${kindOf(party.thread)} ${bold(party.name)}\n\n${role(dump, party.index)}${bullets(lines)}`;
}

function kindOf(thread: Thread | null): string {
  if (thread === null) return 'Thread';
  return `${thread.daemon ? 'Daemon ' : ''}${thread.virtual ? 'virtual ' : ''}thread`.replace(/^./, (letter) => letter.toUpperCase());
}

function role({ graph, member, victim }: DumpPlaces, party: number): string {
  const deadlock = member.get(party);
  if (deadlock !== undefined) {
    const order = deadlock.threads.slice(0, MOST).map((one) => bold(graph.parties[one]?.name ?? '?'));
    if (deadlock.threads.length > MOST) order.push(`${deadlock.threads.length - MOST} more`);
    return `**Deadlock** (${deadlock.certainty}), in waiting order: ${[...order, order[0]].join(' → ')}\n\n`;
  }
  const behind = victim.get(party);
  return behind === undefined ? '' : `**Held up by a deadlock** of ${plural(behind.threads.length, 'thread')}, without being part of it.\n\n`;
}

function waitLines(graph: WaitGraph, party: number): string[] {
  const wait: Wait | undefined = graph.waits.get(party);
  if (wait?.owner == null) return [];
  return [`What it waits for is held by ${bold(graph.parties[wait.owner]?.name ?? '?')}.`];
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
