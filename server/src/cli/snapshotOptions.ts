import { type CollectOptions, type LogsWanted, USUAL } from '../cluster/collect.ts';
import { CLUSTER } from './clusterWords.ts';
import { UsageError } from './errors.ts';
import { wholeNumber } from './wholeNumber.ts';

/** What the options on a snapshot say. */
export interface SnapshotValues {
  access?: string | undefined;
  job: string[];
  dumps?: string | undefined;
  lite: boolean;
  interval?: string | undefined;
  taskmanager: string[];
  logs?: string | undefined;
  'max-megabytes'?: string | undefined;
  'max-seconds'?: string | undefined;
  redact: string[];
}

const MEGABYTE = 1_000_000;
const MAX_DUMPS = 100;
const DAY = 86_400;

/** @throws UsageError */
export function snapshotOptions(values: SnapshotValues): CollectOptions {
  const { dumps, lite, interval, taskmanager, job, redact } = values;
  if (dumps === undefined && (interval !== undefined || lite || taskmanager.length > 0)) throw new UsageError(CLUSTER.noDumps);
  return {
    ...USUAL,
    jobs: job.length === 0 ? null : job,
    logs: logsWanted(values.logs),
    dumps:
      dumps === undefined
        ? null
        : {
            count: wholeNumber('--dumps', dumps, 1, MAX_DUMPS),
            intervalMs: 1000 * wholeNumber('--interval', interval ?? '10', 1, 3600),
            of: taskmanager.length === 0 ? null : taskmanager,
            ...(lite && { lite }),
          },
    maxBytes:
      values['max-megabytes'] === undefined ? USUAL.maxBytes : MEGABYTE * wholeNumber('--max-megabytes', values['max-megabytes'], 1, 1_000_000),
    maxMs: values['max-seconds'] === undefined ? USUAL.maxMs : 1000 * wholeNumber('--max-seconds', values['max-seconds'], 1, DAY),
    redact: redact.filter((text) => text !== ''),
  };
}

function logsWanted(value = 'usual'): LogsWanted {
  if (value === 'none' || value === 'usual' || value === 'all') return value;
  if (!/^\d{1,6}$/.test(value)) throw new UsageError(CLUSTER.logs(value));
  return MEGABYTE * Math.max(1, Number(value));
}
