import type { Frame, Thread } from '../../threaddump/model.ts';
import { isGenerated, isJdk, type OfClass } from './names.ts';
import type { ThreadRole } from './roles.ts';
import type { Standing } from './standing.ts';
import { type WaitPoint, waitPoint } from './waitPoint.ts';

/** What a subtask was doing when its thread began to wait. */
export type Phase = 'initialising' | 'running' | 'closing';

/** A thread that does the work of a subtask and waits in code that is not Flink's own. */
export interface HiddenWait extends WaitPoint {
  phase: Phase;
  code: 'user' | 'connector';
  /** Who called the library that waits: code of the user's, else what Flink calls of a connector. Null: it waits in its own code. */
  asker: Frame | null;
}

/** Flink's own code knows what it waits for (mail, buffers, a superstep); connectors and formats count as foreign. */
const FLINK = /^org\.apache\.flink\./;
const CONNECTORS =
  /^org\.apache\.flink\.(?:connector\.(?!base\.)|streaming\.connectors\.|formats\.|cdc\.|connectors\.|examples\.|shaded\.|table\.filesystem\.stream\.)/;
const LIBRARIES =
  /^(?:org\.apache\.(?!flink\.examples)\w+\.|org\.(?:elasticsearch|opensearch|postgresql|mongodb|redisson|rocksdb|mariadb)\.|com\.(?:mysql|github\.shyiko|mongodb|clickhouse|zaxxer|mchange|alibaba\.druid|google\.(?:api|cloud|common)|couchbase|hazelcast|aerospike|squareup|amazonaws|datastax|microsoft|oracle|rabbitmq|ververica)\.|io\.(?:lettuce|grpc|debezium|netty|vertx|r2dbc|reactivex|smallrye|projectreactor|micrometer|confluent|trino|pravega|nats|minio)\.|redis\.clients\.|reactor\.|rx\.|org\.(?:reactivestreams|asynchttpclient|eclipse\.(?:jetty|paho)|springframework|infinispan|vibur|neo4j)\.|software\.amazon\.|okhttp3\.|oracle\.)/;

export const isFlinkCore = ({ className }: OfClass): boolean => FLINK.test(className) && !CONNECTORS.test(className);
export const codeOf = ({ className }: OfClass): HiddenWait['code'] =>
  LIBRARIES.test(className) || CONNECTORS.test(className) ? 'connector' : 'user';

/** Neither the JDK's, Flink's, a connector's nor a library's. */
export const isOfUser = (frame: Frame): boolean => !isJdk(frame) && !isFlinkCore(frame) && !isGenerated(frame) && codeOf(frame) === 'user';

const INITIALISING =
  /\.StreamTask\.(?:restore\w*|restoreGates|initializeStateAndOpenOperators|openAllOperators)$|\.(?:initializeState|initializeStateAndOpenOperators)$|\.BatchTask\.openUserCode$/;
const CLOSING =
  /\.StreamTask\.(?:cleanUp\w*|closeAllOperators|afterInvoke|endData|disposeAllOperators|cancelTask)$|\.StreamOperatorWrapper\.(?:close|finish)$/;
const IN_FETCH = /(?:\.FetchTask\.run|\.SplitFetcher\.(?:run|runOnce))$/;
const EMITTING = /\.StreamSourceContexts\$\w+\.(?:collect\w*|processAndCollect\w*|emitWatermark)$/;

/** The main thread of a JobMaster, a Dispatcher or a TaskExecutor, which does everything of it. */
const IN_RPC = /\.(?:Pekko|Akka)RpcActor\.handle\w*$/;
const RPC_LIBRARY = /^(?:org\.apache\.pekko|akka)\./;

const ENDPOINT =
  /^org\.apache\.flink\.runtime\.(?:jobmaster\.(JobMaster)|dispatcher\.\w{0,20}(Dispatcher)|resourcemanager\.(?:active\.)?\w{0,20}(ResourceManager)|taskexecutor\.(TaskExecutor))$/;

/** "JobMaster", "Dispatcher", "ResourceManager" or "TaskExecutor": whose main thread waits in a frame; null: its stack does not tell. */
export function endpointOf({ frames }: Thread, from: number): string | null {
  for (const { className } of frames.slice(from)) {
    const match = ENDPOINT.exec(className);
    if (match !== null) return match.slice(1).find((name) => name !== undefined) ?? null;
  }
  return null;
}

