import { table } from '../../../../../common/table.ts';
import type { Change } from '../../analysis/jobgraph/planDiff.ts';
import type { Exchange, Ship, VertexKind } from '../../jobgraph/model.ts';
import { grouped, shorten } from '../../wording.ts';
import type * as english from './words.en.ts';

const kinds: Record<VertexKind, string> = {
  source: 'Source',
  operator: '算子',
  sink: 'Sink',
  'loop-head': '迭代头',
  'loop-tail': '迭代尾',
  iteration: '迭代',
};

const ships: Record<Ship, string> = {
  forward: '每个子任务发给编号相同的子任务',
  hash: '记录发给拥有其键的子任务',
  rebalance: '在所有子任务之间轮询',
  rescale: '在固定的一组子任务之间轮询，没有完整的 shuffle',
  shuffle: '每条记录发给一个随机的子任务',
  global: '所有记录发给第一个子任务',
  broadcast: '每条记录发给每个子任务',
  custom: '由作业的分区器决定',
  range: '记录发给拥有其键范围的子任务',
};

const exchanges: Record<Exchange, string> = {
  pipelined: '两边同时运行时记录流动；缓冲的数目本身没有上限',
  pipelined_bounded: '两边同时运行时记录流过数目有限的缓冲：反压就是沿着它传递的',
  pipelined_approximate: '两边同时运行时记录流动；重新连接的消费者可能漏掉一些',
  blocking: '生产者完成之后消费者才开始',
  blocking_persistent: '生产者完成之后消费者才开始；结果会保留',
  hybrid_full: '消费者可以在生产者完成之前开始；全部数据同时写入磁盘',
  hybrid_selective: '消费者可以在生产者完成之前开始；只有内存不足时数据才溢写',
};

const changes: Record<Change['what'], string> = {
  name: '名称',
  'chained-operators': '链接的算子',
  'ship-strategy': 'ship strategy',
  exchange: '交换方式',
  parallelism: '并行度',
  'max-parallelism': '最大并行度',
  'loop-level': '环的层次',
  input: '输入',
};

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

function bytes(value: number): string {
  let unit = 0;
  let amount = value;
  for (; amount >= 1024 && unit < UNITS.length - 1; unit++) amount /= 1024;
  return `${unit === 0 ? amount : amount.toFixed(1)} ${UNITS[unit]}`;
}

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
const loop = (name: string, tangled: boolean): string => `${tangled ? '交错的环' : '环'} ${name}`;

