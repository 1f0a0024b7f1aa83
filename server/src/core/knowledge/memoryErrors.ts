import { told } from './told.ts';

export type PoolId = 'managed' | 'heap' | 'direct' | 'metaspace' | 'network' | 'container' | 'threads' | 'array';

/** A memory pool of a Flink process, how its exhaustion looks, and the options that size it. */
export interface MemoryPool {
  id: PoolId;
  title: string;
  means: string;
  options: readonly string[];
  advice: string;
  /** What differs in a JobManager, whose memory has other parts. */
  jobManager?: { means?: string; options: readonly string[]; advice?: string };
}

/** A setting by which RocksDB takes as much native memory as it likes (RocksDBOptions.USE_MANAGED_MEMORY). */
export const UNBOUNDED_ROCKSDB = told({
  option: 'state.backend.rocksdb.memory.managed',
  value: 'false',
  advice:
    'state.backend.rocksdb.memory.managed is false in the configuration: nothing bounds the memory of RocksDB, which grows with its column families and slots. Leave it out (true is the default), or size the block cache and the write buffers.',
});

export const MEMORY_POOLS: Record<PoolId, MemoryPool> = told({
  managed: {
    id: 'managed',
    title: 'Managed memory of the slot',
    means:
      'Managed memory (sorting, hashing, RocksDB, Python) is divided evenly among the slots of a TaskManager; the share of this slot is used up.',
    options: [
      'taskmanager.memory.managed.size',
      'taskmanager.memory.managed.fraction',
      'taskmanager.numberOfTaskSlots',
      'table.exec.resource.hash-join.memory',
      'table.exec.resource.hash-agg.memory',
      'table.exec.resource.sort.memory',
    ],
    advice: 'More managed memory, fewer slots per TaskManager, or less weight for each operator.',
  },
  heap: {
    id: 'heap',
    title: 'JVM heap',
    means: 'The heap is full: state on the heap, user objects, or a leak.',
    options: ['taskmanager.memory.task.heap.size', 'taskmanager.memory.process.size', 'jobmanager.memory.heap.size'],
    advice: 'Take a heap dump before raising the size; the RocksDB state backend keeps state off the heap.',
    jobManager: {
      means: 'The heap is full: many or large jobs, their checkpoints and exceptions, what their main methods keep, or a leak.',
      options: ['jobmanager.memory.heap.size', 'jobmanager.memory.process.size'],
      advice: 'Take a heap dump before raising the size; fewer jobs in one cluster, less history (jobstore.max-capacity, web.history).',
    },
  },
  direct: {
    id: 'direct',
    title: 'Direct memory',
    means: '-XX:MaxDirectMemorySize is reached. Flink sets it to framework off-heap + task off-heap + network memory.',
    options: ['taskmanager.memory.task.off-heap.size', 'taskmanager.memory.framework.off-heap.size', 'jobmanager.memory.off-heap.size'],
    advice: 'Raise the off-heap size of whoever allocates: user code and connectors count as task, Flink itself as framework.',
    jobManager: {
      means:
        'The limit of direct memory is reached. A JobManager has one of its own only with jobmanager.memory.enable-jvm-direct-memory-limit: true (then its off-heap size); without it the JVM takes the size of the heap.',
      options: ['jobmanager.memory.off-heap.size', 'jobmanager.memory.enable-jvm-direct-memory-limit', 'env.java.opts.jobmanager'],
      advice:
        'Raise jobmanager.memory.off-heap.size. Where I/O threads write large metadata, each keeps a direct buffer of that size: -Djdk.nio.maxCachedBufferSize=262144 in env.java.opts.jobmanager bounds it, and less union list state makes the metadata smaller.',
    },
  },
  metaspace: {
    id: 'metaspace',
    title: 'Metaspace',
    means: 'Loaded classes do not fit: too small for the job, or classes of earlier attempts are never unloaded.',
    options: ['taskmanager.memory.jvm-metaspace.size', 'jobmanager.memory.jvm-metaspace.size'],
    advice: 'If it comes after some restarts, look for a class leak: drivers belong into lib/, threads have to end in close().',
    jobManager: { options: ['jobmanager.memory.jvm-metaspace.size'] },
  },
  network: {
    id: 'network',
    title: 'Network memory',
    means: 'The network buffers do not suffice for the channels of the tasks in this TaskManager.',
    options: ['taskmanager.memory.network.min', 'taskmanager.memory.network.max', 'taskmanager.memory.network.fraction'],
    advice: 'More network memory, fewer slots per TaskManager or a lower parallelism.',
  },
  container: {
    id: 'container',
    title: 'Memory of the container',
    means: 'The process as a whole was ended from outside; the JVM cannot say why.',
    options: [
      'taskmanager.memory.process.size',
      'taskmanager.memory.jvm-overhead.fraction',
      'taskmanager.memory.jvm-overhead.max',
      'state.backend.rocksdb.memory.managed',
    ],
    advice: 'Native memory that the JVM does not count: RocksDB without bounds, allocator arenas (MALLOC_ARENA_MAX, jemalloc), native libraries.',
    jobManager: {
      options: ['jobmanager.memory.process.size', 'jobmanager.memory.jvm-overhead.fraction', 'jobmanager.memory.jvm-overhead.max'],
      advice:
        'Native memory that the JVM does not count: allocator arenas (MALLOC_ARENA_MAX, jemalloc), native libraries, direct memory without a limit.',
    },
  },
  threads: {
    id: 'threads',
    title: 'Native threads',
    means: 'The operating system gives no further thread: a limit on processes, or no native memory for its stack.',
    options: [],
    advice: 'Check ulimit -u and the pids limit of the container, and look for a thread leak in a thread dump.',
  },
  array: {
    id: 'array',
    title: 'Array size',
    means: 'One array larger than the JVM allows was requested; more memory does not help.',
    options: [],
    advice: 'Look at the frame that asked for it.',
  },
});

