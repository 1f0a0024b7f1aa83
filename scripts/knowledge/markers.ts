/** Where the sources of a release tell whether it has a bug. */
export interface Marker {
  /** Module of Flink. */
  module: 'flink-runtime' | 'flink-streaming-java' | 'flink-connector-base' | 'flink-kubernetes' | 'flink-core' | 'flink-dstl-dfs';
  /** The Java file, by its class. */
  file: string;
  /** Stands in the file of every release with the fix, and in none with the bug. */
  fix?: RegExp;
  /** Stands in the file of every release with the bug, and in none with the fix. */
  bug?: RegExp;
}

/**
 * One marker for each known bug that sources tell. A pattern is the least that a fix cannot do without, so that other
 * changes of the same lines do not touch it.
 */
export const MARKERS: Readonly<Record<string, Marker>> = {
  'FLINK-37663': {
    module: 'flink-connector-base',
    file: 'FutureCompletingBlockingQueue',
    bug: /notFull\.add\(cond\);\s+cond\.await\(\);\s+\}/,
  },
  'FLINK-40093': {
    module: 'flink-runtime',
    file: 'SourceOperator',
    bug: /forEach\(\s+\(splitId, \w+\) -> \{\s+if \(currentlyIdleSplits\.contains\(splitId\)\) \{\s+return;/,
  },
  'FLINK-39018': { module: 'flink-runtime', file: 'PipelinedSubpartition', bug: /[nN]umPriorityElements(?:\(\))? == 1\s+&& !isBlocked/ },
  'FLINK-34007': {
    module: 'flink-kubernetes',
    file: 'KubernetesLeaderElector',
    bug: /private final LeaderElector internalLeaderElector/,
  },
  'FLINK-36585': { module: 'flink-connector-base', file: 'SplitFetcherManager', bug: /\.thenRun\(\(\) -> elementsQueue\.poll\(\)\.recycle\(\)\);/ },
  'FLINK-40660': {
    module: 'flink-connector-base',
    file: 'SplitFetcher',
    bug: /elementsQueue\.put\(\s+fetcherId\(\),\s+new RecordsBySplits<E>\(Collections\.emptyMap\(\), Collections\.emptySet\(\)\) \{/,
  },
  'FLINK-30251': {
    module: 'flink-streaming-java',
    file: 'SubtaskCheckpointCoordinatorImpl',
    fix: /execute\(\(\) -> closeQuietly\(asyncCheckpointRunnable\)\)/,
  },
  'FLINK-37670': { module: 'flink-runtime', file: 'SourceCoordinator', bug: /when subtask have been finished, do not send event/ },
  'FLINK-32583': { module: 'flink-runtime', file: 'RestClient', fix: /responseChannelFutures/ },
  'FLINK-32411': { module: 'flink-runtime', file: 'SourceCoordinator', fix: /closeQuietly\(context\)/ },
  'FLINK-22946': {
    module: 'flink-runtime',
    file: 'BufferManager',
    fix: /releasedFloatingBuffer/,
  },
  'FLINK-37089': { module: 'flink-runtime', file: 'AsyncExecutionController', fix: /allowOverdraft/ },
  'FLINK-25653': {
    module: 'flink-runtime',
    file: 'SortMergeSubpartitionReader',
    bug: /synchronized \(lock\) \{\s+if \(isReleased\) \{\s+buffer\.recycleBuffer\(\)/,
  },
  'FLINK-25407': { module: 'flink-runtime', file: 'NetworkBufferPool', bug: /List<MemorySegment> requestMemorySegmentsBlocking\(/ },
  'FLINK-31346': {
    module: 'flink-runtime',
    file: 'SortMergeResultPartitionReadScheduler',
    bug: /if \(numRequestedBuffers <= 0\) \{\s+throw new TimeoutException/,
  },
  'FLINK-29234': {
    module: 'flink-runtime',
    file: 'JobMasterServiceLeadershipRunner',
    fix: /final CompletableFuture<Void> processTerminationFuture;\s+synchronized/,
  },
  'FLINK-37024': {
    module: 'flink-runtime',
    file: 'Task',
    bug: /current == ExecutionState\.DEPLOYING \|\| current == ExecutionState\.CREATED\)/,
  },
  'FLINK-33879': { module: 'flink-runtime', file: 'TieredStorageMemoryManagerImpl', fix: /ensureCapacity/ },
  'FLINK-26592': { module: 'flink-dstl-dfs', file: 'FsStateChangelogWriter', fix: /mailboxExecutor\.execute\(/ },
  'FLINK-35766': { module: 'flink-streaming-java', file: 'StreamingJobGraphGenerator', fix: /getHeadOperatorForNodeFromCache/ },
};
