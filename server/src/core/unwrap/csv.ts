import type { Checkpoint } from '../checkpoint.ts';
import { UnwrapBuilder, type Unwrapped } from './positionMap.ts';
import { DUMP_WORDS } from './sample.ts';
import { indexWithin } from './within.ts';

/** One field of a table; a quoted one stands without its quotes. */
interface Field {
  start: number;
  end: number;
  quoted: boolean;
}

const QUOTE = 34;
const NEWLINE = 10;
const VOTERS = 400;

/** A thread's header within a quoted field. */
const DOUBLED_HEADER = /""[^"\n]*"" (?:#\d|Id=\d|daemon |prio=|os_prio=|- Thread|virtual\b|[A-Z_]{3,}\b)/;

/** A table with a row for each line of the dump, as log stores export it; also single quoted lines. */
export async function unwrapCsv(text: string, lines: readonly string[], checkpoint: Checkpoint): Promise<Unwrapped | null> {
  const quoted = lines.filter((line) => /^"|[,;\t]"/.test(line)).length;
  const rows = quoted >= 3 && quoted >= lines.filter((line) => line !== '').length * 0.5;
  if (!rows && !lines.some((line) => DOUBLED_HEADER.test(line))) return null;
  for (const separator of [',', ';', '\t']) {
    const column = await columnOf(text, separator.charCodeAt(0), checkpoint);
    if (column === null) continue;
    const builder = new UnwrapBuilder(text);
    await eachRow(text, separator.charCodeAt(0), checkpoint, (fields) => {
      const field = fields[column];
      if (field !== undefined) copyField(builder, text, field);
      builder.insert(field?.end ?? 0, '\n');
      return true;
    });
    return builder.build();
  }
  return null;
}

/** The column that reads like a dump, in a table whose rows are alike. */
async function columnOf(text: string, separator: number, checkpoint: Checkpoint): Promise<number | null> {
  const widths = new Map<number, number>();
  const votes: number[] = [];
  let rows = 0;
  let doubled = 0;
  await eachRow(text, separator, checkpoint, (fields) => {
    widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
    for (const [at, field] of fields.entries()) {
      const value = text.slice(field.start, Math.min(field.end, field.start + 20_000));
      if (field.quoted && DUMP_WORDS.test(value)) votes[at] = (votes[at] ?? 0) + 1;
      if (field.quoted && value.includes('""')) doubled++;
    }
    return ++rows < VOTERS;
  });
  const [width, count] = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  const best = votes.reduce((found, value, at) => (value > (votes[found] ?? 0) ? at : found), 0);
  if ((votes[best] ?? 0) < 2 && (votes[best] ?? 0) * 2 < rows) return null;
  if (count < rows * 0.8 && rows > 3) return null;
  // A dump's own header lines are "quoted" too: a one-column table needs the doubled quotes of CSV.
  return width >= 2 || doubled > 0 ? best : null;
}

async function eachRow(text: string, separator: number, checkpoint: Checkpoint, visit: (fields: Field[]) => boolean): Promise<void> {
  for (let at = 0; at < text.length; ) {
    if (checkpoint.due()) await checkpoint.pause();
    const fields: Field[] = [];
    for (;;) {
      const field = text.charCodeAt(at) === QUOTE ? quotedField(text, at, separator) : plainField(text, at, separator);
      fields.push(field);
      at = field.quoted ? field.end + 1 : field.end;
      if (text.charCodeAt(at) !== separator) break;
      at++;
    }
    if (text.charCodeAt(at) === 13) at++;
    at++;
    if (!visit(fields)) return;
  }
}

function plainField(text: string, start: number, separator: number): Field {
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === separator || code === NEWLINE || code === 13) break;
    end++;
  }
  return { start, end, quoted: false };
}

function quotedField(text: string, start: number, separator: number): Field {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at)) {
    if (text.charCodeAt(at + 1) === QUOTE) {
      at += 2;
      continue;
    }
    const next = text.charCodeAt(at + 1);
    if (Number.isNaN(next) || next === separator || next === NEWLINE || next === 13) return { start: start + 1, end: at, quoted: true };
    // A quote within: this was no quoted field.
    return plainField(text, start, separator);
  }
  return plainField(text, start, separator);
}

function copyField(builder: UnwrapBuilder, text: string, field: Field): void {
  let done = field.start;
  if (field.quoted) {
    for (let at = indexWithin(text, '""', done, field.end); at !== -1; at = indexWithin(text, '""', done, field.end)) {
      builder.copy(done, at);
      builder.replace(at, at + 2, '"');
      done = at + 2;
    }
  }
  builder.copy(done, field.end);
}
