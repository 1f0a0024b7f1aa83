/** A coordinate as SVG text: a tenth of a px is all that shows. */
export const number = (value: number): string => String(Math.round(value * 10) / 10);
