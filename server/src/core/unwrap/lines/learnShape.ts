import { escapeRegExp } from '../../wording.ts';

/** Lines that are looked at, and the parts of a prefix at most. */
const MAX_LINES = 150;
const MAX_PARTS = 60;
/** Share of the lines that have to begin alike. */
const SHARE = 0.75;
const FEWEST = 3;

const PARTS = /[A-Za-z]+|\d+|[ \t]+|[^A-Za-z0-9 \t]/g;

/**
 * How lines may begin that all have something before them: numbers vary, blanks are wide or narrow, the rest is the same.
 * From the shortest beginning that they share to the longest; which of them is a prefix is for the reader to say.
 */
export function learnShape(lines: readonly string[]): RegExp[] {
  const rows = lines.slice(0, MAX_LINES).map((line) => line.slice(0, 400).match(PARTS)?.slice(0, MAX_PARTS) ?? []);
  // What begins with a bracket is JSON, and no prefix ends within it.
  if (rows.length < FEWEST || rows.filter(([first]) => first === '{').length > rows.length * (1 - SHARE)) return [];
  let alike = rows;
  const sources: string[] = [];
  const patterns: RegExp[] = [];
  for (let at = 0; at < MAX_PARTS; at++) {
    const column = alike.filter((row) => row[at] !== undefined);
    const shapes = new Map<string, string[][]>();
    for (const row of column) {
      const shape = shapeOf(row[at] as string);
      const known = shapes.get(shape);
      if (known === undefined) shapes.set(shape, [row]);
      else known.push(row);
    }
    const most = [...shapes].reduce<[string, string[][]]>((a, b) => (b[1].length > a[1].length ? b : a), ['', []]);
    if (most[1].length < rows.length * SHARE) {
      const words = [...shapes].filter(([shape]) => /^\w/.test(shape));
      const together = words.flatMap(([, found]) => found);
      // A name that differs from line to line, such as a thread's.
      if (at === 0 || words.length > MAX_PARTS || together.length < rows.length * SHARE) break;
      alike = together;
      sources.push('\\w+');
    } else {
      alike = most[1];
      sources.push(most[0]);
    }
    const source = sources.join('');
    // The reader's own blanks follow the one behind the prefix.
    if (!source.endsWith(BLANKS)) patterns.push(new RegExp(`^${source} ?`));
  }
  return patterns;
}

const BLANKS = '[ \\t]+';

function shapeOf(part: string): string {
  if (/^\d/.test(part)) return '\\d+';
  if (/^[ \t]/.test(part)) return BLANKS;
  return escapeRegExp(part);
}
