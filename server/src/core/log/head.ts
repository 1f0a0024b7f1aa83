import { table } from '../../../../common/table.ts';
import type { Level } from './model.ts';
import type { Stamp } from './time.ts';

/** What stands before the message of a record. */
export interface Head {
  stamp: Stamp | null;
  level: Level | null;
  logger: string | null;
  thread: string | null;
  context: string | null;
  /** Index in the line where the message starts. */
  message: number;
  /** Index in the line where it ends, in a table with more columns behind it; else it goes on to the end of the line. */
  end?: number;
}

const ALIASES = table<Level>({
  WARNING: 'WARN',
  SEVERE: 'ERROR',
  CRITICAL: 'FATAL',
  NOTICE: 'INFO',
  CONFIG: 'INFO',
  FINE: 'DEBUG',
  FINER: 'TRACE',
  FINEST: 'TRACE',
});

export function levelOf(text: string | undefined): Level | null {
  if (text === undefined) return null;
  const upper = text.toUpperCase();
  return (
    ALIASES[upper] ??
    (upper === 'TRACE' || upper === 'DEBUG' || upper === 'INFO' || upper === 'WARN' || upper === 'ERROR' || upper === 'FATAL' ? upper : null)
  );
}
