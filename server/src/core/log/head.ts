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

const isLevel = (text: string): text is Level =>
  text === 'INFO' || text === 'DEBUG' || text === 'WARN' || text === 'ERROR' || text === 'TRACE' || text === 'FATAL';

export function levelOf(text: string | undefined): Level | null {
  if (text === undefined) return null;
  // Nearly every one is written so, and it is asked for each record.
  if (isLevel(text)) return text;
  const upper = text.toUpperCase();
  return ALIASES[upper] ?? (isLevel(upper) ? upper : null);
}
