import { subtaskLabel } from '../../core/log/executions.ts';
import { linePlace } from '../../core/log/files.ts';
import { shortTask } from '../../core/log/taskNames.ts';
import { escapeMarkdown, formatBytes, formatDuration, grouped } from '../../core/wording.ts';
import type * as english from './words.en.ts';
import { timeOf } from './words.en.ts';

export { timeOf };

export const executionName: typeof english.executionName = (execution, longest = 60) => {
  const label = subtaskLabel(execution);
  const attempt = execution.attempt === null ? '' : `，第 ${execution.attempt} 次尝试`;
  return `${shortTask(execution.task ?? execution.id ?? '?', longest)}${label === null ? '' : ` (${label}${attempt})`}`;
};

export const lineLink: typeof english.lineLink = ({ uri, analysis }, line) => {
  const { file, number } = linePlace(analysis.files, line);
  const name = file === null ? `第 ${number} 行` : `${escapeMarkdown(file.name)} 第 ${number} 行`;
  const target = file?.uri ?? uri;
  return target.startsWith('file:') ? `[${name}](<${target}#L${number}>)` : name;
};

export const LOG_FEATURES: typeof english.LOG_FEATURES = {
  folds: {
    ofExecution: ({ name, records }) => `${name}：${records} 条记录`,
    aboutTasks: (records) => `${records} 条关于任务的记录`,
    name: ({ task, subtask, attempt }) => `${task} (${subtask ?? ''}${attempt === null ? '' : `，第 ${attempt} 次尝试`})`,
  },
  sizes: {
    jvm: { mx: '堆的最大值', ms: '堆的初始值', mn: '年轻代', ss: '线程栈' },
    pages: ({ pages, pageSize }) =>
      `${pages} 页 × ${formatBytes(pageSize)}（taskmanager.memory.segment-size 的默认值）= **${formatBytes(pages * pageSize)}**`,
    bytes: ({ bytes, pages }) => `**${formatBytes(bytes)}**${pages === null ? '' : ` = ${pages} 页，每页 32 KiB`}`,
    withUnit: (bytes) => `**${formatBytes(bytes)}** = ${bytes} bytes`,
    hint: (bytes) => `= ${formatBytes(bytes)}`,
    usualPages: '按每页 32 KiB，即 taskmanager.memory.segment-size 的默认值',
  },
  lenses: {
    first({ symptomOnly, number, of, followed }) {
      const what = number > 1 ? `第 ${grouped(number)} 次失败` : symptomOnly ? '首个症状' : '首个失败';
      return `${what}${of > 1 ? `（共 ${grouped(of)} 次）` : ''}${followed > 0 ? `，有 ${followed} 个后果` : ''}`;
    },
    callGraph: '显示调用图',
    callGraphTip: '这个堆栈中谁调用了谁',
    wholeTrace: '显示完整的堆栈',
    wholeTraceTip: (frames) => `补全 "... more" 所省略的 ${frames} 个栈帧`,
    alike: (count) => `还有 ${count} 个这样的`,
    alikeTip: '同样的类，在同样的方法中抛出和包装',
    alikeList: ({ count, root }) => `根本原因为 ${root} 的 ${count} 个堆栈`,
  },
  links: { trace: '显示完整的堆栈', open: (file) => `打开 ${file}` },
  symbols: {
    groups: { failures: '失败', jobs: '作业', tasks: '任务', exceptions: '异常' },
    failure: (number, title) => `${number}：${title}`,
    noCause: '原因不在文本中',
    line: (line) => `第 ${line} 行`,
    attempt: '执行尝试',
    left: (count) => `还有 ${count} 个没有列出`,
  },
  hover: {
    jar: ({ name, version, exact }) => `来自 ${name}，版本 ${version}${exact ? '' : '（标记以 ~ 开头：取自类本身，可能是另一个副本）'}`,
    java: (version) => `Java ${version}`,
    generated: '生成的代码：名字中的数字每次运行都不同。',
    inFrames: (count) => `在这份日志的 ${count} 个栈帧中。`,
    threadStack: '任务的线程停在这里：这是栈，不是异常。',
    isRoot: '这个堆栈的**根本原因**。',
    root: (title) => `根本原因：**${title}**`,
    chain: (names) => `异常链：${names.join(' ← ')}`,
    wrapped: (place, outer) => `${place}，成为 ${outer}。`,
    inLog: ({ count, first, last, executions }) =>
      `在这份日志中出现 ${count} 次${first === null ? '' : `，最早 ${first}，最晚 ${last}`}${executions > 0 ? `；${executions} 次执行因它失败` : ''}。`,
    consequence: (reason) => `这是后果，不是原因：${reason}。`,
    damaged: (how) => `文本已损坏：${how}。`,
    notCompleted: (why) => `这里省略了什么无从得知：${why ?? '没有栈帧'}。`,
    sameFrames: (count) => `与外层堆栈末尾的 ${count} 个栈帧相同：`,
    moreFrames: (count) => `… 还有 ${count} 个`,
    operators: (names) => `这个任务中链接的算子：${names.join(' → ')}`,
    vertex: (id) => `作业顶点 \`${id}\`（计划中节点的 id）`,
    on: (place) => `在 ${place} 上`,
    lasted: (ms) => `从第一次到最后一次状态变化 ${formatDuration(ms)}。`,
    end: (state, seen) => `最后已知的状态：**${state}**${seen ? '' : '（由别处报告；状态变化本身不在这份日志中）'}`,
    failedWith: (title) => `因 ${title} 失败`,
    inLine: (title, line) => `${title}，${line}`,
    cameAfter: (failure) => `在首个失败之后出现：${failure}。`,
    consequenceOf: (reason, failure) => `后果：${reason}。最先失败的：${failure}。`,
    event: ({ title, consequence, meaning }) => `**${title}**${consequence ? '（后果）' : ''}\n\n${meaning}`,
    printedBy: (source, versions) => `由 \`${source}\` 打印，Flink ${versions}。`,
  },
};
