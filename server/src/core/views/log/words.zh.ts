import type { Speaker, Talk } from '../../analysis/log/componentTalk.ts';
import type { OutlookFacts, Stopped } from '../../analysis/log/outlook.ts';
import type { Relation, RelationFacts } from '../../analysis/log/relations.ts';
import type { CategoryFacts } from '../../analysis/log/study.ts';
import type { FailureCategory } from '../../knowledge/failureCategories.ts';
import { MEMORY_POOLS } from '../../knowledge/memoryErrors.ts';
import { eventKind } from '../../log/events.ts';
import type { TraceFrame } from '../../log/model.ts';
import { shortTask } from '../../log/taskNames.ts';
import { formatStamp } from '../../log/time.ts';
import { formatDuration, grouped, listInChinese, say, shorten, type Words } from '../../wording.ts';
import type * as english from './words.en.ts';
import { groundsText } from './words.en.ts';

export { groundsText };

const SPEAKERS: Readonly<Record<Speaker, string>> = {
  'task-executor': 'TaskExecutor',
  'job-manager': 'JobManager',
  'checkpoint-coordinator': 'CheckpointCoordinator',
  'source-tasks': 'Source 任务',
  task: '任务',
  'resource-manager': 'ResourceManager',
  'task-manager': 'TaskManager',
  'peer-task-manager': 'TaskManager（对端）',
  client: '客户端',
  dispatcher: 'Dispatcher',
  tasks: '任务',
  'container-runtime': 'Kubernetes 或 YARN',
  'flink-process': 'Flink 进程',
  outside: '外部',
  'other-flink-process': '另一个 Flink 进程',
  'iteration-tail': '迭代尾',
  'iteration-head': '迭代头',
  process: '进程',
};

const TALK: Readonly<Record<Talk, (value: string) => string>> = {
  'reports-final-state': (value) => `报告最终状态 ${value}`,
  'submits-task': () => '提交任务',
  'deploys-task': () => '部署任务',
  'cancels-task': () => '取消任务',
  'triggers-checkpoint': () => '触发 Checkpoint',
  'declines-checkpoint': () => '拒绝 Checkpoint',
  registers: () => '注册',
  'closes-connection': () => '关闭连接',
  'loses-connection': () => '交换数据；连接断了',
  'asks-for-partition': () => '请求分区',
  'misses-partition': () => '请求的分区不存在',
  'registers-for-job': () => '为作业注册',
  'asks-for-slot': () => '请求 Slot',
  'offers-slots': () => '提供自己的 Slot',
  'leaves-without-slots': () => '离开，因为没有作业的 Slot 了',
  'declares-slots': () => '声明所需的 Slot',
  'gets-no-slots': () => '得不到所需的 Slot',
  'submits-job': () => '提交作业',
  'acknowledge-checkpoint': () => '确认 Checkpoint',
  'answers-late': () => '在 Checkpoint 超时之后才应答',
  'asks-for-task-manager': () => '请求 TaskManager',
  'tells-end-of-task-manager': () => '报告 TaskManager 已结束',
  'kills-container': () => '杀死它的容器',
  'tells-to-stop': () => '要求它停止',
  'cannot-connect': () => '无法通过 RPC 到达它',
  'feeds-back': () => '把记录反馈回去',
  'cannot-reach': () => '无法到达',
  'misses-heartbeats': () => '等不到它的心跳',
};

export const wrapText: typeof english.wrapText = ({ method, line, call }) => {
  const place = line === null ? method : `${method}:${line}`;
  return `在 ${place} 被捕获并包装${call === null ? '' : `（调用本身在 :${call}）`}`;
};

export const GC_VERDICTS: typeof english.GC_VERDICTS = {
  confirmed: '已证实',
  refuted: '已否定',
  unclear: '不明确',
  'not covered': '没有覆盖',
};

const RELATIONS: { readonly [C in keyof RelationFacts]: (facts: RelationFacts[C]) => english.RelationText } = {
  call: ({ from, to, self }) => ({ from, to, how: self ? '调用自己或重载' : '调用' }),
  operator: ({ from, to }) => ({ from, to, how: '把记录交给它（链接在同一任务中）' }),
  component: ({ from, to, talk, value }) => ({ from: SPEAKERS[from], to: SPEAKERS[to], how: TALK[talk](value) }),
  cause: ({ from, to, at }) => ({ from, to, how: wrapText(at) }),
  gc: ({ verdict, named }) => ({
    from: 'TaskManager',
    to: 'JVM 垃圾回收器',
    how: `${named ? '消息把垃圾回收慢列为一种可能（固定的文本）' : '长时间的垃圾回收可以解释它'}：${GC_VERDICTS[verdict]}`,
  }),
};

