import type { Packing, Reading } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';
import { indexWithin } from '../within.ts';
import { readableBehind } from './prefixes.ts';

/** One field of a table; a quoted one stands without its quotes. */
interface Field {
  start: number;
  end: number;
  quoted: boolean;
}

/** A column of the table, and how well it reads. */
interface Column {
  separator: number;
  index: number;
  readable: number;
}

const SEPARATORS = [',', ';', '\t'];
const QUOTE = 34;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
/** Rows and characters of a column that decide which one it is. */
const VOTERS = 400;
const MAX_VOTE_LENGTH = 64 * 1024;
const MAX_COLUMNS = 200;

/** A table with a record, a line of one or all of them in each row, as log stores export it: the column that reads best. */
export const csv: Packing = {
  id: 'csv',
  title: 'a table of values separated by commas, semicolons or tabs',
  sign: (sample) => /[,;\t]"|^"/m.test(sample),
  *undo(text, reading): Steps<Source | null> {
    // Lines of JSON end with commas, too: the separator by which most can be read.
    let best: Column | null = null;
    for (const separator of SEPARATORS) {
      const column: Column | null = yield* columnOf(text, separator.charCodeAt(0), reading);
      if (column !== null && column.readable > (best?.readable ?? Number.NEGATIVE_INFINITY)) best = column;
    }
    if (best === null) return null;
    // Numbers and a tab before every line are no column: without them all lines are there.
    if (best.separator === TAB && readableBehind(text, reading) > best.readable) return null;
    const builder = new SourceBuilder(text);
    let last: string | null = null;
    for (const fields of rows(text, best.separator)) {
      yield;
      const field = fields[best.index];
      if (field === undefined) continue;
      if (reading.apart === true && indexWithin(text, '\n', field.start, field.end) !== -1) {
        const place = placeOf(text, fields, best.index);
        if (last !== null && place !== last) builder.insert(field.start, `==> ${place} <==\n`);
        last = place;
      }
      copyField(builder, text, field);
      builder.insert(field.end, '\n');
    }
    return builder.build();
  },
  samples: ['time,message\n1,"a ""quoted"" word"\n2,"b"'],
  nearMisses: ['one, two, three'],
};

/** What tells one host or pod from another; no number, and no time. */
const PLACE =
  /^(?=[^\n]{0,100}[A-Za-z])(?=[^\n]{0,100}[-.\d])(?!\d{4}-\d\d|\d{1,2}:\d\d|[A-Z][a-z]{2} \d)[\w.:/@-]{2,100}$|^\d{1,3}(?:\.\d{1,3}){3}$/;

/** What the other fields of a row say of where its text comes from; not what the text itself says, such as the name of a thread. */
function placeOf(text: string, fields: readonly Field[], own: number): string {
  const self = fields[own];
  const whole = self === undefined ? '' : fieldText(text, self);
  return fields
    .slice(0, MAX_COLUMNS)
    .flatMap((field, index) => (index === own || field.end - field.start > 100 ? [] : fieldText(text, field)))
    .filter((value) => PLACE.test(value) && !whole.includes(value))
    .join(' ');
}

/** The column that reads best, in a table whose rows are alike. */
function* columnOf(text: string, separator: number, reading: Reading): Steps<Column | null> {
  const columns: string[] = [];
  let tabular = 0;
  let count = 0;
  for (const fields of rows(text, separator)) {
    yield;
    if (fields.length > 1 || fields[0]?.quoted === true) tabular++;
    for (const [at, field] of fields.slice(0, MAX_COLUMNS).entries()) {
      const known = columns[at] ?? '';
      if (known.length < MAX_VOTE_LENGTH) columns[at] = `${known}${fieldText(text, field)}\n`;
    }
    if (++count >= VOTERS) break;
  }
  if (count < 2 || tabular < count * 0.8) return null;
  let best: Column | null = null;
  for (const [index, column] of columns.entries()) {
    yield;
    const readable = readableBehind(column, reading);
    if (readable > (best?.readable ?? Number.NEGATIVE_INFINITY)) best = { separator, index, readable };
  }
  if (best === null || best.readable > 0) return best;
  // Where nothing reads yet, what is packed once more is the longest.
  const longest = columns.reduce((most, column, index) => (column.length > (columns[most]?.length ?? 0) ? index : most), 0);
  return { ...best, index: longest };
}

function* rows(text: string, separator: number): Generator<Field[], void> {
  for (let at = 0; at < text.length; ) {
    const fields: Field[] = [];
    for (;;) {
      const field = text.charCodeAt(at) === QUOTE ? quotedField(text, at, separator) : plainField(text, at, separator);
      fields.push(field);
      at = field.quoted ? field.end + 1 : field.end;
      if (text.charCodeAt(at) !== separator) break;
      at++;
    }
    if (text.charCodeAt(at) === RETURN) at++;
    if (text.charCodeAt(at) === NEWLINE) at++;
    yield fields;
  }
}

function plainField(text: string, start: number, separator: number): Field {
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === separator || code === NEWLINE || code === RETURN) break;
    end++;
  }
  return { start, end, quoted: false };
}

/** A quote is closed by one that ends the field; the last field of a text that was cut is not closed at all. */
function quotedField(text: string, start: number, separator: number): Field {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at)) {
    if (text.charCodeAt(at + 1) === QUOTE) {
      at += 2;
      continue;
    }
    const next = text.charCodeAt(at + 1);
    if (Number.isNaN(next) || next === separator || next === NEWLINE || next === RETURN) return { start: start + 1, end: at, quoted: true };
    // A quote within: this was no quoted field.
    return plainField(text, start, separator);
  }
  return text.includes('""', start + 1) ? { start: start + 1, end: text.length, quoted: true } : plainField(text, start, separator);
}

function fieldText(text: string, { start, end, quoted }: Field): string {
  const value = text.slice(start, Math.min(end, start + MAX_VOTE_LENGTH));
  return quoted ? value.replaceAll('""', '"') : value;
}

function copyField(builder: SourceBuilder, text: string, field: Field): void {
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
