/** How much a sample looks like a java-source: 0 not at all, 1 certain. */
export function detectJavaSource(_sample: string): number {
  return 0;
}
