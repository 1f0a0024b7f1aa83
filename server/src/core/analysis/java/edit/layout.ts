import type { SyntaxNode } from '@lezer/common';
import { children, type JavaSource } from '../../../java/syntax.ts';

/** How the file is written: line ends, indentation, where braces stand. */
export interface Layout {
  eol: string;
  /** One step of indentation. */
  step: string;
  /** Opening braces stand on a line of their own. */
  ownLineBraces: boolean;
  /** Longest line: what the project says, else 100 as google-java-format has it, or what the file's own lines need. */
  width: number;
}

/** White space at the start of the line that holds an offset. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset + 200))?.[0].slice(0, Math.max(0, offset - start)) ?? '';
}

/** @param width what the project says about the longest line; null: as the file itself is */
export function layoutAt(source: JavaSource, node: SyntaxNode, width: number | null): Layout {
  const { text } = source;
  let step: string | null = null;
  let ownLineBraces: boolean | null = null;
  for (let current: SyntaxNode | null = node; current !== null && (step === null || ownLineBraces === null); current = current.parent) {
    if (!/^(Block|ClassBody|ConstructorBody)$/.test(current.name)) continue;
    const lineStart = text.lastIndexOf('\n', current.from - 1) + 1;
    if (/(?:Statement|Declaration|Clause)$/.test(current.parent?.name ?? '') && current.parent?.name !== 'LabeledStatement')
      ownLineBraces ??= lineStart > 0 && text.slice(lineStart, current.from).trim() === '';
    const inner = children(current).find((child) => child.name !== '{' && child.name !== '}' && !child.name.endsWith('Comment'));
    if (inner === undefined || !text.slice(current.from, inner.from).includes('\n')) continue;
    const outer = indentAt(text, current.from);
    const own = indentAt(text, inner.from);
    if (own.startsWith(outer) && own.length > outer.length) step ??= own.slice(outer.length);
  }
  return {
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    step: step ?? (/\n\t/.test(text) ? '\t' : '    '),
    ownLineBraces: ownLineBraces === true,
    width: width ?? widthOf(text),
  };
}

/** Longer lines than these are tables or texts, and set no width. */
const MAX_LENGTH = 160;

function widthOf(text: string): number {
  let width = 100;
  for (const line of text.split('\n', 2000)) if (line.length > width && line.length <= MAX_LENGTH && !/["'*]|^import/.test(line)) width = line.length;
  return width;
}

/** Puts one more step before every line but the first; blank lines stay blank. */
export function shifted(text: string, step: string): string {
  return text.replace(/\n(?=[^\r\n])/g, `\n${step}`);
}

/** Lines of a block: head, the lines in it one step deeper, the closing brace. Indentation is relative. */
export function block(layout: Layout, head: string, inner: readonly string[]): string[] {
  const deeper = inner.map((line) => layout.step + line);
  return layout.ownLineBraces ? [head, '{', ...deeper, '}'] : [`${head} {`, ...deeper, '}'];
}

/** Behind a trailing comment when nothing else follows on the line. */
export function endOfLine(text: string, offset: number): number {
  const rest = /^[ \t]*(?:\/\/[^\n\r]*)?(?=\r?\n|$)/.exec(text.slice(offset, offset + 400));
  return rest === null || rest[0].trim() === '' ? offset : offset + rest[0].length;
}
