import { type Measure, tableMeasure } from '../../common/drawing/measure.ts';
import { fontFamily, monoFamily } from './palette.ts';

/** Exact widths in the reader's own fonts. */
export function canvasMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return tableMeasure;
  const fonts = new Map<string, Map<string, number>>();
  const [sans, mono] = [fontFamily(), monoFamily()];
  return (text, font) => {
    const css = `${font.bold ? '600 ' : ''}${font.size}px ${font.mono ? mono : sans}`;
    let widths = fonts.get(css);
    if (widths === undefined) {
      widths = new Map();
      fonts.set(css, widths);
    }
    let width = widths.get(text);
    if (width === undefined) {
      context.font = css;
      width = context.measureText(text).width;
      widths.set(text, width);
    }
    return width;
  };
}
