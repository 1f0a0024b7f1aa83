import type { Kind } from './ids.ts';
import type * as english from './viewWords.en.ts';

const TITLES: Readonly<Record<english.TitledView, string>> = {
  report: '报告',
  'gc-chart': 'GC',
  stacks: '栈',
  timeline: '时间线',
  'lock-wait': '锁',
  icicle: '调用树',
  job: '作业',
  scopes: '作用域',
  calls: '调用',
  relations: '关系',
  comparison: '比较',
};

export const viewTitle: typeof english.viewTitle = (view) => TITLES[view];

export const viewLabel: typeof english.viewLabel = (view) =>
  ({ ...TITLES, 'gc-chart': '图表', 'lock-wait': '锁等待图', job: '作业图', calls: '调用图' })[view];

const KINDS: Readonly<Record<Kind, string>> = {
  'thread-dump': '线程转储',
  'flink-log': 'Flink 日志',
  'gc-log': 'GC 日志',
  'job-graph': '作业图',
  'rest-document': 'REST 文档',
  'java-source': 'Java 源文件',
  unknown: '文件',
};

export const kindName: typeof english.kindName = (kind) => KINDS[kind];
