/** How much a sample looks like a gc-log: 0 not at all, 1 certain. */
export function detectGcLog(_sample: string): number {
  return 0;
}
