import type { UtcOffset } from '../../log/model.ts';
import { zoneName } from '../../wording.ts';
import type * as english from './clockWords.en.ts';

const BY: Record<UtcOffset['by'], (events: number) => string> = {
  checkpoints: (events) => `${events} 个 Checkpoint 打印了自 1970 年以来的时间`,
  failures: (events) => `REST API 也报告了其中 ${events} 次失败`,
};

export const offsetText: typeof english.offsetText = ({ minutes, by, events }) =>
  `${minutes === 0 ? 'UTC' : `UTC${zoneName(minutes)}`}（依据：${BY[by](events)}）`;
