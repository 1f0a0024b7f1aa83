import type { LoopOrigin } from '../../jobgraph/loopNames.ts';
import { fitting, formatDuration, shorten } from '../../wording.ts';
import type { AmplifierFact, IterateStanding, LoopFact } from './facts.ts';
import type * as english from './words.en.ts';
import { SKELETON, vertexName } from './words.en.ts';

// Names and a program.
export { SKELETON, vertexName };

const loopNamed = ({ origin }: LoopFact, name: string): string => (origin === 'iterate' ? `环 ${name} ` : `位于 "${name}" 的环`);

const loop = (fact: LoopFact): string => loopNamed(fact, shorten(fact.name, 40));

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;

const ORIGINS: Record<LoopOrigin, string> = {
  iterate: 'DataStream.iterate()',
  'flink-ml': 'flink-ml 迭代',
  statefun: 'Stateful Functions',
  'step-function': '计划中的 step function',
  cycle: '文档中的环',
};

const isGuessed = ({ origin }: LoopFact): boolean => origin === 'flink-ml' || origin === 'statefun';

const STANDINGS: Record<IterateStanding, (version: string) => string> = {
  'version-unknown': () => '它从 Flink 1.19 起被弃用。',
  removed: (version) => `这里是 Flink ${version}，其中已经没有它。`,
  deprecated: (version) => `这里是 Flink ${version}，其中它已被弃用。`,
  works: (version) => `这里是 Flink ${version}，其中它可以使用。`,
};

function amplifier(fact: AmplifierFact): string {
  if (fact.kind === 'broadcast') return `${vertexName(fact.from)} 在环内被广播到${fact.subtasks === null ? '多个' : ` ${fact.subtasks} 个`}子任务。`;
  if (fact.kind === 'ways-into-tail') return `有 ${fact.count} 条路通向迭代尾。`;
  return `"${shorten(fact.name, 60)}" 对一条记录可能给出几条。`;
}

const MUST_BE_EQUAL = '反馈在编号相同的子任务之间传递，所以两者必须相等。';

const NO_RESCALING = '可以强制使用；之后作业扩缩容就没有任何保证。';

const SECOND_DUMP = '几秒之后的第二份转储，其中同样的线程仍在同样的位置。';

const pairedByOrder = ({ origin }: LoopFact): string[] => (origin === 'iterate' ? [] : ['迭代头和迭代尾是按顺序配对的。']);

