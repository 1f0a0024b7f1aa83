import type * as english from './words.en.ts';

export const GC_PAGE: typeof english.GC_PAGE = {
  after: '回收后的堆',
  capacity: '堆的大小',
  young: '停顿',
  full: 'Full GC',
  drawing: '堆与停顿：用方向键逐个查看事件',
  longest: '最长停顿',
  selectLongest: '选中最长的停顿',
  fullest: '堆最满',
  selectFullest: '选中其后堆最满的那次回收',
  choices: '选中最长的停顿或堆最满的时刻',
  noChart: '没有图表',
  point: '指向一个事件，或用方向键逐个查看。',
  event: (time, text) => `${time}：${text}`,
  heapHeading: '回收后的堆',
  pauseHeading: '停顿',
};
