import { count } from '../shared/dom.ts';
import type * as english from './words.en.ts';

export const KIND_NAMES: typeof english.KIND_NAMES = { application: '应用', flink: 'Flink', library: '库', jdk: 'JDK', lock: '锁' };

export const ICICLE: typeof english.ICICLE = {
  search: '搜索栈帧',
  asGraph: '同样的调用，显示为图',
  zoomedInto: '放大到',
  everything: '显示全部 (Escape)',
  which: '显示哪些栈',
  none: '没有调用树',
  noStacks: '文件中没有栈。',
  nonePasses: (unit) => `没有${unit}通过过滤。`,
  said: (stacks, unit, frames) => `${count(stacks)} 个${unit}，${count(frames)} 个栈帧`,
  allValues: (facet) => `${facet}：全部`,
  noValue: '无',
  zoomTo: '放大到这个栈帧',
  all: (number, unit) => `全部 ${count(number)} 个${unit}`,
  narrow: (frames) => `${count(frames)} 个栈帧太窄，无法绘制：请放大`,
  hits: (frames, stacks, unit) => `${count(stacks)} 个${unit}中的 ${count(frames)} 个栈帧`,
  frame: (kind) => `${kind}${/[A-Za-z]$/.test(kind) ? ' ' : ''}栈帧`,
  endHere: '止于此处',
  fill: '使这个栈帧占满宽度 (Z)',
  inUnits: (unit) => `所在的${unit}`,
  lines: '行',
  speak: ({ label, number, unit, share, own, kind }) =>
    [label, `${count(number)} 个${unit}`, share, ...(own > 0 ? [`${count(own)} 个止于此处`] : []), kind].join('，'),
};
