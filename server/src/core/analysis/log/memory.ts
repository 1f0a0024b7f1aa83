import type { Span } from '../../../../../common/span.ts';
import { compareVersions } from '../../flinkVersion.ts';
import { BATCH_SHUFFLE, FLINK_20663, type MemoryOwner, OF_PROCESS, OOM_POOLS, PAGE_SIZE, type PoolId, poolIn } from '../../knowledge/memoryErrors.ts';
import { type LogEvent, type LogModel, recordAt } from '../../log/model.ts';
import { java8Update } from '../../log/versions.ts';
import type { Certainty, FlinkVersion } from '../../model.ts';
import type { Coded } from '../../wording.ts';

/** What is certain about memory that ran out. */
export interface ShortageFacts {
  exhausted: { pool: PoolId };
  /** One array larger than the JVM allows was asked for. */
  'array-too-large': Record<string, never>;
  /** Exit code 137, which is SIGKILL: most often because of memory, but the text does not say so. */
  'killed-without-reason': Record<string, never>;
  /** Of the managed memory of a slot, in bytes; less than what was asked for. */
  'too-little-managed': { remaining: number };
}
export type Shortage = Coded<ShortageFacts>;

/** The numbers that are printed with it; sizes in bytes. */
export interface MemorySumFacts {
  buffers: { required: number; available: number; pageSize: number };
  /** `of`: is `held` what is allocated so far, or what is in use? */
  limit: { of: 'allocated' | 'used'; held: number; wanted: number; limit: number };
  /** `request`: of the reservation that failed, where one is printed. */
  pages: { pages: number; pageSize: number; request: number | null };
  request: { request: number };
}
export type MemorySum = Coded<MemorySumFacts>;

/** A known bug whose pattern a shortage has, checked against the version of Flink that wrote the log. */
export type MemoryBug = {
  key: string;
  /** `fixed`: the pattern is there, but so is the fix; `older`: before the bug came in; `unknown`: the log tells no version. */
  applies: 'yes' | 'fixed' | 'older' | 'unknown';
  /** As the log tells it. */
  version: string | null;
  /** What the fix left open is still in this version. */
  residual: boolean;
  /** A reservation fails at once in this version: no collection is asked for any more. */
  failsAtOnce: boolean;
  /** Of a Java 8; `old`: it cannot run pending cleaners (FLINK-18581). */
  java: { version: string; old: boolean } | null;
};

/** Which memory ran out, as far as the log says, and whether a known bug explains it in this version. */
export interface MemoryVerdict {
  pool: PoolId;
  /** First mention. */
  event: LogEvent;
  span: Span;
  line: number;
  count: number;
  shortage: Shortage;
  /** `suspected`: the text names the end, not the pool. */
  certainty: Certainty;
  sum: MemorySum | null;
  owner: MemoryOwner;
  /** Of Flink's configuration, those that size the pool in that process. */
  options: readonly string[];
  bug: MemoryBug | null;
}

export function memoryVerdicts(log: LogModel, version: FlinkVersion | null): MemoryVerdict[] {
  const byPool = new Map<PoolId, LogEvent[]>();
  for (const event of log.events) {
    const pool = poolOf(event);
    if (pool === null) continue;
    const events = byPool.get(pool);
    if (events === undefined) byPool.set(pool, [event]);
    else events.push(event);
  }
  return [...byPool].map(([pool, events]) => (pool === 'managed' ? managed(log, events, version) : simple(log, pool, events)));
}

function poolOf(event: LogEvent): PoolId | null {
  switch (event.id) {
    case 'managed-memory-pages':
    case 'managed-memory-bytes':
      return 'managed';
    case 'oom':
      return OOM_POOLS.find((entry) => entry.text.test(event.fields.pool ?? ''))?.pool ?? null;
    case 'netty-out-of-memory':
      return 'direct';
    case 'network-buffers':
      return 'network';
    case 'container-killed':
      // Exit code 143 without a memory limit is a plain stop from outside.
      return overLimit(event) || event.fields.code === '137' || event.fields.exit === '137' ? 'container' : null;
    default:
      return null;
  }
}

/** The container runtime itself names its memory limit. */
function overLimit({ fields }: LogEvent): boolean {
  return fields.kind !== undefined || fields.oom !== undefined;
}

function base(log: LogModel, pool: PoolId, events: readonly LogEvent[]): MemoryVerdict {
  const event = events[0] as LogEvent;
  const owner = ownerOf(log, event);
  return {
    pool,
    event,
    span: event.span,
    line: event.line,
    count: new Set(events.map((one) => one.record ?? -1 - one.line)).size,
    shortage: { code: 'exhausted', facts: { pool } },
    certainty: 'proved',
    sum: null,
    owner,
    options: poolIn(pool, owner).options,
    bug: null,
  };
}

