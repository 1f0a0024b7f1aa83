import { plural } from '../core/wording.ts';

/** What the editor says of files of every kind. */
export const VERDICT = {
  report: 'Report',
  findings: (count: number): string => plural(count, 'finding'),
  more: (count: number): string => `… and ${count} more`,
};
