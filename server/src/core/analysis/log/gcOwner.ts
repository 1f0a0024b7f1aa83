import { table } from '../../../../../common/table.ts';
import type { GcLog } from '../../gc/model.ts';
import type { LogModel } from '../../log/model.ts';

/** A process of Flink, by its main class or by how others call it: which side it is on. */
export const sideOfProcess = (process: string): 'TM' | 'JM' => (/task/i.test(process) ? 'TM' : 'JM');

/** Sizes that differ by less are the same, rounded to regions and pages. */
const SAME_HEAP = 0.05;

/** Whose GC log it is, where the start of the JVM does not tell: by the heap that the process was started with, else by the file's name. */
export function gcOwner(gc: GcLog, log: LogModel, source: string): string | null {
  return byHeap(gc, log) ?? byName(source);
}

/** Flink starts its JVMs with -Xms as large as -Xmx: the size of the heap in the GC log is that of its process. */
function byHeap(gc: GcLog, log: LogModel): string | null {
  const heap = 1024 * gc.events.reduce((most, { capacity }) => Math.max(most, capacity ?? 0), 0);
  if (heap === 0) return null;
  const started = heaps(log);
  const fits = started.filter(({ bytes }) => Math.abs(bytes - heap) <= SAME_HEAP * bytes);
  const [one] = fits;
  const tells =
    one !== undefined && fits.length < started.length && fits.every(({ process }) => sideOfProcess(process) === sideOfProcess(one.process));
  return tells ? one.process : null;
}

const XMX = /^-Xmx(\d+)([kmgKMG]?)$/;
const UNITS = table<number>({ '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 });

/** The processes that print their -Xmx below their start banner. */
function heaps(log: LogModel): { process: string; bytes: number }[] {
  const found: { process: string; bytes: number }[] = [];
  let process: string | null = null;
  for (const { id, fields } of log.events) {
    if (id === 'start-banner') process = fields.component ?? '';
    const match = id === 'jvm-option' && process !== null ? XMX.exec(fields.option ?? '') : null;
    if (match !== null && process !== null) found.push({ process, bytes: Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1) });
  }
  return found;
}

function byName(source: string): string | null {
  if (/task-?_?(?:manager|executor)|(?:^|[^a-z])tm(?:[^a-z]|$)/i.test(source)) return 'TaskManager';
  return /job-?_?manager|entrypoint|standalonesession|appmaster|(?:^|[^a-z])jm(?:[^a-z]|$)/i.test(source) ? 'JobManager' : null;
}