const findings: typeof english.JOB_RULE_WORDS.findings = {
  'batch-diamond': {
    message: ({ vertex, producer }) =>
      fitting([vertex.name, producer.name], (name, from) => `"${name}" 可能死锁：它先把来自 "${from}" 的两个输入之一读完`),
    details: ({ vertex, producer }) => [
      `${vertexName(vertex)} 的两个输入都来自 ${vertexName(producer)}，而后读的那个输入上没有阻塞式交换：它的缓冲填满后，生产者和消费者互相等待。`,
    ],
    evidence: () => ['两个输入的优先级不同，而通向后读的那个输入的路全程是流水线式的。'],
    missing: () => ['优化器把这个计划变成作业时会改动什么。'],
  },
  'blocking-exchange-in-loop': {
    message: ({ exchange, from, to, loop: around }) =>
      fitting(
        [from.name, to.name, around.name],
        (a, b, name) => `${loopNamed(around, name)}上从 "${a}" 到 "${b}" 是 ${exchange} 交换：它永远不会打开`,
      ),
    details: ({ from, to }) => [`${vertexName(to)} 等待 ${vertexName(from)} 结束，而环使后者一直运行。`],
  },
  'blocking-exchange-in-loop-hybrid': {
    message: ({ exchange, from, to, loop: around }) =>
      fitting([from.name, to.name, around.name], (a, b, name) => `${loopNamed(around, name)}上从 "${a}" 到 "${b}" 是 ${exchange} 交换`),
    details: () => ['Hybrid shuffle 是为有界作业准备的。'],
  },
  bottleneck: {
    message: ({ vertex: slow, busy, producer, backPressured }) =>
      fitting(
        [slow.name, producer.name],
        (name, before) => `"${name}" 是瓶颈：繁忙 ${percent(busy)}，它之前的 "${before}" 反压 ${percent(backPressured)}`,
      ),
    evidence: ({ busy, accumulated }) => [
      `繁忙 ${percent(busy)}，自身没有被反压。`,
      accumulated ? '是作业整个运行期间的平均值。' : '是取得文档那一刻的比例。',
    ],
    missing: ({ own }) => [
      '各子任务之间的倾斜：一个热键从这里看是一样的。',
      '它的线程在做什么：如果是在计算，增加子任务有用；如果是在等待慢的调用或不应答的服务器，就没有用。其 TaskManager 的线程转储会显示。',
      ...(own ? ['它的并行度在哪里设置：它与这里多数算子的不同，所以 parallelism.default 改不了它。'] : []),
    ],
  },
  'broadcast-fan-out': {
    message: ({ from, to, subtasks }) =>
      fitting([from.name, to.name], (a, b) => `"${a}" 的每条记录都要发送 ${subtasks} 次，发给 "${b}" 的每个子任务`),
  },
  'custom-partitioner-unaligned': {
    message: ({ edges }) => `Flink 拒绝在自定义分区器上做非对齐 Checkpoint（${edges} 条边）`,
    details: () => [NO_RESCALING],
  },
  'custom-partitioner-unaligned-forced': {
    message: ({ edges }) => `在自定义分区器上强制使用了非对齐 Checkpoint（${edges} 条边）`,
    details: () => ['作业能运行，但扩缩容没有任何保证。'],
  },
  'duplicate-names': {
    message: ({ name, count }) => fitting([name], (one) => `有 ${count} 个算子都叫 "${one}"`),
    advice: () => ['给每个算子一个名字，有状态的再给一个自己的 uid。'],
    evidence: () => ['名字相同。'],
    missing: () => ['各自的 uid：计划中没有。', '这些算子是否有状态。'],
  },
  'event-time-in-loop': {
    message: ({ vertex: operator, loop: around }) =>
      fitting([operator.name, around.name], (name, within) => `${loopNamed(around, within)}中的 "${name}" 需要事件时间，而反馈不会推进它`),
    details: () => ['对它来说，绕回来的记录可能已经迟到。'],
    evidence: ({ word }) => [`它的名字中有 "${shorten(word, 30)}"。`],
    missing: () => ['它使用事件时间还是处理时间。'],
  },
  'feedback-across-scopes': {
    message: ({ loop: fed, vertex, scope }) =>
      fitting([vertex.name, fed.name, scope?.loop.name ?? ''], (name, of, other) => {
        const where = scope === null ? '在所有环之外' : `在${loopNamed(scope.loop, other)}，第 ${scope.level} 层`;
        return `${loopNamed(fed, of)}的反馈来自 "${name}"，它${where}`;
      }),
    details: () => ['反馈必须来自这个环自身。'],
    advice: ({ inside }) => [inside ? '先离开内层的环。' : '只有从迭代头来的才能反馈给它。'],
  },
  'feedback-dropped': {
    message: ({ waitMs }) => `迭代头被反压 ${formatDuration(waitMs)} 时，iterate(${waitMs}) 会丢弃反馈`,
    details: () => ['既没有异常，也没有一行日志提到它。'],
    evidence: () => ['这段代码与一个含有环的计划放在一起。'],
    missing: () => ['迭代头是否会被反压那么久。'],
  },
  'feedback-partitioned-differently': {
    message: ({ vertex: entry, loop: around, input, feedback }) =>
      fitting(
        [entry.name, around.name, input, feedback],
        (name, within, first, then) => `"${name}" 以 ${first} 得到${loopNamed(around, within)}的输入，以 ${then} 得到反馈`,
      ),
    details: () => ['如果有键控状态，绕回来的记录会到错误的子任务。'],
    evidence: ({ input, feedback, parallelism }) => [`${input} 与 ${feedback}，并行度 ${parallelism}。`],
    missing: () => ['该算子是否有键控状态。'],
  },
  'forward-changes-parallelism': {
    message: ({ from, fromParallelism, to, toParallelism }) =>
      fitting([from.name, to.name], (a, b) => `从 "${a}"（并行度 ${fromParallelism}）到 "${b}"（并行度 ${toParallelism}）是 FORWARD`),
    details: () => ['Forward 分区不能改变并行度。'],
  },
  'iterate-removed': {
    message: ({ loops }) => `${loops} 个环使用 DataStream.iterate()，它在 Flink 2.0 中已移除；请用 flink-ml 迭代`,
    details: ({ standing, version }) => [STANDINGS[standing](version ?? '')],
    advice: () => ['改用 flink-ml 迭代、Stateful Functions 或 Kafka topic (FLINK-36355)。'],
  },
  'job-graph-cycle': {
    message: ({ from, to }) => fitting([from.name, to.name], (a, b) => `从 "${a}" 到 "${b}" 的输入使作业顶点构成环`),
    details: () => ['这不可能是 Flink 写的：JobGraph 没有环。'],
  },
  'loop-bounded-feedback': {
    message: ({ loop: around, amplifiers }) =>
      fitting([around.name], (name) =>
        amplifiers.length > 0
          ? `${loopNamed(around, name)}可能停住：环体会使记录变多，而它的缓冲是有界的`
          : `如果环体发出的记录比收到的多，${loopNamed(around, name)}就会停住`,
      ),
    details: () => ['环上的每个缓冲都是有界的：全部填满之后，什么都不会再动。'],
    evidence: ({ loop: { origin }, exchangesNamed, amplifiers }) => [
      exchangesNamed ? '从迭代头到迭代尾有一条路，其上的交换都是有界的。' : '计划没有写明交换方式；流作业默认使用 pipelined_bounded。',
      origin === 'flink-ml' ? 'flink-ml 从 FLINK-32704 起能把反馈溢写到磁盘。' : '反馈队列对每个子任务只容纳一条记录。',
      ...amplifiers.map(amplifier),
    ],
    missing: () => ['环体每收到一条记录会给出多少条。'],
  },
  'loop-ended-early': {
    message: ({ loop: around, source }) =>
      fitting([around.name, source.name], (name, still) => `${loopNamed(around, name)}已经结束，而 "${still}" 还在运行`),
    details: () => ['它对反馈的等待超时了，之后的反馈都会丢失。'],
    evidence: ({ logged }) => (logged ? ['计划旁边的一行日志报告迭代头为 FINISHED。'] : []),
    missing: ({ logged }) => (logged ? ['计划和日志是否属于同一时刻。'] : []),
  },
  'loop-ends-apart': {
    message: ({ loop: around }) => fitting([around.name], (name) => `${loopNamed(around, name)}的迭代头和迭代尾在不同的 Slot 共享组中`),
    details: ({ headGroup, tailGroup }) => [
      `迭代头在组 ${shorten(headGroup, 60)}，迭代尾在组 ${shorten(tailGroup, 60)}，而两者必须在同一个 Slot 中运行。`,
    ],
  },
  'loop-found': {
    message: ({ loop: found, level, between }) =>
      fitting([found.name], (name) => `${loopNamed(found, name)}，来自 ${ORIGINS[found.origin]}，第 ${level} 层，其中有 ${between} 个顶点`),
    details: ({ head, tail }) => [`它的迭代头是 ${vertexName(head)}，迭代尾是 ${vertexName(tail)}。`],
    evidence: ({ loop: found }) => (isGuessed(found) ? ['迭代头和迭代尾是按名字、顺序和并行度配对的；名字中没有共同的编号。'] : []),
  },
  'loop-half-open': {
    message: ({ vertex: end, missing, other }) =>
      fitting([end.name, other], (name, gone) => `"${name}" 没有迭代${missing === 'head' ? '头' : '尾'}：这个计划中没有 ${gone}`),
    details: () => ['文件只是计划的一部分，或迭代从未闭合。'],
    evidence: ({ truncated }) => (truncated ? ['计划在中间就结束了。'] : []),
    missing: ({ truncated }) => (truncated ? ['计划的其余部分。'] : []),
  },
  'loop-loses-feedback': {
    message: ({ loops }) => `Checkpoint 不包含 ${loops} 个环的反馈：恢复时会丢失它`,
    details: ({ intervalMs, exactlyOnce }) => [
      `每 ${formatDuration(intervalMs)} 做一次 Checkpoint；从迭代尾到迭代头途中的记录不在其中${exactlyOnce ? '，尽管是 exactly-once 模式' : ''}。`,
    ],
  },
  'loop-never-ends': {
    message: ({ loop: around }) => fitting([around.name], (name) => `所有 Source 都已结束，但${loopNamed(around, name)}的迭代头还在运行`),
    details: () => ['没有等待时间，它永远不会结束。'],
    evidence: () => ['每个 Source 都是 FINISHED，迭代头是 RUNNING。'],
    missing: () => ['iterate() 的参数：有等待时间的话，环可能很快结束。', '记录是否还在循环。'],
  },
  'loop-never-ends-bounded': {
    message: () => '没有等待时间的 iterate() 使这个有界作业永远处于 RUNNING',
    details: () => ['它的 Source 都会结束；环不会。'],
    evidence: () => ['所有 Source 的名字都是有界 Source 的名字。'],
  },
  'loop-parallelism-mismatch': {
    message: ({ loop: around, parallelism, headParallelism }) =>
      fitting([around.name], (name) => `${loopNamed(around, name)}的迭代尾并行度是 ${parallelism}，迭代头是 ${headParallelism}`),
    details: () => [MUST_BE_EQUAL],
    evidence: ({ loop: around }) => pairedByOrder(around),
  },
  'loop-parallelism-mismatch-before-tail': {
    message: ({ loop: around, producer, parallelism, headParallelism }) =>
      fitting(
        [producer.name, around.name],
        (name, within) => `${loopNamed(around, within)}迭代尾之前的 "${name}" 并行度是 ${parallelism}，迭代头是 ${headParallelism}`,
      ),
    details: () => [MUST_BE_EQUAL],
    evidence: ({ loop: around }) => pairedByOrder(around),
  },
  'loop-side-entrance': {
    message: ({ vertex: outside, loop: around, entered }) =>
      fitting([outside.name, around.name, entered.name], (from, name, to) => `"${from}" 从 "${to}" 进入${loopNamed(around, name)}，而不是从它的入口`),
    advice: () => ['在环开始之前，把它与环的输入合并。'],
  },
  'loop-stuck-in-dump': {
    message: ({ loop: around }) => fitting([around.name], (name) => `${loopNamed(around, name)}被堵死：迭代尾等待反馈队列，迭代头等待缓冲`),
    details: ({ tail, head }) => [`在计划旁边的线程转储中，"${shorten(tail)}" 等待反馈队列，"${shorten(head)}" 等待缓冲。`],
    evidence: () => ['同一子任务的迭代头和迭代尾隔着有界队列互相等待。'],
    missing: () => [SECOND_DUMP],
  },
  'loop-unaligned-checkpoints': {
    message: () => 'Flink 拒绝对含有环的作业做非对齐 Checkpoint',
    details: () => [NO_RESCALING],
  },
  'loop-unaligned-checkpoints-forced': {
    message: () => '对含有环的作业强制使用了非对齐 Checkpoint',
    details: () => ['作业能运行，但扩缩容没有任何保证。'],
  },
  'loop-without-entry': {
    message: ({ loop: around }) => fitting([around.name], (name) => `${loopNamed(around, name)}没有入口：没有 Source 通到环体`),
    details: () => ['其中永远不会有东西循环。'],
  },
  'loop-without-exit': {
    message: ({ loop: around }) => fitting([around.name], (name) => `${loopNamed(around, name)}没有出口：没有路从环体通到外面的 Sink`),
    details: () => ['记录永远不会离开它。'],
    evidence: () => ['没有前向边从环体通向 Sink。'],
    missing: ({ operators }) => (operators ? [] : ['环体中是否有算子自己向外写。']),
  },
  'loops-interleaved': {
    message: ({ loops, count, vertices }) =>
      fitting(
        loops.map(({ name }) => name),
        (...names) =>
          `${loops.map((one, index) => loopNamed(one, names[index] ?? one.name)).join('和')}${count > loops.length ? `等 ${count} 个环` : ''}在 ${vertices} 个顶点上重叠`,
      ),
    details: () => ['它们互不包含，不像嵌套的环。'],
    advice: () => ['先闭合内层的环，再闭合外层的。'],
  },
  'max-parallelism-too-small': {
    message: ({ vertex: narrow, parallelism, maxParallelism }) =>
      fitting([narrow.name], (name) => `"${name}" 几乎不能扩容：并行度 ${parallelism}，最大 ${maxParallelism}`),
    details: () => ['它的键组在子任务上分布不均。'],
  },
  'max-parallelism-too-small-beyond': {
    message: ({ vertex: narrow, parallelism, maxParallelism }) =>
      fitting([narrow.name], (name) => `"${name}" 的并行度是 ${parallelism}，超过了它的最大并行度 ${maxParallelism}`),
  },
  'needless-rebalance': {
    message: ({ from, to, parallelism }) =>
      fitting([from.name, to.name], (a, b) => `从 "${a}" 到 "${b}" 是 REBALANCE，而两者的并行度都是 ${parallelism}`),
    details: () => ['这是一次完整的网络 shuffle，除非是为了消除倾斜，否则 FORWARD 可以省去它。'],
    evidence: () => ['两边的并行度相同。'],
    missing: () => ['输入是否倾斜。'],
  },
  'network-buffers': {
    message: ({ needed, limit, available }) =>
      fitting([limit], (text) => `每个 TaskManager 约需要 ${needed} 个网络缓冲，而 ${text} 只有 ${available} 个`),
    evidence: ({ buffers, taskManagers, slots, widest }) => [
      `所有通道和 gate 共 ${buffers} 个缓冲：每个通道 2 个，每个 gate 8 个。`,
      `${taskManagers} 个 TaskManager，每个 ${slots} 个 Slot，供 ${widest} 个子任务使用。`,
    ],
    missing: () => ['调度器如何分布这些子任务。'],
  },
  'scope-levels-skipped': {
    message: ({ from, fromLevel, to, toLevel }) =>
      fitting(
        [from.name, to.name],
        (a, b) => `从 "${a}"（第 ${fromLevel} 层）到 "${b}"（第 ${toLevel} 层）的边跳过了 ${Math.abs(fromLevel - toLevel) - 1} 个环`,
      ),
    advice: ({ fromLevel, toLevel }) => [`要经过每个环的${toLevel > fromLevel ? '入口' : '出口'}。`],
  },
  'serial-bottleneck': {
    message: ({ vertex: narrow }) => fitting([narrow.name], (name) => `"${name}" 的并行度是 1，而它前后的算子是并行的`),
    details: () => ['所有记录都经过一个子任务。'],
    evidence: ({ before, after }) => [`它之前的并行度是 ${before}，之后是 ${after}。`],
    missing: () => ['有多少记录到达那里。'],
  },
  'serial-bottleneck-global': {
    message: ({ vertex: narrow, parallelism }) =>
      fitting([narrow.name], (name) => `进入 "${name}" 的 GLOBAL 边把所有记录发给它的 ${parallelism} 个子任务中的第一个`),
    evidence: () => ['GLOBAL 只使用第一个子任务。'],
    missing: () => ['有多少记录到达那里。'],
  },
  'join-without-key': {
    message: ({ vertex: join }) => fitting([join.name], (name) => `"${name}" 的两个输入之间没有等值条件：一个子任务得到全部记录`),
    details: () => ['提高并行度没有任何作用。'],
    evidence: () => ['两个输入都经过 distribution=[single] 的交换。'],
    missing: () => ['两个输入有多少记录。'],
  },
};

