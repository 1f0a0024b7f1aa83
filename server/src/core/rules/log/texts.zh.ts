import type { RuleTexts } from '../../model.ts';
import type { LOG_RULES } from './index.ts';

/** What the rules of this room are, in Chinese; in English each tells it itself. */
export const TEXTS: Readonly<Record<keyof typeof LOG_RULES, RuleTexts>> = {
  'first-failure': {
    title: '最先失败的',
    docs: `每次执行尝试中不是另一个失败的后果的最早失败。它之后直到下一次部署的一切（被取消的子任务、断开的连接、缺失的分区、心跳超时）都由它引起。

一个失败是否算作后果，由它的异常决定（\`CancelTaskException\`、\`RemoteTransportException\`、\`PartitionNotFoundException\`、心跳超时、\`The TaskExecutor is shutting down\` …），绝不单凭先后。如果文本中只有后果，发现会说明必须到另一个文件中找原因。

*怎么办：* 读链条末尾的根本原因（最后一个 \`Caused by\`），而不是最上面的异常。`,
  },
  'consequential-failure': {
    title: '因为别的先失败而失败',
    docs: `这个失败是后果：它的异常说明对端、生产者或作业本身已经不在了。它链接到同一次执行尝试的第一个失败，该看的是那一个。`,
  },
  'memory-exhausted': {
    title: '内存池已耗尽',
    docs: `日志说明了哪种内存用尽：Slot 的托管内存、JVM 堆、直接内存、Metaspace、网络缓冲、容器的上限，或本地线程。它们各有自己的选项，所以调大不相干的那个不会有任何改变。

如果它就是最先失败的，关于那个失败的发现已经说明这一切，不再有第二个发现。

发现会列出算式（页数 × 页大小），并按写日志的 Flink 版本核对已知缺陷。消息中带有过时的建议：从不等待垃圾回收的版本仍然打印 "slow garbage collection … upgrade to Java 8u72"。那条建议不适用时，发现会说明。`,
  },
  'known-issue-in-log': {
    title: '从日志看出的 Flink 或连接器的已知缺陷',
    docs: `日志中有一个已知缺陷使它说出的内容，它的 Flink 版本可能有该缺陷，而能推翻它的情况没有随后出现：重新获得的 leadership，终究还是结束了的任务。发现给出 JIRA 编号、原因、有和没有该缺陷的版本，以及规避办法。

单凭日志证明不了任何一个：发现是**疑似**。如果这个迹象有许多别的原因（堆已满），它只说该缺陷**未被排除**，以及什么能显示它；这要求已知版本有该缺陷。`,
  },
  'heartbeat-lost-in-gc': {
    title: 'JVM 停在垃圾回收中，因此心跳超时',
    docs: `没有回音的那个进程的 GC 日志显示，在心跳超时的大部分时间里，它停在垃圾回收中。进程一直活着：看似丢失的机器或网络，其实是堆已满，或堆对它的回收器来说太大。

给进程更多的堆，或找出是什么占满了它（GC 日志的报告会说是两者中的哪一个）。更长的 \`heartbeat.timeout\` 只会掩盖它。如果日志不打印时区，发现会说明两个时钟是怎样对齐的。`,
  },
  'stuck-cancellation': {
    title: '子任务不响应取消',
    docs: `经过 \`task.cancellation.interval\`（30 s），TaskManager 会一再打印被取消的子任务的线程停在哪里；经过 \`task.cancellation.timeout\`（180 s），它会结束整个进程。

每次都是同一个栈，说明线程卡住了：它在等待什么而忽略中断，或中断被吞掉了。栈各不相同，说明它只是慢。

*怎么办：* 读最上面的栈帧。捕获了 \`InterruptedException\` 又继续下去的作业代码必须修改；停在 Flink 内部的等待可能是已知的死锁：请取一份线程转储。`,
  },
  'subtask-does-not-start': {
    title: '子任务已部署，但没有开始运行',
    docs: `到文本结束时，一个子任务处于 INITIALIZING（或 DEPLOYING）已超过三分钟：它在恢复状态，或停在 \`initializeState()\` 或 \`open()\` 中。在所有子任务都运行之前不会做 Checkpoint（"Checkpoint triggering task … is not being executed at the moment"），它该读的内容也没有被读取。

*怎么办：* 它的 TaskManager 的线程转储会说明任务线程停在哪里。Flink 1.13 之前，恢复算作 RUNNING，所以在那里看不出这一点。`,
  },
  'process-not-found': {
    title: '一个进程找不到集群中的另一个进程',
    docs: `一个进程三次或更多次寻找 ResourceManager 或某个作业的 JobManager（"Could not resolve ResourceManager address …, retrying in 10000 ms"），文本的其余部分没有说明它被找到。TaskManager 会在 \`taskmanager.registration.timeout\`（5 分钟）后结束自己。集群启动时出现一两次是正常的。

*怎么办：* 看消息中的地址：其名称必须能在该进程运行之处解析，端口必须能从那里访问，并且当时必须有 JobManager 是 leader。没有高可用时，地址来自 \`jobmanager.rpc.address\` 和 \`jobmanager.rpc.port\`，否则来自高可用的存储。`,
  },
  'checkpoints-fail-in-log': {
    title: 'Checkpoint 失败，而作业继续运行',
    docs: `作业最近的 Checkpoint 失败、超时或被拒绝，此后没有一个完成。只要 \`execution.checkpointing.tolerable-failed-checkpoints\` 允许，作业就继续运行，而它这段时间的工作会随下一次失败丢失。单独一个只在超时、或从未有 Checkpoint 完成时才会报告；超时的，即使之后又有完成的，也会报告。因作业停止或重启而结束的不算。只有 TaskManager 的日志时，说的是失败的异步部分：原因已知且达到两个才报告，因为其中看不出哪些 Checkpoint 完成了。接连三个起为错误。

*怎么办：* 最近一个的异常会说明原因：存储无法写入、状态无法序列化、任务拒绝。超时的没有异常：日志中若有迟到的子任务就会列出，否则 REST API 的 Checkpoint 历史会说明哪个子任务没有确认。`,
  },
  'checkpoints-not-triggered': {
    title: '不再触发 Checkpoint',
    docs: `作业的 Checkpoint 连续三次以上、两分钟以上没有被触发，直到文本结尾：有任务没有运行（"Checkpoint triggering task … is not being executed at the moment"）。作业启动时这很平常，时间较短。在 Flink 1.13 及之前，只要有任务 FINISHED，就不会再有 Checkpoint。

*怎么办：* 看消息中的任务：它在等待 Slot、正在初始化、还是已经结束。从 1.14 起，\`execution.checkpointing.checkpoints-after-tasks-finish.enabled\`（1.15 起默认为 true）让任务结束后仍可做 Checkpoint。`,
  },
  'checkpoints-slow-in-log': {
    title: '很小的 Checkpoint 用了很久',
    docs: `作业最近的三个或更多 Checkpoint 各用了 30 秒以上，而每秒写入不到 1 MB：慢的不是存储。barrier 排在记录之后（反压），或者某个任务忙于一次调用而没有处理它。

*怎么办：* 看 Checkpoint 的详情：start delay 长说明反压，alignment 长说明输入之间不均，sync 长说明任务本身。找到最靠前的繁忙任务。只有在无法消除反压时，才使用 unaligned Checkpoint。`,
  },
  'illegal-state-transition': {
    title: 'Flink 不会有的状态变化，或缺少的状态变化',
    docs: `每个执行尝试都作为状态机来跟踪，JobManager 打印的与 TaskManager 打印的分开。从终态（FINISHED、CANCELED、FAILED）转出，或在没有边的状态之间转换，说明文件混在了一起、一个 ID 下有两次尝试，或日志已损坏。

一次转换不是从之前的状态开始，说明两者之间缺少记录：日志被过滤、轮转掉或截断了。`,
  },
};
