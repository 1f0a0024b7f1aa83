import { table } from '../../../../../common/table.ts';
import type { CheckpointPhase } from '../../analysis/rest/checkpoints.ts';
import type { CheckpointFailure } from '../../knowledge/checkpointFailures.ts';
import { endSteps, processEnd } from '../../knowledge/processEnds.ts';
import { fitting, formatBytes, formatDuration, grouped, listInChinese, shorten } from '../../wording.ts';
import type { RestFacts, SubtaskFact } from './facts.ts';
import type * as english from './words.en.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function subtaskName({ vertex, subtask, parallelism }: SubtaskFact, name = vertex): string {
  if (name === null) return `子任务 ${subtask}${parallelism === null ? '' : `（共 ${parallelism} 个）`}`;
  return `${name} (${subtask}/${parallelism ?? '?'})`;
}

const FAILED: Record<CheckpointFailure, string> = {
  expired: '超时',
  declined: '被任务拒绝',
  async: '在写状态时失败',
  task: '随任务一起失败',
  finalize: '在完成时失败',
  trigger: '无法触发',
  subsumed: '被更新的 Checkpoint 取代',
  job: '随作业一起结束',
  other: '失败',
};

const NEXT: Record<CheckpointFailure, string> = {
  expired: '请看最新一个 Checkpoint 及其各顶点的 /checkpoints/details：缺的是哪个子任务，时间花在启动延迟、对齐、同步还是异步部分。',
  declined: 'TaskManager 的日志会说明是哪个任务拒绝的、异常是什么。',
  async: 'TaskManager 的日志中有状态后端或 Checkpoint 存储的异常。',
  task: '请看 /exceptions 和 TaskManager 的日志：是任务先失败的。',
  finalize: 'JobManager 的日志中有异常：通常是 Checkpoint 存储无法写入。',
  trigger: 'JobManager 的日志会说明原因：有任务没有运行，或 Checkpoint 存储不可达。',
  subsumed: '无需处理。',
  job: '请看 /exceptions：作业为什么结束。',
  other: 'JobManager 的日志会说明原因。',
};

const PHASES: Record<CheckpointPhase, { spent: string; means: string; next: string }> = {
  'start-delay': {
    spent: 'Barrier 到达之前',
    means: 'Barrier 过不来：它排在这个子任务前面的记录之后。这是此处或更下游的反压，不是状态慢。',
    next: '从这里往下找第一个繁忙的顶点（/backpressure，其子任务的线程转储）。非对齐 Checkpoint 可以让 Barrier 越过记录。',
  },
  alignment: {
    spent: '等待最后一个 Barrier 到达',
    means: '子任务的一个输入比其他输入慢得多，子任务在等它的 Barrier：是某一路上的反压或倾斜，不是状态慢。',
    next: '比较各子任务的启动延迟，以及前面各顶点的 /backpressure。非对齐 Checkpoint 或对齐超时不会等待。',
  },
  sync: {
    spent: '同步部分',
    means: '其间任务自己停着：算子的 snapshotState、Sink 的 flush，或在任务线程中复制的状态后端。',
    next: '在做 Checkpoint 时取 TaskManager 的线程转储，可以看到所在的栈帧。',
  },
  async: {
    spent: '上传状态',
    means: '其间记录照常处理。状态很大，或 Checkpoint 存储很慢。',
    next: '把 Checkpoint 的大小与存储的吞吐量比较；增量 Checkpoint 或 changelog 上传得更少。',
  },
};

const CONTAINERS = table<string>({
  CrashLoopBackOff: '它一再结束，所以 Kubernetes 在下次启动前等待。它的上一个状态和 `kubectl logs --previous` 会说明原因。',
  ImagePullBackOff: '镜像拉不下来：名称、标签，或镜像仓库的 secret。',
  ErrImagePull: '镜像拉不下来：名称、标签，或镜像仓库的 secret。',
  CreateContainerConfigError: '缺少它需要的 ConfigMap 或 Secret。',
});

const names = (rows: readonly SubtaskFact[]): string =>
  listInChinese(
    rows.map(({ subtask }) => String(subtask)),
    5,
  );

