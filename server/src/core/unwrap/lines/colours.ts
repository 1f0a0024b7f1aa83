/** Control sequences of terminals; also as "cat -v" and some web pages show the escape character. */
export const COLOUR = /(?:\x1b|\^\[)\[[0-9;?]*[A-Za-z]/g;
const SHOWN = /\^\[\[[0-9;]*m/;

/** Asked of each line of a log: engines find fixed letters sooner than an expression. */
export function isColoured(line: string): boolean {
  return line.includes('\x1b[') || (line.includes('^[[') && SHOWN.test(line));
}

export function withoutColours(line: string): string {
  return isColoured(line) ? line.replace(COLOUR, '') : line;
}
