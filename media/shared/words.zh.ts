import { count } from './dom.ts';
import type * as english from './words.en.ts';

export const SHARED: typeof english.SHARED = {
  readingFile: '正在读取文件…',
  readingFiles: '正在读取文件…',
  readingLog: '正在读取日志…',
  mergingStacks: '正在合并栈…',
  tryAgain: '重试',
  cancel: '取消',
  nothing: '没有可显示的内容',
  nothingToDraw: '没有可绘制的内容',
  nothingToSave: '还没有可保存的内容。',
  everything: '显示全部',
  follow: '跟随当前编辑器',
  save: '另存为…',
  saveAs: (format) => `另存为 ${format}`,
  saveMarkdown: '另存为 Markdown…',
  svg: 'SVG 图片',
  png: 'PNG 图片',
  noCanvas: '浏览器没有提供画布。',
  tooLarge: '图片太大，无法存为 PNG：请存为 SVG。',
  notReadBack: '无法读回图片。',
  details: '详情',
  notes: '说明',
  legend: '图例',
  previousMatch: '上一个匹配 (Shift+Enter)',
  nextMatch: '下一个匹配 (Enter)',
  noMatch: '无',
  zoom: '放大',
  zoomIn: '放大 (+)',
  zoomOut: '缩小 (-)',
  lines: (number) => `${count(number)} 行`,
  line: (number) => `第 ${count(number)} 行`,
  lineOf: (file, number) => `${file} 第 ${count(number)} 行`,
  goTo: (place) => `转到${/^[A-Za-z0-9]/.test(place) ? ' ' : ''}${place}`,
  inText: '在文本中显示',
  more: (left) => `另有 ${count(left)} 个`,
  callTree: '调用树',
  callGraph: '调用图',
};

export const SEVERITY: typeof english.SEVERITY = { error: '错误', warning: '警告', info: '信息', hint: '提示' };

export const CERTAINTY: typeof english.CERTAINTY = { proved: '已证实', suspected: '疑似', unknown: '未知' };
