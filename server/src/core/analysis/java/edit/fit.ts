import { indentAt, type Layout } from './layout.ts';
import type { PlannedEdit } from './plan.ts';

/** Breaks the lines of edits that have become too long, as formatters of Java do: behind `=`, else behind an opening bracket. */
export function fitted(text: string, edits: readonly PlannedEdit[], { width, step, eol }: Layout): PlannedEdit[] {
  const tab = (line: string): number => line.length + 3 * (line.match(/^\t+/)?.[0].length ?? 0);
  return edits.map((edit) => {
    // The lines of a text block are its value.
    if (edit.newText.includes('"""')) return edit;
    const { start, end } = edit.span;
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const rest = /^[^\r\n]*/.exec(text.slice(end, end + 1000))?.[0] ?? '';
    const lines = edit.newText.split(/\r?\n/);
    const broken = lines.map((line, index) => {
      const first = index === 0 ? before : '';
      const last = index === lines.length - 1 ? rest : '';
      if (tab(first + line + last) <= width) return line;
      const indent = indentAt(first + line, (first + line).search(/\S|$/));
      return broke({ first, line, last, indent, more: step + step, fits: (one) => tab(one) <= width }).join(eol);
    });
    return { ...edit, newText: broken.join(eol) };
  });
}

interface Long {
  /** What stands before and behind the new text in its line. */
  first: string;
  line: string;
  last: string;
  indent: string;
  /** What a line that goes on is indented by. */
  more: string;
  fits(line: string): boolean;
}

/** What is not broken: comments, heads of loops and conditions. */
const KEPT = /^\s*(?:\*|\/\/|\/\*|import\b|package\b|(?:\} )?(?:else )?(?:if|for|while|switch|catch|try)\b)/;

function broke(one: Long): string[] {
  const { first, line, last, indent, more, fits } = one;
  if (KEPT.test(first + line)) return [line];
  const assigned = /^[^"'=()/]*[^"'=!<>()/]=[ \t]+(?=\S)/.exec(line)?.[0];
  if (assigned === undefined) return inBrackets(one);
  const next = indent + more + line.slice(assigned.length);
  return [assigned.trimEnd(), ...(fits(next + last) ? [next] : inBrackets({ ...one, first: '', line: next, indent: indent + more }))];
}

/** `call(` with its arguments on the next line. */
function inBrackets({ first, line, last, indent, more, fits }: Long): string[] {
  const whole = first + line;
  const head = /^[^"'()/]*\((?=[^)\s])/.exec(whole)?.[0];
  if (head === undefined || head.length <= first.length || !fits(head)) return [line];
  const rest = indent + more + whole.slice(head.length);
  return fits(rest + last) ? [head.slice(first.length), rest] : [line];
}
