import type { Packing, Reading } from '../packing.ts';
import { LEVEL, LOGGER, MESSAGE, STACK, TIME } from '../recordNames.ts';
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
  /** The parts of a record, where each has a column of its own; the table then begins with their names. */
  parts: Parts | null;
  readable: number;
}

/** Columns of what stands before a message, in the order of a line, and of the trace behind it. */
interface Parts {
  head: readonly number[];
  stack: number | null;
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
    let named = best.parts !== null;
    for (const fields of rows(text, best.separator)) {
      yield;
      if (named) {
        named = false;
        continue;
      }
      const field = fields[best.index];
      if (field === undefined) continue;
      if (reading.apart === true && indexWithin(text, '\n', field.start, field.end) !== -1) {
        const place = placeOf(text, fields, best.index);
        if (last !== null && place !== last) builder.insert(field.start, `==> ${place} <==\n`);
        last = place;
      }
      for (const at of best.parts?.head ?? []) copyPart(builder, text, fields[at], '\t');
      copyField(builder, text, field);
      builder.insert(field.end, '\n');
      if (best.parts?.stack != null) copyPart(builder, text, fields[best.parts.stack], '\n');
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
  let record: { index: number; parts: Parts } | null = null;
  let joined = '';
  let tabular = 0;
  let count = 0;
  for (const fields of rows(text, separator)) {
    yield;
    if (fields.length > 1 || fields[0]?.quoted === true) tabular++;
    for (const [at, field] of fields.slice(0, MAX_COLUMNS).entries()) {
      const known = columns[at] ?? '';
      if (known.length < MAX_VOTE_LENGTH) columns[at] = `${known}${fieldText(text, field)}\n`;
    }
    if (count === 0) record = partsOf(fields.map((field) => fieldText(text, field)));
    else if (record !== null && joined.length < MAX_VOTE_LENGTH) {
      const { index, parts } = record;
      const values = [...parts.head, index, ...(parts.stack === null ? [] : [parts.stack])].map((at) => fields[at]);
      joined += `${values.map((field) => (field === undefined ? '' : fieldText(text, field))).join('\t')}\n`;
    }
    if (++count >= VOTERS) break;
  }
  if (count < 2 || tabular < count * 0.8) return null;
  let best: Column | null = null;
  for (const [index, column] of columns.entries()) {
    yield;
    const readable = readableBehind(column, reading);
    if (readable > (best?.readable ?? Number.NEGATIVE_INFINITY)) best = { separator, index, parts: null, readable };
  }
  if (record !== null) {
    const readable = readableBehind(joined, reading);
    if (readable > (best?.readable ?? Number.NEGATIVE_INFINITY)) best = { separator, ...record, readable };
  }
  if (best === null || best.readable > 0) return best;
  // Where nothing reads yet, what is packed once more is the longest.
  const longest = columns.reduce((most, column, index) => (column.length > (columns[most]?.length ?? 0) ? index : most), 0);
  return { ...best, index: longest };
}

/** What the names in the first row say of the columns: where time, level and message of a record have one each. */
function partsOf(names: readonly string[]): { index: number; parts: Parts } | null {
  const columnOfNames = (wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name));
  const [time, level, logger, index, stack] = [TIME, LEVEL, LOGGER, MESSAGE, STACK].map(columnOfNames) as [number, number, number, number, number];
  // A place within a record never ends before it begins: what stands in the other order is left out.
  if (time === -1 || time > index || (level === -1 && stack === -1)) return null;
  return { index, parts: { head: [time, level, logger].filter((at) => at !== -1 && at < index), stack: stack > index ? stack : null } };
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

/** A part of a record, with what stands behind or, of a trace, after it; nothing of one that is empty. */
function copyPart(builder: SourceBuilder, text: string, field: Field | undefined, after: string): void {
  if (field === undefined || fieldText(text, field).trim() === '') return;
  copyField(builder, text, field);
  builder.insert(field.end, after);
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
