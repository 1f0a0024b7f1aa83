/** How much a sample looks like a flink-log: 0 not at all, 1 certain. */
export function detectFlinkLog(_sample: string): number {
  return 0;
}
