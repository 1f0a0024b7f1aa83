import { table } from '../../../../common/table.ts';
import { detached } from '../text.ts';
import type { Exchange, Ship } from './vocabulary.ts';

const SHIPS: [RegExp, Ship][] = [
  [/^FORWARD/i, 'forward'],
  [/^(HASH|BINARY_HASH|PARTITION_HASH)/i, 'hash'],
  [/^(REBALANCE|REDISTRIBUTE|PARTITION_FORCED_REBALANCE|RANDOM$)/i, 'rebalance'],
  [/^RESCALE/i, 'rescale'],
  [/^(SHUFFLE|RANDOM|PARTITION_RANDOM)/i, 'shuffle'],
  [/^(GLOBAL|SINGLETON|SINGLE$)/i, 'global'],
  [/^BROADCAST/i, 'broadcast'],
  [/^RANGE/i, 'range'],
  [/^CUSTOM/i, 'custom'],
];

/** What was asked before, in all plans. */
const shipCache = new Map<string, Ship | null>();
const MAX_CACHED = 256;
/** No format prints a longer one. */
const MAX_PRINTED = 100;

/** Partitioner behind a printed ship strategy; null for what no format is known to print. */
export function shipOf(text: string | null): Ship | null {
  if (text === null || text === '') return null;
  const cached = shipCache.get(text);
  if (cached !== undefined) return cached;
  const ship = SHIPS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  if (shipCache.size < MAX_CACHED && text.length <= MAX_PRINTED) shipCache.set(detached(text), ship);
  return ship;
}

const EXCHANGES = table<Exchange>({
  pipelined: 'pipelined',
  pipelined_bounded: 'pipelined_bounded',
  pipelined_approximate: 'pipelined_approximate',
  blocking: 'blocking',
  batch: 'blocking',
  blocking_persistent: 'blocking_persistent',
  hybrid_full: 'hybrid_full',
  hybrid_selective: 'hybrid_selective',
});

/** Result partition type behind a printed exchange; the coarse BATCH counts as blocking, UNDEFINED as not known. */
export function exchangeOf(text: string | null): Exchange | null {
  return text === null ? null : (EXCHANGES[text] ?? EXCHANGES[text.toLowerCase()] ?? null);
}
