import type { Span } from '../../../../common/span.ts';
import type { Reading } from '../unwrap/packing.ts';
import { isFenced } from '../unwrap/packings/fence.ts';
import { codeOf } from './modern.ts';

/** How much of a text is looked at. */
const SAMPLE = 64 * 1024;
const MAX_LINES = 4000;
/** How far behind the source the end of what holds it is looked for. */
const MAX_GAP = 400;

const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/g;
const TYPE = /(?:^|[\s;}])(?:class|interface|enum|record|@interface)\s+[A-Z_$][\w$]*[\s\w$.,<>?&@()[\]]{0,2000}\{/;

const MAIN = /(?:^|\n)(?:public[ \t]+)?(?:static[ \t]+)?void[ \t]+main[ \t]*\([^(){};]{0,100}\)/;

/** Kotlin, Scala and Groovy begin as Java does. */
const OTHER =
  /(?<![^\n])[ \t]*(?:(?:private|public|internal|protected|override|final|open|abstract|suspend|inline|implicit|lazy)\s+)*(?:fun\s+[\w<`]|def\s+\w|val\s+\w+\s*[:=]|(?:case|data|sealed|open|companion)\s+(?:class|object)\b|object\s+\w+\s*(?:\{|extends)|trait\s+\w)/;

/** How much a text that begins with Java source looks like it: 0 not at all, 1 certain. */
export function javaScore(text: string): number {
  const code = text.slice(0, SAMPLE).replace(COMMENT, ' ');
  // A log or dump may quote code; source starts with it.
  if (OTHER.test(code)) return 0;
  if (!/^\s*(?:package\s|import\s|@|public\s|final\s|abstract\s|class\s|interface\s|enum\s|record\s|sealed\s)/.test(code)) return 0;
  const packaged = /(?:^|[\n)])[ \t]*package\s+[\w.]+\s*;/.test(code);
  const imports = /(?:^|[\n;])[ \t]*import\s+(?:static\s+)?[\w.]+\*?\s*;/.test(code);
  const type = TYPE.test(code);
  if (packaged && (type || imports)) return 0.95;
  if (imports && type) return 0.9;
  // A compact source file (Java 25) has no class around its methods.
  if (imports && MAIN.test(code)) return 0.8;
  return type && /[;{][ \t\r]*\n/.test(code) ? 0.6 : packaged ? 0.5 : 0;
}

/** References of HTML, which in code itself would be strange operators. */
const REFERENCE = /&(?:lt|gt|quot|amp|nbsp|apos|#\d{1,7}|#[xX][\da-fA-F]{1,6});/;

/** Source from the first character on, with nothing around it or in it that a packing has left. */
export function isBareJava(text: string): boolean {
  return javaScore(text) > 0 && (text.includes('\n') || !text.includes('\r')) && !REFERENCE.test(codeOf(text.slice(0, SAMPLE)));
}

const HEAD_LINE = String.raw`^[ \t\uFEFF]*(?:package|import)[ \t]+(?:static[ \t]+)?(?:\w+\.){0,40}[\w*]+[ \t]*;`;
const CLOSING_LINE = String.raw`^[ \t]*\}[ \t)};]*(?:\/\/[^\n]*)?\r?$`;

/** A name of a package or an import, at the beginning of a line. */
const HEAD = new RegExp(HEAD_LINE, 'm');
/** The lines by which a source begins and ends. */
const ENDS_OF_SOURCE = new RegExp(`${HEAD_LINE}|${CLOSING_LINE}`, 'gm');

/** Sources that are looked at in one text. */
const MAX_SOURCES = 100;

/** Where sources stand in a text that goes on about them: each from its package or imports to its last brace. */
export function javaParts(text: string): Span[] {
  const found: Span[] = [];
  let open: Span | null = null;
  for (const { 0: line, index } of text.matchAll(ENDS_OF_SOURCE)) {
    if (line.includes('}')) {
      if (open !== null) open.end = index + line.length;
    } else if (open === null || open.end > open.start) {
      if (found.length === MAX_SOURCES) break;
      open = { start: index, end: index };
      found.push(open);
    }
  }
  return found.filter(({ start, end }) => end > start);
}

/** The end of a field of a table, of a string, of an element. */
const ENCLOSED = /^[\s}]*["'<]/;

/** Whether the source stands at the beginning of its lines, and what goes on behind it is text of its own and not the end of what holds it. */
export const standsFree = (text: string, { start, end }: Span): boolean =>
  !/[ \t]/.test(text.charAt(start)) && !ENCLOSED.test(text.slice(end, end + MAX_GAP));

/** Beginnings of lines that only Java has at the beginning, and the ends of such lines. */
const CODE =
  /^[ \t]*(?:(?:package|import|public|private|protected|static|final|abstract|class|interface|enum|return|throw|throws|new|case|try|if|for|while|switch|synchronized|void|int|long|boolean|super|this)\b|@[A-Z]\w*$|\}|\/[/*]|\*(?:[ /]|$))/;
const ENDS = /[;{}(),=>]$/;
const ALONE = /^[ \t]*(?:@|\/[/*]|\*)/;
/** A line may be one of code: it ends, or begins, as one that goes on. */
const GOES_ON = /[;{}()[\],=<>+\-*/&|?:"']$|^[ \t]*(?:$|[.&|+?:"'@(-])/;

/** Quotes that were doubled: no string of Java begins or ends so. */
const DOUBLED = /(?<!["\\])""\w|\w""(?!")/;
/** What a line of text takes away: less than a line of source gives. */
const OTHERWISE = 0.5;

/** Lines that begin and end as those of Java do, less those that are none; nothing where no package and no import is. */
function readable(sample: string): number {
  if (!HEAD.test(sample)) return 0;
  let count = 0;
  for (const raw of sample.split('\n', MAX_LINES)) {
    const line = raw.length > 400 ? raw.slice(0, 400) : raw.trimEnd();
    if (CODE.test(line) && (ENDS.test(line) || ALONE.test(line))) count += REFERENCE.test(line) || DOUBLED.test(line) ? 0 : 1;
    else if (!GOES_ON.test(line)) count -= OTHERWISE;
  }
  return count;
}

function isPlainPart(text: string, part: Span): boolean {
  const code = text.slice(part.start, part.end);
  return isBareJava(code) && !isFenced(code) && standsFree(text, part);
}

export const javaReading: Reading = {
  readable,
  plain(text) {
    const parts = javaParts(text);
    return parts.length > 0 && parts.every((part) => isPlainPart(text, part));
  },
  except: ['json-document', 'hard-wrapped', 'one-line', 'joined', 'reversed'],
};
