import type { Checkpoint } from '../../checkpoint.ts';
import { UnwrapBuilder, type Unwrapped } from '../../unwrap/positionMap.ts';

interface Field {
  start: number;
  end: number;
  quoted: boolean;
}

/** A table with a record (or a line of one) in each row, as log stores export it: the column that `readable` says is the log. */
export async function openCsv(text: string, readable: (text: string) => number, checkpoint: Checkpoint): Promise<Unwrapped | null> {
  for (const separator of [',', ';', '\t']) {
    const column = columnOf(text.slice(0, 64 * 1024), separator, readable);
    if (column === null) continue;
    const builder = new UnwrapBuilder(text);
    for (const fields of rows(text, separator)) {
      if (checkpoint.due()) await checkpoint.pause();
      const field = fields[column];
      if (field === undefined) continue;
      copy(builder, text, field);
      builder.insert(field.end, '\n');
    }
    return builder.build();
  }
  return null;
}

function columnOf(sample: string, separator: string, readable: (text: string) => number): number | null {
  const columns: string[] = [];
  let wide = 0;
  let count = 0;
  for (const fields of rows(sample, separator)) {
    count++;
    if (fields.length > 1) wide++;
    for (const [at, field] of fields.entries()) columns[at] = `${columns[at] ?? ''}${sample.slice(field.start, field.end)}\n`;
  }
  if (wide < count * 0.9) return null;
  let best: number | null = null;
  let most = 0;
  for (const [at, column] of columns.entries()) {
    const score = readable(column);
    if (score <= most) continue;
    most = score;
    best = at;
  }
  return best;
}

function* rows(text: string, separator: string): Generator<Field[]> {
  for (let at = 0; at < text.length; ) {
    const fields: Field[] = [];
    for (;;) {
      const field = fieldAt(text, at, separator);
      fields.push(field);
      at = field.end + (field.quoted ? 1 : 0);
      if (text[at] !== separator) break;
      at++;
    }
    while (at < text.length && text[at] !== '\n') at++;
    at++;
    yield fields;
  }
}

function fieldAt(text: string, start: number, separator: string): Field {
  if (text[start] === '"') {
    for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 2)) {
      if (text[at + 1] !== '"') return { start: start + 1, end: at, quoted: true };
    }
  }
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
  return { start, end, quoted: false };
}

function copy(builder: UnwrapBuilder, text: string, field: Field): void {
  let done = field.start;
  if (field.quoted) {
    for (let at = text.indexOf('""', done); at !== -1 && at < field.end; at = text.indexOf('""', done)) {
      builder.copy(done, at);
      builder.replace(at, at + 2, '"');
      done = at + 2;
    }
  }
  builder.copy(done, field.end);
}