export const JOB_GRAPH_WORDS: typeof english.JOB_GRAPH_WORDS = {
  untitled: '作业图',
  kinds,
  ships,
  exchanges,
  feedback: '反馈',
  percent,
  more: (count) => `还有 ${count} 个`,
  parallelism: (value, max) => `并行度 ${value}${max === null ? '' : `（最大 ${max}）`}`,
  level: (level) => `第 ${level} 层`,
  card: {
    chained: (operator) => `→ ${operator}`,
    moreChained: (count) => `还有 ${count} 个链接的算子`,
    records: (read, written) => `读入 ${grouped(read)} 条记录，写出 ${grouped(written)} 条`,
    watermark: (time) => `Watermark ${time}`,
    skew: (share) => `数据倾斜 ${share} %`,
    pending: '待调度',
    criticalPath: '关键路径',
    busy: '繁忙',
    backPressured: '反压',
    idle: '空闲',
    named: (kind, name) => `${kinds[kind]} "${name}"`,
    operators: (count) => `${count} 个链接的算子`,
    inLoop: (name, level) => `在环 ${name} 中，第 ${level} 层`,
    notScheduled: '尚未调度',
    onCriticalPath: '在关键路径上',
  },
  details: {
    id: 'Id',
    kind: '种类',
    type: '类型',
    parallelism: '并行度',
    maxParallelism: '最大并行度',
    slotSharingGroup: 'Slot 共享组',
    status: '状态',
    scope: '作用域',
    scopeValue: (scope, level) => `${scope}（第 ${level} 层）`,
    changelog: 'Changelog',
    recordsIn: '读入的记录',
    recordsOut: '写出的记录',
    recordsValue: (records, size) => `${grouped(records)} (${bytes(size)})`,
    load: '负载',
    averages: '自作业启动以来的平均值',
    skew: '数据倾斜',
    skewValue: (share) => `${share} %`,
    watermark: '最低的 Watermark',
    endOfInput: '输入结束',
    operator: (number) => `算子 ${number}`,
    moreOperators: '更多算子',
    description: '说明',
    origin: '来源',
    restored: '补上的：Flink 打印了环的两端，没有打印它们之间的边',
    input: '输入',
    ship: 'Ship strategy',
    exchange: '交换方式',
    dam: 'Dam 行为',
    priority: '优先级',
    changed: (what) => `改动：${changes[what]}`,
    changedValue: (before, after) => `${before} → ${after}`,
  },
  edge: {
    feedback: (from, to, restored) => `从 ${from} 到 ${to} 的反馈${restored ? '；计划中没有这条边' : ''}。`,
    forward: (from, to, ship, exchange) => `从 ${from} 到 ${to} 的边${ship === null ? '' : `，${ship}`}${exchange === null ? '' : `，${exchange}`}。`,
    onCriticalPath: '在关键路径上',
    crossing: { entry: '入口', exit: '出口', both: '出口兼入口' },
    crosses: (crossing) => `环的${crossing}`,
  },
  chain: {
    label: (operator, count) => `${operator} · ${count} 个链接`,
    description: (card, drawn) =>
      `${card} 它作为一个任务运行：记录在算子之间直接传递，没有交换。文档没有说输出从哪个算子离开：这里从最后一个画出。${drawn === null ? '' : `画出了前 ${drawn} 个。`}`,
    operator: (number, count, chain, operator) => `链 "${chain}" 的 ${count} 个算子中的第 ${number} 个：${operator}。`,
    hands: (from, to) => `${from} 在任务内把记录交给 ${to}。`,
  },
  scopes: {
    title: (plan) => `${plan} 的作用域`,
    noLoop: '这个计划没有环：每个算子都在默认作用域，第 0 层。作业视图会显示它。',
    label: (name, tangled, level) => `${loop(name, tangled)} · 第 ${level} 层`,
    description: (name, tangled, facts) =>
      `${loop(name, tangled)}，第 ${facts.level} 层，作用域 ${facts.scope}，${facts.members} 个顶点，从 ${facts.head} 到 ${facts.tail}。`,
  },
  violation: {
    label: '✗ 违规',
    detail: '违规',
    described: (description, message) => `${description.replace(/[.。]$/, '')}；违规：${message}。`,
  },
  legend: {
    violation: '违规：违反环或交换的规则；详情中有说明',
    source: 'Source',
    operator: '算子',
    vertex: '含有链接算子的作业顶点',
    sink: 'Sink',
    'loop-head': '迭代头：反馈从这里再次进入',
    'loop-tail': '迭代尾：反馈从这里离开',
    forward: '数据流，带 ship strategy 和交换方式',
    feedback: '反馈',
    suspect: '瓶颈：繁忙，前面的生产者被反压',
    critical: '关键路径：繁忙时间最多的路径',
    muted: '待调度：尚未调度',
    added: '只在第二个计划中',
    removed: '只在第一个计划中',
    changed: '有改动',
    chained: '链接：在一个任务内，没有交换',
  },
  notes: {
    noGraph: '这个文件中没有可以读取的作业图。',
    title: (name, number, count) => (count > 1 ? `${name}（第 ${number} 个计划，共 ${count} 个）` : name),
    severalPlans: (count, number) => `文件中有 ${count} 个计划；这是第 ${number} 个。把光标放到另一个中，从那里打开图。`,
    unresolved: (count) => `${count} 个输入没有指明这个计划的顶点，或指明了几个：缺少它们的边。`,
    truncated: '文本在这个计划的中间就结束了。',
    interleaved: '有环互相重叠而互不包含；它们显示为一个。',
    averages: '繁忙、反压和空闲是自作业启动以来的平均值。',
    notShown: (count, all) => `${all} 个顶点中有 ${count} 个没有显示。`,
    criticalPath: (names, length) => `按繁忙时间的关键路径：${names.join(' → ')}${length > names.length ? ` → …（${length} 个顶点）` : ''}。`,
    pending: (count) => `${count} 个算子待调度：adaptive batch 尚未调度它们。`,
  },
  diff: {
    unreadable: (first) => `${first ? '第一个' : '第二个'}文件中没有可以读取的作业图。`,
    oneUnreadable: '其中一个文件没有可以读取的作业图。',
    none: '没有差别。',
    noneInGraph: '两个计划没有差别。',
    size: (format, counts) => `${format}：${counts.vertices} 个顶点，${counts.edges} 条边，${counts.loops} 个环`,
    vertices: '顶点',
    edges: '边',
    vertex: (label, parallelism) => `${label}${parallelism === null ? '' : `，并行度 ${parallelism}`}`,
    change: ({ what, before, after }) => `${changes[what]} ${shorten(String(before), 120)} -> ${shorten(String(after), 120)}`,
    shortChange: ({ what, before, after }) => `${changes[what]} ${shorten(String(before), 40)} → ${shorten(String(after), 40)}`,
    added: '新增',
    removed: '移除',
    changed: '改动',
    title: (one, other) => {
      if (one === other) return one === '' ? '改动' : `${shorten(one, 60)} 中的改动`;
      return `改动：${shorten(one || '第一个计划', 60)} → ${shorten(other || '第二个计划', 60)}`;
    },
    counts: (parts) => {
      const told = parts.flatMap(({ word, vertices, edges }) => {
        const counted = [vertices === 0 ? '' : `${vertices} 个顶点`, edges === 0 ? '' : `${edges} 条边`].filter((part) => part !== '');
        return counted.length === 0 ? [] : [`${word} ${counted.join('和')}`];
      });
      return `${told.join('；')}。`;
    },
  },
  text: {
    parallelism: (value) => `并行度 ${value}`,
    maxParallelism: (value) => `最大 ${value}`,
  },
  report: {
    unreadable: '这段文本中没有可以读取的作业图。',
    format: (format, plans, wrappers) =>
      `- 格式：${format}${plans > 1 ? `，文件中 ${plans} 个计划之一` : ''}${wrappers.length > 0 ? `，从 ${wrappers.join('、')} 中取出` : ''}`,
    job: (name) => `- 作业：${name}`,
    state: (state) => `- 状态：${state}`,
    mode: (mode) => `- 模式：${mode}`,
    flink: (version) => `- Flink：${version}`,
    size: (counts) => `- ${counts.vertices} 个顶点，${counts.edges} 条边，${counts.loops} 个环`,
    pending: (count) => `- ${count} 个算子待调度`,
    unresolved: (count) => `- ${count} 个输入没有指明顶点，或指明了几个`,
    problems: (count) => `- 文本中有 ${count} 处没有完整读出`,
    nothingFound: '这个计划没有发现',
    backPressured: (name, share) => `${name} 有 ${percent(share)} 的时间被反压；原因在它之后`,
    finding: (severity, certainty, message) => `**${SEVERITIES[severity] ?? severity}，${CERTAINTIES[certainty] ?? certainty}**：${message}`,
    loops: ['## 环', '', '| 环 | 层次 | 迭代头 | 迭代尾 | 顶点 |', '| --- | ---: | --- | --- | ---: |'],
    loop: (name, level, tangled) => `${'· '.repeat(level - 1)}${name}${tangled ? '（交错）' : ''}`,
    load: '## 负载',
    criticalPath: (names) => `- 按繁忙时间的关键路径：${names.join(' → ')}`,
    morePath: (length) => `…（${length} 个顶点）`,
    bottlenecks: (names) => (names.length === 0 ? '- 没有顶点挡住它之前的顶点' : `- 瓶颈：${names.join('，')}`),
    vertices: ['## 顶点', '', '| Id | 名称 | 并行度 | 层次 | 繁忙 | 反压 |', '| --- | --- | ---: | ---: | ---: | ---: |'],
  },
};

const SEVERITIES = table<string>({ error: '错误', warning: '警告', info: '信息', hint: '提示' });
const CERTAINTIES = table<string>({ proved: '已证实', suspected: '疑似', unknown: '未知' });
