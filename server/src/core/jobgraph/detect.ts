/** How much a sample looks like a job-graph: 0 not at all, 1 certain. */
export function detectJobGraph(_sample: string): number {
  return 0;
}
