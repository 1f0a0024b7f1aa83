import type * as english from './adviceWords.en.ts';

export const ownFrameText: typeof english.ownFrameText = ({ className, method, file, line }) =>
  `最近的作业代码：${className}.${method}${file === null ? '' : ` (${file}${line === null ? '' : `:${line}`})`}。`;

export const ownLogText: typeof english.ownLogText = (place, when) =>
  `位于 ${place} 的 TaskManager 的日志${when === '' ? '' : `（${when} 前后）`}比 JobManager 的日志说得更多。`;
