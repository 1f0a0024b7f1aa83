import type { Checkpoint } from '../checkpoint.ts';
import { decodeInto, escapeAt } from './jsonTree.ts';
import { UnwrapBuilder, type Unwrapped } from './positionMap.ts';
import { replaceAll } from './replaceAll.ts';

/** UTF-16 that was read as single bytes: a zero beside every letter. */
export async function dropZeros(text: string, lines: readonly string[], checkpoint: Checkpoint): Promise<Unwrapped | null> {
  const line = lines.find((one) => one.length > 20 && one.includes('\u0000'));
  if (line === undefined || line.split('\u0000').length < line.length / 3) return null;
  return replaceAll(text, /\0+/g, () => '', checkpoint);
}

/** Line ends of old Macs: a carriage return alone. Every character stays where it is. */
export function returnsToLines(text: string): Unwrapped | null {
  return !text.includes('\n') && /\r[^\r]*\r/.test(text.slice(0, 64 * 1024)) ? { text: text.replaceAll('\r', '\n'), map: null } : null;
}

/** String literals of a program or a list, one a line: `+ "…\n"`, `"…",`. */
export async function unquoteLines(text: string, lines: readonly string[], checkpoint: Checkpoint): Promise<Unwrapped | null> {
  const filled = lines.filter((line) => line.trim() !== '');
  const quoted = filled.filter((line) => LITERAL.test(line));
  if (quoted.length < 3 || quoted.length < filled.length * 0.8 || !quoted.some((line) => line.includes('\\"'))) return null;
  const builder = new UnwrapBuilder(text);
  for (let start = 0; start < text.length; ) {
    if (checkpoint.due()) await checkpoint.pause();
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const match = LITERAL.exec(text.slice(start, end));
    if (match === null) builder.copy(start, Math.min(text.length, end + 1));
    else {
      const from = start + (match[1] as string).length;
      const to = from + (match[2] as string).length;
      decodeInto(builder, text, from, to);
      if (!text.startsWith('\\n', to - 2)) builder.insert(to, '\n');
    }
    start = end + 1;
  }
  return builder.build();
}

const LITERAL = /^(\s*(?:\+ *)?")(.*)"\s*[,+;]?\s*$/;

/** Colours and other control sequences of a terminal. */
export async function dropAnsi(text: string, lines: readonly string[], checkpoint: Checkpoint): Promise<Unwrapped | null> {
  if (!lines.some((line) => line.includes('\u001b['))) return null;
  return replaceAll(text, /\u001b\[[\d;?]*[A-Za-z]/g, () => '', checkpoint);
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ', tab: '\t', newline: '\n' };

/** `&quot;main&quot; #1 … - locked &lt;0x…&gt;`, with or without tags around it. */
export async function unescapeHtml(text: string, lines: readonly string[], checkpoint: Checkpoint): Promise<Unwrapped | null> {
  const signs = lines.filter((line) =>
    /&lt;(?:(?:0x)?[\da-f]{4,}|[\w.$[;]+@[\da-f]+&gt;)|^\s*#\d+ &(?:quot|#34);|&(?:quot|#34|#x22);[^\n]* (?:#\d+|Id=\d+|prio=|daemon )|^\s*&(?:quot|#34);/.test(
      line,
    ),
  ).length;
  if (signs < 1) return null;
  return replaceAll(
    text,
    /&(?:#(\d+)|#[xX]([\da-fA-F]+)|([A-Za-z]+));|<br\s*\/?>(?!\r?\n)|<\/?(?:html|head|body|br|p|pre|div|span|code|table|tbody|td|th|tr|ul|ol|li|font|b|i)\b[^>\n]*>/g,
    (found, ...groups) => {
      const [decimal, hex, name] = groups;
      if (found.startsWith('<br')) return '\n';
      if (found.startsWith('<')) return '';
      if (decimal !== undefined) return fromCodePoint(Number(decimal)) ?? found;
      if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16)) ?? found;
      return ENTITIES[(name as string).toLowerCase()] ?? found;
    },
    checkpoint,
  );
}

/** A dump inside a string literal: `\n\tat …`. A quote that opens the literal becomes a line end, so that headers begin lines. */
export async function unescapeString(text: string, lines: readonly string[], checkpoint: Checkpoint): Promise<Unwrapped | null> {
  const signs = lines.some((line) => (line.match(/\\n(?:\\t| {2,})?(?:at |- |\\"|java\.lang\.Thread)|\\tat [\w.$/@-]+\(/g)?.length ?? 0) >= 3);
  if (!signs) return null;
  return replaceAll(
    text,
    STRING_PARTS,
    (found, header) => (found === '"' ? '\n' : header === undefined ? escapeAt(found, 0).value : '\n"'),
    checkpoint,
  );
}

/** What changes within a literal: the quote that opens it, the quote of a header that follows `key=`, escapes. */
const STRING_PARTS = /"(?=\\")|(?<=[=:] ?)(\\")(?=[^"\\]*\\" (?:#\d|Id=\d|daemon |prio=|os_prio=))|\\(?:u[\da-fA-F]{4}|[\s\S])/g;

function fromCodePoint(code: number): string | null {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
