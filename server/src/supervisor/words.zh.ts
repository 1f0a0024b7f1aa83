import type * as english from './words.en.ts';
import { answerWithout } from './words.en.ts';

// The answer has no words of its own.
export { answerWithout };

export const leftWords: typeof english.leftWords = (left) => {
  switch (left.code) {
    case 'limit':
      return `分析用时过长，在 ${left.seconds} s 后停止。在文件改变之前不再分析它；设置 logjam.analysis.timeLimit 可以放宽时限。`;
    case 'cancelled':
      return '分析已应要求停止。在文件改变之前不再分析它。';
    case 'crash':
      return `对这个文件的分析使所在的进程终止（${left.why}）。在文件改变之前不再分析它。`;
  }
};

export const NO_JSON_WORDS = '跳过了一条不是 JSON 的消息。';

export const STOPPED_WORDS = '分析已终止五次，不再自动重启。';

export const NOT_OPENED_WORDS = '这个文件不在工作区的任何文件夹中，也没有打开，所以不读取其中的内容。';
