import { readJsonLine } from './json.ts';
import { LayoutMatcher } from './layouts.ts';

/** Nobody puts more than this before a line. */
const LONGEST_PREFIX = 240;
/** Share of the lines that have to begin with what was learnt: who puts something before lines puts it before all of them. */
const SHARE = 0.8;
const MOST_SHAPES = 40;
const MOST_LINES = 150;

/** Where a record may begin within a line. */
const BEGINNINGS =
  /(?<![\w.,/-])\[?(?:\d{4}[-/.]\d\d[-/.]\d\d[ T]\d|\d\d[-/.]\d\d[-/.]\d{4} \d|\d\d\/\d\d\/\d\d \d)|(?<![\w.:,/-]|\d[ T])\d\d:\d\d:\d\d[.,]\d|(?<![\w{[,:])\{"|(?<=[ \t|:])\[?(?:INFO|WARN|ERROR|DEBUG)\b/g;
const PARTS = /[A-Za-z0-9_]+|\s+|[^A-Za-z0-9_\s]/g;
const FRAME = /^\s*at [\w$./@-]+\(/;

/**
 * What stands before every line of a sample, learnt from the records found within the lines: names, numbers and times
 * vary, the rest is the same. Null when most lines do not begin like that, or nothing stands before them.
 */
export function learnPrefix(lines: readonly string[]): RegExp | null {
  const matcher = new LayoutMatcher();
  const filled = lines.filter((line) => line.trim() !== '').slice(0, MOST_LINES);
  const shapes = new Map<string, string[][]>();
  let found = 0;
  for (const line of filled) {
    const at = line.startsWith('{') ? -1 : beginning(line, matcher);
    if (at <= 0) continue;
    found++;
    const parts = line.slice(0, at).match(PARTS) ?? [];
    const shape = parts.map((part) => (/^\w/.test(part) ? 'w' : /^\s/.test(part) ? ' ' : part)).join('');
    const known = shapes.get(shape);
    if (known !== undefined) known.push(parts);
    else if (shapes.size < MOST_SHAPES) shapes.set(shape, [parts]);
  }
  if (found === 0) return null;
  const sources = [...shapes.values()].map(sourceOf);
  const prefix = new RegExp(`^(?:${sources.map((source) => `${source.replace(/ \{\d+\}$|\\s\+$/, '')}(?:\\s*$)|${source}`).join('|')})`);
  const covered = filled.filter((line) => prefix.test(line)).length;
  if (covered < filled.length * SHARE) return null;
  // Frames are indented: blanks alone are a prefix only where the frames have more of them.
  if (/^\s*$/.test([...shapes.values()][0]?.[0]?.join('') ?? '') && filled.some((line) => FRAME.test(line) && !prefix.test(line))) return null;
  return prefix;
}

/** Where the record within a line begins; 0 or -1 when nothing stands before it. A line that is a record itself counts only where its message is one too. */
function beginning(line: string, matcher: LayoutMatcher): number {
  const outer = matcher.match(line.slice(0, 2000));
  for (const match of line.slice(0, LONGEST_PREFIX).matchAll(BEGINNINGS)) {
    if (match.index === 0) continue;
    const rest = line.slice(match.index, match.index + 2000);
    if (rest.startsWith('{')) {
      if (outer === null && isRecord(line.slice(match.index))) return match.index;
      continue;
    }
    // What begins with its level has no date, which a record within a record must have.
    if (outer !== null && /^\[?[A-Z]/.test(rest)) continue;
    const inner = matcher.match(rest);
    if (inner === null) continue;
    if (outer === null || (inner.stamp?.dated === true && (match.index >= outer.message || (outer.logger === null && inner.logger !== null))))
      return match.index;
  }
  return -1;
}

function isRecord(json: string): boolean {
  const values = readJsonLine(json);
  return values !== null && [...values.keys()].some((key) => /(?:^|\.)(?:message|msg|log)$/.test(key));
}

/** The pattern of prefixes of one shape: parts that are always the same stay, numbers are any number. */
function sourceOf(rows: readonly string[][]): string {
  const first = rows[0] as string[];
  const source = first
    .map((part, at) => {
      const same = rows.every((row) => row[at] === part);
      // Numbers are aligned by their last digit.
      if (at === 0 && /^\s/.test(part) && /^\d+$/.test(first[1] ?? '')) return '\\s*';
      if (/^\s/.test(part)) return same ? part.replace(/ +/g, (blanks) => ` {${blanks.length}}`).replace(/\t/g, '\\t') : '\\s+';
      if (!/^\w/.test(part)) return part.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
      if (rows.every((row) => /^\d+$/.test(row[at] as string))) return '\\d+';
      return same ? part : '\\w+';
    })
    .join('');
  // grep -A writes "file-12-text" for the lines around a hit "file:12:text".
  return source.replace(/^(.*?):?\\d\+:$/, (whole) => whole.replaceAll(':', '[:-]'));
}
