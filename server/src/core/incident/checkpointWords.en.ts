import { table } from '../../../../common/table.ts';
import { WAITS_FOR } from '../rules/threaddump/words.en.ts';
import { oneLine } from '../text.ts';
import { list, plural } from '../wording.ts';
import type { CauseFacts, CheckpointEnd, EvidenceFacts } from './rules/rule.ts';
import { method, sentence, sentenceOr, task } from './sentence.ts';

/** What is said of checkpoints that do not complete, and of what threads wait for. */

/** As in the findings in dumps, but for what the vertex waits for and not its thread. */
const WAITS = table<string>({ ...WAITS_FOR, socket: 'for an answer', 'write-lock': 'for the write lock' });

/** By the ids of known frames and what is told beside them; all else is a wait. */
const DOES = table<string>({
  sleep: 'sleeps',
  other: 'is parked',
  network: 'waits for an answer',
  'async-queue-full': 'waits for asynchronous I/O at capacity',
  'async-queue-put-old': 'waits for asynchronous I/O at capacity',
  'async-sink-wait': 'waits for requests of its sink',
  'kafka-poll': 'waits for Kafka data',
  'kafka-flush': 'waits for Kafka acknowledgements',
  'kafka-buffer-full': 'waits for memory of the Kafka producer',
  'kafka-transaction': 'waits for a Kafka transaction',
  'sink-commit': 'commits its sink',
  jdbc: 'waits for a database',
  http: 'waits for an HTTP answer',
  'hdfs-write': 'writes to HDFS',
  s3: 'waits for S3',
  'python-worker': 'waits for the Python worker',
  'recovery-buffers': 'restores in-flight data',
  'sync-snapshot': 'is in the synchronous part of one',
  'async-snapshot': 'is in the asynchronous part of one',
  'channel-state-future': 'waits for channel state',
  'rocksdb-restore': 'restores RocksDB',
  'checkpoint-metadata': 'handles metadata of one',
  finishing: 'waits for the final checkpoint',
  'network-pool-starved': 'waits for network buffers',
  'shuffle-read-memory': 'waits for shuffle read memory',
  'managed-memory-reserve': 'waits for managed memory',
  'managed-memory-allocate': 'allocates managed memory',
});

/** "waits for a latch". */
export const doesText = (what: string): string => DOES[what] ?? (WAITS[what] === undefined ? 'waits' : `waits ${WAITS[what]}`);

/** What is answered over the network. */
export const isCall = (what: string): boolean => CALLS.has(what);

const CALLS: ReadonlySet<string> = new Set(['network', 'socket', 'jdbc', 'http', 's3', 'hdfs-write', 'kafka-flush', 'kafka-transaction']);

const ENDS: Readonly<Record<CheckpointEnd, string>> = {
  expired: 'Checkpoints expire',
  declined: 'Checkpoints are declined',
  aborted: 'Checkpoints are aborted',
  open: 'A checkpoint does not complete',
};

const MAX_NAMED = 3;

function subtasksOf(name: string, subtasks: readonly number[], of: number | null): string {
  if (subtasks.length === 0 || (of === subtasks.length && of > 1)) return task(name);
  return subtasks.length > MAX_NAMED
    ? `${subtasks.length} subtasks of ${task(name)}`
    : `${subtasks.length > 1 ? 'subtasks' : 'subtask'} ${list(subtasks.map(String))} of ${task(name)}`;
}

export function checkpointVerdict(facts: CauseFacts['checkpoint-expired']): string {
  const { how, task: name, subtasks, of, what, at, upload, perhaps, pressed, phase } = facts;
  const end = ENDS[how];
  const names = [name ?? '', at === null ? '' : method(at)];
  const does = (place: string): string => `${doesText(what ?? '')}${place === '' ? '' : ` in ${place}`}`;
  const told = (make: (one: string, place: string) => string): string =>
    sentenceOr(
      pressed === null ? names : [pressed, names[1] as string],
      (one, place) => make(one as string, place as string),
      (one) => make(one as string, ''),
    );
  if (upload) return told((_, place) => `${end}${perhaps ? '; perhaps because' : ':'} ${perhaps ? 'an' : 'the'} upload ${does(place)}.`);
  if (pressed !== null && what === null)
    return sentence([pressed], (one) => `${end}: their barriers queue before ${task(one as string)}, which is too slow.`);
  if (pressed !== null) return told((one, place) => `${end}: ${task(one)} holds up barriers: it ${does(place)}.`);
  if (name !== null && what !== null)
    return told((one, place) => {
      if (perhaps) return `${end}; perhaps because ${task(one)} ${does(place)}.`;
      const several = subtasks.length > 1 && of !== subtasks.length;
      return `${end}: ${subtasksOf(one, subtasks, of)} ${several ? manyDo(does(place)) : does(place)}.`;
    });
  if (name !== null)
    return sentence([name], (one) => `${end}: ${subtasksOf(one as string, subtasks, of)} did not acknowledge${phase === null ? '' : ` (${phase})`}.`);
  return 'Checkpoints expire before all subtasks have acknowledged them.';
}

