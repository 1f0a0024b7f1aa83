import { table } from '../../../../../../common/table.ts';
import type { Episode } from '../../../analysis/log/failureModel.ts';
import type { FlinkVersion } from '../../../model.ts';
import { offsetText } from '../../../rules/log/clockWords.zh.ts';
import { formatDuration } from '../../../wording.ts';
import type * as english from './words.en.ts';

export const TITLES: typeof english.TITLES = {
  category: '类别',
  trigger: '触发',
  rootCause: '根本原因',
  consequence: '后果',
  fix: '修复',
  evidence: '证据',
  attempts: '失败与重启',
  otherMemory: '其他失败中耗尽的内存',
  collector: '垃圾回收',
  exceptions: '异常',
  stateFaults: '不相符的状态变化',
  relationships: '关系',
  unread: '没有读出的内容',
};

const TOLD_BY: Record<FlinkVersion['evidence'], string> = {
  'frame-lines': '栈帧的行号',
  'jar-tag': 'jar 标记',
  banner: '启动信息',
  plan: '计划',
  rest: 'REST API',
  setting: '设置 logjam.flinkVersion',
};

export const FACTS: typeof english.FACTS = {
  records: (count, layout, wrapper) => `${count} 条记录（布局 ${layout}${wrapper === null ? '' : `，包在 ${wrapper} 中`}）`,
  time: (from, to, ms) => (ms === 0 ? from : `${from} 至 ${to}（${formatDuration(ms)}）`),
  offset: (offset) => `时间为 ${offsetText(offset)}`,
  version: ({ range, evidence }) => `Flink ${range}（依据：${TOLD_BY[evidence]}）`,
  java: (version) => `Java ${version}`,
  all: (facts) => `${facts.join('；')}。`,
  files: (names, left) => `按这个顺序合并读取：${names.join('，')}${left > 0 ? ` 以及另外 ${left} 个` : ''}。`,
};

const someLines = (lines: readonly string[], more: boolean): string => `${lines.join('、')}${more ? ' …' : ''}`;

const OUTCOME: Record<Episode['outcome'], string> = {
  restarted: '任务重新部署了。',
  restarting: '重启开始了；任务是否重新部署，不在这段文本中。',
  failed: '作业失败了。',
  resumed: '作业被挂起，之后又在运行。',
  stopped: '它的进程随后关闭。',
  'master-stopped': 'JobManager 随后关闭。',
  open: '后来怎样，不在这段文本中。',
};

export const STUDY: typeof english.STUDY = {
  sentence: (text) => `${text}。`,
  none: '无。',
  see: (at) => `见第 ${at} 行。`,
  attempt: (number) => `第 ${number} 次尝试`,
  on: (location) => `在 ${location}`,
  failed: (title, more, symptomOnly) =>
    `${title}${more.length === 0 ? '' : `（${more.join('，')}）`}。${symptomOnly ? '这是后果；最先失败的是什么，不在这段文本中。' : ''}`,
  triggered: (when, at, failed) => `${when === '' ? '' : `${when}，`}第 ${at} 行：${failed}`,
  thrown: (at) => (at === null ? '' : `，第 ${at} 行`),
  thrownIn: (site) => `抛出于 ${site}。`,
  symptom: (what, cause, thrown) => `不在这段文本中。打印的是症状（${what}）${cause === null ? '' : `：${cause}`}${thrown}。`,
  noException: '首个失败没有打印异常。',
  before: '不在这段文本中：首个失败发生在它开始之前。',
  cause: (cause, suspected, thrown, thrownIn) =>
    `${cause}（${suspected ? '疑似：它在失败之前不久出现，文本没有把两者联系起来' : '写明'}${thrown}）。${thrownIn}`,
  memoryInstead: '同一次尝试的另一个失败说明了可能是什么：',
  memory: (said, count, at) => `${said}（${count > 1 ? `${count} 次，最早` : ''}第 ${at} 行）`,
  options: (options) => (options.length === 0 ? '' : `选项：${options.join('，')}。`),
  followed: (count) => `随后又有 ${count} 次失败。`,
  ownExceptions: (count, lines, more) => `另有 ${count} 次失败有自己的异常：第 ${someLines(lines, more)} 行。`,
  taskOf: (task, subtasks, more) => {
    const some = subtasks.join(', ');
    return `${task}${some === '' ? '' : ` (${some}${more ? ' …' : ''})`}`;
  },
  cancelled: (count, tasks, left) => `${count} 个子任务被取消：${tasks}${left > 0 ? ` 以及另外 ${left} 个任务` : ''}。`,
  outcome: (outcome) => OUTCOME[outcome],
  oneOf: (count) => `它是 ${count} 次失败之一，见下。`,
  nothingToFix: '没有发现需要修复的。',
  noRemedy: '没有已知的办法；应当查看的是上面的根本原因。',
  evidence: (at, text) => `第 ${at} 行：${text}`,
};

