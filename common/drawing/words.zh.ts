import type { NodeKind } from '../graph.ts';
import type * as english from './words.en.ts';

const count = (value: number): string => value.toLocaleString('en');

/** With its measure word. */
const NOUNS: Partial<Record<NodeKind, string>> = {
  thread: '个线程',
  'virtual-thread': '个虚拟线程',
  monitor: '把锁',
  synchronizer: '把锁',
  'class-init': '个类',
  method: '个方法',
  vertex: '个顶点',
  operator: '个算子',
  source: '个 Source',
  sink: '个 Sink',
};

function noun(kinds: readonly NodeKind[]): string {
  const [only = '个节点', ...others] = new Set(kinds.map((kind) => NOUNS[kind] ?? '个节点'));
  return others.length === 0 ? only : '个节点';
}

export const FOLDED: typeof english.FOLDED = {
  nodes: (number, kinds) => `${count(number)} ${noun(kinds)}`,
  open: (label, names, more) => `${label}：${names.join('、')}${more ? '等' : ''}。展开可逐个查看。`,
  inside: (number, kinds) => `其中 ${count(number)} ${noun(kinds)}`,
  closed: (group, number, kinds) => `${group}已收起：其中 ${count(number)} ${noun(kinds)}。`,
  parts: (number) => `+${count(number)} 个较小的部分`,
  twins: (number, kinds) => `另有 ${count(number)} ${noun(kinds)}`,
  named: (number, kinds) => `同名的 ${count(number)} ${noun(kinds)}`,
  level: (number) => `第 ${number} 层`,
};

export const EMPHASIS: typeof english.EMPHASIS = {
  cycle: '环',
  victim: '被阻塞',
  violation: '✗ 违反',
  suspect: '疑似',
  critical: '关键路径',
  added: '+ 新增',
  removed: '− 移除',
  changed: '~ 改变',
};

export const DRAWING: typeof english.DRAWING = {
  deadlock: '死锁',
  nothing: '没有可绘制的内容。',
  cancelled: '布局已取消。',
  tooLong: (seconds) => `布局超过 ${seconds} s，已停止。`,
  workerFailed: (why) => `布局 worker 失败：${why}`,
  failed: (why) => `布局失败：${why}`,
};
