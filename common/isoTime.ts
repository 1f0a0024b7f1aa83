/** A time since 1970 (ms) in ISO 8601, for example "2024-01-02T03:04:05.678Z"; empty where no calendar has it: a file may say any number. */
export function isoTime(ms: number): string {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