const IN_COORDINATOR = /\.SourceCoordinator\.[\w$]+$/;
const IN_UPLOAD = /\.AsyncCheckpointRunnable\.run$/;
const IN_DISCOVERY = /\.source\.coordinator\.ExecutorNotifier\.[\w$]+$/;

/** Roles whose threads do the work of a subtask, of a source, of a checkpoint or of a whole endpoint. */
const WORKING: ReadonlySet<string> = new Set([
  'task',
  'split-fetcher',
  'legacy-source',
  'rpc',
  'source-coordinator',
  'source-enum-worker',
  'async-checkpoint',
]);

/** Their threads are there to answer others at once: nothing in them should take as long as the network does. */
const ANSWERING: ReadonlySet<string> = new Set(['rpc', 'source-coordinator']);

/** What the dump's knowledge of frames calls a wait of Flink itself, when it stands at or before the caller. */
const OWN: ReadonlySet<string> = new Set(['idle', 'back-pressured', 'undecidable', 'state', 'memory']);

/** Null: the thread does no work of a subtask or of a main thread, does not wait, or waits in Flink's own code. */
export function hiddenWaitOf(thread: Thread, role: ThreadRole | null, standing: Standing | null): HiddenWait | null {
  const id = role?.role.id;
  if (id === undefined || !WORKING.has(id)) return null;
  const point = waitPoint(thread);
  if (point === null || (point.for === 'lock' && !isUnowned(thread)) || isFlinkCore(point.caller)) return null;
  if (standing !== null && standing.frame <= point.index && standing.known.fallback !== true && OWN.has(standing.known.activity)) return null;
  const phase = phaseOf(thread, point.index);
  // What ends by itself soon, as far as the dump tells, is told only where nothing else can have begun.
  if (endsSoon(point) && phase !== 'initialising' && !ANSWERING.has(id)) return null;
  if (id === 'source-coordinator' && !calledFrom(thread, point.index, IN_COORDINATOR)) return null;
  if (id === 'source-enum-worker' && !calledFrom(thread, point.index, IN_DISCOVERY)) return null;
  if (id === 'async-checkpoint' && !calledFrom(thread, point.index, IN_UPLOAD)) return null;
  if (id === 'rpc' && (RPC_LIBRARY.test(point.caller.className) || !calledFrom(thread, point.index, IN_RPC))) return null;
  if (id === 'split-fetcher' && (point.timed || !calledFrom(thread, point.index, IN_FETCH))) return null;
  // Before it emits, a source function waits for data of its own.
  if (id === 'legacy-source' && !calledFrom(thread, point.index, EMITTING)) return null;
  return { ...point, phase, code: codeOf(point.caller), asker: askerOf(thread, point) };
}

/** What ends by itself, soon as far as one dump tells. */
export const endsSoon = (point: Pick<WaitPoint, 'for'>): boolean => point.for === 'sleep' || point.for === 'socket';

/** Nobody writes down who holds such a lock: no dump shows it. */
const isUnowned = ({ frames }: Thread): boolean => frames.some(({ className }) => className === 'java.util.concurrent.locks.StampedLock');

function askerOf({ frames }: Thread, { caller, index }: WaitPoint): Frame | null {
  if (codeOf(caller) === 'user') return null;
  let connector: Frame | null = null;
  for (const frame of frames.slice(index + 1)) {
    if (isFlinkCore(frame)) break;
    if (isJdk(frame) || isGenerated(frame)) continue;
    if (codeOf(frame) === 'user') return frame;
    if (CONNECTORS.test(frame.className)) connector = frame;
  }
  return connector?.className === caller.className ? null : connector;
}

function phaseOf(thread: Thread, from: number): Phase {
  if (calledFrom(thread, from, CLOSING)) return 'closing';
  return calledFrom(thread, from, INITIALISING) ? 'initialising' : 'running';
}

function calledFrom({ methods }: Thread, from: number, pattern: RegExp): boolean {
  return methods.slice(from).some((method) => pattern.test(method));
}
