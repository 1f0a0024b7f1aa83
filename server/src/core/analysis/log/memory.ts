import type { Span } from '../../../../../common/span.ts';
import { compareVersions } from '../../flinkVersion.ts';
import { FLINK_20663, MEMORY_POOLS, type MemoryPool, OOM_POOLS, PAGE_SIZE } from '../../knowledge/memory-errors.ts';
import type { LogEvent, LogModel } from '../../log/model.ts';
import { java8Update } from '../../log/versions.ts';
import type { FlinkVersion } from '../../model.ts';
import { formatBytes } from '../../wording.ts';

/** Which memory ran out, as far as the log says, and whether a known bug explains it in this version. */
export interface MemoryVerdict {
  pool: MemoryPool;
  /** First mention. */
  event: LogEvent;
  span: Span;
  line: number;
  count: number;
  /** What is certain, in a sentence. */
  statement: string;
  /** `inferred`: the text names the end, not the pool. */
  grade: 'stated' | 'inferred';
  /** The computation behind it, for example "512 pages x 32 KiB = 16 MiB". */
  arithmetic: string | null;
  options: readonly string[];
  advice: string;
  /** Key of the known bug whose pattern this is. */
  knownIssue: string | null;
  /** Does the bug apply to the version? `fixed`: the pattern is there, but so is the fix. */
  applies: 'yes' | 'fixed' | 'unknown' | null;
  /** The check by version, in sentences. */
  version: string[];
  /** What to look at next. */
  check: string[];
}

export function memoryVerdicts(log: LogModel, version: FlinkVersion | null): MemoryVerdict[] {
  const byPool = new Map<string, { pool: MemoryPool; events: LogEvent[] }>();
  for (const event of log.events) {
    const id = poolOf(event);
    if (id === null) continue;
    const entry = byPool.get(id);
    if (entry === undefined) byPool.set(id, { pool: MEMORY_POOLS[id], events: [event] });
    else entry.events.push(event);
  }
  return [...byPool.values()].map(({ pool, events }) => (pool.id === 'managed' ? managed(log, pool, events, version) : simple(log, pool, events)));
}

