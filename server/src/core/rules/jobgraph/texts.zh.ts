import type { RuleTexts } from '../../model.ts';
import type { JOB_GRAPH_RULES } from './index.ts';

/** What the rules of this room are, in Chinese; in English each tells it itself. */
export const TEXTS: Readonly<Record<keyof typeof JOB_GRAPH_RULES, RuleTexts>> = {
  'loops-interleaved': {
    title: '环互相重叠而互不包含',
    docs: `两个环共用算子，而哪一个也不包含另一个。作用域构成一棵树，所以这样的算子没有可属的层；FLIP-15 的原型拒绝构建它（"An inner iteration should be closed first"）。Logjam 把这样一组环作为一个显示，不在其中排次序。

先关闭内层的环，再关闭外层的：外层的反馈必须来自内层环的出口之后。`,
  },
  'loop-half-open': {
    title: '环只有两端中的一端',
    docs: `有迭代头而没有迭代尾，或有迭代尾而没有迭代头。要么文件只是计划的一部分，要么迭代从未关闭：Flink 拒绝这样的作业（"The iteration … does not have any feedback edges"，StreamGraphGenerator.transformFeedback）。

用 \`iteration.closeWith(feedback)\` 关闭环，或重新完整地保存计划。`,
  },
  'loop-parallelism-mismatch': {
    title: '环的迭代头和迭代尾并行度不同',
    docs: `迭代尾的每个子任务把记录交给迭代头中编号相同的子任务，经过同一进程中的队列。所以头和尾需要相同的并行度，经 FORWARD 边给迭代尾供数的算子也一样。Flink 拒绝其他情况："Parallelism of the feedback stream must match the parallelism of the original stream"（FeedbackTransformation.addFeedbackEdge）；flink-ml 检查的也是这个。

给 \`closeWith\` 之前的算子设迭代输入的并行度：\`.setParallelism(n)\`。`,
  },
  'feedback-across-scopes': {
    title: '反馈来自环之外的作用域',
    docs: `给迭代尾供数的不在环本身：它在一个内层环中，或完全在外面。反馈必须来自迭代头所打开的同一个作用域；内层环中的记录必须先经过它的出口离开。对来自别处的流，\`IterativeStream.closeWith\` 这样说："Cannot close an iteration with a feedback DataStream that does not originate from said iteration"。`,
  },
  'loop-side-entrance': {
    title: '有边不从入口进入环',
    docs: `一个外部的流在环的入口之后汇入环体。FLIP-15 禁止这样做：union、connect、join 和 coGroup 只接受同一作用域的流，因为从侧面进来的不属于环的流量控制、进度和终止。已发布的 \`iterate()\` 会构建这样的作业，后果由它自己承担：侧面的流的事件时间和输入结束与环不符。

在入口处引入该流，与环的输入一起（带标记的 union，或在 \`iterate\` 之前 \`connect\`）。`,
  },
  'scope-levels-skipped': {
    title: '一条边一次跨过几层环',
    docs: `每个迭代嵌套一层，每个出口离开一层（FLIP-15 中 StreamScope 的 nest 和 unnest）。跳过一层的边绕过另一端离开或进入环，不经过它的出口或入口，所以那个环无从知道这些记录。

让流经过每一个环：在内层环的出口之后放一个外层环中的算子，或在它的入口之前放一个。如果一个算子本身就是所进入的所有环的入口，则没有问题。`,
  },
  'blocking-exchange-in-loop': {
    title: '环上有阻塞式交换',
    docs: `经过阻塞的交换，消费者要等生产者结束才开始。在环上，生产者要等消费者之后才能结束：两者都不会开始。Flink 因此拒绝 BATCH 模式的迭代（"Iterations are not supported in BATCH"，StreamGraphGenerator）。

混合 (hybrid) 交换让消费者提前开始，那么只是把一切都留在磁盘上：是警告。

用 \`execution.runtime-mode: STREAMING\` 运行作业。`,
  },
  'loop-unaligned-checkpoints': {
    title: '含有环的作业使用非对齐 Checkpoint',
    docs: `迭代作业不支持非对齐 Checkpoint：StreamingJobGraphGenerator.preValidate 会拒绝该作业，除非设置了 \`execution.checkpointing.unaligned.forced\`。设置之后作业能运行，但它的 Savepoint 无法在有任何保证的情况下改变并行度。

为这个作业关闭非对齐 Checkpoint。`,
  },
  'custom-partitioner-unaligned': {
    title: '自定义分区器与非对齐 Checkpoint',
    docs: `在途的记录是非对齐 Checkpoint 的一部分，改变并行度之后必须重新发送；使用作业自己的分区器时，Flink 无法知道它们属于哪里。StreamingJobGraphGenerator.preValidate 会拒绝，除非设置了 \`execution.checkpointing.unaligned.forced\`；那样改变并行度就没有保证。`,
  },
  'forward-changes-parallelism': {
    title: '并行度不同的两端之间是 FORWARD 边',
    docs: `FORWARD 把每个子任务与编号相同的子任务相连，所以两侧需要相同的并行度。Flink 拒绝其他情况："Forward partitioning does not allow change of parallelism"（StreamGraph.addEdge）。

使用 \`.rebalance()\` 或 \`.rescale()\`，或两侧用相同的并行度。`,
  },
  'job-graph-cycle': {
    title: '作业顶点构成环',
    docs: `JobGraph 按其构造没有环：运行之前它会做拓扑排序，迭代在其中表现为一个头和一个尾，两者之间没有边。REST 计划中出现环，说明文件已损坏或被手工改过。`,
  },
  'loop-bounded-feedback': {
    title: '反压可能绕环传递，使它永远停住',
    docs: `沿着这个环的每个缓冲都有上限：算子之间的交换，以及反馈队列；在已发布的 Flink 中，反馈队列每个子任务只容一条记录（StreamIterationHead，ArrayBlockingQueue(1)）。如果环体出来的记录比进去的多，它们都会填满，每个算子等待下一个，第一个又等待最后一个：一个没有任何锁的死锁。FLIP-15 第 II 部分：只有当每个环上至少有一个资源没有上限时，环才不会这样。

如果环体使记录变多（环内有 BROADCAST、有多条路通向迭代尾、FlatMap、Process、Window …），为错误；其他情况为警告；对 flink-ml 为提示，它的反馈队列可以溢出到磁盘（FLINK-32704）。

在反馈之前过滤，限制扇出，给环更多网络缓冲（这只是移动上限，并不消除它），或通过 Kafka 之类没有上限的东西反馈。`,
  },
  'loop-without-exit': {
    title: '记录永远不离开环',
    docs: `没有边从环体通向外面的 Sink：进去的记录一直循环，直到被某个 filter 丢弃。FLIP-15 的环有两个结果，反馈和输出；这里缺少输出，或缺少它的消费者。

加上输出：在 \`closeWith(iteration.filter(again))\` 旁边加 \`iteration.filter(done)…\`。`,
  },
  'loop-without-entry': {
    title: '环只由它自己供给',
    docs: `没有外部的 Source 能到达环体。从来没有记录进来，也就没有记录能循环：环永远空闲，而使用不带等待时间的 \`iterate()\` 时，它还使作业一直存活。`,
  },
  'iterate-removed': {
    title: 'DataStream.iterate() 从 1.19 起弃用，在 2.0 中移除',
    docs: `\`DataStream.iterate()\` 在 Flink 1.19 中弃用（FLIP-357、FLINK-33144），在 2.0 中移除（FLINK-36355）。使用它的作业无法迁移到 2.0。

出路：flink-ml 的迭代（\`Iterations.iterateUnboundedStreams\`，FLIP-176），它也为反馈做 Checkpoint；Stateful Functions；由作业写入又读取的 Kafka topic；仅为重试的话，带重试策略的异步 I/O。`,
  },
  'loop-loses-feedback': {
    title: 'Checkpoint 不包含环的反馈',
    docs: `Checkpoint 已开启，而作业有迭代。正从迭代尾返回迭代头的记录不在任何 Checkpoint 中：恢复之后它们就没有了，所以不管模式怎么说，该作业都不是 exactly-once。除非为迭代强制开启 Checkpoint，StreamingJobGraphGenerator.preValidate 会拒绝该作业。FLIP-16 本来会记录反馈；它从未合并（FLINK-3257）。

flink-ml 的迭代和 Stateful Functions 会保存反馈。`,
  },
  'loop-ended-early': {
    title: '环已结束，而它的 Source 还在运行',
    docs: `环的迭代头已结束，而作业的一个 Source 还在运行。\`iterate(maxWaitTime)\` 在这么长时间没有反馈时结束迭代头，不管后面还有没有（StreamIterationHead，带超时的 poll）。迭代尾此后交出的内容会丢失。

等待更久，或用另一种规则结束环：已发布的 Flink 没有能告知环何时完成的协议（FLIP-15 第 III 部分）。`,
  },
  'feedback-dropped': {
    title: '环慢的时候反馈被悄悄丢弃',
    docs: `设有等待时间时，迭代尾在这段时间内尝试把每条记录放进反馈队列，而不看结果（StreamIterationTail：\`offer(record, t)\`）。迭代头被反压得更久，记录就无影无踪地消失。同一个时间在没有反馈时也会结束迭代头。

需要计划旁边的代码，因为任何计划都不包含等待时间。`,
  },
  'loop-never-ends': {
    title: '环使有界作业永远不结束',
    docs: `不带等待时间的 \`iterate()\` 让迭代头无休止地从反馈队列取（StreamIterationHead：\`take()\`）。所有 Source 都完成之后，作业仍然是 RUNNING，而无事可做。

给出等待时间，并要知道它是凭沉默而不是凭完成来结束环；或从外部停止作业。`,
  },
  'event-time-in-loop': {
    title: '环中的算子依赖事件时间',
    docs: `环的迭代头只发出一次可能的最大 Watermark，之后不再发出（StreamIterationHead.init，FLINK-2802）。所以环内的事件时间只跟随外部输入：对窗口来说，返回的记录可能迟到，而窗口可能在它的反馈到达之前触发。

把事件时间的算子放在环外，或在环内使用处理时间。`,
  },
  'feedback-partitioned-differently': {
    title: '反馈的分区方式与环的输入不同',
    docs: `环的入口以一种分区器得到输入，以另一种得到反馈。对键控状态来说这是错误的：返回的记录会到达另一个子任务，而不是持有其键的状态的那个（状态缺失、NullPointerException，或键组超出该子任务的范围）。

对迭代本身做 keyBy：先 \`input.iterate()\`，再在迭代流上 \`.keyBy(…)\`，使两者经过同一个分区器。`,
  },
  bottleneck: {
    title: '挡住前面算子的算子',
    docs: `一个生产者被反压，而它后面的这个算子繁忙且自己没有被反压：它是第一个跟不上的。它前面的都在等待；它后面的都空闲。在别处提高并行度没有用。

Web UI 的颜色意思相同：前面是深色（被反压），这里是红色（繁忙），后面是蓝色。比例来自反压文档，或来自作业文档的累计时间（1.16+），后者是自启动以来的平均值。`,
  },
  'serial-bottleneck': {
    title: '所有记录都经过一个子任务',
    docs: `并行的算子之间有一个并行度为 1 的算子，或一条 GLOBAL 边通向并行的算子（它只用其第一个子任务，GlobalPartitioner）：所有子任务的所有记录都经过一个线程。不管作业得到多少 Slot，速度都由它决定。

对流做 keyBy，分两阶段聚合（先本地，后全局），或设置该算子的并行度。`,
  },
  'join-without-key': {
    title: '没有等值条件的 SQL join 在一个子任务中运行',
    docs: `两侧之间没有等值条件的 join 没有可用来分区的键。planner 让两个输入都经过 \`distribution=[single]\` 的交换：两侧的所有记录都到一个子任务，它把两个输入都作为状态保存，并把每条新记录与另一侧的全部记录比较。并行度帮不上忙。

给条件加上等值，粗略的也可以（同一天、同一地区），在 DataStream API 中通过 lookup 或 broadcast 来 join，或用间隔或窗口给输入设界限。`,
  },
  'batch-diamond': {
    title: '同一生产者的两个输入互相等待',
    docs: `一个算子要把一个输入读完才读另一个（它的输入优先级不同），而两者来自同一个生产者。后读的输入上没有无上限的缓冲：它会填满，阻塞生产者，于是生产者永远完成不了该算子所等待的内容。planner 用 BATCH 交换打破这样的菱形（DeadlockBreakupProcessor、InputPriorityGraphGenerator）；这个计划中没有。

把 \`table.exec.shuffle-mode\` 或 \`execution.batch-shuffle-mode\` 设为 \`ALL_EXCHANGES_BLOCKING\`。`,
  },
  'max-parallelism-too-small': {
    title: '最大并行度没有留下扩容的余地',
    docs: `键控状态分成与最大并行度同样多的键组；从 Savepoint 恢复时，永远不能使用更多子任务。并行度接近它时，作业就无法扩大，而且键组分布不均：128 个键组分给 100 个子任务，有 28 个得到两个键组，72 个得到一个。

在作业有值得保留的状态之前，把 \`pipeline.max-parallelism\`（或 \`setMaxParallelism\`）设得远高于并行度：以后再改会使旧的 Savepoint 无法使用。`,
  },
  'network-buffers': {
    title: '计划所需的网络缓冲多于配置',
    docs: `从 p 个到 q 个子任务的 all-to-all 边有 p × q 个通道。每个通道有 2 个独占缓冲，每个 input gate 有 8 个浮动缓冲（\`taskmanager.network.memory.buffers-per-channel\`、\`floating-buffers-per-gate\`），每个 32 kB。作业所需的各 TaskManager 的总和与 \`taskmanager.memory.network.max\` 相比较。太少会以 "Insufficient number of network buffers" 告终。

需要计划和配置在同一个文件中。`,
  },
  'duplicate-names': {
    title: '几个算子同名',
    docs: `在指标、日志和 UI 中，没有什么能区分同名的算子。如果它们也没有 \`uid\`，Savepoint 的状态就按图的哈希值对应到它们，而下一次改动作业时哈希值就会改变。计划不显示 uid，所以这是去看一看的理由，而不是证明。

给每个有状态的算子 \`.uid("…")\` 和自己的名字。`,
  },
  'loop-found': {
    title: '计划含有环',
    docs: `Flink 把环画成两个互不相连的方框：迭代头（\`IterationSource-N\`），反馈由此再次进来，和迭代尾（\`IterationSink-N\`），反馈由此离开（StreamGraph.createIterationSourceAndSink）。两者之间的反馈边不在任何 JSON 中；Logjam 由共同的编号还原它。层数是一个算子外面的环的个数，与 FLIP-15 的 StreamScope 相同：不在其他环中的环为 1。

flink-ml 和 Stateful Functions 没有共同的编号；它们的两端按次序、并行度和可达性配对。`,
  },
  'loop-ends-apart': {
    title: '环的迭代头和迭代尾在不同的 Slot 共享组中',
    docs: `头和尾通过同一进程中的队列交换记录，所以 Flink 把它们的子任务放进同一个 Slot（co-location group \`IterationCoLocationGroup-N\`）。不同的 slot sharing group 与此矛盾；这份文档属于一个无法调度的作业，或由多个作业拼成。作业文档自 1.20 起带有 slot sharing group。`,
  },
  'loop-stuck-in-dump': {
    title: '计划旁边的线程转储显示环被堵死',
    docs: `同一段文本中的线程转储显示，环的迭代尾在等待放进反馈队列（\`StreamIterationTail$IterationTailOutput.collect\`），而同一子任务的迭代头在等待网络缓冲（\`LocalBufferPool.requestMemorySegment\`）：反压已绕环一周。出路见 loop-bounded-feedback。`,
  },
  'broadcast-fan-out': {
    title: '广播到许多子任务',
    docs: `经过 BROADCAST 边，每条记录都到每个子任务：并行度 32 及以上时，同一条记录就被序列化、发送和保留这么多次。对规则和小表没有问题，对有一定流量的流则代价高。`,
  },
  'needless-rebalance': {
    title: '并行度相同的两端之间是完整的 shuffle',
    docs: `相同并行度的算子之间的 REBALANCE 把每条记录轮流经网络发送，并使它们无法链接 (chain)。在倾斜的 Source 之后它是对的；否则 FORWARD 没有代价，RESCALE（成倍数时）代价也小得多。`,
  },
};
