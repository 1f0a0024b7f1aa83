/**
 * Place of `needle` between two places, or -1. The built-in search knows no end: on a line without the needle it would
 * run on to the end of the text, and cost its square over all lines.
 */
export function indexWithin(text: string, needle: string, from: number, to: number): number {
  const at = text.slice(from, to).indexOf(needle);
  return at === -1 ? -1 : from + at;
}
