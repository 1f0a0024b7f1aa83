import { type Header, newHeader, STATES } from './header.ts';
import type { ThreadState } from './model.ts';
import { headerAt, MAX_NAME_LENGTH } from './names.ts';

/**
 * Headers that people and programs have dressed up: in bold, in a list, in quotation marks of other languages, behind the
 * name of a chat's speaker, without quotes, with their name blacked out. Whatever stands around a header, its attributes or
 * its state tell it.
 */

/** A line without one of these is no header, and nothing else is tried. */
const SIGN =
  /(?:\b(?:os_)?prio=-?\d|\btid=|\bnid=|\bId=\d+ |\bThread t@\d|["“”„‟«»「」『』`')\]*]\W{0,8}(?:NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)\b\W{0,8}$|(?:\*\*|__|`)\W{0,3}$)/;
/** Every quotation mark is one character, as the straight one is: places stay what they are. */
const QUOTES = /[“”„‟«»″＂「」『』]/g;

/** `name #12 prio=5 … tid=0x…`: two attributes, since one may stand in any text. */
const UNQUOTED =
  /^(?:[\s>*_`~|•·'-]|\d{1,4}[.)]\s|\{\w{1,12}\}|<\w{1,10}>){0,40}(?<name>(?:[^\s=](?:[^\n=]{0,300}?[^\s=])??)??)["'`]{0,2}\s*(?<rest>(?:#\d+ )?(?:\[\d+\] )?(?:daemon )?(?:os_)?prio=-?\d+ (?=.*\b[tn]id=\S).*)$/;
const UNQUOTED_INFO =
  /^(?:[\s>*_`~|•·'-]|\d{1,4}[.)]\s){0,40}(?<name>[^\s="](?:[^\n="]{0,300}?[^\s="])??)["'`]?\s+(?<rest>Id=\d+ (?:NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)\b.*)$/;
const UNQUOTED_AGENT = /^(?:[\s>*_`~|•·'-]|\d{1,4}[.)]\s){0,40}(?<name>[^\s="](?:[^\n="]{0,300}?[^\s="])??)["'`]?\s+(?<rest>- Thread t@\d+.{0,40})$/;
/** `**name**`, `- \`name\`:` alone in its line, before a state. */
const NAME_ALONE =
  /^(?<before>[\s>*_`~|•·-]{0,20}(?:\*\*|__|`)["']?(?:[Tt]hread(?::\s*|\s+)(?!\d))?)(?<name>[^*_`"'\n]{1,200})["']?(?:\*\*|__|`)\W{0,3}$/;
/** A name with its own quotation marks and what stands around them. */
const DRESSED_NAME = /^(?:[*_`~#\s]|<\w{1,10}>){0,12}"(?<inner>[^"]{1,400})"?(?:[*_`~]|<\/\w{1,10}>){0,12}$/;
/** Single ones may stand within a name as well. */
const SINGLE_QUOTED = /^[‘‚‛](?<inner>[^\n]{1,400})[’‛‘]$/;
/** `"name" BLOCKED`, `"name" - BLOCKED`, `"name" [BLOCKED]`, `"name": state = BLOCKED`. */
const NAME_AND_STATE = /^(?<before>\W{0,20})"(?<name>[^"\n]{1,400})"(?:\W|\bstate\b){0,12}\b(?<state>[A-Z_]{3,13})\W{0,8}$/;

/** Null: the line is no header, however it is looked at. `next` says whether a stack follows the line. */
export function dressedHeader(text: string, start: number, lineEnd: number, next: () => boolean): Header | null {
  if (lineEnd - start > MAX_NAME_LENGTH) return null;
  const raw = text.slice(start, lineEnd);
  if (!SIGN.test(raw)) return null;
  const line = withoutTail(raw.replace(QUOTES, '"'));
  const header =
    quotedHeader(line) ??
    unquotedHeader(line, UNQUOTED) ??
    unquotedHeader(line, UNQUOTED_INFO) ??
    unquotedHeader(line, UNQUOTED_AGENT) ??
    (next() ? (stateHeader(line) ?? nameAlone(raw)) : null);
  return header === null ? null : moved(header, start);
}

const CLOSING = '*_~`|\\,; \t';
const MAX_TAG_LENGTH = 14;

/** Without what closes emphasis, code and quotations behind a line: marks, `</b>`, `{quote}`. */
function withoutTail(line: string): string {
  let end = line.length;
  while (end > 0) {
    const last = line.charAt(end - 1);
    if (CLOSING.includes(last)) end--;
    else if (last === '>' || last === '}') {
      const open = line.lastIndexOf(last === '>' ? '<' : '{', end - 1);
      if (open === -1 || end - open > MAX_TAG_LENGTH || !/^[<{]\/?\w+\/?[>}]$/.test(line.slice(open, end))) break;
      end = open;
    } else break;
  }
  return line.slice(0, end);
}

function quotedHeader(line: string): Header | null {
  let tries = 0;
  for (let quote = line.indexOf('"'); quote !== -1 && tries < 4; quote = line.indexOf('"', quote + 1), tries++) {
    const header = headerAt(line, quote, line.length);
    // A quotation mark alone, before the next line's state, names no thread here.
    if (header !== null && header.dialect !== 'visualvm') return header;
  }
  return null;
}

/** The line is read as if its name stood in quotes. */
function unquotedHeader(line: string, pattern: RegExp): Header | null {
  const groups = pattern.exec(line)?.groups;
  if (groups === undefined) return null;
  const { name: printed = '', rest = '' } = groups;
  const restStart = line.length - rest.length;
  const name = DRESSED_NAME.exec(printed)?.groups?.inner ?? SINGLE_QUOTED.exec(printed)?.groups?.inner ?? printed;
  const nameStart = name === '' ? restStart : line.lastIndexOf(name, restStart - name.length);
  const header = headerAt(`"${name}" ${rest}`, 0, name.length + 3 + rest.length);
  if (header === null) return null;
  const shift = restStart - (name.length + 3);
  header.nameStart = nameStart;
  header.nameEnd = nameStart + name.length;
  if (header.lock !== null) header.lock = { ...header.lock, start: header.lock.start + shift, end: header.lock.end + shift };
  return header;
}

function stateHeader(line: string): Header | null {
  const groups = NAME_AND_STATE.exec(line)?.groups;
  if (groups === undefined || !STATES.has(groups.state ?? '')) return null;
  const { before = '', name = '', state = '' } = groups;
  const header = newHeader('hotspot', before.length + 1, before.length + 1 + name.length);
  header.state = state as ThreadState;
  return header;
}

function nameAlone(line: string): Header | null {
  const { before, name } = NAME_ALONE.exec(line)?.groups ?? {};
  return before === undefined || name === undefined ? null : newHeader('hotspot', before.length, before.length + name.length);
}

function moved(header: Header, by: number): Header {
  header.nameStart += by;
  header.nameEnd += by;
  if (header.lock !== null) header.lock = { ...header.lock, start: header.lock.start + by, end: header.lock.end + by };
  return header;
}
