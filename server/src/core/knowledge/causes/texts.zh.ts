/** Why known issues happen, what they need, and how sure it is, in Chinese, by what it is in English. */
export const TEXTS: readonly (readonly [english: string, chinese: string])[] = [
  [
    'Recycling an exclusive buffer takes the queue lock of its channel and may give a surplus floating buffer back to the pool while still holding it; the pool hands that buffer to another waiting channel, whose notification needs the queue lock of that channel. With unaligned checkpoints two threads recycle buffers of two channels at once, each holding what the other needs.',
    '回收独占缓冲会取得其通道的队列锁，并可能在仍持有它时把多余的浮动缓冲还给缓冲池；缓冲池又把该缓冲交给另一个等待的通道，而通知那个通道需要它的队列锁。使用非对齐 Checkpoint 时，两个线程会同时回收两个通道的缓冲，各自持有对方所需的锁。',
  ],
  [
    'Unaligned checkpoints are on; at least two remote channels of one gate use floating buffers.',
    '开启了非对齐 Checkpoint；一个输入门至少有两个远程通道使用浮动缓冲。',
  ],
  ['checkpoints take longer under back-pressure', '反压时 Checkpoint 耗时更长'],
  [
    'Releasing a channel recycles its floating buffers under the queue lock, which notifies other channels. A task thread that recycles towards the released channel holds the lock that the notification needs.',
    '释放通道时在队列锁之下回收其浮动缓冲，这会通知其他通道。朝被释放的通道回收缓冲的任务线程持有该通知所需的锁。',
  ],
  ['A task is being cancelled or fails over.', '任务正在取消或故障转移。'],
  [
    'The pool called its listener while it held its own lock, and the listener takes the queue lock of a channel. A thread that recycles takes the two locks in the opposite order.',
    '缓冲池在持有自己的锁时调用监听器，而监听器要取得通道的队列锁。回收缓冲的线程以相反的顺序取得这两把锁。',
  ],
  ['A task is cancelled while buffers are recycled.', '在回收缓冲时取消任务。'],
  [
    "Credits and available data were announced while the channel's lock was held. Network and task threads waited for each other longer than needed.",
    '在持有通道的锁时通告信用额度和可用数据。网络线程和任务线程互相等待得比必要的更久。',
  ],
  ['Credit-based flow control.', '基于信用额度的流控。'],
  [
    'Adding or flushing a buffer announced the data while the lock of the subpartition was held. Netty threads that wanted the next buffer waited meanwhile.',
    '添加或刷出缓冲时，在持有子分区的锁期间通告数据。此时要取下一个缓冲的 Netty 线程只能等待。',
  ],
  ['Pipelined exchanges.', '流水线 (pipelined) 交换。'],
  [
    "Resizing a pool asked its owner to release memory while the pool's lock was held. A subpartition that spills takes the two locks in the opposite order.",
    '调整缓冲池大小时，在持有池的锁期间要求其所有者释放内存。正在溢写的子分区以相反的顺序取得这两把锁。',
  ],
  ['Batch jobs or blocking result partitions.', '批作业或 blocking 结果分区。'],
  [
    'The gate polled a channel while it held the list of channels with data. The producer announces data under its own lock and needs that list.',
    '输入门在持有有数据的通道列表时轮询通道。生产者在自己的锁之下通告数据，又需要该列表。',
  ],
  ['Only in development versions of 1.9.', '只存在于 1.9 的开发版本。'],
  ['Local channels.', '本地通道。'],
  [
    "A local channel announced its data while it held its request lock. The task thread holds the gate's list and needs the request lock.",
    '本地通道在持有请求锁时通告数据。任务线程持有输入门的列表，又需要该请求锁。',
  ],
  ['Only in development versions of 1.12.', '只存在于 1.12 的开发版本。'],
  ['Local channels, updated partitions.', '本地通道，分区信息被更新。'],
  [
    'A failed request was triggered again while the request lock was held. Releasing the gate takes the locks in the opposite order.',
    '失败的请求在持有请求锁时再次触发。释放输入门以相反的顺序取得这两把锁。',
  ],
  ['A task is cancelled while it starts.', '任务在启动期间被取消。'],
  [
    'A released channel stayed in the list of channels with data. The end of the partition behind it never reached the task.',
    '已释放的通道仍留在有数据的通道列表中。排在它后面的分区结束事件始终到不了任务。',
  ],
  ['Bounded input ends.', '有界输入结束。'],
  [
    "A sort-merge reader recycled its buffers under its own lock, which calls back into the scheduler. A thread in the scheduler holds the scheduler's lock and needs the reader's.",
    'sort-merge 读取器在自己的锁之下回收缓冲，并由此回调调度器。调度器中的线程持有调度器的锁，又需要读取器的锁。',
  ],
  ['Whether 1.13 is affected was not verified.', '1.13 是否受影响未经验证。'],
  ['Batch jobs with sort-merge blocking shuffle.', '使用 sort-merge blocking shuffle 的批作业。'],
  ['many more shuffle files', 'shuffle 文件会多得多'],
  [
    "A partition released its readers while it held its own lock. The consumer holds the gate's list and recycles into that partition.",
    '分区在持有自己的锁时释放读取器。消费者持有输入门的列表，并向该分区回收缓冲。',
  ],
  ['Only in development versions of 1.16.', '只存在于 1.16 的开发版本。'],
  ['Sort-merge shuffle with partial records.', '带有不完整记录的 sort-merge shuffle。'],
  [
    "A spilling decision under the write lock asks each view for its offset, which takes the view's lock. A reader holds the view's lock and needs the read lock.",
    '在写锁之下做溢写决定时会询问各视图的偏移量，这需要视图的锁。读取器持有视图的锁，又需要读锁。',
  ],
  ['Hybrid shuffle.', '使用 Hybrid shuffle。'],
  [
    'Partitions took more buffers than were guaranteed to them. Others that need buffers to consume, and so to release them, get none.',
    '分区取走的缓冲超过了为其保证的数量。需要缓冲才能消费、从而才能释放缓冲的其他分区一个也得不到。',
  ],
  ['The first affected version was not verified.', '最早受影响的版本未经验证。'],
  ['Blocking shuffle with little network memory.', 'Blocking shuffle 且网络内存很少。'],
  [
    'The reader took some buffers and then waited for more without a timeout. Readers of other partitions hold what it waits for.',
    '读取器取得一部分缓冲后，无超时地等待更多缓冲。其他分区的读取器持有它所等待的缓冲。',
  ],
  ['Hybrid or blocking shuffle with little read memory.', 'Hybrid 或 blocking shuffle 且读取内存很少。'],
  [
    'Producers hold every network buffer, and consumers that would drain them wait for their exclusive buffers. From 1.9 on this fails after 30 s with a message.',
    '生产者占有全部网络缓冲，而能腾空它们的消费者在等待自己的独占缓冲。自 1.9 起会在 30 s 后报错失败。',
  ],
  ['Little network memory.', '网络内存很少。'],
  [
    'Floating buffers of blocking inputs were not bounded. Some readers took all of them, and the rest waited for ever.',
    'blocking 输入的浮动缓冲没有上限。一些读取器取走了全部，其余的永远等待。',
  ],
  ['Batch jobs with several blocking inputs.', '有多个 blocking 输入的批作业。'],
  [
    'A pool created without any buffer asks for segments and takes the factory lock on failure. A thread that redistributes buffers takes the two locks in the opposite order.',
    '创建时没有任何缓冲的池会申请内存段，失败时取得工厂的锁。重新分配缓冲的线程以相反的顺序取得这两把锁。',
  ],
  ['Network memory is used up while tasks are deployed.', '部署任务时网络内存已用完。'],
  [
    'A buffer listener was registered again too late and missed the buffer that became free. The channel waits for credits for ever, and all of its upstream with it.',
    '缓冲监听器重新注册得太晚，错过了变为空闲的缓冲。该通道永远等待信用额度，其全部上游随之停住。',
  ],
  ['Floating buffers.', '浮动缓冲。'],
  [
    'A pool that looked available skipped the callback of the global pool. The task waits for a buffer that nobody hands to it.',
    '看上去可用的池跳过了全局池的回调。任务等待的缓冲没有人交给它。',
  ],
  [
    'Buffer builders were not closed when a partition was released while it was written. Their buffers are lost to the TaskManager.',
    '写入期间释放分区时，buffer builder 没有关闭。它们的缓冲对 TaskManager 来说就丢失了。',
  ],
  ['Tasks are cancelled.', '取消任务。'],
  [
    'Recycling a buffer notifies a listener, which may recycle again. With many channels the recursion overflows the stack and buffers are lost.',
    '回收缓冲会通知监听器，而监听器可能再次回收。通道很多时递归会使栈溢出，缓冲随之丢失。',
  ],
  ['Gates with many channels are released.', '释放有很多通道的输入门。'],
  [
    'The memory tier holds buffers until somebody reads them. When the pool shrinks meanwhile, the other tiers find none left and wait for ever.',
    '内存层在有人读取之前一直占有缓冲。若此时池缩小，其他层就再也找不到缓冲，永远等待。',
  ],
  ['Hybrid shuffle (batch) while network memory is redistributed.', 'Hybrid shuffle（批），且正在重新分配网络内存。'],
  ['stages run one after the other', '各阶段依次运行'],
  [
    'When a task is cancelled, the channel state writer waits for the data of a channel to discard it. The future with that data is never completed by the cancelled task.',
    '取消任务时，通道状态写线程等待某个通道的数据以便丢弃它。被取消的任务从不完成带有该数据的 future。',
  ],
  ['Only in development versions of 1.16: the sources of 1.15 have no such future.', '只存在于 1.16 的开发版本：1.15 的源码中没有这样的 future。'],
  ['Unaligned checkpoints, a task is cancelled.', '开启了非对齐 Checkpoint，且有任务被取消。'],
  [
    'The operator waits for room in its queue while it holds the checkpoint lock. The emitter that would make room needs that lock.',
    '算子在持有 Checkpoint 锁时等待队列中的空位。能腾出空位的 emitter 需要这把锁。',
  ],
  ['Asynchronous I/O with a full queue, on close or recovery.', '异步 I/O 队列已满，正在关闭或恢复。'],
  [
    'A priority event added to a blocked subpartition was not announced to its reader. The checkpoint expires although nothing is slow.',
    '添加到被阻塞子分区的优先事件没有通告给读取器。虽然什么都不慢，Checkpoint 仍会超时。',
  ],
  ['Unaligned checkpoints while a restored job still reads its in-flight data.', '恢复后的作业仍在读取 in-flight 数据时的非对齐 Checkpoint。'],
  [
    'With checkpoints during recovery one thread needs buffers before and after filtering from the same pool. It waits for buffers that only it could release.',
    '恢复期间做 Checkpoint 时，一个线程在过滤前后都需要同一个池中的缓冲。它等待的缓冲只有它自己才能释放。',
  ],
  ['Only in development versions of 2.3.', '只存在于 2.3 的开发版本。'],
  ['execution.checkpointing.during-recovery is on.', '开启了 execution.checkpointing.during-recovery。'],
  [
    'When a checkpoint was aborted, the marker that tells downstream tasks was not sent. They hold channels for an alignment that never ends.',
    'Checkpoint 中止时没有发出告知下游任务的标记。下游任务为一次永不结束的对齐而扣住通道。',
  ],
  ['Only in development versions of 1.11.', '只存在于 1.11 的开发版本。'],
  ['A checkpoint is aborted.', 'Checkpoint 被中止。'],
  [
    'Two futures around the final checkpoint were not linked. A task waits for a checkpoint that a finished task can no longer confirm.',
    '最终 Checkpoint 前后的两个 future 没有关联起来。任务等待的 Checkpoint 已无法由结束的任务确认。',
  ],
  ['Only in development versions of 1.14.', '只存在于 1.14 的开发版本。'],
  ['Checkpoints after tasks finished.', '任务结束后的 Checkpoint。'],
  [
    'An error in the pool for asynchronous operations was swallowed. The task it belonged to never reports its end.',
    '异步操作线程池中的错误被吞掉。所属的任务从不报告自己的结束。',
  ],
  ['The asynchronous part of a checkpoint dies.', 'Checkpoint 的异步部分异常终止。'],
  [
    'After an exception, buffers handed to the channel state writer were released by both sides. Records come out broken or reference counts are wrong.',
    '发生异常后，交给通道状态写线程的缓冲被双方各释放一次。记录会损坏，或引用计数出错。',
  ],
  ['The fix came with 1.12.2 or 1.12.3.', '修复随 1.12.2 或 1.12.3 发布。'],
  ['Unaligned checkpoints and an exception in the task.', '开启了非对齐 Checkpoint，且任务中发生异常。'],
  [
    'The notification of an aborted checkpoint closes its streams in the thread of the task. A file system that is slow to close them keeps the task from processing records.',
    'Checkpoint 中止的通知会在任务线程中关闭其流。关闭很慢的文件系统会让任务无法处理记录。',
  ],
  ['Checkpoints are aborted while their files are written.', '正在写 Checkpoint 的文件时，它被中止。'],
  [
    'A task waits for the uploads in flight while it holds the lock of its changelog writer. The uploader needs that lock to report an upload as done.',
    '任务在持有 changelog writer 的锁时等待进行中的上传。上传线程需要这把锁才能报告上传完成。',
  ],
  ['Only in development versions of 1.15.', '只存在于 1.15 的开发版本。'],
  ['Changelog state backend.', 'Changelog 状态后端。'],
  [
    'A request made while a record is processed waits until fewer records are in flight. One of those it waits for is the record that is being processed.',
    '处理记录期间发出的请求要等到处理中的记录变少。它等待的记录之一正是当前处理的这一条。',
  ],
  ['Only in development versions of 2.0 and its preview.', '只存在于 2.0 及其预览版的开发版本。'],
  ['Asynchronous state (ForSt) with many records in flight.', '异步状态 (ForSt)，且有很多处理中的记录。'],
  [
    'Before its checkpoint RocksDB waits until a flush would not stall writes. With more than three write buffers and a merge of three, two full ones are neither flushed nor few enough.',
    'RocksDB 在做 Checkpoint 前会等到刷写不再阻塞写入。若 write buffer 多于三个且合并数为三，两个已满的既不会被刷写，也不够少。',
  ],
  [
    'The fix is one of RocksDB (7921); that it came with the RocksDB of Flink 1.14 was not verified in its sources.',
    '修复在 RocksDB 中 (7921)；它是否随 Flink 1.14 的 RocksDB 发布，未在其源码中验证。',
  ],
  [
    'SPINNING_DISK_OPTIMIZED_HIGH_MEM with universal compaction, or as many write buffers set by hand.',
    'SPINNING_DISK_OPTIMIZED_HIGH_MEM 搭配 universal compaction，或手动设置了同样多的 write buffer。',
  ],
  ['write buffers are flushed smaller', 'write buffer 会在更小时被刷写'],
  [
    'Records in flight and records of an epoch were counted differently. The operator drains what is in flight and never comes to an end.',
    '处理中的记录与一个 epoch 的记录计数方式不同。算子排空处理中的记录，却永远排不完。',
  ],
  ['Only in development versions of 2.1.', '只存在于 2.1 的开发版本。'],
  ['Delta join or an asynchronous lookup join in the order of keys.', 'Delta join，或按键有序的异步 lookup join。'],
  [
    'The queue between fetcher and task wakes up a fetcher that no longer waits. The one that does wait stays in put although the queue has room.',
    'fetcher 与任务之间的队列唤醒了一个已不再等待的 fetcher。真正等待的那个留在 put 中，尽管队列有空位。',
  ],
  [
    'Whether 1.11.2 and later of 1.11 have it was not verified. No release had the fix when this was written.',
    '1.11.2 及之后的 1.11 版本是否有该缺陷未经验证。编写本条时没有版本包含修复。',
  ],
  [
    'A source with several fetchers, or a wake-up while a fetcher waits. Under back-pressure a sound source looks the same.',
    '有多个 fetcher 的 Source，或 fetcher 等待时被唤醒。反压时正常的 Source 看起来也是这样。',
  ],
  [
    'Closing chains one action after the other onto a future without waiting for any of them. While a fetcher takes long to end, this takes a core and fills the heap.',
    '关闭时把动作一个接一个地挂到 future 上，却不等待其中任何一个。fetcher 很久不结束时，这会占用一个核并填满堆。',
  ],
  ['A source closes while a fetcher is busy.', 'Source 在 fetcher 忙时关闭。'],
  [
    'A fetcher that shuts down puts an empty batch and waits until it is processed. Where a wake-up is left over the queue refuses the batch, nobody sees that, and the wait has no end.',
    '正在关闭的 fetcher 放入一个空批次并等它被处理。若留有一次未消费的唤醒，队列会拒绝该批次，没有人发现，等待便没有尽头。',
  ],
  ['No release had the fix when this was written.', '编写本条时没有版本包含修复。'],
  ['The queue is full when the fetcher shuts down.', 'fetcher 关闭时队列已满。'],
  [
    'Writing an element tries to run a mail again and again while too much is in flight. The task takes a core and does nothing with it.',
    '处理中的请求过多时，写入元素会反复尝试运行 mail。任务占用一个核，却什么也没做成。',
  ],
  ['A sink on AsyncSinkBase with a slow destination.', '基于 AsyncSinkBase 的 Sink，且目标端很慢。'],
  [
    'The fix of FLINK-35157 stopped telling the new maximum watermark to subtasks that get no more splits. Those that still read stay paused for an alignment that cannot move.',
    'FLINK-35157 的修复不再把新的最大 Watermark 告知不再获得分片的子任务。仍在读取的子任务为无法推进的对齐而一直暂停。',
  ],
  ['Watermark alignment with a bounded assignment.', '有界分片分配下的 Watermark 对齐。'],
  [
    'A finished subtask leaves its last watermark behind. The group waits for it for ever.',
    '结束的子任务留下了它最后的 Watermark。对齐组永远等待它。',
  ],
  ['Watermark alignment with bounded splits.', '有界分片下的 Watermark 对齐。'],
  [
    'Splits that became idle while paused are left out when the alignment resumes splits. They are never read again.',
    '暂停期间变为空闲的分片在对齐恢复分片时被遗漏。它们再也不会被读取。',
  ],
  ['Split-level alignment with a short idleness timeout.', '分片级 Watermark 对齐，且空闲超时很短。'],
  [
    'A transaction is committed on a producer that has been closed, and the call never returns. It holds the checkpoint lock, which the task needs to clean up.',
    '在已关闭的 producer 上提交事务，调用永不返回。它持有 Checkpoint 锁，而任务清理时需要这把锁。',
  ],
  ['FlinkKafkaProducer with exactly-once.', '使用 FlinkKafkaProducer，exactly-once。'],
  [
    'Stopping with a savepoint cancels the consumer under the checkpoint lock and waits for its fetcher. The fetcher needs the lock to emit its last records.',
    '带 Savepoint 停止时，在 Checkpoint 锁之下取消 consumer 并等待其 fetcher。fetcher 需要这把锁才能发出最后的记录。',
  ],
  ['Stop with savepoint and the legacy Kinesis consumer.', '带 Savepoint 停止，且使用旧版 Kinesis consumer。'],
  [
    'With event-time synchronisation the emitter forgets the queue with the smallest watermark. It waits although records are there.',
    '使用事件时间同步时，emitter 忘记了 Watermark 最小的队列。虽有记录，它仍在等待。',
  ],
  ['Kinesis source synchronisation.', 'Kinesis Source 的同步。'],
  [
    'The subscriber hands records over through a queue without timeouts. Network and source thread wait for each other when a subscription ends.',
    '订阅者通过没有超时的队列移交记录。订阅结束时网络线程和 Source 线程互相等待。',
  ],
  ['Kinesis with enhanced fan-out.', '使用 enhanced fan-out 的 Kinesis。'],
  [
    "Two threads initialise DriverManager and a driver in opposite order; the JVM makes each wait for the class of the other. Such a wait is invisible to the JVM's deadlock detection: the threads are RUNNABLE.",
    '两个线程以相反的顺序初始化 DriverManager 和驱动；JVM 使各自等待对方的类。JVM 的死锁检测看不到这种等待：线程显示为 RUNNABLE。',
  ],
  [
    'Two JDBC drivers are loaded at the same time, mostly on Java 8. Flink CDC has the same bug up to 3.1.0 (FLINK-35301).',
    '同时加载两个 JDBC 驱动，多见于 Java 8。Flink CDC 到 3.1.0 为止也有同样的缺陷 (FLINK-35301)。',
  ],
  [
    'Closing waits for the flush thread while it holds the monitor of the output format. The flush thread needs that monitor.',
    '关闭时在持有 output format 的监视器锁期间等待刷写线程。刷写线程需要这把监视器锁。',
  ],
  ['JDBC upsert sink.', '使用 JDBC upsert Sink。'],
  [
    'A failure handler adds a request while the bulk processor holds its lock and waits for a free slot. The slot is freed by a callback that needs the lock.',
    'bulk processor 持有自己的锁并等待空位时，失败处理器又添加请求。腾出空位的回调需要这把锁。',
  ],
  ['A failure handler that adds requests again.', '失败处理器重新添加请求。'],
  [
    'A client whose connection check fails is not closed. Every restart of the job leaves its I/O dispatcher threads behind.',
    '连接检查失败的客户端没有关闭。作业每次重启都会留下它的 I/O dispatcher 线程。',
  ],
  ['The job restarts while Elasticsearch is unreachable.', 'Elasticsearch 不可达时作业重启。'],
  [
    'The batch pool of the reader waits without reacting to a wake-up. Every failover leaves its fetcher threads behind.',
    '读取器的批次池在等待时不响应唤醒。每次故障转移都会留下它的 fetcher 线程。',
  ],
  [
    'A bug of the Iceberg connector (up to 1.10.2 and 1.11.0, a fix is merged), not of a Flink version.',
    '这是 Iceberg 连接器的缺陷（到 1.10.2 和 1.11.0 为止，修复已合并），与 Flink 版本无关。',
  ],
  ['Iceberg source.', '使用 Iceberg Source。'],
  [
    'The flush thread of the sink has ended after an error. The snapshot waits for ever to put into its queue of one element.',
    'Sink 的刷写线程因错误而结束。快照永远等着向它只能放一个元素的队列中放入。',
  ],
  ['A bug of the StarRocks connector (1.1.4), not of a Flink version.', '这是 StarRocks 连接器 (1.1.4) 的缺陷，与 Flink 版本无关。'],
  ['StarRocks sink.', '使用 StarRocks Sink。'],
  [
    "The service closes its driver under its own lock, and the driver waits for a lock of Curator. A leadership callback holds the lock of Curator and needs the service's.",
    '该服务在自己的锁之下关闭 driver，而 driver 等待 Curator 的锁。leader 回调持有 Curator 的锁，又需要该服务的锁。',
  ],
  ['Mostly in development versions of 1.12; 1.11 was not verified.', '主要在 1.12 的开发版本中；1.11 未经验证。'],
  ['High availability with ZooKeeper or Kubernetes.', '使用 ZooKeeper 或 Kubernetes 的高可用。'],
  [
    'Listeners were called while the service held its lock. A listener that takes a lock of its own meets a thread that takes the two in the opposite order.',
    '该服务在持有自己的锁时调用监听器。监听器要取得自己的锁，会遇上以相反顺序取得这两把锁的线程。',
  ],
  ['High availability.', '高可用。'],
  [
    "Closing the runner of a job stops its leader election under the runner's lock. A granted leadership holds the election's lock and needs the runner's.",
    '关闭作业的 runner 时，在 runner 的锁之下停止 leader 选举。授予 leader 的线程持有选举的锁，又需要 runner 的锁。',
  ],
  ['High availability; a job ends while leadership changes.', '高可用；作业在 leader 变更时结束。'],
  [
    'The service closes its driver under its lock and waits for the event thread. The event thread needs that lock.',
    '该服务在自己的锁之下关闭 driver，并等待事件线程。事件线程需要这把锁。',
  ],
  ['Only in development versions of 1.18.', '只存在于 1.18 的开发版本。'],
  [
    'Starting an RPC endpoint waits for the supervisor, which runs on the same dispatcher. With few cores every dispatcher thread waits, and none is left for the supervisor.',
    '启动 RPC endpoint 时要等待 supervisor，而后者运行在同一个 dispatcher 上。核数少时所有 dispatcher 线程都在等待，没有线程留给 supervisor。',
  ],
  ['The fix in 1.10.1 was not verified.', '1.10.1 中的修复未经验证。'],
  ['Few cores.', 'CPU 核数少。'],
  [
    'A connection attempt that races with closing the client is never completed. Who waits for it waits for ever.',
    '与关闭客户端相竞争的连接尝试永远不会完成。等待它的也永远等待。',
  ],
  ['A client, the SQL gateway or application mode.', '客户端、SQL Gateway 或 application 模式。'],
  [
    'Serialising an exception locks it and goes on to those it suppresses. Two threads that start from different ends lock the same exceptions in opposite order.',
    '序列化异常时会锁住它，并继续处理它所抑制的异常。从不同一端开始的两个线程以相反的顺序锁住相同的异常。',
  ],
  ['The fix in 1.20 was not verified.', '1.20 中的修复未经验证。'],
  ['Several tasks fail with shared exceptions.', '多个任务因共享的异常而失败。'],
  [
    'The threads that cancel a task could not be started. The task stays CANCELING, and nobody watches over it.',
    '取消任务所需的线程无法启动。任务停在 CANCELING，没有人监视它。',
  ],
  ['The limit of processes or threads is reached.', '达到了进程数或线程数的上限。'],
  [
    'The cancellation watchdog was started only for tasks that run. A task stuck in class loading or restore stays CANCELING for ever.',
    '取消看门狗只为运行中的任务启动。卡在类加载或恢复中的任务永远停在 CANCELING。',
  ],
  ['A task is cancelled while it is deployed.', '任务在部署期间被取消。'],
  [
    'The head of a chain is searched again for every operator that may yield. Each further such operator doubles the work.',
    '对每个可能让出的算子都要重新查找算子链的头。每多一个这样的算子，工作量就翻倍。',
  ],
  ['Many chained sinks or asynchronous operators.', '链接了很多 Sink 或异步算子。'],
  [
    'Closing the backend shrinks its background pool while work is still running. The native threads do not end.',
    '关闭状态后端时，在仍有工作运行的情况下收缩后台线程池。本地线程不会结束。',
  ],
  ['Only in the 2.0 preview.', '只存在于 2.0 预览版。'],
  ['ForSt state backend.', 'ForSt 状态后端。'],
  ['An entry that is being deleted is read again and again. Recovery does not end.', '正在删除的条目被反复读取。恢复不会结束。'],
  [
    'Only in development versions of 1.15: the sources of 1.14 mark no entries for deletion.',
    '只存在于 1.15 的开发版本：1.14 的源码不会把条目标记为待删除。',
  ],
  ['High availability with ZooKeeper.', '使用 ZooKeeper 的高可用。'],
  [
    'Every round of the task adds a dependent to the availability future of an idle input. They fill the heap until the input becomes available.',
    '任务的每一轮都给空闲输入的可用性 future 添加一个依赖。在该输入变为可用之前，它们会填满堆。',
  ],
  ['An operator with several inputs of which one is idle.', '有多个输入、其中一个空闲的算子。'],
  [
    'The context of a source coordinator is not closed when its start fails. Every failover leaves a thread behind.',
    'source coordinator 启动失败时没有关闭其 context。每次故障转移都会留下一个线程。',
  ],
  ['Sources that fail to start.', '启动失败的 Source。'],
  [
    'The elector of the Kubernetes client is used again after its lease was lost, and does not run a second time. The process lives on without being leader.',
    '租约丢失后再次使用 Kubernetes 客户端的 elector，它却不会第二次运行。进程继续存活，但不再是 leader。',
  ],
  ['High availability with Kubernetes; the lease could not be renewed in time.', '使用 Kubernetes 的高可用；租约未能及时续期。'],
  [
    'Restoring RocksDB state creates its column families in native calls that no interruption reaches. A task with many states is not cancelled before all of them are there.',
    '恢复 RocksDB 状态时，在中断无法到达的本地调用中创建 column family。状态很多的任务要等全部创建完才能被取消。',
  ],
  ['RocksDB state is restored while the task is cancelled.', '恢复 RocksDB 状态时任务被取消。'],
  ['a task that is really stuck is ended later', '真正卡住的任务会更晚被结束'],
  [
    'For a new parallelism the job is cancelled, and a slot of it is lost or comes back late. It starts with fewer slots, sees the others free again, and the next restart begins.',
    '为了采用新的并行度而取消作业时，它的一个 Slot 丢失或很晚才归还。作业以较少的 Slot 启动，又看到其余的空闲，于是开始下一次重启。',
  ],
  [
    'The first affected version was not verified; no release had the fix when this was written.',
    '最早受影响的版本未经验证；编写本条时没有版本包含修复。',
  ],
  ['Adaptive scheduler; a task whose cancellation takes long or fails.', 'Adaptive 调度器；有任务取消很慢或取消失败。'],
  [
    'Listeners of earlier splits stay registered at the binlog client that is used again, and end the backfill of the current split or take its last event. The fetcher polls for an end that never comes, while the reader thread has nothing to do.',
    '先前分片的监听器仍注册在被复用的 binlog 客户端上，会结束当前分片的回填，或取走它的最后一个事件。fetcher 轮询一个永远不来的结束，而 reader 线程无事可做。',
  ],
  [
    'A bug of Flink CDC (MySQL up to 3.6.0, the fix was open; other incremental sources: FLINK-39621), not of a Flink version.',
    '这是 Flink CDC 的缺陷（MySQL 到 3.6.0 为止，当时修复尚未合并；其他增量 Source 见 FLINK-39621），与 Flink 版本无关。',
  ],
  ['Incremental snapshot with backfill.', '带回填的增量快照。'],
  [
    'One schema operator may evolve the schema and flushes behind a barrier; another one waits for that permission in front of the barrier. Neither hands anything on, so the checkpoint never gets through.',
    '一个 schema 算子可以变更 schema，并在 Barrier 之后刷写；另一个在 Barrier 之前等待该许可。两者都不向下游发送任何内容，因此 Checkpoint 永远无法通过。',
  ],
  [
    'A bug of Flink CDC 3.2, not of a Flink version; requests out of order had a like effect before 3.2.0 (flink-cdc 3576).',
    '这是 Flink CDC 3.2 的缺陷，与 Flink 版本无关；3.2.0 之前请求乱序也有类似影响 (flink-cdc 3576)。',
  ],
  [
    'A pipeline with a parallelism above 1, aligned checkpoints and schema changes.',
    '并行度大于 1、使用对齐 Checkpoint 且有 schema 变更的 pipeline。',
  ],
  [
    'Deleting the cluster, the operator leaves it to the cluster to end its session jobs. The cluster is not deleted because the same jobs still run.',
    '删除集群时，operator 把结束 session 作业的事留给集群。而因为同样的作业仍在运行，集群不会被删除。',
  ],
  ['A bug of the Kubernetes operator 1.15.0, not of a Flink version.', '这是 Kubernetes operator 1.15.0 的缺陷，与 Flink 版本无关。'],
  [
    'Session FlinkDeployment and FlinkSessionJob deleted together, with the default options.',
    '使用默认选项一起删除 session FlinkDeployment 和 FlinkSessionJob。',
  ],
  [
    'Waking up the split reader does nothing, so a fetch that reads a slow file goes on. Every failover leaves a fetcher thread of the subtask behind.',
    '唤醒 split reader 不起作用，因此读取慢文件的 fetch 会继续。每次故障转移都会留下该子任务的一个 fetcher 线程。',
  ],
  [
    'Seen in a review of the Hudi source V2 (July 2026); whether a release has it was not verified.',
    '在评审 Hudi Source V2 时发现（2026 年 7 月）；是否有发布版本带有它未经验证。',
  ],
  ['Hudi source V2.', '使用 Hudi Source V2。'],
  [
    'A bulk request is awaited inside the lock of the processor. Retries and periodic flushes share one scheduler thread, and a flush that waits for that lock keeps the retry from running.',
    '在 processor 的锁内等待 bulk 请求。重试和定期刷写共用一个调度线程，等待这把锁的刷写使重试无法运行。',
  ],
  [
    'A bug of the Elasticsearch client before 7.3.0 (retries) and the releases of 7.x that follow (flushes), not of a Flink version.',
    '这是 Elasticsearch 客户端的缺陷：7.3.0 之前（重试）以及其后的 7.x 版本（刷写），与 Flink 版本无关。',
  ],
  ['Elasticsearch sink with flush interval and retries.', '设置了刷写间隔和重试的 Elasticsearch Sink。'],
  [
    'A subscription is made inside ConcurrentHashMap.compute, which locks a bin of the map. Two I/O threads that do so wait for the bins of each other.',
    '在锁住 map 桶的 ConcurrentHashMap.compute 内进行订阅。两个这样做的 I/O 线程互相等待对方的桶。',
  ],
  [
    'A bug of the Pulsar client before 2.10.5 and 2.11.2, not of a Flink version.',
    '这是 Pulsar 客户端 2.10.5 和 2.11.2 之前的缺陷，与 Flink 版本无关。',
  ],
  ['Several topics and more than one I/O thread.', '多个 topic 和一个以上的 I/O 线程。'],
  [
    "The tracker of unacknowledged messages asks the consumer to redeliver while it holds its own lock. A thread of the consumer holds the consumer's lock and needs the tracker's.",
    '未确认消息的跟踪器在持有自己的锁时要求 consumer 重新投递。consumer 的线程持有 consumer 的锁，又需要跟踪器的锁。',
  ],
  ['A bug of the Pulsar client before 2.8.0, not of a Flink version.', '这是 Pulsar 客户端 2.8.0 之前的缺陷，与 Flink 版本无关。'],
  ['An acknowledgement timeout is set.', '设置了确认超时。'],
  [
    'The timer of negative acknowledgements redelivers under its lock and needs the consumer. Closing the consumer needs that lock.',
    '否定确认的定时器在自己的锁之下重新投递，并需要 consumer。关闭 consumer 需要这把锁。',
  ],
  [
    'A bug of the Pulsar client 4.0 before the fix of November 2024, not of a Flink version.',
    '这是 Pulsar 客户端 4.0 在 2024 年 11 月修复之前的缺陷，与 Flink 版本无关。',
  ],
  ['Negative acknowledgements.', '否定确认。'],
  [
    'Disconnecting ends the keep-alive thread and waits for it under a lock of the connection. The keep-alive thread reconnects at that moment and needs the same lock.',
    '断开连接时，在连接的锁之下结束 keep-alive 线程并等待它。keep-alive 线程此时正在重连，需要同一把锁。',
  ],
  [
    'A bug of mysql-binlog-connector-java (all releases of shyiko, osheroff before 2022-07), not of a Flink version.',
    '这是 mysql-binlog-connector-java 的缺陷（shyiko 的所有版本，osheroff 2022-07 之前），与 Flink 版本无关。',
  ],
  ['MySQL CDC source; the connection is lost while the source closes.', 'MySQL CDC Source；Source 关闭时连接丢失。'],
  [
    'Closing a TLS socket sends a last message and needs the lock of the writing side. A thread that stands in a socket write holds it.',
    '关闭 TLS socket 会发送最后一条消息，并需要写入侧的锁。停在 socket 写入中的线程持有它。',
  ],
  [
    'A bug of mysql-binlog-connector-java before 0.29.2, not of a Flink version.',
    '这是 mysql-binlog-connector-java 0.29.2 之前的缺陷，与 Flink 版本无关。',
  ],
  ['MySQL CDC source with TLS on a connection that no longer takes data.', '使用 TLS 的 MySQL CDC Source，且连接不再接收数据。'],
  [
    'The watchdog closes a stream that has timed out while it holds the lock of all timeouts. The thread of the call holds the stream and leaves its timeout, for which it needs that lock.',
    '看门狗在持有所有超时共用的锁时关闭已超时的流。调用的线程持有该流并要退出其超时，为此需要那把锁。',
  ],
  [
    'A bug of okio 3.16.0 with okhttp 5.1.0 (fabric8 7.3.0), not of a Flink version.',
    '这是 okio 3.16.0 搭配 okhttp 5.1.0 (fabric8 7.3.0) 的缺陷，与 Flink 版本无关。',
  ],
  ['Kubernetes client: high availability or the operator.', 'Kubernetes 客户端：高可用或 operator。'],
  [
    'The batch pool of the reader waits without reacting to a wake-up. Every failover leaves a fetcher thread of the subtask behind.',
    '读取器的批次池在等待时不响应唤醒。每次故障转移都会留下该子任务的一个 fetcher 线程。',
  ],
  ['A bug of Paimon before the fix of September 2024, not of a Flink version.', '这是 Paimon 在 2024 年 9 月修复之前的缺陷，与 Flink 版本无关。'],
  ['Paimon source.', '使用 Paimon Source。'],
  [
    'A commit that fails between taking and using the lock of the Hive catalog leaves it held. The next commit asks for it again and again.',
    '提交若在取得与使用 Hive catalog 的锁之间失败，锁就一直被占有。下一次提交会反复请求它。',
  ],
  ['A bug of Paimon up to 1.2.0, not of a Flink version.', '这是 Paimon 到 1.2.0 为止的缺陷，与 Flink 版本无关。'],
  ['Hive catalog with its lock switched on.', '启用了锁的 Hive catalog。'],
  [
    'A request that fails at once is answered in the thread that sends it. The answer adds documents again and waits for room, which only this thread could make.',
    '立即失败的请求在发送它的线程中得到应答。应答又添加文档并等待空位，而空位只有这个线程才能腾出。',
  ],
  [
    'A bug of the Elasticsearch Java client 8 and 9 (open), not of a Flink version.',
    '这是 Elasticsearch Java 客户端 8 和 9 的缺陷（未修复），与 Flink 版本无关。',
  ],
  ['A listener that adds failed documents again, or retries, while the cluster is unreachable.', '集群不可达时，重新添加失败文档的监听器，或重试。'],
  [
    'Expiring a producer holds the factory and waits for the end of the network thread of Kafka. A callback in that thread removes the producer and needs the factory.',
    '使 producer 过期时持有 factory，并等待 Kafka 网络线程结束。该线程中的回调要移除 producer，需要 factory。',
  ],
  [
    'A bug of spring-kafka before the releases of 2.9 and 3.0 after July 2023, not of a Flink version.',
    '这是 spring-kafka 在 2023 年 7 月之后的 2.9 和 3.0 版本之前的缺陷，与 Flink 版本无关。',
  ],
  ['A producer with a maximum age, in Spring code.', 'Spring 代码中设置了最大存活时间的 producer。'],
  [
    'a second dump minutes later with the same threads at the same place, while numRecordsIn of the idle task stands still',
    '几分钟后的第二份转储中同样的线程停在同样的位置，而空闲任务的 numRecordsIn 不变',
  ],
  [
    'one task waiting for a buffer in two dumps while every task downstream of it is idle',
    '两份转储中都有一个任务等待缓冲，而它下游的所有任务都空闲',
  ],
  ['the number of available buffers goes down with every restart of a job that did not change', '作业没有变化，但每次重启后可用缓冲数都变少'],
  [
    'a second dump minutes later with the same threads in TieredStorageMemoryManagerImpl, while no downstream task reads',
    '几分钟后的第二份转储中同样的线程仍在 TieredStorageMemoryManagerImpl 中，而没有下游任务在读取',
  ],
  ['upstream tasks are FINISHED while this task stays RUNNING and idle', '上游任务已 FINISHED，而该任务仍为 RUNNING 且空闲'],
  [
    'the log says "Checkpoint … expired before completing" right after a restore, and only then',
    '日志只在刚恢复之后写有 "Checkpoint … expired before completing"',
  ],
  ['the log of the JobManager names an aborted checkpoint just before records stop', 'JobManager 的日志在记录停止之前提到一个被中止的 Checkpoint'],
  [
    'a second dump minutes later with the same task in Checkpoint.createCheckpoint, and max_write_buffer_number above 3',
    '几分钟后的第二份转储中同一任务仍在 Checkpoint.createCheckpoint 中，且 max_write_buffer_number 大于 3',
  ],
  ['a subtask that stays CANCELING after this', '之后有子任务一直停在 CANCELING'],
  [
    'a heap dump that is full of dependents of CompletableFuture (UniRelay, OrRelay), and an operator with an input that is idle',
    '堆转储中充满 CompletableFuture 的依赖 (UniRelay、OrRelay)，且有算子的某个输入空闲',
  ],
  [
    'the parallelism goes down and up again with every restart although the number of TaskManagers stays the same',
    'TaskManager 数量不变，但每次重启并行度都先降后升',
  ],
  ['the jobs that are named belong to FlinkSessionJobs, and the operator is 1.15.0', '所指的作业属于 FlinkSessionJob，且 operator 为 1.15.0'],
  [
    'watermark alignment is on, and the watermark lag stays the same while sources read nothing',
    '开启了 Watermark 对齐，Watermark 延迟不变，而 Source 什么也不读',
  ],
  ['watermark alignment is on, and some subtasks of the source are FINISHED', '开启了 Watermark 对齐，且 Source 的一些子任务已 FINISHED'],
  [
    'split-level alignment and withIdleness are used, and some splits have a growing lag',
    '使用了分片级对齐和 withIdleness，且一些分片的延迟不断增长',
  ],
];