const WENT_ON: Record<Episode['outcome'], string> = {
  restarted: '重新部署',
  restarting: '开始重启',
  failed: '作业失败',
  resumed: '又在运行',
  stopped: '进程已结束',
  'master-stopped': 'JobManager 已结束',
  open: '不在这段文本中',
};

const CAUSE: Record<'symptom' | 'suspected' | 'stated', string> = { symptom: '只是症状：', suspected: '疑似：', stated: '' };

export const ATTEMPTS: typeof english.ATTEMPTS = {
  columns: ['#', '时间', '最先失败', '根本原因', '随后', '之后', '证据：行'],
  symptomsOnly: (what) => `文本中只有症状（${what}）`,
  noCause: '文本中没有原因',
  times: (count, cause) => `${count} × ${cause}`,
  otherCauses: (count) => `${count} 种其他原因`,
  unseen: '不在这段文本中',
  cause: (cause, certainty) => `${CAUSE[certainty]}${cause}`,
  since: (ms) => `（+${formatDuration(ms)}）`,
  followed: (failures, cancelled) =>
    [...(failures > 0 ? [`${failures} 次失败`] : []), ...(cancelled > 0 ? [`${cancelled} 个子任务被取消`] : [])].join('，') || '无',
  wentOn: (outcome) => WENT_ON[outcome],
  lines: someLines,
  left: (count) => `略去了另外 ${count} 次失败。`,
  noDates: '这份日志的时间没有日期。',
};

export const EXCEPTIONS: typeof english.EXCEPTIONS = {
  columns: ['次数', '根本原因', '包装成', '抛出于', '任务', '最早', '最晚', '行'],
  tasks: (tasks, left) => `${tasks.join('；')}${left > 0 ? ` 以及另外 ${left} 个` : ''}`,
  lines: someLines,
  left: (count) => `略去了另外 ${count} 组。`,
};

export const COLLECTOR: typeof english.COLLECTOR = {
  verdict: (verdict) => `${verdict}。`,
  other: (subject, line, verdict, why) => `${subject}（${line}）：**${verdict}**。${why}`,
  of: (source, process) => `${source}${process === null ? '' : ` (${process})`}`,
  figures: (of, pauses, totalMs, share, maxMs, full, system) =>
    `${of}：${pauses} 次停顿，一共 ${formatDuration(totalMs)}${share === null ? '' : `（占时间的 ${(share * 100).toFixed(1)} %）`}，最长 ${formatDuration(maxMs)}；${full} 次 Full GC，${system} 次由 System.gc() 触发。`,
};

export const STATES: typeof english.STATES = {
  illegal: (from, to) => `Flink 没有从 ${from} 到 ${to} 的转换`,
  missing: (expected, from) => `之前是 ${expected}，所以这段文本中缺少到 ${from} 的转换`,
  change: (at, what) => `第 ${at} 行，${what}`,
};

export const RELATED: typeof english.RELATED = {
  relation: (from, to, how) => `${from} → ${to}：${how}`,
  grounds: (grounds, count, at) => `${GROUNDS[grounds] ?? grounds}${count > 1 ? `，${count} 次` : ''}${at === null ? '' : `，第 ${at} 行`}`,
  calls: (calls, methods) => `${methods} 个方法之间的 ${calls} 个调用（堆栈中写明）`,
};

const GROUNDS = table<string>({ stated: '写明', derived: '推得', inferred: '推断' });

export const more: typeof english.more = (count) => `还有 ${count} 个`;
