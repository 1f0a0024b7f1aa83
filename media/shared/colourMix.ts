/** Two colours in one: for style sheets, and worked out for files. */

/** `share` percent of a colour over another, left to the browser. */
export const cssMix = (colour: string, share: number, under: string): string => `color-mix(in srgb, ${colour} ${share}%, ${under})`;

/** `share` percent of one #rrggbb colour over another. */
export function blend(colour: string, share: number, under: string): string {
  const part = (text: string, at: number) => Number.parseInt(text.slice(1 + 2 * at, 3 + 2 * at), 16);
  const mixed = [0, 1, 2].map((at) => Math.round((part(colour, at) * share + part(under, at) * (100 - share)) / 100));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
