import { bullets, markdownCode } from '../../core/wording.ts';
import type * as english from './words.en.ts';

const step = ({ method, line }: english.Step): string => `\`${method}()\`（第 ${line} 行）`;

export const JAVA_FEATURES: typeof english.JAVA_FEATURES = {
  callback: ({ entry, paths }) =>
    [
      `**${entry.method}()**：${entry.danger}。`,
      bullets(paths.map(({ lock, lockLine, steps }) => `从第 ${lockLine} 行起持有 ${markdownCode(lock)}：${steps.map(step).join(' → ')}`)),
      ...(entry.history.length === 0 ? [] : [`Flink 历史上的例子：\n${bullets(entry.history)}`]),
    ].join('\n\n'),
  fixAll: '在锁释放之后进行回调',
};
