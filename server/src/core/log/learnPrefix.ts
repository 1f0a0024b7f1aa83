import { readJsonLine } from '../unwrap/json/line.ts';
import { escapeRegExp } from '../wording.ts';
import { LayoutMatcher } from './layouts.ts';

/** Nobody puts more than this before a line. */
const MAX_PREFIX_LENGTH = 240;
/** Share of the lines that have to begin with what was learnt: who puts something before lines puts it before all of them. */
const SHARE = 0.8;
const MAX_SHAPES = 40;
const MAX_LINES = 150;

/** Where a record may begin within a line. */
const BEGINNINGS =
  /(?<![\w.,/-])\[?(?:\d{4}[-/.]\d\d[-/.]\d\d[ T]\d|\d\d[-/.]\d\d[-/.]\d{4} \d|\d\d\/\d\d\/\d\d \d)|(?<![\w.:,/-]|\d[ T])\d\d:\d\d:\d\d[.,]\d|(?<![\w./-])[A-Z][a-z]{2}\.? \d{1,2}, \d{4} \d|(?<![\w{[,:])\{"|(?<=[ \t|:])\[?(?:INFO|WARN|ERROR|DEBUG)\b/g;
const PARTS = /[A-Za-z0-9_]+|\s+|[^A-Za-z0-9_\s]/g;
const FRAME = /^\s*at [\w$./@-]+\(/;

/** A trace has at least so many frames when nothing else tells what stands before the lines. */
const FEWEST_FRAMES = 3;
const FRAME_WITHIN = /(?<![ \t])[ \t]*\bat (?:[\w.$@-]*\/){0,2}(?:[\w$-]+\.)+[\w$<>-]+\(/;
/** What was thrown stands before its frames where lines were joined: nobody's prefix. */
const THROWN = /Exception|Error|Throwable|Caused by|Suppressed|\)/;

/**
 * What stands before every line of a sample: names, numbers and times vary, the rest is the same. Learnt from the records
 * found within the lines, in a bare stack trace from its frames, else from how far all lines are indented. Null when most
 * lines do not begin like that, or nothing stands before them.
 */
export function learnPrefix(lines: readonly string[]): RegExp | null {
  const matcher = new LayoutMatcher();
  const filled = lines.filter((line) => line.trim() !== '' && !line.startsWith('{')).slice(0, MAX_LINES);
  const byRecords = filled.flatMap((line) => line.slice(0, Math.max(0, beginning(line, matcher))) || []);
  if (byRecords.length > 0) return covering(byRecords, filled, '');
  const byFrames = filled.flatMap((line) => {
    const at = FRAME_WITHIN.exec(line.slice(0, MAX_PREFIX_LENGTH * 2))?.index ?? 0;
    const before = line.slice(0, at).trimEnd();
    return before.trim() === '' || THROWN.test(before) || (matcher.match(line)?.message ?? 0) > at ? [] : before;
  });
  if (byFrames.length >= FEWEST_FRAMES) {
    const core = covering(byFrames, filled, '');
    if (core === null) return null;
    // Blanks behind the prefix belong to it as far as every line has them.
    const blanks = filled.flatMap((line) => {
      const rest = core.test(line) ? line.replace(core, '') : '';
      return rest.trim() === '' ? [] : rest.length - rest.replace(/^ +/, '').length;
    });
    return covering(byFrames, filled, ' '.repeat(Math.min(8, ...blanks)));
  }
  return indentation(filled);
}

/** The pattern of some prefixes, if nearly all lines begin with it; `tail` is what may stand behind it. */
function covering(prefixes: readonly string[], lines: readonly string[], tail: string): RegExp | null {
  const shapes = new Map<string, string[][]>();
  for (const prefix of prefixes) {
    const parts = prefix.match(PARTS) ?? [];
    const shape = parts.map((part) => (/^\w/.test(part) ? 'w' : /^\s/.test(part) ? ' ' : part)).join('');
    const known = shapes.get(shape);
    if (known !== undefined) known.push(parts);
    else if (shapes.size < MAX_SHAPES) shapes.set(shape, [parts]);
  }
  const sources = [...shapes.values()].map(sourceOf);
  const pattern = new RegExp(`^(?:${sources.map((source) => `${source.replace(/ \{\d+\}$|\\s\+$/, '')}(?:\\s*$)|${source}${tail}`).join('|')})`);
  if (lines.filter((line) => pattern.test(line)).length < lines.length * SHARE) return null;
  // Frames are indented: blanks alone are a prefix only where the frames have more of them.
  if (prefixes[0]?.trim() === '' && lines.some((line) => FRAME.test(line) && !pattern.test(line))) return null;
  return pattern;
}

/** All lines stand further right than they were printed, as in a list or a code block. */
function indentation(lines: readonly string[]): RegExp | null {
  const frames = lines.filter((line) => FRAME.test(line)).length;
  if (frames === 0 || frames === lines.length) return null;
  let common = /^[ \t]*/.exec(lines[0] as string)?.[0] ?? '';
  for (const line of lines) while (common !== '' && !line.startsWith(common)) common = common.slice(0, -1);
  return common === '' ? null : new RegExp(`^${common.replaceAll('\t', '\\t')}`);
}

/** Where the record within a line begins; 0 or -1 when nothing stands before it. A line that is a record itself counts only where its message is one too. */
function beginning(line: string, matcher: LayoutMatcher): number {
  const outer = matcher.match(line);
  for (const match of line.slice(0, MAX_PREFIX_LENGTH).matchAll(BEGINNINGS)) {
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
    if (outer === null) return match.index;
    // What a container said is quoted behind a time alone, in a message that is Flink's own.
    if (inner.level === null) continue;
    if (inner.stamp?.dated === true && (match.index >= outer.message || (outer.logger === null && inner.logger !== null))) return match.index;
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
      if (!/^\w/.test(part)) return escapeRegExp(part);
      if (rows.every((row) => /^\d+$/.test(row[at] as string))) return '\\d+';
      return same ? part : '\\w+';
    })
    .join('');
  // grep -A writes "file-12-text" for the lines around a hit "file:12:text".
  return source.replace(/^(.*?):?\\d\+:$/, (whole) => whole.replaceAll(':', '[:-]'));
}
