/**
 * The characters with which a text can begin that a pattern matches, for a table that spares trying the pattern on all others;
 * null: with any, or it is not easily told. Read are literals, and groups of alternatives, one of them within another too.
 */
export function firstCharacters({ source, flags }: RegExp): ReadonlySet<string> | null {
  const found = new Set<string>();
  return source.startsWith('^') && !/[im]/.test(flags) && addFirsts(source, 1, found) && endOf(source, 1) === source.length ? found : null;
}

/** False: with any. */
function addFirsts(source: string, at: number, found: Set<string>): boolean {
  const group = GROUP.exec(source.slice(at, at + MAX_HEAD));
  if (group === null) {
    const literal = LITERAL.exec(source.slice(at, at + 3));
    if (literal !== null) found.add((literal[1] ?? literal[2]) as string);
    return literal !== null;
  }
  for (let start = at + group[0].length; ; ) {
    if (!addFirsts(source, start, found)) return false;
    const end = endOf(source, start);
    if (source[end] === '|') start = end + 1;
    else if (source[end + 1] === '?') return addFirsts(source, end + 2, found);
    else return source[end] === ')' && source[end + 1] !== '*' && source[end + 1] !== '{';
  }
}

/** Longer names of groups are none. */
const MAX_HEAD = 40;
const GROUP = /^\((?:\?(?::|<\w+>))?(?!\?)/;
/** What stands for itself, once. */
const LITERAL = /^(?:\\(\W)|([\w -]))(?![?*{])/;

/** Where an alternative ends: at the next one, at the end of its group or of the pattern. */
function endOf(source: string, from: number): number {
  let depth = 0;
  let inClass = false;
  for (let at = from; at < source.length; at++) {
    const sign = source[at];
    if (sign === '\\') at++;
    else if (inClass) inClass = sign !== ']';
    else if (sign === '[') inClass = true;
    else if (sign === '(') depth++;
    else if (depth === 0 && (sign === '|' || sign === ')')) return at;
    else if (sign === ')') depth--;
  }
  return source.length;
}
