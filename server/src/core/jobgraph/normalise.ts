import type { Exchange, Ship } from './model.ts';

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

const shipCache = new Map<string, Ship | null>();

/** Partitioner behind a printed ship strategy; null for what no format is known to print. */
export function shipOf(text: string | null): Ship | null {
  if (text === null || text === '') return null;
  const cached = shipCache.get(text);
  if (cached !== undefined) return cached;
  const ship = SHIPS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  if (shipCache.size < 256) shipCache.set(text, ship);
  return ship;
}

const EXCHANGES: Record<string, Exchange> = {
  pipelined: 'pipelined',
  pipelined_bounded: 'pipelined_bounded',
  pipelined_approximate: 'pipelined_approximate',
  blocking: 'blocking',
  batch: 'blocking',
  blocking_persistent: 'blocking_persistent',
  hybrid_full: 'hybrid_full',
  hybrid_selective: 'hybrid_selective',
};

/** Result partition type behind a printed exchange; the coarse BATCH counts as blocking, UNDEFINED as not known. */
export function exchangeOf(text: string | null): Exchange | null {
  return text === null ? null : (EXCHANGES[text] ?? EXCHANGES[text.toLowerCase()] ?? null);
}

export const SHIP_WORDS: Record<Ship, string> = {
  forward: 'each subtask sends to the subtask of the same number',
  hash: 'records go to the subtask that owns their key',
  rebalance: 'round robin over all subtasks',
  rescale: 'round robin over a fixed group of subtasks, without a full shuffle',
  shuffle: 'each record goes to a random subtask',
  global: 'all records go to the first subtask',
  broadcast: 'every record goes to every subtask',
  custom: 'a partitioner of the job decides',
  range: 'records go to the subtask that owns their range of keys',
};

export const EXCHANGE_WORDS: Record<Exchange, string> = {
  pipelined: 'records flow while both sides run; the number of buffers has no bound of its own',
  pipelined_bounded: 'records flow while both sides run, through a bounded number of buffers: this is what back-pressure travels on',
  pipelined_approximate: 'records flow while both sides run; a reconnecting consumer may miss some',
  blocking: 'the consumer starts when the producer has finished',
  blocking_persistent: 'the consumer starts when the producer has finished; the result is kept',
  hybrid_full: 'the consumer may start before the producer has finished; all data is also written to disk',
  hybrid_selective: 'the consumer may start before the producer has finished; data spills only when memory is short',
};