/** Of batch jobs alone, which read what was shuffled through a pool of its own. */
export const BATCH_SHUFFLE = 'taskmanager.memory.framework.off-heap.batch-shuffle.size';

/** Which process ran out of memory; null where the text does not tell. */
export type MemoryOwner = 'JM' | 'TM' | null;

/** A pool as it is in that process. */
export function poolIn(id: PoolId, owner: MemoryOwner): Pick<MemoryPool, 'means' | 'options' | 'advice'> {
  const { means, options, advice, jobManager } = MEMORY_POOLS[id];
  if (owner === 'JM' && jobManager !== undefined)
    return { means: jobManager.means ?? means, options: jobManager.options, advice: jobManager.advice ?? advice };
  return { means, options: owner === 'TM' ? options.filter((option) => !option.startsWith('jobmanager.')) : options, advice };
}

/** Threads and frames that are of one process alone; the JobManager also prints traces of its TaskManagers, so frames go first. */
export const OF_PROCESS: readonly { owner: 'JM' | 'TM'; frame: RegExp; thread: RegExp }[] = [
  {
    owner: 'TM',
    frame: /^org\.apache\.flink\.(?:runtime\.(?:taskmanager|taskexecutor|io\.network)\.|streaming\.runtime\.(?:tasks|io)\.)/,
    thread: /^(?:flink-taskexecutor-io|Flink Netty |OutputFlusher|AsyncOperations-thread)/,
  },
  {
    owner: 'JM',
    frame:
      /^org\.apache\.flink\.runtime\.(?:(?:jobmaster|dispatcher|resourcemanager|scheduler|executiongraph|entrypoint|jobmanager)\.|checkpoint\.(?:CheckpointCoordinator|PendingCheckpoint|Checkpoints|metadata)|rest\.(?:handler\.|RestServerEndpoint|FileUploadHandler)|state\.filesystem\.FsCheckpointMetadataOutputStream)/,
    thread: /^(?:flink-rest-server-netty|jobmanager-io-thread|jobmanager-future-thread|Checkpoint Timer|SourceCoordinator-)/,
  },
];

/** What the JVM prints behind "java.lang.OutOfMemoryError: ". */
export const OOM_POOLS: readonly { text: RegExp; pool: PoolId; samples: readonly string[]; nearMisses: readonly string[] }[] = [
  {
    text: /^(?:Java heap space|GC overhead limit exceeded)/,
    pool: 'heap',
    samples: ['Java heap space', 'GC overhead limit exceeded'],
    nearMisses: ['heap'],
  },
  {
    text: /direct buffer/i,
    pool: 'direct',
    samples: ['Direct buffer memory', 'Cannot reserve 1 bytes of direct buffer memory'],
    nearMisses: ['direct'],
  },
  { text: /^(?:Metaspace|Compressed class space)/, pool: 'metaspace', samples: ['Metaspace'], nearMisses: ['Meta'] },
  {
    text: /native thread/,
    pool: 'threads',
    samples: ['unable to create new native thread', 'unable to create native thread'],
    nearMisses: ['native'],
  },
  { text: /^Requested array size/, pool: 'array', samples: ['Requested array size exceeds VM limit'], nearMisses: ['array'] },
];

/** Default of taskmanager.memory.segment-size, in bytes: the page of managed and network memory. */
export const PAGE_SIZE = 32 * 1024;

/** FLINK-20663: managed memory was only given back when a garbage collection found the segments unreachable. */
export const FLINK_20663 = {
  key: 'FLINK-20663',
  affectedFrom: '1.10.0',
  fixedIn: '1.12.2',
  /** The cleaner is gone (FLINK-21419): a reservation fails at once, no collection is asked for. */
  removedIn: '1.13.0',
  /** What was left in 1.12.2. */
  residual: { key: 'FLINK-21753', fixedIn: '1.12.3' },
  /** UnsafeMemoryBudget.reserveMemory sleeps 1, 2, 4 … 1024 ms before it gives up. */
  backOffMs: 2047,
  /** Older updates of Java 8 cannot run pending cleaners (FLINK-18581). */
  java8Update: 72,
} as const;
