/** Operators beyond this many of one chain are not listed. */
const MAX_OPERATORS = 200;

/**
 * Operators that are chained into one job vertex, in the order of the text: "A -> (B, C -> D)" of the name,
 * or one a line of the description tree ("+- B", 1.15+). A single operator gives a list of one.
 */
export function chainOf(name: string, description: string): string[] {
  if (/\n\s*[:+]- /.test(`\n${description}`)) {
    const lines = description
      .split('\n')
      .map((line) => line.replace(/^[\s:|]*(?:[:+]- )?/, '').trim())
      .filter((line) => line !== '');
    if (lines.length > 1) return lines.slice(0, MAX_OPERATORS);
  }
  const result: string[] = [];
  collect(name, result, 0);
  return result.slice(0, MAX_OPERATORS);
}

function collect(text: string, result: string[], depth: number): void {
  if (result.length > MAX_OPERATORS) return;
  for (const part of splitOutside(text, ' -> ')) {
    const branches = part.startsWith('(') && part.endsWith(')') && depth < 20;
    if (!branches) result.push(part);
    else for (const branch of splitOutside(part.slice(1, -1), ', ')) collect(branch, result, depth + 1);
  }
}

/** Splits where no bracket is open; SQL names are full of brackets. */
function splitOutside(text: string, separator: string): string[] {
  if (!text.includes(separator)) return [text.trim()];
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') depth = Math.max(0, depth - 1);
    else if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(from, at).trim());
      from = at + separator.length;
      at = from - 1;
    }
  }
  parts.push(text.slice(from).trim());
  return parts.filter((part) => part !== '');
}