/** "wait for a latch", of several. */
const manyDo = (text: string): string => text.replace(/^is /, 'are ').replace(/^(\w+)s /, '$1 ');

export const checkpointAdvice = ({ pressed, what, task: name }: CauseFacts['checkpoint-expired']): string => {
  if (pressed !== null) return 'Speed up the slow task or give it more subtasks; unaligned checkpoints let barriers pass.';
  if (what !== null && isCall(what))
    return 'Give the call a timeout, or make it asynchronous (AsyncDataStream), and look at the other side; a longer checkpoint timeout only hides it.';
  if (what === 'sleep') return 'Do not sleep in the thread of a task: it handles no barrier meanwhile; a timer waits without holding it up.';
  if (what !== null) return 'Unblock the subtask; a longer timeout would only hide it.';
  if (name !== null)
    return 'Take a dump of the TaskManager that runs the subtask while a checkpoint is open; a longer timeout would only hide what it waits for.';
  return 'Look which subtask does not acknowledge (Checkpoints, History, details of the failed one), and take a dump of its TaskManager.';
};

const ENDED: Readonly<Record<CheckpointEnd, string>> = {
  expired: 'expired',
  declined: 'declined',
  aborted: 'aborted',
  open: 'open',
};

export const checkpointsEnded = ({ how, expired, completed }: EvidenceFacts['checkpoints']): string =>
  `${plural(expired, 'checkpoint')} ${ENDED[how]}, ${completed} completed`;

export const heldText = ({ thread, what, at, held, dumps }: EvidenceFacts['held']): string =>
  `"${oneLine(thread)}" ${doesText(what)}${at === null ? '' : ` in ${at}`}${dumps > 1 ? `, in ${held === dumps ? '' : `${held} of `}${dumps} dumps` : ''}`;

const ENUMERATOR: ReadonlySet<string> = new Set(['source-coordinator', 'source-enum-worker']);

const ofAll = (subtasks: number | null, parallelism: number | null): string =>
  subtasks === null || parallelism === null || parallelism < 2 ? '' : ` in ${subtasks} of ${parallelism} subtasks`;

interface Waiting {
  one: string;
  place: string;
  subtasks: number | null;
}

/** What else the rules of dumps tell, in their words. */
const OTHER: Partial<Record<CauseFacts['hidden-wait']['kind'], (facts: Waiting) => string>> = {
  pool: ({ place, subtasks }) => `${subtasks ?? 2} threads wait to take something from a pool in ${place}.`,
  connections: ({ place, subtasks }) => `Connection pool exhausted: ${subtasks ?? 2} threads wait in ${place}.`,
  callback: ({ one, place }) => `"${one}" waits in a callback for another result, in ${place}.`,
  'own-pool': ({ one, place, subtasks }) =>
    subtasks === 1
      ? `"${one}", alone in its pool, waits for a result in ${place}.`
      : `All ${subtasks} threads of pool "${one}" wait for a result in ${place}.`,
  starved: ({ one, place }) => `${task(one)} waits for the pool "${place}", which waits for itself.`,
  call: ({ one, place }) => `${task(one)} waits for ${place}, which waits for the network.`,
  connection: ({ one, place }) => `Connection pool exhausted: ${task(one)} waits in ${place}.`,
  upgrade: ({ one, place }) => `${task(one)} waits for its own read lock: it asks for the write lock in ${place}.`,
  'upgrade-perhaps': ({ one, place }) => `${task(one)} waits for the write lock in ${place}, and may hold the read lock itself.`,
};

/** As the finding in the dump calls who waits. */
export function hiddenWaitVerdict({
  task: name,
  kind,
  role,
  endpoint,
  at,
  for: what,
  holds,
  subtasks,
  parallelism,
  decides,
}: CauseFacts['hidden-wait']): string {
  const who = (one: string): string => {
    if (ENUMERATOR.has(role)) return `The enumerator of ${task(one)}`;
    if (role === 'async-checkpoint') return 'The upload of a checkpoint';
    return endpoint === null ? task(one) : `The main thread of the ${endpoint}`;
  };
  return sentence([name, method(decides ?? at)], (one, place) => {
    const other = OTHER[kind]?.({ one: one as string, place: place as string, subtasks });
    if (other !== undefined) return other;
    const rest = holds === null ? ofAll(subtasks, parallelism) : ' and keeps a lock meanwhile';
    if (role === 'split-fetcher') return `${task(one as string)} is stuck in fetch, waiting ${WAITS[what] ?? ''} in ${place}${rest}.`;
    return `${who(one as string)} ${doesText(what)} in ${place}${rest}.`;
  });
}
