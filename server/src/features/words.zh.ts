import type * as english from './words.en.ts';

export const VERDICT: typeof english.VERDICT = {
  report: '报告',
  findings: (count) => `${count} 个发现`,
  more: (count) => `… 还有 ${count} 个`,
};
