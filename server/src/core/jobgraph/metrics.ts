import { table } from '../../../../common/table.ts';
import type { JsonReader } from '../unwrap/json/reader.ts';

/** Metrics of a job vertex; sums over its subtasks unless the name says otherwise. Null: not in the document. */
export interface VertexMetrics {
  readBytes: number | null;
  writeBytes: number | null;
  readRecords: number | null;
  writeRecords: number | null;
  /** Milliseconds, summed over subtasks (1.16+). */
  backPressuredMs: number | null;
  idleMs: number | null;
  busyMs: number | null;
}

function emptyMetrics(): VertexMetrics {
  return {
    readBytes: null,
    writeBytes: null,
    readRecords: null,
    writeRecords: null,
    backPressuredMs: null,
    idleMs: null,
    busyMs: null,
  };
}

const METRICS = table<keyof VertexMetrics>({
  'read-bytes': 'readBytes',
  'write-bytes': 'writeBytes',
  'read-records': 'readRecords',
  'write-records': 'writeRecords',
  'accumulated-backpressured-time': 'backPressuredMs',
  'accumulated-idle-time': 'idleMs',
  'accumulated-busy-time': 'busyMs',
});

/** The "metrics" object of a job vertex (IOMetricsInfo); null when the reader stands on something else. */
export function readMetrics(reader: JsonReader): VertexMetrics | null {
  if (!reader.enterObject()) return null;
  const metrics = emptyMetrics();
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
    const name = METRICS[key];
    if (name === undefined) continue;
    const value = reader.scalar();
    // The busy time of sources that cannot measure it is printed as NaN.
    if (typeof value === 'number' && value >= 0) metrics[name] = value;
  }
  return metrics;
}
