import type { RuleTexts } from '../../model.ts';
import type { REST_RULES } from './index.ts';

/** What the rules of this room are, in Chinese; in English each tells it itself. */
export const TEXTS: Readonly<Record<keyof typeof REST_RULES, RuleTexts>> = {
  'container-killed': {
    title: '容器被杀死，或没有启动',
    docs: `Kubernetes 说明容器的上一次运行是怎样结束的：退出码为 137 的 OOMKilled 是内核对超过内存上限的容器的处置，Flink 的任何日志都不会提到；单独的 137 是任何一次 SIGKILL；239 是 Flink 在致命错误后自己结束；1 是启动失败。正在等待的容器会说明原因：CrashLoopBackOff、ImagePullBackOff。`,
  },
  'pod-evicted': {
    title: 'Pod 被移出节点，或找不到节点',
    docs: `整个 Pod 失败了：因节点的内存或磁盘用尽而被驱逐、被抢占，或随节点一起丢失。或者它处于 Pending，因为没有节点能容纳它所请求的资源：于是 Flink 等待永远不会来的 Slot。`,
  },
  'no-task-manager': {
    title: '没有注册任何 TaskManager',
    docs: `有作业在运行，而 \`/overview\` 计得的 TaskManager 为零：作业的任务都没有 Slot。在 Kubernetes 上，或在 YARN 的 application 模式下，它们可能正在启动。`,
  },
  'job-in-trouble': {
    title: '作业失败或在重启',
    docs: `\`/jobs/overview\` 列出了一个已失败、正在失败或正在重启的作业。原因在 \`/jobs/:jobid/exceptions\` 中，其中最旧的条目是第一个失败；最新的通常只是使它继续失败的那个。`,
  },
  'checkpoints-fail': {
    title: 'Checkpoint 失败',
    docs: `最近的 Checkpoint 中有一些过期、被拒绝或无法写入。因为作业失败或被停止而结束的不算：它们只是后果。

过期的 Checkpoint 是触发了，而没有在超时之内得到所有子任务的确认。\`/jobs/:jobid/checkpoints/details/:checkpointid\` 说明哪个顶点落后，\`…/subtasks/:vertexid\` 说明是哪个子任务、在哪个阶段：start delay 和 alignment 说明 Barrier 过不来（反压），sync 和 async 说明状态慢。如果此后没有任何一个完成，则为错误。`,
  },
  'checkpoint-not-acknowledged': {
    title: '子任务没有确认 Checkpoint',
    docs: `一个 Checkpoint 失败了，而这些子任务从未确认它：要么 Barrier 没有到达它们，要么它们的快照没有结束。Checkpoint 还在进行时，这只不过表示谁还没有应答；如果它是因为作业结束而结束的（只有 \`/checkpoints\` 会说明），这就什么也不说明。如果原因就在同一段文本中，则为错误。

这样一个子任务的线程在做什么，写在它的 TaskManager 的线程转储中，线程名为任务的名字加子任务的编号。`,
  },
  'slow-checkpoint': {
    title: '慢的 Checkpoint 大部分花在一个阶段',
    docs: `在确认了一个耗时五秒以上的 Checkpoint 的最慢子任务那里，一个阶段占了一半以上的时间：start delay（从触发到第一个 Barrier 到达）、alignment（到最后一个 Barrier 到达）、同步部分（任务停住）或异步部分（上传状态）。

前两者是反压，后两者是状态。`,
  },
  'busy-subtask': {
    title: '一个子任务繁忙，其余的不忙',
    docs: `该顶点的一个子任务有 80 % 以上的时间繁忙，而其他每个至多 40 %。通常是一个键占了大部分记录，或不同的键太少；也可能是一台慢的机器，或一个在等待什么的子任务。`,
  },
  'subtasks-linger': {
    title: '子任务停留在本该离开的状态',
    docs: `按顶点的 \`status-duration\`（1.16 及更新），子任务处于 INITIALIZING 五秒以上、SCHEDULED 十秒以上、DEPLOYING 或 CANCELING 三十秒以上：它们在恢复状态或在 \`open()\` 中等待、等待 Slot、加载 jar，或对取消没有反应。超过一分钟为警告，对取消则立即警告。`,
  },
  'task-manager-memory': {
    title: 'TaskManager 的内存快满了',
    docs: `在应答的那一刻，堆或直接内存有 95 % 在使用。每次垃圾回收之前堆都是满的；只有 Full GC 之后剩下的才说明问题，那在 GC 日志中。`,
  },
  'task-manager-silent': {
    title: 'TaskManager 没有声息，或得不到任务',
    docs: `JobManager 上次听到一个 TaskManager 的消息，远早于其他 TaskManager：字段 \`timeSinceLastHeartbeat\` 尽管叫这个名字，却是一个时刻。在默认的 \`heartbeat.timeout\` 之下，50 s 之后就会放弃它。`,
  },
  'record-skew': {
    title: '一个子任务读了大部分记录',
    docs: `该顶点的一个子任务读取了一半以上的记录，是其他任何一个的三倍以上，而且有一半以上的时间繁忙（\`accumulated-busy-time\`，1.16 及更新）。没有谁在等待的倾斜不造成损失：它前面各顶点的 \`/backpressure\` 会显示是否有。`,
  },
  'back-pressured': {
    title: '顶点被反压',
    docs: `Flink 给这个顶点的级别是 *high*：有子任务一半以上的时间无法发送。慢的不是这个顶点，而是它后面的一个。这本身不是故障：追赶进度的作业也会被反压。

应答中没有顶点的名字；请求中有。`,
  },
  'flame-graph-hot': {
    title: '火焰图的大部分样本在一处',
    docs: `沿着样本最多的栈，有一半样本共有的、用户自己代码中最内层的栈帧。等待中的线程的样本也计算在内：\`type=on_cpu\` 和 \`type=off_cpu\` 能区分它们。

由 async-profiler 取得的处理器 profile（Flink 的 Profiler 就是这样取的）以同样方式读取。

如果 \`rest.flamegraph.enabled\` 为 false，文档会以 −2 的结束时间表明。`,
  },
  'no-periodic-checkpoints': {
    title: '没有周期性的 Checkpoint',
    docs: `\`/checkpoints/config\` 的间隔是 long 的最大值：不做 Checkpoint。批模式的作业不需要；流作业会在第一次失败时丢失状态。`,
  },
  'request-failed': {
    title: '应答是错误',
    docs: `REST API 没有返回文档，而是返回了错误：作业或顶点不在（或不再在）那里、该功能已关闭，或 JobManager 未能应答。`,
  },
};
