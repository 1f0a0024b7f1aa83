import type { Coded, NoFacts } from '../../wording.ts';
import type { AnalysedDump } from './model.ts';

/** What is missing in a dump and could change what is concluded from it. */
export interface GapFacts {
  /** Threads wait for java.util.concurrent locks whose owners are not printed. */
  'owners-not-printed': { waiters: number };
  'breaks-off': NoFacts;
  'stacks-cut': { threads: number };
  /** Cut by the setting of Flink. */
  'stacks-cut-by-flink': { threads: number };
  /** Known from the JVM's deadlock section alone. */
  'stacks-not-listed': { threads: number };
  'headers-lost': { threads: number };
  /** BLOCKED, and no line that could be read says for which monitor. */
  'wanted-not-told': { threads: number };
  /** BLOCKED at monitors that no thread of this text holds. */
  'holder-not-shown': { threads: number };
  /** Not one of many threads shows a lock that it holds: the JVM was asked for a dump without them, as Flink 2.4 does with mode=lite. */
  'taken-without-locks': { threads: number };
}

export type Gap = Coded<GapFacts>;

export function gaps({ dump, waits }: AnalysedDump): Gap[] {
  const found: Gap[] = [];
  if (!dump.shows.synchronizers) {
    const waiters = [...waits.locks.values()]
      .filter(({ kind, holds }) => (kind === 'ownable' || kind === 'read-lock') && holds.length === 0)
      .reduce((sum, lock) => sum + lock.waiters.length, 0);
    if (waiters > 0) found.push({ code: 'owners-not-printed', facts: { waiters } });
  }
  if (!dump.shows.complete) found.push({ code: 'breaks-off', facts: {} });
  const listed = dump.threads.filter(({ fromSection }) => fromSection !== true);
  const cut = listed.filter(({ framesCut }) => framesCut);
  if (cut.length > 0) {
    const flink = dump.dialect === 'flink-rest' || cut.some(({ stackText }) => stackText?.includes('org.apache.flink.') === true);
    found.push({ code: flink ? 'stacks-cut-by-flink' : 'stacks-cut', facts: { threads: cut.length } });
  }
  const missing = dump.threads.filter(({ fromSection, framesCut }) => fromSection === true && framesCut).length;
  if (missing > 0) found.push({ code: 'stacks-not-listed', facts: { threads: missing } });
  const lost = dump.threads.filter(({ headless }) => headless === true).length;
  if (lost > 0) found.push({ code: 'headers-lost', facts: { threads: lost } });
  const untold = listed.filter(({ state, index }) => state === 'BLOCKED' && !waits.waits.has(index)).length;
  if (dump.shows.monitors && untold > 0) found.push({ code: 'wanted-not-told', facts: { threads: untold } });
  const unheld = listed.filter(({ state, index }) => {
    const wait = state === 'BLOCKED' ? waits.waits.get(index) : undefined;
    return wait?.lock.kind === 'monitor' && wait.owner === null && wait.lock.holds.length === 0;
  }).length;
  if (dump.shows.monitors && unheld > 0) found.push({ code: 'holder-not-shown', facts: { threads: unheld } });
  if (isWithoutLocks({ dump, waits })) found.push({ code: 'taken-without-locks', facts: { threads: listed.length } });
  return found;
}

/** Every process of Flink has threads at selectors and queues that show what they hold; so many of them without a single lock are none. */
const ENOUGH = 20;

/** Of dumps that a JVM makes of itself: whether what threads hold was left out. Whom a waiter names as the holder is told all the same. */
export const isWithoutLocks = ({ dump, waits }: Pick<AnalysedDump, 'dump' | 'waits'>): boolean =>
  (dump.dialect === 'flink-rest' || dump.dialect === 'threadinfo') &&
  dump.threads.length >= ENOUGH &&
  [...waits.locks.values()].every(({ holds }) => !holds.some(({ evidence }) => evidence === 'locked-line' || evidence === 'synchronizer-list'));
