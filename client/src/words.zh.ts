import { kindName, viewLabel, viewTitle } from '../../common/viewWords.zh.ts';
import type * as english from './words.en.ts';

export const MESSAGES: typeof english.MESSAGES = {
  noFile: '请先打开文件：此命令作用于当前文档。',
  notAvailable: '不适用于这个文件',
  noSimulation: '不适用于这个文件：只有作业图可以模拟',
  notAlike: '这两个文件无法比较：必须都是线程转储，或都是作业图。',
  copied: 'Logjam：已复制',
  copiedForTicket: 'Logjam：已复制，可粘贴到工单',
  saved: (name) => `Logjam：已保存 ${name}`,
  emptyClipboard: '剪贴板中没有文本。',
  unreadable: (why) => `Logjam：${why ?? '无法读取这些文件。'}`,
  failed: (why) => `Logjam 无法分析该文件：${why ?? '未知错误'}`,
  fiveDeaths: '语言服务器已结束五次，不再自动重启。',
};

export const PANEL_TEXTS: typeof english.PANEL_TEXTS = {
  readingFile: '正在读取文件…',
  readingFiles: '正在读取文件…',
  readingLog: '正在读取日志…',
  mergingStacks: '正在合并栈…',
  cancelled: '已取消。',
  noJobGraph: '两个文件之一没有作业图',
  noSuchGraph: '这个文件没有这样的图',
  noView: (view) => `这个文件没有${viewTitle(view)}`,
  noGraph: (view) => `这个文件没有${viewLabel(view)}`,
  noCollection: '这个文件中没有带时间的垃圾回收',
  nothing: '这里没有 Logjam 能读取的内容。',
  notComparable: '这些文件无法比较：必须全部是线程转储，或是两个作业图。',
};

export const PANEL_TITLES: typeof english.PANEL_TITLES = {
  view: (view, name) => `${viewTitle(view)}：${name}`,
  changes: (one, other) => `变化：${one} → ${other}`,
  incident: (name) => `事故：${name}`,
  nextDump: '其中的下一份转储',
};

export const CHOICES: typeof english.CHOICES = {
  analyse: '分析线程转储、日志或作业图',
  compareDump: '把这份转储与哪份比较…',
  comparePlan: '把这个计划与哪个比较…',
  aFile: '选择文件…',
  folders: '选择文件夹…',
  files: '选择文件…',
  together: '一起分析',
  incident: '哪些文件属于这次事故？',
  incidentHint: '日志、线程转储、GC 日志、作业图、REST API 的应答',
  allBelow: '该文件夹及其下的所有文件',
  folderOf: (name) => `${name} 所在的文件夹`,
};

export const OFFER: typeof english.OFFER = {
  text: (name, kind, packed) =>
    `${name} 是${kind === 'unknown' ? '压缩包' : `${packed ? '压缩的' : '很大的'} ${kindName(kind)}`}，Logjam 可以显示它。`,
  open: '用 Logjam 打开',
  never: '不再提示',
};

export const FILTER: typeof english.FILTER = {
  title: (name) => `显示 ${name} 的哪些记录？`,
  hint: '记录必须符合所选的全部条件',
  level: '级别',
  orWorse: (level) => `${level} 或更严重`,
  records: (number) => `${number.toLocaleString('en')} 条记录`,
  time: '时间',
  fromFailure: '从第一次失败起',
  upToFailure: '到第一次失败为止',
  fromTo: '从 … 到 …',
  range: (from, to) => `${from} to ${to}`,
  subtask: '子任务',
  thread: '线程',
  rangeTitle: '从什么时候到什么时候？',
  rangeHint: '日志所写的两个时间，可带日期，中间写 to',
  rangeExample: '例如：21:01:40 to 21:01:45',
};

export const FOLDER: typeof english.FOLDER = {
  title: '检查文件夹中的所有文件',
  checking: (name) => `Logjam：正在检查 ${name}`,
  unreadable: 'Logjam 无法读取这个文件夹。',
  checked: ({ files, errors, warnings, unread, more }, name) =>
    files === 0
      ? `${name} 中没有 Logjam 认识的文件。`
      : [
          `${name}：${files} 个文件中有 ${errors} 个错误和 ${warnings} 个警告。`,
          ...(unread.length === 0 ? [] : [`${unread.length} 个文件无法读取：${unread.slice(0, 3).join('；')}。`]),
          ...(more ? ['还有更多文件没有查看。'] : []),
        ].join(''),
};

export const STATUS_BAR: typeof english.STATUS_BAR = {
  verdict: 'Logjam：结论',
  stopped: 'Logjam 已停止：重新启动',
  startAgain: (why) => `${why}点击重新启动。`,
  analysing: (names) => `正在分析 ${names.join('、')}。点击取消。`,
  whatIsWrong: '哪里出了问题？',
  goThere: '转到那里',
};
