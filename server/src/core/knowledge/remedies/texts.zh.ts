/** What helps against what a log says, in Chinese, by what it is in English; the rarer remedies are in English alone. */
export const TEXTS: readonly (readonly [english: string, chinese: string])[] = [
  [
    'Find what the top frames wait for; code that swallows interrupts has to be changed. Raising task.cancellation.timeout only hides it.',
    '找出栈顶的栈帧在等待什么；吞掉中断的代码必须修改。调大 task.cancellation.timeout 只会掩盖问题。',
  ],
  ['Read the stacks printed before ("did not react to cancelling signal").', '看此前打印的栈 ("did not react to cancelling signal")。'],
  [
    'Compare start delay, alignment and async times per subtask; a thread dump of the slow one shows what it waits for.',
    '比较各子任务的启动延迟、对齐和异步时间；慢的那个的线程转储会显示它在等待什么。',
  ],
  [
    'Find why the checkpoints failed; execution.checkpointing.tolerable-failed-checkpoints decides how many may.',
    '找出 Checkpoint 失败的原因；允许失败几次由 execution.checkpointing.tolerable-failed-checkpoints 决定。',
  ],
  [
    "Look at the end of that process's log, its GC log and what its container runtime says.",
    '看该进程日志的结尾、它的 GC 日志，以及容器运行时的说明。',
  ],
  ["Go to that TaskManager's log; most often its process was killed.", '看那个 TaskManager 的日志；最常见的是它的进程被杀死。'],
  [
    'Look for an earlier failure of the producer; otherwise taskmanager.network.request-backoff.max.',
    '查找生产者更早的失败；若没有，则看 taskmanager.network.request-backoff.max。',
  ],
  [
    'More TaskManagers or slots, a lower parallelism; on Kubernetes and YARN look at quotas and pending requests.',
    '更多 TaskManager 或 Slot，或更低的并行度；在 Kubernetes 和 YARN 上看配额和未满足的请求。',
  ],
  [
    'Native memory: taskmanager.memory.jvm-overhead.*, RocksDB bounds, glibc arenas (MALLOC_ARENA_MAX or jemalloc).',
    '本地内存：taskmanager.memory.jvm-overhead.*，RocksDB 的上限，glibc 的 arena（MALLOC_ARENA_MAX 或 jemalloc）。',
  ],
  [
    'taskmanager.memory.network.{min,max,fraction}; for batch shuffles taskmanager.memory.framework.off-heap.batch-shuffle.size.',
    'taskmanager.memory.network.{min,max,fraction}；批处理 shuffle 看 taskmanager.memory.framework.off-heap.batch-shuffle.size。',
  ],
  [
    'dmesg or kubectl describe pod says who killed it; native memory: taskmanager.memory.jvm-overhead.*, container limits.',
    'dmesg 或 kubectl describe pod 会说明是谁杀死了它；本地内存看 taskmanager.memory.jvm-overhead.* 和容器的限制。',
  ],
  [
    'Check the address in the records "Could not resolve …" before: jobmanager.rpc.address and jobmanager.rpc.port (with high availability: the address in its store), that the port is open, and that a JobManager was leader.',
    '检查此前 "Could not resolve …" 记录中的地址：jobmanager.rpc.address 和 jobmanager.rpc.port（高可用时是其存储中的地址），端口是否开放，以及当时是否有 JobManager 是 leader。',
  ],
  [
    'Look at the API server and at pauses of the JobManager at that time; high-availability.kubernetes.leader-election.lease-duration and renew-deadline give more time.',
    '看当时的 API server 和 JobManager 的停顿；high-availability.kubernetes.leader-election.lease-duration 和 renew-deadline 可以放宽时限。',
  ],
  [
    'Look at ZooKeeper (its log, latency, disk) and at pauses of this process at that time; high-availability.zookeeper.client.session-timeout gives more time, high-availability.zookeeper.client.tolerate-suspended-connections: true (1.15 and newer) lets short losses pass.',
    '看当时的 ZooKeeper（日志、延迟、磁盘）和这个进程的停顿；high-availability.zookeeper.client.session-timeout 可以放宽时限，high-availability.zookeeper.client.tolerate-suspended-connections: true（1.15 及以后）可以容忍短暂断开。',
  ],
  [
    'Keep the type of the state, write a migration, or give the operator a new uid and restore with --allowNonRestoredState, which drops its state.',
    '保持状态的类型不变，或编写迁移，或给算子一个新的 uid 并用 --allowNonRestoredState 恢复，这会丢弃它的状态。',
  ],
  [
    'Set uid() on the operators, with the ids that the savepoint has; or restore with --allowNonRestoredState, which drops the state of this operator. A maximum parallelism that differs is set back by pipeline.max-parallelism or setMaxParallelism.',
    '用 uid() 给算子设置 Savepoint 中的 id；或用 --allowNonRestoredState 恢复，这会丢弃这个算子的状态。最大并行度不同时，用 pipeline.max-parallelism 或 setMaxParallelism 改回。',
  ],
  [
    'Look at collections and CPU of that TaskManager at that time; pekko.ask.timeout (akka.ask.timeout up to 1.17) gives more time.',
    '看那个 TaskManager 当时的垃圾回收和 CPU；pekko.ask.timeout（1.17 及以前是 akka.ask.timeout）可以放宽时限。',
  ],
  [
    "From the host of the process: the addresses of bootstrap.servers and of the brokers' advertised.listeners, security.protocol, and the topic's name.",
    '从该进程的主机上检查：bootstrap.servers 和 broker 的 advertised.listeners 中的地址，security.protocol，以及 topic 的名字。',
  ],
  [
    'Take the jar out of one of the two; or classloader.parent-first-patterns.additional for its packages.',
    '从两处之一去掉这个 jar；或为它的包设置 classloader.parent-first-patterns.additional。',
  ],
  [
    "The plugin's jar in a folder of its own under plugins/ (ENABLE_BUILT_IN_PLUGINS in the official image); for hdfs HADOOP_CLASSPATH.",
    '把插件的 jar 放入 plugins/ 下单独的目录（官方镜像用 ENABLE_BUILT_IN_PLUGINS）；hdfs 用 HADOOP_CLASSPATH。',
  ],
];