export const relationText: typeof english.relationText = (relation) => {
  const words = RELATIONS[relation.code] as (facts: Relation['facts']) => english.RelationText;
  return words(relation.facts);
};

export const predictionText: typeof english.predictionText = ({ version, backOffMs, asked, failed }, dated) =>
  `在 ${version} 中，预留失败之前会睡眠 1 + 2 + … + 1024 ms = ${backOffMs} ms，所以请求内存是在 ${formatStamp(asked, dated)} 或更早；GC 日志在那时到 ${formatStamp(failed, dated)} 之间会有最多 3 次原因为 System.gc() 的回收。`;

const KNOWN: Readonly<Record<FailureCategory, string>> = {
  memory: '内存',
  'stuck-cancellation': '取消卡住',
  python: 'Python worker 或驱动程序',
  'disk-full': '磁盘已满',
  resources: '资源：Slot、配额或 TaskManager 不足',
  authentication: '认证或权限',
  state: '状态：这个程序无法恢复它',
  classes: '类：缺失，或版本不同',
  serialization: '序列化：记录无法读或写',
  'file-system': '文件系统：缺少它的插件',
  connector: '连接器或外部系统',
  'high-availability': '高可用：leader 身份',
  'process-lost': '失去的进程',
  network: 'Flink 进程之间的网络',
  checkpoint: 'Checkpoint 及其存储',
  planner: '优化器或程序：无法转换成作业',
  configuration: '配置',
  deployment: '由 Kubernetes Operator 部署',
  submission: '提交，或集群的启动',
  'user-code': '作业的代码',
  flink: 'Flink 自身',
};

const FAILURES: Readonly<Record<CategoryFacts['failure']['kind'], string>> = {
  task: '任务失败',
  job: '作业失败',
  process: '进程失败',
  exception: '异常',
};

const CATEGORIES: Words<CategoryFacts> = {
  'out-of-memory': ({ pool }) => `内存耗尽：${MEMORY_POOLS[pool].title}`,
  known: ({ category }) => KNOWN[category],
  'container-out-of-memory': () => '内存耗尽：容器',
  consequence: () => '别处失败的后果',
  failure: ({ kind }) => FAILURES[kind],
  none: () => '无',
};

const methodText = ({ className, method, line }: TraceFrame): string => `${className}.${method}${line === null ? '' : `:${line}`}`;

export const stuckText: typeof english.stuckText = (task, top, own) => {
  const name = task === null ? '被取消的任务' : `被取消的 ${shortTask(task)}`;
  if (top === null) return `${name} 没有结束：线程转储会显示它停在哪里。`;
  const called = own === null || own === top ? '' : `，由 ${methodText(own)} 调用`;
  return `${name} 停在 ${methodText(top)}${called}：那里的作业代码被中断时必须结束；线程转储会显示它在等什么。`;
};

type OutlookWords = { readonly [C in keyof OutlookFacts]: (facts: OutlookFacts[C], line: (line: number) => string) => string[] };

