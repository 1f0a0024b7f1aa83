/** Keys of the formats; the list only makes reading faster, other keys are read all the same. */
const COMMON_KEYS = [
  'id',
  'name',
  'type',
  'pact',
  'contents',
  'parallelism',
  'predecessors',
  'ship_strategy',
  'side',
  'exchange_mode',
  'num',
  'exchange',
  'inputs',
  'operator',
  'operator_strategy',
  'description',
  'optimizer_properties',
  'local_strategy',
  'caching',
  'job_vertex_id',
  'maxParallelism',
  'status',
  'start-time',
  'end-time',
  'duration',
  'tasks',
  'metrics',
  'slotSharingGroupId',
  'read-bytes',
  'read-bytes-complete',
  'write-bytes',
  'write-bytes-complete',
  'read-records',
  'read-records-complete',
  'write-records',
  'write-records-complete',
  'accumulated-backpressured-time',
  'accumulated-idle-time',
  'accumulated-busy-time',
];
const KEY_SLOTS = 1024;

/** The factors keep the keys above apart. */
function keySlot(text: string, start: number, stop: number): number {
  const middle = text.charCodeAt((start + stop) >> 1);
  return (text.charCodeAt(start) * 169 + text.charCodeAt(stop - 1) * 5 + middle * 53 + (stop - start) * 163) & (KEY_SLOTS - 1);
}

/** Only constants: a key cut out of a text would keep the text in memory. */
const KEY_TABLE = new Array<string>(KEY_SLOTS).fill('');
for (const key of COMMON_KEYS) KEY_TABLE[keySlot(key, 0, key.length)] = key;

/** One of the keys above that may stand at this place; the caller compares. */
export const knownKey = (text: string, start: number, stop: number): string => KEY_TABLE[keySlot(text, start, stop)] as string;