const LINGERING: Record<RestFacts['subtasks-linger']['state'], { means: string; missing: string; next: string }> = {
  INITIALIZING: {
    means: '它们在恢复状态，或它们的算子的 open() 和 initializeState 还没有返回。其间作业显示 RUNNING，但不做 Checkpoint。',
    missing: '它们的线程在哪里：TaskManager 的线程转储。',
    next: '取 TaskManager 的两份线程转储：initializeState 或 open 之下的栈帧就是它们等待的地方。',
  },
  CANCELING: {
    means: '它们被要求结束，却没有结束。超过 task.cancellation.timeout (3 min) 之后，TaskManager 会结束整个进程。',
    missing: '它们的线程在哪里：TaskManager 的线程转储。',
    next: 'TaskManager 的线程转储会显示不响应中断的代码。',
  },
  SCHEDULED: {
    means: '它们在等待 Slot。',
    missing: '有多少 Slot (/overview)，作业需要多少。',
    next: '把作业的并行度与 /overview 的 slots-total 比较；启用 Slot 共享时，作业所需的 Slot 数等于最宽的顶点的并行度。',
  },
  DEPLOYING: {
    means: '任务已发给它们的 TaskManager，但还没有开始：它在加载 jar，或没有应答。',
    missing: '它们的 TaskManager 的日志。',
    next: 'TaskManager 的日志：下载 jar、类加载、网络。',
  },
};