/** By the frames that ran out, else by the thread, else by the process that wrote the log; a JobManager also prints what its TaskManagers ran out of. */
function ownerOf(log: LogModel, event: LogEvent): MemoryOwner {
  const frames = event.exception === null ? [] : (log.exceptions[event.exception]?.chain ?? []).flatMap((one) => one.frames);
  const byFrames = OF_PROCESS.find(({ frame }) => frames.some(({ className }) => frame.test(className)));
  if (byFrames !== undefined) return byFrames.owner;
  const record = event.record === null ? undefined : recordAt(log, event.record);
  const said = `${record?.thread ?? ''}\n${/Thread '([^']+)' produced an uncaught/.exec(record?.message ?? '')?.[1] ?? ''}`.split('\n');
  const byThread = OF_PROCESS.find(({ thread }) => said.some((name) => thread.test(name)));
  // A JobManager prints what its TaskManagers ran out of by its own loggers: those of a TaskManager are in its own log alone.
  if (byThread === undefined && OF_PROCESS.some(({ owner, frame }) => owner === 'TM' && frame.test(record?.logger ?? ''))) return 'TM';
  return byThread?.owner ?? (log.process.side === 'TM' ? 'TM' : null);
}

function simple(log: LogModel, pool: PoolId, events: readonly LogEvent[]): MemoryVerdict {
  const verdict = base(log, pool, events);
  verdict.sum = sumOf(verdict.event);
  if (verdict.event.fields.batch !== undefined) verdict.options = [BATCH_SHUFFLE];
  if (pool === 'array') verdict.shortage = { code: 'array-too-large', facts: {} };
  if (pool === 'container' && !events.some(overLimit)) {
    verdict.shortage = { code: 'killed-without-reason', facts: {} };
    verdict.certainty = 'suspected';
  }
  return verdict;
}

function sumOf({ fields }: LogEvent): MemorySum | null {
  const { required, available, allocated, limit, bytes, size, max, used, asked } = fields;
  if (max !== undefined) return { code: 'limit', facts: { of: 'used', held: Number(used), wanted: Number(asked), limit: Number(max) } };
  if (limit !== undefined) return { code: 'limit', facts: { of: 'allocated', held: Number(allocated), wanted: Number(bytes), limit: Number(limit) } };
  if (required === undefined) return null;
  const pageSize = size === undefined ? PAGE_SIZE : Number(size);
  return { code: 'buffers', facts: { required: Number(required), available: Number(available), pageSize } };
}

function managed(log: LogModel, events: readonly LogEvent[], version: FlinkVersion | null): MemoryVerdict {
  const verdict = base(log, 'managed', events);
  const pages = numberIn(events, 'pages');
  const request = numberIn(events, 'bytes');
  const reserve = events.find((event) => event.fields.bytes !== undefined);
  if (pages !== null) verdict.sum = { code: 'pages', facts: { pages, pageSize: PAGE_SIZE, request } };
  else if (request !== null) verdict.sum = { code: 'request', facts: { request } };
  const remaining = reserve?.fields.remaining;
  if (remaining !== undefined) verdict.shortage = { code: 'too-little-managed', facts: { remaining: Number(remaining) } };
  verdict.bug = knownBug(log, events, version);
  return verdict;
}

/** A number that the first of some events that has it prints. */
function numberIn(events: readonly LogEvent[], field: string): number | null {
  const found = events.find((event) => event.fields[field] !== undefined)?.fields[field];
  return found === undefined ? null : Number(found);
}

/** Frames of operators that allocate and free managed memory all the time, as batch jobs do. */
const BATCH_FRAMES = /LazyMemorySegmentPool|BaseHybridHashTable|BytesHashMap|BytesMultiMap|BinaryExternalSorter|LongHybridHashTable/;

/** FLINK-20663, where a batch operator ran out of managed memory. */
function knownBug(log: LogModel, events: readonly LogEvent[], flink: FlinkVersion | null): MemoryBug | null {
  const traces = events.flatMap((event) => (event.exception === null ? [] : [log.exceptions[event.exception]]));
  const batch = traces.some((trace) => trace?.chain.some((one) => one.frames.some((frame) => BATCH_FRAMES.test(frame.className))));
  if (!batch) return null;
  const { key, affectedFrom, fixedIn, removedIn, residual, java8Update: needed } = FLINK_20663;
  const version = flink?.range ?? null;
  const from = (first: string) => version !== null && compareVersions(version, first) >= 0;
  const applies = version === null ? 'unknown' : !from(affectedFrom) ? 'older' : !from(fixedIn) ? 'yes' : 'fixed';
  const { jdk } = log.process;
  const update = jdk === null ? null : java8Update(jdk.version);
  return {
    key,
    applies,
    version,
    residual: applies === 'fixed' && !from(residual.fixedIn),
    failsAtOnce: from(removedIn),
    java: jdk === null || update === null ? null : { version: jdk.version, old: update < needed },
  };
}