function poolOf(event: LogEvent): MemoryPool['id'] | null {
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

function base(log: LogModel, pool: MemoryPool, events: readonly LogEvent[]): MemoryVerdict {
  const event = events[0] as LogEvent;
  return {
    pool,
    event,
    span: event.span,
    line: event.line,
    count: new Set(events.map((one) => one.record ?? -1 - one.line)).size,
    statement: `${pool.title} is exhausted.`,
    grade: 'stated',
    arithmetic: null,
    // A JobManager also prints what its TaskManagers ran out of.
    options: log.process.side === 'TM' ? pool.options.filter((option) => !option.startsWith('jobmanager.')) : pool.options,
    advice: pool.advice,
    knownIssue: null,
    applies: null,
    version: [],
    check: [],
  };
}

function simple(log: LogModel, pool: MemoryPool, events: readonly LogEvent[]): MemoryVerdict {
  const verdict = base(log, pool, events);
  if (pool.id === 'array') verdict.statement = 'One array larger than the JVM allows was asked for.';
  if (pool.id === 'container' && !events.some(overLimit)) {
    verdict.statement =
      'The container was killed (exit code 137 is SIGKILL); most often because it used more memory than it may, but the text does not say so.';
    verdict.grade = 'inferred';
  }
  const { required, available, allocated, limit, bytes, size, max, asked } = verdict.event.fields;
  if (required !== undefined)
    verdict.arithmetic = `${required} buffers required - ${available} available = ${Number(required) - Number(available)} short (${formatBytes((Number(required) - Number(available)) * (size === undefined ? PAGE_SIZE : Number(size)))} with pages of ${formatBytes(size === undefined ? PAGE_SIZE : Number(size))})`;
  if (limit !== undefined)
    verdict.arithmetic = `${formatBytes(Number(allocated))} allocated + ${formatBytes(Number(bytes))} wanted > limit ${formatBytes(Number(limit))}`;
  if (max !== undefined)
    verdict.arithmetic = `${formatBytes(Number(verdict.event.fields.used))} used + ${formatBytes(Number(asked))} wanted > limit ${formatBytes(Number(max))}`;
  return verdict;
}

function managed(log: LogModel, pool: MemoryPool, events: readonly LogEvent[], version: FlinkVersion | null): MemoryVerdict {
  const verdict = base(log, pool, events);
  const pages = events.find((event) => event.fields.pages !== undefined);
  const reserve = events.find((event) => event.fields.bytes !== undefined);
  const request = reserve?.fields.bytes === undefined ? null : Number(reserve.fields.bytes);
  const remaining = reserve?.fields.remaining === undefined ? null : Number(reserve.fields.remaining);
  if (pages?.fields.pages !== undefined) {
    const count = Number(pages.fields.pages);
    const size = count * PAGE_SIZE;
    verdict.arithmetic = `${count} pages × 32 KiB = ${formatBytes(size)}`;
    if (request !== null)
      verdict.arithmetic +=
        request === size
          ? `; the ${request} bytes that could not be reserved are the same request`
          : `; the reservation that failed was ${request} bytes, so pages are ${formatBytes(request / count)} here or it is another request`;
  } else if (request !== null) verdict.arithmetic = `${request} bytes = ${formatBytes(request)} wanted`;
  if (remaining !== null) {
    verdict.statement =
      remaining === 0
        ? 'Managed memory of the slot is fully reserved: 0 bytes were left.'
        : `Managed memory of the slot does not suffice: ${formatBytes(remaining)} were left, less than the request.`;
  }
  byVersion(log, verdict, events, version);
  return verdict;
}

/** Frames of operators that allocate and free managed memory all the time, as batch jobs do. */
const BATCH_FRAMES = /LazyMemorySegmentPool|BaseHybridHashTable|BytesHashMap|BytesMultiMap|BinaryExternalSorter|LongHybridHashTable/;

function byVersion(log: LogModel, verdict: MemoryVerdict, events: readonly LogEvent[], version: FlinkVersion | null): void {
  const traces = events.flatMap((event) => (event.exception === null ? [] : [log.exceptions[event.exception]]));
  const batch = traces.some((trace) => trace?.chain.some((one) => one.frames.some((frame) => BATCH_FRAMES.test(frame.className))));
  const { key, affectedFrom, fixedIn, removedIn, residual } = FLINK_20663;
  if (!batch) return;
  verdict.knownIssue = key;
  const jdk = log.process.jdk;
  const update = jdk === null ? null : java8Update(jdk.version);
  if (version === null) {
    verdict.applies = 'unknown';
    verdict.version.push(
      `The ${key} pattern (managed memory given back only by a garbage collection); whether it applies depends on the Flink version, which the log does not tell: ${affectedFrom} up to but not including ${fixedIn} are affected.`,
    );
    return;
  }
  const v = version.range;
  if (compareVersions(v, affectedFrom) < 0) verdict.knownIssue = null;
  else if (compareVersions(v, fixedIn) < 0) {
    verdict.applies = 'yes';
    verdict.version.push(
      `The ${key} pattern, and ${v} is affected (fixed in ${fixedIn}): freed memory is given back only when a garbage collection runs, so a busy slot can run out while memory is free.`,
    );
    verdict.check.push(`Upgrade to ${residual.fixedIn} or newer. Until then never set -XX:+DisableExplicitGC: the back-off calls System.gc().`);
  } else {
    verdict.applies = 'fixed';
    verdict.version.push(`The ${key} pattern, but ${v} already contains its fix.`);
    if (compareVersions(v, residual.fixedIn) < 0) {
      verdict.check.push(
        `${residual.fixedIn} or newer for ${residual.key}: in ${v} the cleaner still refers to the memory manager, so a whole manager can stay uncollected.`,
      );
    }
    if (compareVersions(v, removedIn) >= 0)
      verdict.version.push(
        `Since ${removedIn} a reservation fails at once and no collection is asked for, so the sentence about slow garbage collection does not apply.`,
      );
  }
  if (verdict.applies !== 'yes' && verdict.knownIssue !== null) {
    verdict.check.push(
      'A real shortage: several operators that use managed memory (hash join, hash aggregation, sort) are chained into the task or share its slot.',
    );
    verdict.check.push(
      'The slot may still hold memory of an attempt that is being cancelled: compare "Freeing task resources" of the previous attempt with the time of the request, and look for "Not all slot memory is freed".',
    );
  }
  if (update !== null && jdk !== null) {
    verdict.version.push(
      update >= FLINK_20663.java8Update
        ? `The JVM is ${jdk.version}, newer than 8u72: the advice in the message to upgrade Java does not apply.`
        : `The JVM is ${jdk.version}, older than 8u72, which cannot run pending cleaners (FLINK-18581): upgrade Java.`,
    );
  }
}
