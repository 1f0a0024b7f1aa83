/** States after which a job does nothing any more on this JobManager (JobStatus.isTerminalState). */
const ENDED: ReadonlySet<string> = new Set(['FINISHED', 'CANCELED', 'FAILED', 'SUSPENDED']);

export const isEnded = (state: unknown): boolean => typeof state === 'string' && ENDED.has(state);
