/**
 * What a program prints of its data, into `.out` or between the records of a log: its lines quote whatever the data hold, and
 * say nothing of the process that prints them.
 */

/**
 * As `print()` and `print("name")` begin a line (PrintSinkOutputWriter): "3> ", "name:3> ", "name> "; no time and no arrow. Rows
 * with the kind of their change follow, or stand alone.
 */
const PRINTED = /^[ \t]{0,20}(?:(?![^\n>]{0,100}\d:\d\d)[^\n<>]{0,100}\w> |[+-][IUD]\[)/;

function isPrinted(line: string): boolean {
  if (PRINTED.test(line)) return true;
  const text = line.trim();
  const [first, last] = [text[0], text.at(-1)];
  // Tuples, documents, and rows of a table as the SQL client draws it.
  return (
    (first === '(' && last === ')' && text.includes(',')) || (first === '{' && text[1] === '"') || (first === '|' && last === '|' && text.length > 2)
  );
}

/** Is the character at `index` of a text in a line that was printed? */
export function isInPrinted(text: string, index: number): boolean {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index);
  return isPrinted(text.slice(start, end === -1 ? text.length : end));
}

/** The text with blanks in place of the lines that were printed: places stay what they are. */
export const withoutPrinted = (text: string): string => text.replace(/[^\n]+/g, (line) => (isPrinted(line) ? ' '.repeat(line.length) : line));