const OUTLOOKS: OutlookWords = {
  healthy: ({ jobs, subtasks, checkpoints, stopped }, line) => {
    const signs = [
      ...(jobs > 0 ? [`${jobs} 个作业已完成`] : []),
      ...(subtasks > 0 ? [`${subtasks} 个子任务已完成`] : []),
      ...(checkpoints > 0 ? [`${checkpoints} 个 Checkpoint 已完成`] : []),
    ];
    return [`就这段文本而言没有任何失败：${signs.slice(0, 2).join('，')}`, ...signs.slice(2), ...stoppedTexts(stopped, line)];
  },
  noted: ({ exceptions, first, severe, events }, line) => {
    const named = events.map(({ id, line: at }) => `"${eventKind(id)?.title ?? id}"（第 ${line(at)} 行）`);
    const counts = [...(exceptions > 0 ? [`${exceptions} 个异常`] : []), ...(severe > 0 ? [`${severe} 条 ERROR 记录`] : [])];
    return [
      `这段文本中没有子任务、作业或进程失败，但有${(counts.length > 0 ? counts : [`${events.length} 个严重事件`]).map((one) => ` ${one}`).join('和')}`,
      ...(first === null ? [] : [`第一个：${shorten(first.title, 160)}，第 ${line(first.line)} 行`]),
      ...(named.length === 0 ? [] : [`其中提到 ${listInChinese(named)}`]),
    ];
  },
  overcome: ({ ids, since, first }, line) => [
    `现在没有问题：${ids.length === 1 ? `Checkpoint ${ids[0]} ` : `${ids.length} 个 Checkpoint `}失败，之后的 ${since} 个完成了`,
    ...(first === null ? [] : [`原因：${shorten(first.title, 160)}，第 ${line(first.line)} 行`]),
  ],
  standing: ({ task, state, lasts, line: at, tasks }, line) => [
    `${shorten(shortTask(task), 40)}${tasks > 1 ? ` 等 ${tasks} 个任务` : ' '}没有开始运行：${state} 已有 ${formatDuration(lasts)}`,
    `见第 ${line(at)} 行`,
    '没有报告失败',
  ],
  quiet: ({ records, ran, stopped }, line) =>
    stopped !== null
      ? [`从外部被要求停止 (${stopped.signal})；这 ${records} 条记录中没有报告失败`, ...stoppedTexts(stopped, line)]
      : [`这 ${records} 条记录中没有报告失败${ran > 0 ? `：运行了 ${ran} 个子任务` : ''}`, '是否一切正常，也看不出来'],
  unread: () => ['没有识别出日志记录或堆栈，所以关于失败什么也不能说'],
};

const stoppedTexts = (stopped: Stopped | null, line: (line: number) => string): string[] =>
  stopped === null ? [] : [`第 ${line(stopped.line)} 行：${stopped.signal}；是谁发出的（kubectl、驱逐、YARN、扩缩容）看集群的事件，不在这个日志中`];

export const outlookTexts: typeof english.outlookTexts = (outlook, line) => OUTLOOKS[outlook.code](outlook.facts, line);

export const categoryText: typeof english.categoryText = (category) => `${say(CATEGORIES, category)}${category.stuck ? '，随后取消又卡住' : ''}。`;

const GROUNDS: Readonly<Record<english.Grounds, string>> = { stated: '日志中写明', derived: '由日志推得', inferred: '推断，没有写明' };

export const RELATED: typeof english.RELATED = {
  source: (grounds, lines, count) => `${GROUNDS[grounds]}；第 ${lines.join('、')} 行${count > lines.length ? `，一共 ${count} 次` : ''}`,
  ends: (from, to) => `${from} -> ${to}`,
  how: (from, to, how) => `${from} -> ${to}：${how}`,
  no: (name) => `NO：${name}`,
  why: (facts) => `${facts} 没有堆栈，没有链接的算子，也没有把两个组件联系起来的消息。`,
  yes: (text) => `YES：${text}`,
  facts: (records, executions, traces, version, java) =>
    `${[
      `${records} 条记录`,
      `${executions} 次执行`,
      ...(traces > 0 ? [`${traces} 个堆栈`] : []),
      ...(version === null ? [] : [`Flink ${version.range}（${version.evidence === 'jar-tag' ? 'jar 标记' : version.evidence}）`]),
      ...(java === null ? [] : [`Java ${java}`]),
    ].join('，')}。`,
  firstFailure: (line, when, text) => `首个失败：第 ${line} 行${when === null ? '' : `，${when}`}：${text}`,
  operators: '算子（任务内的数据流，不是调用）',
  components: '组件',
  causes: '异常（原因 -> 它被包装成的异常）',
  calls: (methods, edges, self, frames) =>
    `调用：${methods} 个方法，${edges} 条边${self === 0 ? '' : `（其中 ${self} 条从方法到自己或重载）`}，${frames} 个栈帧`,
  callsBetween: (calls, methods) => `${methods} 个方法之间的 ${calls} 个调用`,
  incomplete: (places) => `有 ${places} 处 "... more" 之后的栈帧无法补全：文本已损坏，或没有数目。`,
  collector: (verdict, conclusion) => `TaskManager -> JVM 垃圾回收器：${verdictText(verdict)}。${conclusion}`,
  otherCase: (line, subject, verdict, conclusion) => `第 ${line} 行，${subject}：${verdictText(verdict)}。${conclusion}`,
  memory: (line, shortage, sum) => `内存（第 ${line} 行）：${shortage}${sum === null ? '' : `${sum}。`}`,
  check: (text) => `检查：${text}`,
  more: (count) => `；还有 ${count} 个`,
  moreListed: (count) => `… 还有 ${count} 个`,
  cancelled: (ms, subtask, task) => `（在报告${subtask === null ? ` ${task} ` : `子任务 ${subtask} `}失败之后 ${formatDuration(ms)}）`,
};