export const JOB_RULE_WORDS: typeof english.JOB_RULE_WORDS = {
  findings,
  related: {
    'common-producer': () => '共同的生产者',
    'later-input': () => '后读的输入',
    head: ({ loop: of }) => `${loop(of)}的迭代头`,
    'head-at-level': ({ loop: of, level }) => `${loop(of)}的迭代头，第 ${level} 层`,
    tail: ({ loop: of }) => `${loop(of)}的迭代尾`,
    'another-loop': ({ loop: other }) => `还有${loop(other)}`,
    'loop-of-plan': ({ loop: one }) => `计划中的一个环：${one.name}`,
    'back-pressured': ({ ratio }) => `反压 ${percent(ratio)}`,
    unaligned: () => '启用了非对齐 Checkpoint',
    option: ({ name }) => name,
    'checkpoint-configuration': () => 'Checkpoint 配置',
    'custom-partitioner': () => '另一个自定义分区器',
    'same-name': () => '同样的名字',
    'input-comes-by': ({ ship }) => `输入以 ${ship} 到来`,
    parallelism: ({ parallelism }) => `并行度 ${parallelism}`,
    'head-parallelism': ({ parallelism }) => `迭代头的并行度是 ${parallelism}`,
    'cycle-leads-here': () => '环回到这里',
    status: ({ status }) => status,
    'still-running': () => '仍为 RUNNING',
    'logged-finished': () => '日志中是 FINISHED',
    'tail-group': ({ group }) => `迭代尾在组 ${group}`,
    'bounded-source': () => '有界的 Source',
    'tail-waits': () => '迭代尾等待反馈队列',
    'head-waits': () => '迭代头等待缓冲',
    'in-both': ({ vertex: shared }) => `${vertexName(shared)} 在两者之中`,
    slots: ({ slots }) => `每个 TaskManager ${slots} 个 Slot`,
    level: ({ level }) => `在第 ${level} 层`,
    'single-exchange': () => '所有记录都到一个子任务',
  },
  fixes: {
    copy: ({ text }) => `复制 ${text}`,
    'copy-flink-ml': () => '复制用来代替 iterate() 的 flink-ml 迭代',
    'set-option': ({ key, value }) => `设置 ${key}: ${value}`,
    'set-ship': ({ ship }) => `把这个计划中的 ship strategy 设为 ${ship}`,
    'set-feedback-ship': ({ ship }) => `把这个计划中反馈的 ship strategy 设为 ${ship}`,
    'set-parallelism': ({ parallelism }) => `把这个计划中的并行度设为 ${parallelism}`,
  },
  costs: {
    'slower-checkpoints': () => '反压时 Checkpoint 会更慢。',
    'no-rescaling': () => '从这样的 Checkpoint 扩缩容没有任何保证。',
    'process-memory': () => '从进程的内存中划出：要同时调大 taskmanager.memory.process.size。',
    'flink-ml-library': () => '需要 flink-ml-iteration 库。',
    'file-only-key-by': () => '只改这个文件，用来看看会怎样；作业需要在迭代流上做同样的 keyBy。',
    'file-only-rebalance': () => '只改这个文件；作业的代码中需要 .rebalance()。',
    'file-only-parallelism': () => '只改这个文件，用来看看会怎样；作业的代码中需要 .setParallelism。',
  },
};
