/** Widths of text without a DOM, and names cut to fit. */

export interface Font {
  /** In px. */
  size: number;
  bold?: boolean;
  mono?: boolean;
}

/** Width of a text in px. The web page measures with a canvas, the command line with the table below. */
export type Measure = (text: string, font: Font) => number;

// Advance widths of a common sans-serif face in thousandths of the font size, from U+0020 to U+007E.
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584,
  584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667,
  611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500,
  722, 500, 500, 500, 334, 260, 334, 584,
];

// Readers have other fonts than the table's: a little air keeps text inside its box.
const SAFETY = 1.13;
const BOLD = 1.16;

/** Deterministic on every machine: used where there is no canvas. */
export const tableMeasure: Measure = (text, font) => {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (font.mono) width += code >= 0x2e80 ? 1000 : 602;
    else width += WIDTHS[code - 0x20] ?? (code >= 0x2e80 ? 1000 : 600);
  }
  return (width / 1000) * font.size * SAFETY * (font.bold && !font.mono ? BOLD : 1);
};

/** The text, or its beginning and end around an ellipsis, so that it is at most `width` px wide. */
export function shorten(text: string, width: number, font: Font, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  const characters = [...text];
  let low = 0;
  let high = characters.length - 1;
  const cut = (kept: number) => {
    // The end of a thread or class name tells more than its middle, the beginning more than the end.
    const head = Math.ceil(kept * 0.55);
    return `${characters.slice(0, head).join('').trimEnd()}…${characters
      .slice(characters.length - (kept - head))
      .join('')
      .trimStart()}`;
  };
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(cut(middle), font) <= width) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}
