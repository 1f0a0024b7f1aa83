/** How much a sample looks like a thread-dump: 0 not at all, 1 certain. */
export function detectThreadDump(_sample: string): number {
  return 0;
}