export const REST_RULE_WORDS: typeof english.REST_RULE_WORDS = {
  findings: {
    'checkpoints-fail': {
      message: ({ failed, ended, reason, count }) =>
        failed === count
          ? `最近 ${ended} 个 Checkpoint 中有 ${failed} 个${FAILED[reason]}`
          : `最近 ${ended} 个 Checkpoint 中有 ${failed} 个失败，其中 ${count} 个${FAILED[reason]}`,
      details: ({ checkpoint, acknowledged, subtasks, failure, never }) => [
        ...(acknowledged === null || subtasks === null
          ? []
          : [`最新的是 ${checkpoint}，${subtasks} 个子任务中有 ${acknowledged} 个确认${failure === null ? '' : `：${shorten(failure, 200)}`}`]),
        ...(never ? ['这个作业从未完成过 Checkpoint：失败之后它会从头开始。'] : []),
      ],
      advice: ({ reason }) => [NEXT[reason]],
    },
    'checkpoint-not-acknowledged': {
      message: ({ checkpoint, missing, count, of, failed }) => {
        const who = missing[0] as SubtaskFact;
        const rest = failed ? `始终没有确认 Checkpoint ${checkpoint}` : `尚未确认 Checkpoint ${checkpoint}`;
        if (count === 1) return fitting([who.vertex ?? ''], (name) => `${subtaskName(who, who.vertex === null ? null : name)} ${rest}`);
        if (count === of) return fitting([who.vertex ?? ''], (name) => `${name === '' ? '' : `${name} 的`}全部 ${of} 个子任务${rest}`);
        return fitting([who.vertex ?? ''], (name) => `${name === '' ? '' : `${name} 的`}子任务 ${names(missing)}（共 ${of} 个）${rest}`);
      },
      details: () => ['对没有确认的子任务，文档不说明它处在哪个阶段：Barrier 没有到达它，或它的快照没有结束。'],
      missing: ({ failed, reason }) =>
        failed && reason === null ? ['Checkpoint 为什么失败（/checkpoints 中的 failure_message）：如果是作业结束了，这些子任务只是来不及。'] : [],
      advice: () => ['在其 TaskManager 的线程转储中看这些子任务的线程；它们等待的地方就是挡住 Checkpoint 的地方。'],
    },
    'slow-checkpoint': {
      message: ({ checkpoint, row, phase, ms, durationMs }) =>
        fitting(
          [row.vertex ?? ''],
          (name) =>
            `Checkpoint ${checkpoint}：${formatDuration(durationMs)} 中有 ${formatDuration(ms)} 花在 ${subtaskName(row, row.vertex === null ? null : name)} 的${PHASES[phase].spent}`,
        ),
      details: ({ phase }) => [PHASES[phase].means],
      advice: ({ phase }) => [PHASES[phase].next],
    },
    'no-periodic-checkpoints': {
      message: () => '没有做 Checkpoint：失败之后作业会从最初启动的地方开始',
      advice: () => ['设置 execution.checkpointing.interval。'],
    },
    'back-pressured': {
      message: ({ subtasks, of, share }) => `${of} 个子任务中有 ${subtasks} 个被反压，最多占 ${percent(share)} 的时间`,
      details: () => ['该顶点发不出更多：它后面有一个顶点更慢。反压从第一个繁忙的顶点一直向上传到 Source。'],
      advice: () => ['查询后面各顶点的 /backpressure：第一个繁忙而没有被反压的，就是该看的那个。'],
    },
    'back-pressure-not-measured': {
      message: () => '反压尚未测量：第一次的应答是空的',
      advice: () => ['过几秒，在作业运行时再查询一次。'],
    },
    'busy-subtask': {
      message: ({ row, of, share, next }) =>
        `${of} 个子任务中只有一个在干活：子任务 ${row.subtask} 繁忙 ${percent(share)}，其余最多 ${percent(next)}`,
      evidence: ({ row, share, next }) => [`子任务 ${row.subtask} 有 ${percent(share)} 的时间繁忙，其余的都不超过 ${percent(next)}。`],
      missing: () => ['每个子任务读到的记录数（顶点的文档）：如果其中一个多得多，就是键倾斜。'],
      advice: () => ['某个键占了大部分记录，或不同的键太少；否则在线程转储中看这个子任务在做什么。'],
    },
    'record-skew': {
      message: ({ row, of, share }) =>
        fitting([row.vertex ?? ''], (name) => `${name === '' ? '' : `${name} 的 `}${of} 个子任务中，有一个读了 ${percent(share)} 的记录`),
      evidence: ({ row, records, share, next, busy }) => [
        `子任务 ${row.subtask} 读了 ${grouped(records)} 条记录，占全部的 ${percent(share)}；其余的都不超过 ${percent(next)}。`,
        `它有 ${percent(busy)} 的时间繁忙。`,
      ],
      missing: () => ['其他子任务是否在等它：它前面各顶点的 /backpressure。'],
      advice: () => ['把键打散：预聚合、加盐，或按取值更多的字段分区。'],
    },
    'subtasks-linger': {
      message: ({ state, vertex, count, of, ms }) =>
        fitting(
          [vertex ?? ''],
          (name) =>
            `${name === '' ? '' : `${name} 的`}${count === 1 && of === 1 ? '子任务' : ` ${of} 个子任务中有 ${count} 个`}处于 ${state} 已有 ${formatDuration(ms)}`,
        ),
      details: ({ state }) => [LINGERING[state].means],
      evidence: ({ state, ms, rows }) => [`按 status-duration，子任务 ${names(rows)} 处于 ${state} 最长 ${formatDuration(ms)}。`],
      missing: ({ state }) => [LINGERING[state].missing],
      advice: ({ state }) => [LINGERING[state].next],
    },
    'no-task-manager': {
      message: () => '没有注册任何 TaskManager：任何任务都没有 Slot',
      advice: () => ['看 TaskManager 的日志、它们的 Pod 或容器，以及它们能否访问 jobmanager.rpc.address。'],
    },
    'job-in-trouble': {
      message: ({ job, state }) => fitting([job], (name) => `作业 ${name} 处于 ${state}`),
      details: ({ failedTasks }) => (failedTasks === 0 ? [] : [`${failedTasks} 个任务失败。`]),
      advice: () => ['看 /jobs/:jobid/exceptions：最早的一条是开始的地方。'],
    },
    'heap-nearly-full': {
      message: ({ taskManager, used, max }) =>
        fitting([taskManager], (name) => `${name} 的堆已用 ${percent(used / max)}：${formatBytes(max)} 中的 ${formatBytes(used)}`),
      evidence: ({ used, max, collections, gcMs }) => [
        `${formatBytes(max)} 中占用 ${formatBytes(used)}；${collections} 次垃圾回收一共用了 ${formatDuration(gcMs)}。`,
      ],
      missing: () => ['其中有多少是垃圾：Full GC 之后还占用多少（GC 日志，或第二次应答）。'],
      advice: () => ['看这个 TaskManager 的 GC 日志；一直满的堆意味着堆上的状态或泄漏。'],
    },
    'direct-memory-nearly-full': {
      message: ({ taskManager, used, max }) =>
        fitting([taskManager], (name) => `${name} 的直接内存已用 ${percent(used / max)}：${formatBytes(max)} 中的 ${formatBytes(used)}`),
      evidence: ({ used, max }) => [`${formatBytes(max)} 中占用 ${formatBytes(used)}。`],
      missing: () => ['是谁占用的：网络缓冲也在其中，而且一直占着。'],
      advice: () => ['对使用直接缓冲的库，设置 taskmanager.memory.task.off-heap.size。'],
    },
    'task-manager-silent': {
      message: ({ taskManager, behindMs }) => fitting([taskManager], (name) => `${name} 的最后一次消息比其他的早 ${formatDuration(behindMs)}`),
      evidence: ({ behindMs, of }) => [`在 ${of} 个 TaskManager 中，它的最后一次心跳比最新的一次早 ${formatDuration(behindMs)}。`],
      missing: () => ['它是否已经恢复：再查询一次，或看 JobManager 的日志。'],
      advice: () => ['依次看：它的 GC 日志和容器，即长时间停顿、进程被杀死、网络。'],
    },
    'task-manager-blocked': {
      message: ({ taskManager }) => fitting([taskManager], (name) => `${name} 不再分到新任务：它的节点在黑名单中`),
      advice: () => ['节点黑名单（慢节点、推测执行）会自行解除；JobManager 的日志会说明原因。'],
    },
    'flame-graph-disabled': {
      message: () => '没有火焰图：rest.flamegraph.enabled 是 false',
      advice: () => ['设置 rest.flamegraph.enabled: true，或取 TaskManager 的线程转储。'],
    },
    'flame-graph-hot': {
      message: ({ frame, share }) => fitting([frame], (name) => `${percent(share)} 的样本在 ${name}`),
      details: ({ innermost, frame }) => (innermost === frame ? [] : [`它调用的是：${shorten(innermost, 200)}。`]),
    },
    'request-failed': {
      message: ({ error }) => fitting([error], (text) => `请求失败：${text}`),
      details: ({ error, count }) => [shorten(error, 1000), ...(count > 1 ? [`${count} 个请求失败。`] : [])],
    },
    'container-killed': {
      message: ({ pod, reason, exitCode }) =>
        fitting([pod], (name) => {
          const code = exitCode === null ? '' : `，退出码 ${exitCode}`;
          if (reason === 'OOMKilled') return `${name} 被杀死：超过了它的内存限制${code}`;
          return `${name} 结束了${reason === null ? '' : ` (${shorten(reason, 20)})`}${code}`;
        }),
      details: ({ container, reason, exitCode, memoryLimit, restarts, waits }) => [
        `容器是 ${shorten(container, 100)}${reason === 'OOMKilled' && memoryLimit !== null ? `，限制为 ${formatBytes(memoryLimit)}` : ''}。`,
        ...(exitCode === 137 && reason !== 'OOMKilled' ? ['137 是 SIGKILL：节点内存不足时由内核发出，或因存活探针失败，或由人手动发出。'] : []),
        ...(restarts > 0 ? [`它重启了 ${restarts} 次。`] : []),
        ...(waits === null ? [] : [`现在它在等待：${shorten(waits, 100)}。`]),
      ],
      advice: ({ reason, exitCode }) => {
        if (reason === 'OOMKilled')
          return ['堆外内存增长了（RocksDB、Metaspace、直接缓冲、线程）：连同限制一起调大 taskmanager.memory.jvm-overhead 或 process.size。'];
        const end = exitCode === null ? null : processEnd(`exitCode=${exitCode}`);
        return end === null ? ['看它的日志的结尾：kubectl logs --previous。'] : endSteps(end.reason);
      },
    },
    'container-not-starting': {
      message: ({ pod, reason }) => fitting([pod], (name) => `${name} 没有启动：${shorten(reason, 30)}`),
      details: ({ container, message }) => [`容器是 ${shorten(container, 100)}${message === null ? '' : `：${shorten(message, 500)}`}。`],
      advice: ({ reason }) => [CONTAINERS[reason] ?? 'kubectl describe pod 的事件会说得更多。'],
    },
    'pod-evicted': {
      message: ({ pod, reason }) => fitting([pod], (name) => `Pod ${name} 被移出它的节点：${shorten(reason, 30)}`),
      details: ({ message }) => (message === null ? [] : [shorten(message, 500)]),
      advice: ({ message }) => endSteps('evicted', message),
    },
    'pod-unschedulable': {
      message: ({ pod }) => fitting([pod], (name) => `没有节点放得下 Pod ${name}`),
      details: ({ message }) => [shorten(message, 500)],
      advice: () => ['看 Pod 的 requests、节点的空闲资源、污点和配额；等待 Slot 的作业等的就是这个 Pod。'],
    },
  },
  related: {
    'failed-checkpoint': ({ checkpoint, reason, acknowledged, subtasks }) =>
      `Checkpoint ${checkpoint}：${FAILED[reason]}${acknowledged === null || subtasks === null ? '' : `，${subtasks} 个中有 ${acknowledged} 个确认`}`,
    subtask: (row) => subtaskName(row),
    'subtask-share': (row) => `${subtaskName(row)}：${percent(row.share)}`,
  },
};
