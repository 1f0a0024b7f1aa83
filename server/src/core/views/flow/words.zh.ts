import type { CycleAnswer, FlowReason, Verdict } from '../../analysis/flow/deadlockSearch.ts';
import type { AmplificationGuess } from '../../analysis/flow/networkOfPlan.ts';
import type { Message } from '../../analysis/flow/terminationRun.ts';
import { grouped } from '../../wording.ts';
import type * as english from './words.en.ts';

type Flow = typeof english.FLOW_WORDS;

const ticks = (value: number): string => `${value} 个节拍`;
const records = (value: number): string => `${value} 条记录`;
const states = (count: number): string => `${grouped(count)} 个状态`;

const guesses: Record<AmplificationGuess, string> = {
  expanding: 'FlatMap、Correlate、Expand：2',
  filtering: 'Filter：0 或 1',
  aggregating: 'Window、Aggregate、Reduce：0 或 1',
  joining: 'Join、Process：0 至 2',
};

const assumptions: Flow['assumptions'] = {
  'one-task-an-operator': () => '每个算子是一个任务，一次处理一条记录；它的各子任务视为相同，一个代表全部。不模拟倾斜。',
  'exclusive-buffers': ({ buffers }) => `一个缓冲容纳一条记录。有界的交换有 ${buffers} 个缓冲：即 Flink 所保证的通道独占缓冲；不计入浮动缓冲。`,
  sources: ({ records: count }) => (count === null ? 'Source 总有下一条记录。' : `每个 Source 有 ${count} 条记录。`),
  amplification: ({ guesses: found, copies }) => {
    const special = found.map((guess) => guesses[guess]);
    if (copies !== null) special.push(`广播的记录对每个收到它的子任务变成一条（最多跟踪 ${copies} 条）`);
    return `每条输入对每个输出给出的记录数：1${special.length > 0 ? `；按算子的名字 ${special.join('；')}` : ''}。用户代码可能不同。`;
  },
  'feedback-spills': () => '每条反馈边都溢写到磁盘，而磁盘不会写满。',
  'iterate-queue': () => 'iterate() 的反馈队列容纳一条记录 (StreamIterationHead, ArrayBlockingQueue(1))，没有会丢弃记录的等待时间。',
  'feedback-unbounded': () => 'flink-ml 和 Stateful Functions 的反馈队列本身没有上限；在 FLINK-32704 之前，flink-ml 的反馈在堆中。',
  supersteps: () => '批迭代按超步进行；反馈的内容保存在内存或磁盘中，没有上限。',
  policy: ({ policy, feedbackBuffers }) =>
    `环的第一个算子${policy === 'feedback-first' ? '只要有反馈就优先读反馈' : `在反馈队列中有 ${feedbackBuffers} 条或更多（或所能容纳的）记录时优先读反馈`}。`,
  'exchanges-unbounded': () => 'pipelined、blocking 和 hybrid 类型的交换本身没有上限：网络内存和磁盘视为无限，不模拟等待生产者结束的阶段。',
  'not-chained': () => '算子没有链接：任何两个之间都有交换。链接的算子容纳的记录更少。',
  'plan-incomplete': () => '计划不完整：这里缺少没有读出的边。',
  'no-watermarks': () => 'Watermark、Checkpoint Barrier 和定时器不占缓冲，也不阻挡输入。',
};

const reasons: Record<FlowReason, (stateCount: number) => string> = {
  'no-cycle': () => '作业没有环，所以没有算子会等待自己：由结构证实。',
  'every-cycle-unbounded': () => '每个环都有一条没有上限的通道，所以没有算子会等待自己：由结构证实。',
  'all-states-seen': (count) => `查看了所有相关的状态（${grouped(count)} 个），没有一个含有循环等待。`,
  'states-left': (count) => `查看了 ${states(count)}，没有循环等待；状态数超过了上限，或作业规模不允许全部查看。`,
  'structure-blocks': () => '可以到达循环等待：由环的结构得出。',
  'structure-keeps-free': () => '由结构得出：没有环会被填满。',
  reached: (count) => `可以到达循环等待（查看了 ${states(count)}）。`,
};

const methods: Record<CycleAnswer['method'], string> = {
  structure: '由结构得出；查看状态只为给出轨迹',
  isolated: '单独看这个环，凡能进入的地方总有记录：全部状态',
  exact: '这个环所依赖的一切',
  reduced: '在不改变答案的前提下缩小：只转交的算子变成缓冲的位置',
  walk: '使作业灌满的随机走法',
  none: '在上限处放弃',
};

const VERDICTS: Record<Verdict, string> = { impossible: '不可能', undecided: '未定', deadlock: '死锁' };