const verdictText = (verdict: string): string => (verdict in GC_VERDICTS ? GC_VERDICTS[verdict as keyof typeof GC_VERDICTS] : verdict);

export const FILTERED: typeof english.FILTERED = {
  head: (kept, of, name, filter) => `${name} 的 ${of} 条记录中的 ${grouped(kept)} 条：${filterText(filter)}`,
  unread: (file) => `${file} 已无法读取`,
  page: (kept, name, filter, lines) =>
    `${name} 第 ${grouped(lines.from)} 至 ${grouped(lines.to)} 行（共 ${grouped(lines.of)} 行）中的 ${kept} 条记录：${filterText(filter)}`,
  more: (line) => `从第 ${line} 行起还有更多`,
};

const filterText = ({ level, thread, subtask, from, to }: Parameters<typeof english.FILTERED.head>[3]): string =>
  [
    ...(level === undefined ? [] : [`级别 ${level} 或更严重`]),
    ...(thread === undefined ? [] : [`线程 ${thread}`]),
    ...(subtask === undefined ? [] : [`子任务 ${subtask}`]),
    ...(from === undefined ? [] : [`从 ${from}`]),
    ...(to === undefined ? [] : [`到 ${to}`]),
  ].join('，');

export const TRACE: typeof english.TRACE = {
  asInLine: (line) => `// 同第 ${line} 行`,
  incomplete: (elided, why) => `... ${elided === null ? '' : `${elided} `}more // 没有补全：${why}`,
  left: (count) => `这个堆栈中还有 ${count} 个异常略去。`,
  title: (isStack, line, time, filled) =>
    `第 ${line} 行的${isStack ? '线程栈' : '堆栈'}${time === '' ? '' : `，${time}`}：${filled === 0 ? '文本没有省略任何栈帧' : `文本省略的栈帧（${filled} 个）标有它们所在的行`}。`,
  unnamed: '（写明异常的那一行不在文本中）',
};

export const CALLS: typeof english.CALLS = {
  title: (traces) => (traces === 1 ? '一个堆栈中的调用' : '各堆栈中的调用'),
  empty: '这份日志中没有堆栈，所以没有调用可以显示。',
  call: (from, to, self, traces) => `${from} 调用${self ? '自己或重载' : ` ${to}`}，见于 ${traces} 个堆栈。`,
  methodsLeft: (count) => `略去了见于较少堆栈的 ${count} 个方法。`,
  incomplete: (places) => `有 ${places} 处 "... more" 无法补全（文本损坏或没有数目），所以可能缺少一些调用。`,
  alike: '相同的堆栈每组只取一个。',
  traces: (count) => `${count} 个堆栈`,
  method: (method, traces, root) => `${method}，见于 ${traces} 个堆栈${root ? '；有根本原因在这里抛出' : ''}。`,
  class: '类',
  methodName: '方法',
  from: '来自',
  jar: (name, version) => `${name} (${version})`,
  exception: (name, root) => `${name}${root ? '，根本原因' : ''}。`,
  throws: '抛出',
  thrown: (method, exception) => `${method} 产生了 ${exception}。`,
  wrapped: '包装成',
  wrapping: (inner, outer) => `${inner} 被包装成 ${outer}。`,
  legend: [
    { for: 'method', text: '堆栈中的方法' },
    { for: 'exception', text: '异常，位于产生它的方法' },
    { for: 'calls', text: '调用；数字是显示它的堆栈数' },
    { for: 'causes', text: '在这里产生，或包装成' },
    { for: 'suspect', text: '根本原因抛出的地方' },
    { for: 'muted', text: 'JDK 和其他库' },
  ],
};

export const ICICLE: typeof english.ICICLE = {
  title: '按调用归并的堆栈',
  unit: '堆栈',
  facets: ['异常', '根本原因'],
  empty: '这份日志中没有堆栈。',
  member: (line, name) => `第 ${line} 行：${name}`,
  thread: '线程的栈',
  unknown: '不明',
  tracesLeft: (merged, of) => `归并了 ${of} 个堆栈中的前 ${merged} 个。`,
  cut: '深的栈被截短：不同的栈帧太多。',
  endEarly: (count) => `${count} 个栈提前结束："... more" 无法补全。`,
};
