import { isSegment } from './calls.ts';
import { type Row, rowsIn } from './rows.ts';

/** What the profiler of a process has done or does (ProfilingInfo). Times in ms since 1970, the duration in seconds. */
export interface Profiling {
  status: 'RUNNING' | 'FINISHED' | 'FAILED' | null;
  mode: string;
  triggered: number | null;
  duration: number | null;
  /** Why it failed. */
  message: string;
  /** Of the result; null as long as there is none. */
  file: string | null;
}

/** What is sampled, as the profiler is told; those first that need no rights which a container may lack. */
export const PROFILING_MODES = ['ITIMER', 'WALL', 'ALLOC', 'LOCK', 'CPU'] as const;

const STATUSES = ['RUNNING', 'FINISHED', 'FAILED'] as const;

/** `{"profilingList": […]}` (ProfilingInfoList), the newest first. */
export const profilingsIn = (list: unknown): Profiling[] =>
  rowsIn(list, 'profilingList')
    .map(profilingIn)
    .sort((a, b) => (b.triggered ?? 0) - (a.triggered ?? 0));

/** What is said of one, also by the answer to whoever has started it. */
export function profilingIn(row: Row): Profiling {
  const { status, mode, triggerTime, duration, message, outputFile } = row;
  return {
    status: STATUSES.find((one) => one === status) ?? null,
    mode: text(mode),
    triggered: number(triggerTime),
    duration: number(duration),
    message: text(message),
    file: text(outputFile) || null,
  };
}

/** Files of the results, the newest first. */
export const finishedIn = (list: unknown): string[] =>
  profilingsIn(list).flatMap(({ status, file }) => (status === 'FINISHED' && isSegment(file) ? [file] : []));

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
