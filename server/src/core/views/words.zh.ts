import type * as english from './words.en.ts';

export const FINDING: typeof english.FINDING = {
  toDo: '怎么办：',
  evidence: '证据：',
  missing: '要确认，需要：',
  others: '其他发现',
  more: (count) => `还有 ${count} 个`,
};

export const TICKET: typeof english.TICKET = {
  file: (name, line, version) => `${name}${line === null ? '' : `，第 ${line} 行`}${version === null ? '' : `；Flink ${version}`}`,
  others: (count) => `报告中还有 ${count} 个发现。`,
};
