// How much of a log is kept; what is more is counted.

/** A log that throws a million times repeats itself. */
export const MAX_EXCEPTIONS = 20_000;
export const MAX_EVENTS = 400_000;
/** Events of one kind that are kept of a streamed file. */
export const MAX_OF_KIND = 5000;
/** Records of a streamed file, of those to which something refers. */
export const MAX_RECORDS = 50_000;
export const MAX_EXECUTIONS = 100_000;
/** State changes and mentions of one execution; a broken log may repeat one id without end. */
export const MAX_ITEMS = 1000;
export const MAX_CLOCK_STEPS = 100;
