import type * as english from './words.en.ts';

export const NO_CLASS: typeof english.NO_CLASS = '类名不在文本中的异常';
