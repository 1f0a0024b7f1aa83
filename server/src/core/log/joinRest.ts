import type { ClockFault } from '../problems.ts';
import { joinLogs, type LogPart } from './join.ts';
import type { LogModel } from './model.ts';
import { sharedOffset } from './zone.ts';

/**
 * Logs, and what the REST API tells of failures, as one history by time. Its times are in UTC, those of logs mostly local without a zone:
 * they are brought to the clock of the logs where that is known for certain, and are left out where it is not.
 *
 * @returns `fault`: why the answers of the REST API were left out
 */
export function joinWithRest(logs: readonly LogPart[], rest: readonly LogPart[]): { log: LogModel; fault: ClockFault | null } {
  if (logs.length === 0 || rest.length === 0) return { log: joinLogs([...logs, ...rest]), fault: null };
  const log = joinLogs(logs);
  // Without any times the order is that of the files.
  if (log.clock === 'none') return { log: joinLogs([...logs, ...rest]), fault: null };
  if (log.clock === 'day') return { log, fault: { code: 'log-without-dates', facts: {} } };
  if (log.zone !== null) return { log: joinLogs([...logs, ...rest]), fault: null };
  const utcOffset = log.utcOffset ?? sharedOffset(log, joinLogs(rest));
  if ('code' in utcOffset) return { log, fault: utcOffset };
  const joined = joinLogs([...logs, ...rest.map((part) => ({ ...part, ahead: -utcOffset.minutes * 60_000 }))]);
  return { log: { ...joined, zone: null, utcOffset }, fault: null };
}
