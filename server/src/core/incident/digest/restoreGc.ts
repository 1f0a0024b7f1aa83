import type { GcEvent, GcLog } from '../../gc/model.ts';
import { PauseTable } from '../../gc/pauseTable.ts';
import type { GcDigest } from './model.ts';

/** The GC log that a digest was made of, as far as it was kept: its spans count lines. */
export function restoreGc({ events, unfinished, troubles, pauses, ...rest }: GcDigest): GcLog {
  const table = new PauseTable();
  for (const [start, duration] of pauses) table.add(start, duration);
  const placed = ({ line, ...event }: GcDigest['events'][number]): GcEvent => ({ ...event, span: { start: line, end: line } });
  return {
    ...rest,
    events: events.map(placed),
    unfinished: unfinished === null ? null : placed(unfinished),
    troubles: troubles.map(({ kind, text, line }) => ({ kind, text, span: { start: line, end: line } })),
    pauses: table,
  };
}
