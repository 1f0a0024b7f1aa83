import { rangesText } from '../knowledge/versions.ts';
import { fitting } from '../wording.ts';
import type * as english from './issueWords.en.ts';
import { isOfLibrary } from './issueWords.en.ts';

export { isOfLibrary };

export const issueMessage: typeof english.issueMessage = (issue, upgrade, room, only = false) => {
  const { key, title, fixed } = issue;
  const release = upgrade ?? fixed.at(-1);
  const fix = only || isOfLibrary(issue) ? '' : release === undefined ? '；尚未修复' : `；已在 ${release} 中修复`;
  return fitting([title], (shown) => `${only ? '不能排除：' : ''}${key}：${shown}${fix}`, room);
};

export const issueDetails: typeof english.issueDetails = (issue, version, has) => {
  const { cause, affected, fixed } = issue;
  if (isOfLibrary(issue)) return [cause];
  return [
    cause,
    `受影响的版本：${affected.length === 0 ? '没有发行版（只有开发版）' : rangesText(affected)}；修复于：${fixed.length === 0 ? '尚无发行版' : fixed.join('、')}。`,
    ...(version === null ? [] : [has ? `这里是 Flink ${version}，有该缺陷。` : `这里可能是 Flink ${version}。`]),
  ];
};

export const issueAdvice: typeof english.issueAdvice = ({ workaround }, upgrade) => [
  ...(upgrade === null ? [] : [`把 Flink 升级到 ${upgrade}。`]),
  ...(workaround === null ? [] : [`规避办法：${workaround}`]),
];

export const issuePrecondition: typeof english.issuePrecondition = ({ precondition }) => `仅在此时发生：${precondition}`;

export const ISSUE_FIXES: typeof english.ISSUE_FIXES = {
  upgrade: ({ version }) => `把 Flink 升级到 ${version}`,
  set: ({ key, value }) => `设置 ${key}: ${value}`,
};
