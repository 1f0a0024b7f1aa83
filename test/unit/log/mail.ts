/** What terminals, forms and mail programs make of the lines of a text, before and after somebody quotes it. */

/** As fold(1) breaks a line: at the width, or behind the last blank before it; a tab goes to the next of eight columns. */
function fold(line: string, width: number, betweenWords: boolean): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    if (part !== '' && columns(part + character) > width) {
      const blank = betweenWords ? /^.*[ \t]/s.exec(part)?.[0] : undefined;
      parts.push(blank ?? part);
      part = blank === undefined ? '' : part.slice(blank.length);
    }
    part += character;
  }
  return [...parts, part];
}

/** As mail programs do it, which leave long words whole. */
function flow(line: string, width: number): string[] {
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const parts: string[] = [];
  let part = indent;
  for (const word of line.slice(indent.length).split(/(?<= )(?=\S)/)) {
    if (part.trim() !== '' && (part + word).trimEnd().length > width) {
      parts.push(part);
      part = '';
    }
    part += word;
  }
  return [...parts, part];
}

function columns(text: string): number {
  let at = 0;
  for (const character of text) at = character === '\t' ? at - (at % 8) + 8 : at + 1;
  return at;
}

/** How lines are broken. `kept` leaves the blank at which a line ends, `gone` takes it away. */
export const WAYS: Record<string, (line: string, width: number) => string[]> = {
  kept: (line, width) => fold(line, width, true),
  gone: (line, width) => fold(line, width, true).map((part) => part.trimEnd()),
  anywhere: (line, width) => fold(line, width, false),
  'flowed, kept': flow,
  'flowed, gone': (line, width) => flow(line, width).map((part) => part.trimEnd()),
};

export const WIDTHS = [60, 72, 76, 78, 80, 100];
export const QUOTES = ['', '> ', '>> ', '| ', '    '];

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

export function mailed(text: string, way: string, width: number, quote: string): string {
  return linesOf(text)
    .flatMap((line) => (WAYS[way]?.(line, width) ?? []).map((part) => `${quote}${part}\n`))
    .join('');
}

/** What else happens on the way. */
export const MAILS: Record<string, (text: string) => string> = {
  'an answer with a signature': (text) =>
    `On Mon, Jan 5, 2026 at 10:00 AM Jane Doe <jane@example.org> wrote:\n${mailed(text, 'kept', 76, '> ')}\n-- \nJohn Roe\nPlatform team\n`,
  'CRLF and a greeting': (text) => `Hi all,\n\nwe see this since yesterday, any idea?\n\n${mailed(text, 'gone', 72, '> ')}`.replaceAll('\n', '\r\n'),
  'quoted first, broken afterwards': (text) =>
    linesOf(text)
      .flatMap((line) => WAYS['flowed, gone']?.(`> ${line}`, 76) ?? [])
      .join('\n'),
  'blanks for tabs': (text) => mailed(text.replaceAll('\t', '    '), 'kept', 76, '> '),
  'tabs gone': (text) => mailed(text.replaceAll('\t', ''), 'gone', 76, '> '),
};
