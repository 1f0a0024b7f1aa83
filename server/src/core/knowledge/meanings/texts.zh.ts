/** What lines of logs and pauses of collectors mean, in Chinese, by what it is in English. */
export const TEXTS: readonly (readonly [english: string, chinese: string])[] = [
  [
    'The events of the resource and of its pods (kubectl describe), and the log of the operator at that time.',
    '该资源及其 pod 的事件 (kubectl describe)，以及当时 operator 的日志。',
  ],
  [
    'Somebody called System.gc(). With most collectors that is a full collection; direct buffers that run out are a usual caller.',
    '有代码调用了 System.gc()。多数收集器会因此做一次 Full GC；用完的直接缓冲是常见的调用者。',
  ],
  [
    'Class metadata reached its threshold. Many of them: classes are loaded again and again, or a class loader leaks (job restarts in a session cluster).',
    '类元数据达到阈值。次数多说明：类被反复加载，或类加载器泄漏（session 集群中作业重启）。',
  ],
  [
    'The cache of compiled code reached its threshold: classes are unloaded to free what they were compiled to.',
    '已编译代码的缓存达到阈值：卸载类以释放它们编译后的代码。',
  ],
  [
    'A tool asked for it: a heap dump or histogram of live objects (jmap, jcmd) collects everything first.',
    '由工具要求：存活对象的堆转储或直方图 (jmap、jcmd) 会先收集全部。',
  ],
  [
    'There was no room to copy the survivors to. G1 keeps them where they are and repairs that afterwards, which is slow; a full collection often follows.',
    '没有空间可供复制存活对象。G1 把它们留在原处，之后再修复，这很慢；随后常有 Full GC。',
  ],
  ['The whole heap is collected while every thread stands still. Heartbeats stand still too.', '所有线程停住时收集整个堆。心跳也会停住。'],
  ['A collection that had to wait until native code released an array.', '一次必须等到本地代码释放数组之后才能进行的收集。'],
  [
    'An object of more than half a G1 region was allocated; those are placed apart and cost more. Larger regions (-XX:G1HeapRegionSize) help.',
    '分配了大于半个 G1 region 的对象；这类对象单独存放，开销更大。更大的 region (-XX:G1HeapRegionSize) 有帮助。',
  ],
  ['A concurrent collection ran out of memory on its way and went on as a pause.', '并发收集中途内存用完，转为停顿继续。'],
  [
    'A thread had to wait until the collector had freed memory: the collector does not keep up with the allocation.',
    '线程必须等到收集器释放出内存：收集器跟不上分配速度。',
  ],
  [
    'A thread needed an object that ZGC was about to move, and had no room to move it to: it waited until the collector had.',
    '线程需要 ZGC 即将移动的对象，却没有可移往的空间：它一直等到收集器移动完。',
  ],
  [
    'All threads stood still, but not for a collection: a thread dump, a heap dump, code that was made invalid, or a thread that took long to stop.',
    '所有线程停住，但不是为了垃圾回收：线程转储、堆转储、失效的编译代码，或有线程很久才停下。',
  ],
  ['Shenandoah gives back the regions that a collection has emptied, while the program runs.', 'Shenandoah 在程序运行期间归还收集后清空的 region。'],
  [
    'A promotion failed: the old generation had no room for the survivors. A full collection follows.',
    '晋升失败：老年代没有空间容纳存活对象。随后会有 Full GC。',
  ],
  ['A young collection that starts the marking of the old generation.', '启动老年代标记的年轻代收集。'],
  ['Ends the concurrent marking; references and class unloading are handled here.', '结束并发标记；引用处理和类卸载在这里进行。'],
  ['Frees regions that the marking found empty.', '释放标记阶段发现的空 region。'],
  ['G1 collects the young generation and some of the old regions with the most garbage.', 'G1 收集年轻代，以及垃圾最多的一些老年代 region。'],
  ['A young collection: short while few objects survive.', '年轻代收集：存活对象少时很短。'],
  ['A whole concurrent cycle of ZGC; threads stand still only for its short pauses.', 'ZGC 的一个完整并发周期；线程只在其短暂停顿中停住。'],
  ['A short pause of a concurrent collector.', '并发收集器的一次短暂停顿。'],
  [
    'The process asks for one that does not answer yet: usual while a cluster starts. Again and again: a wrong address or port, a network policy, or no leader there.',
    '该进程请求的对方尚未应答：集群启动时很常见。反复出现：地址或端口错误、网络策略，或那里没有 leader。',
  ],
  [
    'No ResourceManager was found for taskmanager.registration.timeout (5 min by default). Why stands in the records "Could not resolve …" before.',
    '在 taskmanager.registration.timeout（默认 5 min）内没有找到 ResourceManager。原因见此前的 "Could not resolve …" 记录。',
  ],
  [
    'The API server of Kubernetes was slow or unreachable, or the JobManager stood still: it is no longer leader. Up to 1.18.1 it never leads again (FLINK-34007, 1.18.0 and 1.18.1).',
    'Kubernetes 的 API server 很慢或不可达，或 JobManager 停住：它不再是 leader。1.18.1 及之前它不会再成为 leader（FLINK-34007，1.18.0 和 1.18.1）。',
  ],
  [
    'Its jobs are suspended and taken up by the next leader. The reason is in the records before: a lease of Kubernetes, a session of ZooKeeper.',
    '它的作业被挂起，由下一个 leader 接管。原因见此前的记录：Kubernetes 的租约，或 ZooKeeper 的会话。',
  ],
  [
    'Who was leader stops being it: jobs are suspended, and TaskManagers lose their JobManager, until a connection is there again. ZooKeeper did not answer in time, or this process stood still.',
    '原来的 leader 不再是 leader：作业被挂起，TaskManager 失去 JobManager，直到重新有连接。ZooKeeper 没有及时应答，或该进程停住。',
  ],
  [
    'It starts the Dispatcher, the ResourceManager or the JobMaster of a job, and takes up what the leader before it had.',
    '它启动 Dispatcher、ResourceManager 或作业的 JobMaster，并接管前一个 leader 的内容。',
  ],
  [
    'The part of a source or sink that runs in the JobManager (as a rule its split enumerator) failed; its cause is printed below.',
    'Source 或 Sink 在 JobManager 中运行的部分（通常是 split enumerator）失败；原因打印在下方。',
  ],
  [
    'Read the cause below it: the connection from the JobManager to the metadata of the external system is what fails here.',
    '读它下方的原因：这里失败的是从 JobManager 到外部系统元数据的连接。',
  ],
  ['The checkpoint is declined for this operator; the cause below says why.', '该算子拒绝了 Checkpoint；下方的原因说明为什么。'],
  [
    'The type of a state was changed. Where both serializers have the same name, something nested in them differs: a Kryo registration, a lambda class, a TTL switched on.',
    '状态的类型变了。若两个序列化器同名，则内部嵌套的内容不同：Kryo 注册、lambda 类、开启了 TTL。',
  ],
  [
    'The savepoint has state for an operator id that the job does not have: the operator was removed, or its id, where no uid is set, came out different.',
    'Savepoint 中有作业所没有的算子 id 的状态：算子被移除，或因没有设置 uid 而得到了不同的 id。',
  ],
  [
    'Keyed state is split into as many groups as the maximum parallelism; more subtasks than that cannot share it.',
    '键控状态按最大并行度分成同样多的键组；子任务多于键组就无法分配。',
  ],
  [
    'Lower the parallelism to the maximum at most. For existing state the maximum cannot be changed; set pipeline.max-parallelism before the first savepoint.',
    '把并行度降到不超过最大并行度。对已有的状态不能更改最大并行度；请在第一个 Savepoint 之前设置 pipeline.max-parallelism。',
  ],
  [
    'The TaskManager was busy, paused by a collection, or cut off; or the descriptor of the task is very large.',
    'TaskManager 忙、因 GC 停顿或被隔断；或任务的描述符非常大。',
  ],
  [
    'No answer within the ask timeout (10 s by default): the other side is overloaded, paused or gone.',
    '在 ask 超时（默认 10 s）内没有应答：对方过载、停顿或已不在。',
  ],
  [
    'Metadata of a checkpoint or the descriptor of a task is too large: union list state, many small state files kept in the metadata, a large closure.',
    'Checkpoint 的元数据或任务的描述符太大：union list state、保存在元数据中的大量小状态文件、很大的闭包。',
  ],
  [
    'Less operator state in union lists, state.storage.fs.memory-threshold lower, large constants out of the job graph; pekko.framesize (akka.framesize up to 1.17) as a last resort.',
    '减少 union list 中的算子状态，调小 state.storage.fs.memory-threshold，把大常量移出作业图；pekko.framesize（1.17 及之前为 akka.framesize）是最后手段。',
  ],
  [
    'After slot.request.timeout (5 min) the requests that are left are failed; the message says how many slots there are.',
    '超过 slot.request.timeout (5 min) 后，剩余的请求以失败结束；消息说明有多少 Slot。',
  ],
  [
    'The job needs more slots than the TaskManagers offer, or a larger one than any of them has.',
    '作业需要的 Slot 多于 TaskManager 提供的，或需要的 Slot 比任何一个都大。',
  ],
  [
    'Kubernetes refuses the pod: with it the ResourceQuota of the namespace would be exceeded.',
    'Kubernetes 拒绝该 pod：加上它会超过 namespace 的 ResourceQuota。',
  ],
  [
    'Raise the ResourceQuota that is named, or ask for less: fewer or smaller TaskManagers.',
    '调大所指的 ResourceQuota，或少要一些：更少或更小的 TaskManager。',
  ],
  ['The database has purged the log that the source wants to read on from.', '数据库已清除 Source 要继续读取的日志。'],
  [
    'A new snapshot; so that it does not come again: longer retention (binlog_expire_logs_seconds), and checkpoints often enough.',
    '重新做快照；为避免再次发生：延长保留时间 (binlog_expire_logs_seconds)，并且 Checkpoint 足够频繁。',
  ],
  ['The binary log does not hold rows', '二进制日志中不是行'],
  [
    'The database, or one session of it, writes statements into its log; a source can only use rows.',
    '数据库或其某个会话把语句写入日志；Source 只能使用行。',
  ],
  [
    'binlog_format=ROW, globally and in every session that writes; then a new snapshot, or a start behind the statement.',
    'binlog_format=ROW，全局以及每个写入的会话；然后重新做快照，或从该语句之后开始。',
  ],
  ['The schema of a table is not known to the source', 'Source 不知道某张表的结构'],
  [
    'What the source has kept of the tables does not have this one: it was created later, or read from a position before that.',
    'Source 所保存的表中没有这一张：它是后来创建的，或读取的位置在其创建之前。',
  ],
  [
    'A new snapshot with this table among those that are captured; to add tables to a job that runs, scan.newly-added-table.enabled.',
    '重新做快照，并把该表列入捕获的表；要给运行中的作业加表，用 scan.newly-added-table.enabled。',
  ],
  ['The broker of Kafka does not know a request', 'Kafka 的 broker 不认识某个请求'],
  ['What the client asks for came with a later version of Kafka than that of the broker.', '客户端所请求的功能来自比该 broker 更新的 Kafka 版本。'],
  ['A connector whose client fits the broker, or a newer broker.', '使用其客户端与 broker 相符的连接器，或更新的 broker。'],
  [
    'The broker cannot be reached for transactions, allows no such timeout, has ended the transaction, or another producer uses the same transactional id.',
    '事务所需的 broker 不可达、不允许这样的超时、已结束该事务，或另一个 producer 使用同样的 transactional id。',
  ],
  [
    "transaction.timeout.ms between the checkpoint interval plus the longest downtime and the broker's transaction.max.timeout.ms; a transactional id prefix for each job alone.",
    'transaction.timeout.ms 应介于“Checkpoint 间隔加最长停机时间”与 broker 的 transaction.max.timeout.ms 之间；每个作业使用自己的 transactional id 前缀。',
  ],
  [
    'No broker answers under the addresses that bootstrap.servers names or that the brokers themselves advertise, or the topic does not exist.',
    'bootstrap.servers 所写的、或 broker 自己公布的地址上没有 broker 应答，或 topic 不存在。',
  ],
  [
    'The names are the same, the classes are not: a jar is in lib/ and in the jar of the job as well.',
    '名称相同，类却不同：某个 jar 既在 lib/ 中，也在作业的 jar 中。',
  ],
  [
    'The plugin or the Hadoop classes for paths of this scheme are not there in this process.',
    '该进程中没有这种 scheme 的路径所需的插件或 Hadoop 类。',
  ],
  [
    'Two file systems share a client and one of them closes it: as a rule a plugin and a jar of a connector.',
    '两个文件系统共用一个客户端，其中一个把它关闭：通常是插件和连接器的 jar。',
  ],
  ['One implementation of the file system only, as a plugin.', '该文件系统只用一种实现，并作为插件。'],
  [
    'The container of the JobManager failed; why stands in the diagnostics and in its own log.',
    'JobManager 的容器失败；原因见诊断信息和它自己的日志。',
  ],
  [
    'yarn logs -applicationId with the id that is named; exit code 1 is its start or configuration, -103 and -104 are memory.',
    '对所指的 id 使用 yarn logs -applicationId；退出码 1 是启动或配置的问题，-103 和 -104 是内存。',
  ],
  [
    'How long something took as a whole, such as a checkpoint or the start of a job, with its figures as attributes.',
    '某件事总共花了多久，如 Checkpoint 或作业的启动，其数据作为属性。',
  ],
  [
    'A failure, a checkpoint or a change of the job as an event of its own; failureLabel.* are the labels of failure enrichers (FLIP-304).',
    '一次失败、Checkpoint 或作业变化的独立事件；failureLabel.* 是 failure enricher 的标签 (FLIP-304)。',
  ],
  ['Labels of failures are missing in the exception history because of this; nothing else is.', '因此异常历史中缺少失败的标签；其他都不缺。'],
  [
    'Slots came or went, and the adaptive scheduler starts the job again with another parallelism. Nothing failed.',
    'Slot 有增减，adaptive 调度器以另一个并行度重新启动作业。没有任何失败。',
  ],
  [
    'Only one schema change at a time is evolved; the subtask asks again every second and hands nothing on meanwhile.',
    '一次只进行一个 schema 变更；该子任务每秒再问一次，期间不向下游发送任何内容。',
  ],
  [
    'The operator waits until the jobs of the cluster have ended (kubernetes.operator.session.block-on-unmanaged-jobs).',
    'operator 等到集群的作业都已结束 (kubernetes.operator.session.block-on-unmanaged-jobs)。',
  ],
  [
    'Cancel the jobs that are named, or set kubernetes.operator.session.block-on-unmanaged-jobs: false.',
    '取消所指的作业，或设置 kubernetes.operator.session.block-on-unmanaged-jobs: false。',
  ],
  [
    'FAILED: the process gives up, the exception in the message is why. UNKNOWN: it was told to stop. SUCCEEDED and CANCELED: its job is over.',
    'FAILED：进程放弃，原因是消息中的异常。UNKNOWN：它被要求停止。SUCCEEDED 和 CANCELED：它的作业已结束。',
  ],
  ['The exception printed with it is why.', '原因是随它打印的异常。'],
  [
    "The part of the source that runs in the JobManager failed: the connector, or the service that it asks for splits. The job's global failure follows from it.",
    'Source 在 JobManager 中运行的部分失败：连接器，或它请求分片的服务。作业的全局失败由此而来。',
  ],
  [
    'Read the exception printed with it: the JobManager must reach the external system too, not only the TaskManagers.',
    '读随它打印的异常：JobManager 也必须能访问外部系统，而不只是 TaskManager。',
  ],
  ['The JVM crashed', 'JVM 崩溃'],
  [
    'Native code failed, or the operating system gave no more memory; the process is gone without a word from Flink.',
    '本地代码出错，或操作系统不再给内存；进程不留 Flink 的任何记录就不在了。',
  ],
  [
    'There was not even memory to report it: the JVM prints this to standard output, which is the .out file. Which memory it was stands in the log or the GC log.',
    '连报告它的内存都没有：JVM 把它打印到标准输出，即 .out 文件。是哪种内存见日志或 GC 日志。',
  ],
  [
    'Reported by the shell that had started it. Killed is SIGKILL (exit code 137), as a rule because the machine or the container had no memory left.',
    '由启动它的 shell 报告。Killed 即 SIGKILL（退出码 137），通常是因为机器或容器没有内存了。',
  ],
  [
    'The last line of a traceback, which PythonDriver prints record by record: why the driver script ended.',
    'traceback 的最后一行，由 PythonDriver 逐条记录打印：driver 脚本结束的原因。',
  ],
  ['The restart strategy gives up; the job fails. What failed stands before.', '重启策略放弃；作业失败。什么失败了见前文。'],
  [
    'An entry of /jobs/:jobid/exceptions that names no subtask, read as a record.',
    '/jobs/:jobid/exceptions 中不指明子任务的条目，作为一条记录读取。',
  ],
  [
    'An answer {"errors": […]} that quotes the exception of the server, read as a record.',
    '引用服务端异常的应答 {"errors": […]}，作为一条记录读取。',
  ],
  [
    'One execution attempt went from one state to the next. INITIALIZING exists since 1.13; before, restoring counts as RUNNING.',
    '一次执行尝试从一个状态变为下一个状态。INITIALIZING 自 1.13 起才有；之前恢复状态也算作 RUNNING。',
  ],
  [
    'One execution attempt went from one state to the next; the attempt can only be recognised by its name.',
    '一次执行尝试从一个状态变为下一个状态；该尝试只能由名称识别。',
  ],
  [
    'The whole job went from one state to the next. RESTARTING again and again is a restart storm.',
    '整个作业从一个状态变为下一个状态。反复 RESTARTING 就是重启风暴。',
  ],
  ['Ties the attempt to its TaskManager and slot.', '把尝试与它的 TaskManager 和 Slot 对应起来。'],
  ['The task arrived and will be deployed into the slot named.', '任务已到达，将部署到所指的 Slot 中。'],
  [
    'An entry of /jobs/:jobid/exceptions, read as a record: the subtask, the attempt and what it failed with.',
    '/jobs/:jobid/exceptions 的条目，作为一条记录读取：子任务、尝试，以及失败的原因。',
  ],
  ['The attempt has ended; its buffers and memory are given back.', '尝试已结束；它的缓冲和内存已归还。'],
  [
    'The final state goes to the JobManager. FAILED here without a switch before it means that the failure itself is not in this text.',
    '最终状态被发给 JobManager。若此处为 FAILED 而之前没有状态切换，说明失败本身不在这份文本中。',
  ],
  [
    'The JobManager wants the subtask stopped, as a rule because another one failed or the job is cancelled.',
    'JobManager 要停止该子任务，通常因为另一个失败，或作业被取消。',
  ],
  ['cancel() of the task is called and its thread interrupted.', '调用任务的 cancel() 并中断其线程。'],
  ['The subtask had ended by itself before the cancel request arrived; harmless.', '取消请求到达之前子任务已自行结束；无害。'],
  ['A subtask does not react to its cancellation', '一个子任务不响应取消'],
  [
    'The stack below is where the thread of the subtask stands. The same stack again and again means stuck, different stacks mean slow.',
    '下方的栈是该子任务线程所在之处。一直是同一个栈表示卡住，不同的栈表示慢。',
  ],
  [
    'task.cancellation.timeout ran out; the process ends to get rid of the thread, and every other task in it fails as well.',
    '超过了 task.cancellation.timeout；为摆脱该线程，进程结束，其中的其他任务也都失败。',
  ],
  ['The sources are asked to inject barriers.', '要求各 Source 注入 Barrier。'],
  ['All subtasks have acknowledged.', '所有子任务都已确认。'],
  ['The subtask could not take part; its reason is the exception below or in its own log.', '该子任务无法参与；原因见下方的异常或它自己的日志。'],
  [
    'Not every subtask acknowledged within execution.checkpointing.timeout: back-pressure that holds barriers up, slow uploads, or a blocked task.',
    '并非所有子任务都在 execution.checkpointing.timeout 内确认：反压拖住了 Barrier、上传慢，或任务被阻塞。',
  ],
  ['Counts towards execution.checkpointing.tolerable-failed-checkpoints.', '计入 execution.checkpointing.tolerable-failed-checkpoints。'],
  ['As a rule because some tasks are not running yet or have finished.', '通常因为有任务尚未运行或已经结束。'],
  [
    'The job fails because checkpoints failed too often. What made them fail stands in the records before.',
    'Checkpoint 失败过多，作业因此失败。它们为什么失败见此前的记录。',
  ],
  ['The subtask was slow, not dead.', '该子任务是慢，而不是已死。'],
  ['Uploading the state failed or was cancelled.', '上传状态失败或被取消。'],
  [
    'The task thread was busy with something else: a burst of timers, or a blocking call in user code.',
    '任务线程忙于别的事：大量定时器，或用户代码中的阻塞调用。',
  ],
  ['State is taken from this checkpoint or savepoint.', '从这个 Checkpoint 或 Savepoint 取得状态。'],
  [
    'The failover region of the failed task: this many subtasks are cancelled and deployed again.',
    '失败任务的故障转移 region：这么多子任务被取消并重新部署。',
  ],
  [
    'Something that belongs to no single subtask failed, such as too many checkpoints or an operator coordinator; the exception below says what.',
    '不属于单个子任务的东西失败了，如 Checkpoint 失败过多或 operator coordinator；下方的异常说明是什么。',
  ],
  ['The Dispatcher takes note that the job is over.', 'Dispatcher 记下作业已结束。'],
  ['The restart strategy gives up; the job fails. What failed is the cause printed below.', '重启策略放弃；作业失败。什么失败了见下方打印的原因。'],
  ['The ResourceManager knows the TaskManager from now on.', '从现在起 ResourceManager 认识该 TaskManager。'],
  [
    'The JobManager no longer counts on this TaskManager; its own log says why it ended.',
    'JobManager 不再把该 TaskManager 计算在内；它为什么结束见它自己的日志。',
  ],
  [
    'The connection to a TaskManager is closed, as this side stops or has another leader',
    '与 TaskManager 的连接关闭，因为这一侧停止或有了新的 leader',
  ],
  ['The end of a job or of a leadership; the TaskManager goes on.', '作业结束或 leader 任期结束；TaskManager 继续运行。'],
  [
    'Nothing was heard from the other process for heartbeat.timeout (50 s by default): it is dead, paused by a long collection, or cut off.',
    '在 heartbeat.timeout（默认 50 s）内没有收到对方进程的任何消息：它已死、因长时间 GC 停顿，或被隔断。',
  ],
  ['Its port refuses connections: the process has ended.', '它的端口拒绝连接：进程已结束。'],
  ['A symptom: the other TaskManager failed first.', '这是表象：另一个 TaskManager 先失败。'],
  ['The data port cannot be reached: the process ended, or the network does not let it through.', '数据端口不可达：进程已结束，或网络不放行。'],
  ['The producer was not deployed in time, or has failed and released its output.', '生产者没有及时部署，或已失败并释放了输出。'],
  ['The job needs more slots than the TaskManagers offer.', '作业需要的 Slot 多于 TaskManager 提供的。'],
  [
    'All slots of the job on this TaskManager were freed (slot timeout, or the tasks ended), so it leaves the JobManager.',
    '作业在该 TaskManager 上的 Slot 都已释放（Slot 超时或任务结束），因此它离开 JobManager。',
  ],
  ['The record in which it is noticed; the failures that follow carry the same words.', '这是发现它的那条记录；之后的失败带有同样的文字。'],
  ['Kubernetes or YARN is asked for another TaskManager.', '向 Kubernetes 或 YARN 请求另一个 TaskManager。'],
  [
    'The diagnostics are those of Kubernetes or YARN: OOMKilled, exit codes 137 (killed), 143 (terminated), 239 (fatal error handler).',
    '诊断信息来自 Kubernetes 或 YARN：OOMKilled，退出码 137（被杀死）、143（被终止）、239（致命错误处理器）。',
  ],
  [
    'The process used more memory than its container may have, or was ended from outside; the JVM itself could not say anything.',
    '进程使用的内存超过了其容器允许的，或从外部被结束；JVM 自己什么也没能说。',
  ],
  ['The managed memory of the slot does not have that many pages left.', '该 Slot 的托管内存没有那么多页了。'],
  [
    'The budget of managed memory is used up; the sentence about slow garbage collection is fixed text, not a finding.',
    '托管内存的额度已用完；关于 GC 慢的那句话是固定文字，不是诊断结果。',
  ],
  [
    'An operator did not give its managed memory back; up to 1.12.1 also a garbage collection that came too late.',
    '有算子没有归还托管内存；1.12.1 及之前也可能是垃圾回收来得太晚。',
  ],
  ['The JVM says which pool is exhausted; each has an option of its own.', 'JVM 说明哪个内存池用完；每个池有自己的选项。'],
  [
    'Netty counts its direct memory itself, against the same limit as -XX:MaxDirectMemorySize.',
    'Netty 自己统计直接内存，与 -XX:MaxDirectMemorySize 的上限相同。',
  ],
  ['The network memory of the TaskManager is too small for the connections of its tasks.', 'TaskManager 的网络内存对其任务的连接来说太小。'],
  ['The sizes below are what the start script has computed.', '下方的大小由启动脚本算出。'],
  ['As computed from the configuration.', '由配置算出。'],
  ['The exact version of the process, which known bugs are checked against.', '进程的确切版本，已知缺陷按它核对。'],
  ['Vendor and version of the Java that runs the process.', '运行该进程的 Java 的供应商和版本。'],
  ['As the process was started.', '进程启动时的样子。'],
  ['Fixed text of the reader; what went wrong is the exception nested in it.', '读取器的固定文字；出错的原因是嵌套在其中的异常。'],
  ['As the process has read it; secrets are starred out.', '进程所读到的内容；机密以星号遮盖。'],
  ['The head of a loop offers its queue to the tail of the same subtask.', '环的头把队列提供给同一子任务的尾。'],
  ['"trying" without "acquired" after it means that the head never came up.', '有 "trying" 而其后没有 "acquired"，表示迭代头从未启动。'],
  ['The process exits; every task in it fails.', '进程退出；其中的所有任务都失败。'],
  ['The fatal error handler ends the process because of the exception below.', '致命错误处理器因下方的异常结束进程。'],
  ['Somebody outside ended it: Kubernetes, YARN, an operator.', '由外部结束：Kubernetes、YARN、operator。'],
  ['A thread of user code outlives its job.', '用户代码的线程在其作业结束后仍然存活。'],
  [
    'Close threads and pools in close(); classloader.check-leaked-classloader turns the check off.',
    '在 close() 中关闭线程和线程池；classloader.check-leaked-classloader 可关闭该检查。',
  ],
  ['Used, committed and maximal sizes at this moment; collections since the start.', '此刻已用、已提交和最大的大小；自启动以来的垃圾回收。'],
  ['The process behind the address has ended or cannot be reached; a symptom.', '该地址背后的进程已结束或不可达；这是表象。'],
  ['From here on the cluster can use its slots.', '从这里起集群可以使用它的 Slot。'],
  ['Its slots can be offered to the job.', '它的 Slot 可以提供给作业。'],
  ['The ResourceManager wants this TaskManager to offer a slot to the job.', 'ResourceManager 要该 TaskManager 向作业提供一个 Slot。'],
  ['The JobManager may deploy into them.', 'JobManager 可以部署到其中。'],
  ['It can ask for slots from here on.', '从这里起它可以请求 Slot。'],
  ['The ResourceManager looks for free slots, or asks for new TaskManagers.', 'ResourceManager 寻找空闲 Slot，或请求新的 TaskManager。'],
  ['The Dispatcher starts a JobManager for it.', 'Dispatcher 为它启动一个 JobManager。'],
  [
    'The operator asked the REST API and found the job FAILED. What made it fail stands in records beside it.',
    'operator 询问 REST API，发现作业为 FAILED。它为什么失败见旁边的记录。',
  ],
  [
    'The log of the JobManager says why; where its pod was started anew, kubectl logs --previous.',
    'JobManager 的日志说明原因；若其 pod 已重新启动，用 kubectl logs --previous。',
  ],
  [
    'An entry of /jobs/:jobid/exceptions that the operator had not reported yet, the newest first, with the first lines of its trace.',
    'operator 尚未报告过的 /jobs/:jobid/exceptions 条目，最新的在前，带有栈的前几行。',
  ],
  ['The job failed, with its last exception', '作业失败，带有最后的异常'],
  ['What the operator was answered when it asked for the result of a job that is FAILED.', 'operator 询问 FAILED 作业的结果时得到的应答。'],
  ['A warning event of the resource, as kubectl describe shows it too.', '该资源的警告事件，kubectl describe 也会显示。'],
  [
    'The field status.error of the resource: the exception with those that caused it, as JSON or as text.',
    '资源的 status.error 字段：异常及其原因，为 JSON 或文本。',
  ],
  [
    'kubectl describe of the resource shows its error and its events; the log of the JobManager says what happened before.',
    '对资源用 kubectl describe 会显示错误和事件；JobManager 的日志说明之前发生了什么。',
  ],
  ['The state of a resource of the Kubernetes operator has an error', 'Kubernetes operator 的资源状态中有错误'],
  ['The field status.error of a custom resource, read as a record.', '自定义资源的 status.error 字段，作为一条记录读取。'],
  [
    'kubectl describe of the resource shows its events; the log of the JobManager says what happened before.',
    '对资源用 kubectl describe 会显示事件；JobManager 的日志说明之前发生了什么。',
  ],
  ['The operator finds nothing to restore the job from', 'operator 找不到可供作业恢复的内容'],
  [
    'The JobManager is gone and no high-availability metadata (ConfigMaps, or ZooKeeper) names a checkpoint: the job ended for good, or somebody deleted them. The operator does not start it anew by itself, as its state would be lost.',
    'JobManager 已不在，也没有高可用元数据（ConfigMap 或 ZooKeeper）指明 Checkpoint：作业已彻底结束，或有人删除了它们。operator 不会自行重新启动它，否则状态会丢失。',
  ],
  [
    'Find the newest checkpoint or savepoint in the storage, and give it as spec.job.initialSavepointPath: of a resource that is deleted and created again, or with a new spec.job.savepointRedeployNonce. Why the job ended stands in the log of its last JobManager.',
    '在存储中找到最新的 Checkpoint 或 Savepoint，并填入 spec.job.initialSavepointPath：用于删除后重建的资源，或配合新的 spec.job.savepointRedeployNonce。作业为什么结束见最后一个 JobManager 的日志。',
  ],
  ['Kubernetes cannot pull the image', 'Kubernetes 拉取不到镜像'],
  [
    'The container never starts: the name or tag of the image, the registry, or the secret for it.',
    '容器始终没有启动：镜像的名称或标签、镜像仓库，或其 secret 有问题。',
  ],
  [
    'kubectl describe pod says what the registry answered. Set spec.image to what is there, and imagePullSecrets where the registry asks for one.',
    'kubectl describe pod 说明镜像仓库的应答。把 spec.image 设为存在的镜像，仓库要求时设置 imagePullSecrets。',
  ],
];
