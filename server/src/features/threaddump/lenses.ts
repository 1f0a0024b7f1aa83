import { heldBy } from '../../core/analysis/deadlocks.ts';
import { threadNode } from '../../core/graphs/lockWaitIds.ts';
import { nameOf, shortLock, threads } from '../../core/rules/threaddump/words.ts';
import type { Lens } from '../types.ts';
import { type DumpDocument, type DumpPlaces, placesOf } from './places.ts';

const MOST_BLOCKERS = 200;

/** Above the members of a cycle and above root blockers: what they hold up, and the way to the graph. */
export function lenses(document: DumpDocument): Lens[] {
  return placesOf(document).dumps.flatMap((dump) => [...cycleLenses(document, dump), ...blockerLenses(document, dump)]);
}

function cycleLenses({ uri }: DumpDocument, dump: DumpPlaces): Lens[] {
  const { graph } = dump;
  const result: Lens[] = [];
  for (const deadlock of dump.analysed.deadlocks) {
    for (const wait of deadlock.waits) {
      const party = graph.parties[wait.party];
      if (party?.thread == null) continue;
      const owner =
        wait.owner === null ? '' : wait.owner === wait.party ? ', held by itself' : `, ${heldBy(wait.lock)} ${nameOf(graph, wait.owner, 50)}`;
      result.push({
        span: party.thread.nameSpan,
        title: `$(error) ${deadlock.certainty === 'proved' ? 'Deadlock' : 'Deadlock suspected'} of ${threads(deadlock.threads.length)}: waits for ${shortLock(wait.lock)}${owner}`,
        tooltip: 'Show it in the lock-wait graph',
        command: showGraph(uri, dump.index, wait.party),
      });
    }
  }
  return result;
}

function blockerLenses({ uri }: DumpDocument, dump: DumpPlaces): Lens[] {
  const held = new Map<number, number>();
  for (const { root, total, lock } of dump.analysed.contention) {
    // Only the locks that the root blocker itself holds; the others are counted in their totals.
    if (root === null || dump.graph.waits.get(lock.waiters[0] ?? -1)?.owner !== root) continue;
    held.set(root, (held.get(root) ?? 0) + total);
  }
  const result: Lens[] = [];
  for (const [root, total] of held) {
    const party = dump.graph.parties[root];
    if (party?.thread == null || result.length >= MOST_BLOCKERS) continue;
    result.push({
      span: party.thread.nameSpan,
      title: `$(lock) Holds up ${threads(total)}`,
      tooltip: 'It waits for no lock itself: its progress would free them. Show it in the lock-wait graph',
      command: showGraph(uri, dump.index, root),
    });
  }
  return result;
}

function showGraph(uri: string, dump: number, party: number): { id: string; arguments: unknown[] } {
  return { id: 'logjam.showGraphAt', arguments: [uri, 'lock-wait', threadNode(dump, party)] };
}