const messages: Record<Message['kind'], (from: string, to: string, round: number | null) => string> = {
  completed: (from) => `${from} 没有更多记录`,
  status: (from, to, round) => `${from} 向 ${to} 发出第 ${round} 轮状态询问`,
  idle: (from, _to, round) => `${from} 对第 ${round} 轮应答 "idle"`,
  working: (from, _to, round) => `${from} 对第 ${round} 轮应答 "working"`,
  stop: (_from, to) => `协调者停止 ${to}`,
  ended: (from) => `${from} 结束`,
};

export const FLOW_WORDS: Flow = {
  conditions: {
    grows: (_, { operator, supply }) =>
      `只要有 R ≥ 1 条记录从外面进来（R：${supply}），无论容量和策略如何都可能堵死：${operator} 向环中发出的记录比从中取走的多，因此多少缓冲都会填满。`,
    fills: ({ places, operators }, { supply }) =>
      `当有 R ≥ C + O = ${places} + ${operators} = ${places + operators} 条记录从外面进来时（R：${supply}）可能堵死：每个算子每取一条就向环中发出一条，因此没有别的东西填满它的 C 个位置和 O 个算子。`,
    'kept-free': () => '无论容量如何都不会堵死：每个算子每取一条就向环中发出一条，而优先读反馈的那个从不取走会占满最后位置的记录。',
    'no-entry': () => '不会堵死：没有记录从外面进入它。',
  },
  supply: ({ records: count, exact }) => (count === null ? '没有尽头' : `${exact ? '' : '至少 '}${count}`),
  condition: (names, text) => `${names}：${text}`,
  assumptions,
  errors: {
    'not-an-amplification': ({ text, most }) => `"${text}" 不是放大倍数：应为 OPERATOR=N、OPERATOR=0.5 或 OPERATOR=0..3，最大 ${most}`,
    'not-a-capacity': ({ text }) => `"${text}" 不是容量：应为 N、feedback=N 或 FROM>TO=N，N 为 1 至 10000 或 "unbounded"`,
    'not-an-edge': ({ text }) => `"${text}" 没有指明边：应为 FROM>TO，用 id 或名字`,
    'no-such-edge': ({ from, to }) => `从 ${from} 到 ${to} 没有边`,
    'no-such-operator': ({ text }) => `"${text}" 不是这个计划中的算子`,
    'ambiguous-operator': ({ text }) => `"${text}" 对应几个算子；请给出 id`,
  },
  reasons,
  verdicts: {
    impossible: ({ reason }) => `死锁：在模型内不可能。${reason}`,
    undecided: ({ reason, bound }) => `死锁：在 ${states(bound)} 的上限内未定。${reason}`,
    deadlock: ({ reason }) => `死锁：可以到达。${reason}`,
  },
  spilled: {
    impossible: '如果反馈溢写到磁盘，就不可能。',
    deadlock: '反馈边溢写到磁盘也没有用：循环等待还经过别的边。',
    undecided: '反馈边溢写到磁盘是否有用，在上限内未定。',
  },
  policies: {
    none: { name: '没有策略', choice: '任一输入', column: '无' },
    'feedback-first': { name: '反馈优先', choice: '反馈优先', column: '反馈优先' },
    'feedback-when-used': { name: '缓冲用尽时反馈优先', choice: '缓冲用尽时反馈优先', column: '用尽时' },
  },
  steps: {
    emit: (who) => `${who} 从外面取一条记录`,
    take: (who, from) => `${who} 从 ${from} 取一条记录`,
    put: (who, _from, to, feedback) => `${who} 把一条记录放入通往 ${to} 的${feedback ? '反馈队列' : '缓冲'}`,
  },
  coordinator: '协调者',
  noBound: '没有上限',
  channel: (from, to, feedback) => `${feedback ? '反馈 ' : ''}${from} → ${to}`,
  trace: {
    length: (count, shortest, atLeast) => (shortest ? `最短的轨迹有 ${count} 步。` : `有一条 ${count} 步的轨迹通到那里；没有少于 ${atLeast} 步的。`),
    circle: (names) => `最后 ${names.join(' → ')} 构成循环等待，每个都在等待通往下一个的缓冲有空位。`,
    heading: (count, shortest, atLeast) => `轨迹（${count} 步，${shortest ? '已是最少' : `没有少于 ${atLeast} 步的`}）`,
    title: '作业如何卡住',
    more: (count) => `还有 ${count} 步`,
    phase: (phase) =>
      `第 ${phase.number} 阶段，共 ${phase.count} 个：${phase.channel} 填满（${phase.capacity ?? '∞'}）并一直是满的。第 ${phase.from}${phase.from === phase.to ? '' : ` 至 ${phase.to}`} 步${phase.records === 0 ? '' : `，从外面进来 ${records(phase.records)}`}。`,
    circularWait: '循环等待：',
    waits: (who, channel) => `${who} 等待 ${channel} 有空位`,
    end: (names) => `死锁：${names.join(' → ')} → 每个都在等待通往下一个的缓冲有空位`,
    waitsForRoom: '等待空位',
  },
  cycle: (names, verdict, method, count, size) =>
    `${names}：${VERDICTS[verdict]}；${size.operators} 个算子和 ${size.channels} 条通道的 ${states(count)}（${methods[method]}）`,
  andMore: (names, more) => `${names.join('，')}${more > 0 ? ` 以及另外 ${more} 个` : ''}`,
  comparison: {
    none: '策略：没有环有自己的输入，所以不会有饥饿。',
    heading: (seed) => `策略（种子 ${seed}；每个算子每个节拍一条记录）`,
    columns: ['反馈', '策略', '新记录的最长等待', '绕环延迟（最大）', '每 100 节拍进入', '每 100 节拍输出', '溢写峰值', '结局'],
    feedback: (spills) => (spills ? '溢写' : '不变'),
    ticks,
    latency: (mean, most) => `${mean.toFixed(1)} (${most}) 节拍`,
    noneWentRound: '没有绕环的',
    end: (ran, stoppedAt) => (stoppedAt === null ? `运行了 ${ran} 个节拍` : `从第 ${stoppedAt} 个节拍起停住`),
  },
  table: {
    policy: '策略',
    feedback: (spills) => (spills ? '反馈溢写' : '反馈不变'),
    end: (ran, stoppedAt) => (stoppedAt === null ? `运行 ${ran} 个节拍` : `卡在 ${stoppedAt}`),
    longestWait: '新记录的最长等待',
    latency: '绕环延迟，平均（最大）',
    takenIn: '每 100 节拍进入',
    delivered: '每 100 节拍输出',
    spilledPeak: '溢写峰值',
  },
  plot: {
    title: '各策略下反馈队列中的记录数随时间的变化',
    caption: '反馈队列中的记录数随时间的变化',
    ticks: (count) => `${grouped(count)} 个节拍`,
    value: grouped,
  },
  termination: {
    heading: '终止',
    noLoop: (rows, steps) =>
      `没有环：所有 Source 完成之后，算子按拓扑顺序结束：${rows.join(' → ')}${steps > rows.length ? ` → …（${steps} 步）` : ''}。`,
    tooLarge: (operators) => `没有模拟结束：${operators} 个算子太多。`,
    protocol: (end) =>
      `使用 FLIP-15 的协议：${end === null ? '在结束之前放弃。' : `经过 ${end.rounds} 轮状态询问和 ${end.messages} 条消息后结束，${end.lost === 0 ? '没有丢失' : `丢失 ${records(end.lost)}`}。`}`,
    round: (round, working) => `第 ${round} 轮：${working === '' ? '全部空闲；停止 Source 和迭代头' : `在工作：${working}`}。`,
    released: '已发布的 Flink 没有这样的协议。没有等待时间的 iterate() 环永远不会结束。',
    waits: (lossy, clean, longestSilence) => {
      const told = lossy.map(({ wait, lost }) => `等待 ${ticks(wait)} 丢失 ${records(lost)}`);
      if (clean !== null) told.push(`等待 ${ticks(clean)} 没有丢失`);
      return `iterate(wait) 的环在这么久没有反馈时结束，不管还有什么在途中：这里 ${told.join('，')}（最长的静默是 ${ticks(longestSilence)}）。`;
    },
    played: (count, turns, pause) =>
      `模拟时每个 Source 有 ${count} 条记录，每 ${pause} 个节拍一条，最多绕回 ${turns} 次，从每个算子取一条出路，队列没有上限。`,
    message: (tick, message, from, to) => `节拍 ${tick}：${messages[message.kind](from, to, message.round)}`,
  },
  model: {
    heading: '模型',
    operator: (kind, name, gives) => `${kind.padEnd(8)} ${name}：每读入 1 条给出 ${gives} 条`,
    moreOperators: (count) => `还有 ${count} 个算子`,
    channel: (capacity, channel) => `容量 ${capacity}：${channel}`,
    moreChannels: (count) => `还有 ${count} 条通道`,
    assumptionsHeading: '假设',
    assumptions: (list) => `假设：${list.join('')}`,
  },
  form: {
    title: '流量控制',
    policy: '环先读',
    spill: '反馈溢写到磁盘',
    yes: '是',
    no: '否',
    feedback: '反馈队列的大小',
    capacity: '每个交换的缓冲数',
    records: '每个 Source 的记录数（0：无限）',
    gives: (name, least, most) => `${name}：每条输入给出的记录数${least === most ? '' : `（${least} 至 ${most}）`}`,
    seed: '模拟的种子',
  },
};
