/**
 * Offset of `needle` in a part of a text, or -1. The built-in search has no upper bound: for a line without the needle it
 * would go on to the end of the text, and so take quadratic time over all lines.
 */
export function indexWithin(text: string, needle: string, from: number, to: number): number {
  const at = text.slice(from, to).indexOf(needle);
  return at === -1 ? -1 : from + at;
}
