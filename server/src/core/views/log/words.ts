import type { Party, Talk } from '../../analysis/log/componentTalk.ts';
import type { BackOffPrediction, Relation, RelationFacts, WrapPlace } from '../../analysis/log/relations.ts';
import type { Category, CategoryFacts } from '../../analysis/log/study.ts';
import type { ExceptionCategory } from '../../knowledge/failureCategories.ts';
import { MEMORY_POOLS } from '../../knowledge/memory-errors.ts';
import { formatStamp } from '../../log/time.ts';
import { say, type Words } from '../../wording.ts';

/** What reports, graphs and the texts of relations say. */

const PARTIES: Readonly<Record<Party, string>> = {
  'task-executor': 'TaskExecutor',
  'job-manager': 'JobManager',
  'checkpoint-coordinator': 'CheckpointCoordinator',
  'source-tasks': 'source tasks',
  task: 'task',
  'resource-manager': 'ResourceManager',
  'task-manager': 'TaskManager',
  'peer-task-manager': 'TaskManager (peer)',
  client: 'client',
  dispatcher: 'Dispatcher',
  tasks: 'tasks',
  'container-runtime': 'Kubernetes or YARN',
  'flink-process': 'Flink process',
  outside: 'somebody outside',
  'other-flink-process': 'another Flink process',
  'iteration-tail': 'iteration tail',
  'iteration-head': 'iteration head',
  process: 'process',
};

const TALK: Readonly<Record<Talk, (value: string) => string>> = {
  'reports-final-state': (value) => `reports the final state ${value}`,
  'submits-task': () => 'submits a task',
  'deploys-task': () => 'deploys a task',
  'cancels-task': () => 'cancels a task',
  'triggers-checkpoint': () => 'triggers a checkpoint',
  'declines-checkpoint': () => 'declines a checkpoint',
  registers: () => 'registers',
  'closes-connection': () => 'closes the connection',
  'loses-connection': () => 'exchanges data; the connection was lost',
  'asks-for-partition': () => 'asks for a partition',
  'misses-partition': () => 'asks for a partition that is not there',
  'registers-for-job': () => 'registers for a job',
  'asks-for-slot': () => 'asks for a slot',
  'offers-slots': () => 'offers its slots',
  'leaves-without-slots': () => 'leaves, as no slot of the job is left',
  'declares-slots': () => 'declares the slots it needs',
  'gets-no-slots': () => 'does not get the slots it needs',
  'submits-job': () => 'submits a job',
  'acknowledge-checkpoint': () => 'acknowledge a checkpoint',
  'answers-late': () => 'answers after the checkpoint has expired',
  'asks-for-task-manager': () => 'asks for a TaskManager',
  'tells-end-of-task-manager': () => 'tells that a TaskManager has ended',
  'kills-container': () => 'kills its container',
  'tells-to-stop': () => 'tells it to stop',
  'cannot-connect': () => 'cannot reach it by RPC',
  'feeds-back': () => 'feeds records back',
  'cannot-reach': () => 'cannot reach',
  'misses-heartbeats': () => 'expects heartbeats of',
};

/** "caught and wrapped at p.Sink.write:12 (the call itself is at :10)". */
export function wrapText({ method, line, call }: WrapPlace): string {
  const place = line === null ? method : `${method}:${line}`;
  return `caught and wrapped at ${place}${call === null ? '' : ` (the call itself is at :${call})`}`;
}

/** Who is related to whom, and how. */
export interface RelationText {
  from: string;
  to: string;
  how: string;
}

const RELATIONS: { readonly [C in keyof RelationFacts]: (facts: RelationFacts[C]) => RelationText } = {
  call: ({ from, to, self }) => ({ from, to, how: self ? 'calls itself or an overload' : 'calls' }),
  operator: ({ from, to }) => ({ from, to, how: 'hands its records on to (chained in one task)' }),
  component: ({ from, to, talk, value }) => ({ from: PARTIES[from], to: PARTIES[to], how: TALK[talk](value) }),
  cause: ({ from, to, at }) => ({ from, to, how: wrapText(at) }),
  gc: ({ verdict, named }) => ({
    from: 'TaskManager',
    to: 'JVM garbage collector',
    how: `${named ? 'the message names slow garbage collection as a possibility (fixed text)' : 'a long collection would explain it'}: ${verdict}`,
  }),
};

export function relationText(relation: Relation): RelationText {
  const words = RELATIONS[relation.code] as (facts: Relation['facts']) => RelationText;
  return words(relation.facts);
}

/** Where a relation comes from. */
export function groundsText({ certainty, printed }: Pick<Relation, 'certainty' | 'printed'>): 'stated' | 'derived' | 'inferred' {
  return certainty !== 'proved' ? 'inferred' : printed ? 'stated' : 'derived';
}

/** What a GC log would show if the back-off was at work. `dated`: the clock of the log has dates. */
export function predictionText({ version, backOffMs, asked, failed }: BackOffPrediction, dated: boolean): string {
  return `In ${version} the reservation sleeps 1 + 2 + … + 1024 ms = ${backOffMs} ms before it fails, so memory was asked for at ${formatStamp(asked, dated)} or before; a GC log would show up to 3 collections with cause System.gc() between then and ${formatStamp(failed, dated)}.`;
}

const EXCEPTIONS: Readonly<Record<ExceptionCategory, string>> = {
  classes: 'Classes: missing, or of another version',
  slots: 'Not enough slots',
  checkpoint: 'Checkpoint failure',
  'stuck-cancellation': 'Stuck cancellation',
  'disk-full': 'Disk full',
  'lost-connection': 'Lost process or connection',
};

const FAILURES: Readonly<Record<CategoryFacts['failure']['kind'], string>> = {
  task: 'Task failure',
  job: 'Job failure',
  process: 'Failure of a process',
  exception: 'Exception',
};

const CATEGORIES: Words<CategoryFacts> = {
  'out-of-memory': ({ pool }) => `Out of memory: ${MEMORY_POOLS[pool].title}`,
  exception: ({ category }) => EXCEPTIONS[category],
  'container-out-of-memory': () => 'Out of memory: the container',
  consequence: () => 'Consequence of a failure elsewhere',
  failure: ({ kind }) => FAILURES[kind],
  'stuck-cancellation': () => EXCEPTIONS['stuck-cancellation'],
  none: () => 'None',
};

export function categoryText(category: Category): string {
  return `${say(CATEGORIES, category)}${category.stuck ? ', followed by a cancellation that got stuck' : ''}.`;
}
