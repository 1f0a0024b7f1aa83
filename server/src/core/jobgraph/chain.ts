/** Operators beyond this many of one chain are not listed. */
const MAX_OPERATORS = 200;

/**
 * Operators that are chained into one job vertex, in the order of the text: "A -> (B, C -> D)" of the name,
 * or one a line of the description tree ("+- B", 1.15+). A single operator gives a list of one.
 */
export function chainOf(name: string, description: string): string[] {
  const result: string[] = [];
  collect(name, result, 0);
  if (result.length > 1) return result.slice(0, MAX_OPERATORS);
  if (/(?:^|\n)[^\S\n]*[:+]- /.test(description)) {
    const lines = chainLines(description);
    if (lines.length > 1) return lines.map(({ text }) => text);
  }
  return result;
}

/**
 * For every operator of {@link chainOf} the index of the one that hands it its records; -1 for the first. In
 * "A -> (B, C -> D)" B and C have A, and D has C.
 */
export function chainParents(name: string, description: string): number[] {
  const inName: string[] = [];
  const parents: number[] = [];
  collect(name, inName, 0, parents);
  if (inName.length > 1) return parents.slice(0, MAX_OPERATORS);
  const open: { depth: number; at: number }[] = [];
  return chainLines(description).map(({ depth }, at) => {
    while (open.length > 0 && (open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const parent = open.at(-1)?.at ?? -1;
    open.push({ depth, at });
    return parent;
  });
}

/** The lines of a description tree: three characters of bars and blanks a level. */
function chainLines(description: string): { depth: number; text: string }[] {
  return description
    .split('\n')
    .map((line) => {
      const mark = /^[\s:|]*(?:[:+]- )?/.exec(line)?.[0] ?? '';
      return { depth: Math.floor(mark.length / 3), text: line.slice(mark.length).trim() };
    })
    .filter(({ text }) => text !== '')
    .slice(0, MAX_OPERATORS);
}

/**
 * The name of a job vertex from its description tree: "A -> (B, C -> D)" for A with the branches B and C, as the
 * JobGraph names it. A description without a tree gives its first lines.
 */
export function nameOfTree(description: string): string {
  const root: Branch = { text: '', depth: -1, children: [] };
  const open = [root];
  for (const line of description.split('\n').slice(0, MAX_OPERATORS)) {
    const match = /^((?:[ :|]{3})*)(?:[:+]- )?(.*)/s.exec(line);
    const text = match?.[2]?.trim() ?? '';
    if (text === '') continue;
    const marked = /^[ :|]*[:+]- /.test(line);
    const depth = marked ? (match?.[1]?.length ?? 0) / 3 + 1 : 0;
    while (open.length > 1 && (open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const branch: Branch = { text, depth, children: [] };
    open.at(-1)?.children.push(branch);
    open.push(branch);
  }
  return root.children.map(branchName).join(', ');
}

interface Branch {
  text: string;
  depth: number;
  children: Branch[];
}

function branchName({ text, children }: Branch): string {
  if (children.length === 0) return text;
  const inner = children.map(branchName).join(', ');
  return `${text} -> ${children.length > 1 ? `(${inner})` : inner}`;
}

function collect(text: string, result: string[], depth: number, parents: number[] = [], parent = -1): void {
  if (result.length > MAX_OPERATORS) return;
  let before = parent;
  for (const part of splitOutside(text, ' -> ')) {
    const branches = part.startsWith('(') && part.endsWith(')') && depth < 20;
    if (!branches) {
      parents.push(before);
      before = result.push(part) - 1;
    } else for (const branch of splitOutside(part.slice(1, -1), ', ')) collect(branch, result, depth + 1, parents, before);
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
