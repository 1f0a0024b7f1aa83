import { table } from '../../../../../common/table.ts';
import type { Certainty } from '../../model.ts';

/** Who talks in a cluster. */
export type Speaker =
  | 'task-executor'
  | 'job-manager'
  | 'checkpoint-coordinator'
  | 'source-tasks'
  | 'task'
  | 'resource-manager'
  | 'task-manager'
  | 'peer-task-manager'
  | 'client'
  | 'dispatcher'
  | 'tasks'
  | 'container-runtime'
  | 'flink-process'
  | 'outside'
  | 'other-flink-process'
  | 'iteration-tail'
  | 'iteration-head'
  | 'process';

/** What one says to, or does with, another. */
export type Talk =
  | 'reports-final-state'
  | 'submits-task'
  | 'deploys-task'
  | 'cancels-task'
  | 'triggers-checkpoint'
  | 'declines-checkpoint'
  | 'registers'
  | 'closes-connection'
  | 'loses-connection'
  | 'asks-for-partition'
  | 'misses-partition'
  | 'registers-for-job'
  | 'asks-for-slot'
  | 'offers-slots'
  | 'leaves-without-slots'
  | 'declares-slots'
  | 'gets-no-slots'
  | 'submits-job'
  | 'acknowledge-checkpoint'
  | 'answers-late'
  | 'asks-for-task-manager'
  | 'tells-end-of-task-manager'
  | 'kills-container'
  | 'tells-to-stop'
  | 'cannot-connect'
  | 'feeds-back'
  | 'cannot-reach'
  | 'misses-heartbeats';

/** What one component said to another. */
export interface Conversation {
  from: Speaker;
  to: Speaker;
  talk: Talk;
  certainty: Certainty;
  /** The text says so; else it is computed or concluded from what the text says. */
  printed: boolean;
}

const said = (from: Speaker, to: Speaker, talk: Talk): Conversation => ({ from, to, talk, certainty: 'proved', printed: true });
const follows = (from: Speaker, to: Speaker, talk: Talk): Conversation => ({ from, to, talk, certainty: 'proved', printed: false });
const likely = (from: Speaker, to: Speaker, talk: Talk): Conversation => ({ from, to, talk, certainty: 'suspected', printed: false });

/** What an event says about two components, by its id. */
const COMPONENTS = table<Conversation>({
  'unregistering-task': said('task-executor', 'job-manager', 'reports-final-state'),
  'received-task': follows('job-manager', 'task-executor', 'submits-task'),
  deploying: said('job-manager', 'task-executor', 'deploys-task'),
  'cancel-attempt': likely('job-manager', 'task-executor', 'cancels-task'),
  'checkpoint-triggered': follows('checkpoint-coordinator', 'source-tasks', 'triggers-checkpoint'),
  'checkpoint-declined': said('task', 'checkpoint-coordinator', 'declines-checkpoint'),
  'tm-registered': said('task-executor', 'resource-manager', 'registers'),
  'tm-disconnected': said('job-manager', 'task-executor', 'closes-connection'),
  'tm-released': said('job-manager', 'task-executor', 'closes-connection'),
  'peer-lost': said('task-manager', 'peer-task-manager', 'loses-connection'),
  'peer-connect': said('task-manager', 'peer-task-manager', 'asks-for-partition'),
  'partition-not-found': said('task-manager', 'peer-task-manager', 'misses-partition'),
  'registered-at-resource-manager': said('task-executor', 'resource-manager', 'registers'),
  'registered-at-job-manager': said('task-executor', 'job-manager', 'registers-for-job'),
  'slot-requested': said('resource-manager', 'task-executor', 'asks-for-slot'),
  'slots-offered': said('task-executor', 'job-manager', 'offers-slots'),
  'no-allocated-slots': said('task-executor', 'job-manager', 'leaves-without-slots'),
  'job-manager-registered': said('job-manager', 'resource-manager', 'registers'),
  'slots-required': said('job-manager', 'resource-manager', 'declares-slots'),
  'no-slots': said('job-manager', 'resource-manager', 'gets-no-slots'),
  'job-received': said('client', 'dispatcher', 'submits-job'),
  'checkpoint-completed': follows('tasks', 'checkpoint-coordinator', 'acknowledge-checkpoint'),
  'checkpoint-late': said('task', 'checkpoint-coordinator', 'answers-late'),
  'worker-requested': said('resource-manager', 'container-runtime', 'asks-for-task-manager'),
  'worker-terminated': said('container-runtime', 'resource-manager', 'tells-end-of-task-manager'),
  'container-killed': said('container-runtime', 'flink-process', 'kills-container'),
  'container-stopped': said('container-runtime', 'flink-process', 'kills-container'),
  'shutdown-signal': said('outside', 'flink-process', 'tells-to-stop'),
  'connection-refused': said('flink-process', 'other-flink-process', 'cannot-connect'),
  'iteration-head': follows('iteration-tail', 'iteration-head', 'feeds-back'),
});

const PEERS = table<Speaker>({ TaskManager: 'task-manager', JobManager: 'job-manager', ResourceManager: 'resource-manager' });

/** Who said what to whom where an event stands; `value` is the state or the process that the event names. */
export function conversation(event: string, value: string): Conversation | null {
  if (event !== 'heartbeat-timeout' && event !== 'unreachable') return COMPONENTS[event] ?? null;
  const to = PEERS[value] ?? 'process';
  const talk = event === 'unreachable' ? 'cannot-reach' : 'misses-heartbeats';
  return said(to === 'task-manager' ? 'job-manager' : 'task-manager', to, talk);
}
