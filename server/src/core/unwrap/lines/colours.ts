/** Control sequences of terminals; also as "cat -v" and some web pages show the escape character. */
export const COLOUR = /(?:\x1b|\^\[)\[[0-9;?]*[A-Za-z]/g;
const COLOURED = /\x1b\[|\^\[\[[0-9;]*m/;

export function isColoured(line: string): boolean {
  return COLOURED.test(line);
}

export function withoutColours(line: string): string {
  return isColoured(line) ? line.replace(COLOUR, '') : line;
}
