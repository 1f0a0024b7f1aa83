import type { Span } from '../../../../../common/span.ts';
import { decodeInto } from '../json/escapes.ts';
import { JsonReader } from '../json/reader.ts';
import { type JsonNode, readJson, stringValue } from '../json/tree.ts';
import type { Packing, Reading } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';
import { indexWithin } from '../within.ts';
import { readableBehind } from './prefixes.ts';

/** How many records, and characters of one field, decide which field carries the text. */
const VOTERS = 400;
const MAX_VOTE_LENGTH = 64 * 1024;
const MAX_PATHS = 200;

/** Characters of one string that are decoded at a time: it may hold everything. */
const PIECE = 64 * 1024;

/** Deeper strings carry nothing. */
const MAX_DEPTH = 12;

/**
 * Text line by line, or as a whole, in the strings of JSON: docker's json-file, JSON layouts, exports of log stores,
 * a string alone. The field is the one whose strings read best.
 */
export const jsonRecords: Packing = {
  id: 'json',
  title: 'the strings of JSON records, as docker and log stores keep lines',
  whole: true,
  sign: (sample) => /^[ \t\uFEFF]*(?:[[{]|"(?:[^"\n\\]|\\.){0,2000}\\[nt])/m.test(sample),
  *undo(text, reading): Steps<Source | null> {
    const chosen = yield* vote(text, reading);
    if (chosen === null) return null;
    const { path, ended } = chosen;
    const builder = new SourceBuilder(text);
    let whole = 0;
    for (const root of roots(text)) {
      yield;
      for (const node of strings(root, '', 0)) {
        if (node.path !== path || isStamp(text, node)) continue;
        if (reading.apart === true && hasBlocks(text, node) && ++whole > 1) builder.insert(node.start, `==> ${whole} <==\n`);
        for (let at = node.start; at < node.end; ) {
          at = decodeInto(builder, text, at, node.end, PIECE);
          if (at < node.end) yield;
        }
        // Docker ends every whole line with a line feed; where nobody does, the record is the line.
        if (!ended && !endsLine(text, node)) builder.insert(node.end, '\n');
      }
    }
    return builder.length > 0 ? builder.build() : null;
  },
  samples: ['{"log":"one\\n","stream":"stdout"}\n{"log":"two\\n","stream":"stdout"}', '["one","two"]', '"one\\ntwo"'],
  nearMisses: ['one {"two": 3}'],
};

function* vote(text: string, reading: Reading): Steps<{ path: string; ended: boolean } | null> {
  const fields = new Map<string, { value: string; seen: number; ended: number }>();
  let records = 0;
  for (const root of roots(text, true)) {
    yield;
    for (const { path, start, end, escaped } of strings(root, '', 0)) {
      if (isStamp(text, { start, end })) continue;
      const field = fields.get(path) ?? { value: '', seen: 0, ended: 0 };
      if (field.seen === 0 && fields.size < MAX_PATHS) fields.set(path, field);
      field.seen++;
      if (endsLine(text, { start, end })) field.ended++;
      if (field.value.length > MAX_VOTE_LENGTH) continue;
      const value = stringValue(text, { kind: 'string', start, end: Math.min(end, start + MAX_VOTE_LENGTH), escaped });
      field.value += value.endsWith('\n') ? value : `${value}\n`;
    }
    if (++records >= VOTERS) break;
  }
  let best: string | null = null;
  let most = Number.NEGATIVE_INFINITY;
  let longest = 0;
  for (const [path, { value }] of fields) {
    yield;
    const score = readableBehind(value, reading);
    // Where nothing reads yet, what is packed once more is the longest.
    if (score < most || (score === most && value.length <= longest)) continue;
    most = score;
    longest = value.length;
    best = path;
  }
  const field = best === null ? undefined : fields.get(best);
  return best === null || field === undefined ? null : { path: best, ended: field.ended * 2 > field.seen };
}

/** Loki keeps lines as ["nanoseconds since 1970", "line"]. */
const isStamp = (text: string, { start, end }: { start: number; end: number }): boolean =>
  end - start >= 13 && end - start <= 19 && /^\d+$/.test(text.slice(start, end));

/** So much of a text shows whether it has several blocks. */
const BLOCKS_IN = 64 * 1024;

/** Does a text hold blocks with blank lines between? A single one may be of the same process as its neighbours. */
const hasBlocks = (text: string, { start, end }: { start: number; end: number }): boolean =>
  text.slice(start, Math.min(end, start + BLOCKS_IN)).split(/\\n(?:\\r)?\\n\\"/, 3).length > 2;

const endsLine = (text: string, { start, end }: { start: number; end: number }): boolean =>
  end - start >= 2 && (text.startsWith('\\n', end - 2) || text.startsWith('\\r', end - 2));

/** Every JSON value that begins a line; `whole`: without a record that was cut, behind whole ones. */
function* roots(text: string, whole = false): Generator<JsonNode, void> {
  let first = true;
  const start = /^[\uFEFF \t]*(?=[[{"])/gm;
  for (let at = 0; at < text.length; ) {
    start.lastIndex = at;
    const match = start.exec(text);
    if (match === null) return;
    const bracket = match.index + match[0].length;
    const tree = readJson(text, bracket);
    if (tree === null) return;
    if (tree.cut && whole && !first) return;
    yield tree.root;
    if (tree.cut) return;
    first = false;
    const line = text.indexOf('\n', tree.next);
    at = line === -1 ? text.length : line;
  }
}

interface Text {
  path: string;
  start: number;
  end: number;
  escaped: boolean;
}

function* strings(node: JsonNode, path: string, depth: number): Generator<Text, void> {
  if (depth > MAX_DEPTH) return;
  if (node.kind === 'string') yield { path, start: node.start, end: node.end, escaped: node.escaped };
  else if (node.kind === 'array') for (const item of node.items) yield* strings(item, path, depth + 1);
  else if (node.kind === 'object') for (const [key, value] of node.members) yield* strings(value, path === '' ? key : `${path}.${key}`, depth + 1);
}

/**
 * JSON that is not one record a line: a document with an array of records, or records printed over several lines.
 * Every record becomes a line; what stands around them is left out. For kinds that read records in JSON.
 */
export const jsonDocument: Packing = {
  id: 'json-document',
  title: 'a JSON document of records, or records over several lines',
  sign: (sample) => /^\s*[[{]/.test(sample),
  *undo(text, { readable }): Steps<Source | null> {
    const { items, roots: alone } = yield* records(text);
    const ways = [items, alone].filter((found) => found.length > 0).map((found) => ({ found, score: readable(beginning(text, found)) }));
    const best = ways.reduce<(typeof ways)[number] | null>((a, b) => (a !== null && a.score >= b.score ? a : b), null);
    if (best === null || best.score <= 0) return null;
    const builder = new SourceBuilder(text);
    for (const { start, end } of best.found) {
      yield;
      copyLine(builder, text, { start, end });
    }
    return builder.build();
  },
  samples: ['[{"level":"INFO"},\n{"level":"WARN"}]', '{\n"level": "INFO"\n}'],
  nearMisses: ['level {INFO}'],
};

/** A record as a line of its own: a line feed between its parts is blank space, and in its strings there is none. */
export function copyLine(builder: SourceBuilder, text: string, { start, end }: Span): void {
  let done = start;
  for (let at = indexWithin(text, '\n', done, end); at !== -1; at = indexWithin(text, '\n', done, end)) {
    builder.copy(done, at);
    builder.replace(at, at + 1, ' ');
    done = at + 1;
  }
  builder.copy(done, end);
  builder.insert(end, '\n');
}

const beginning = (text: string, found: readonly Span[]): string =>
  found
    .slice(0, 50)
    .map(({ start, end }) => text.slice(start, end).replaceAll('\n', ' '))
    .join('\n');

/** Objects that stand in an array, the outermost ones; and objects that stand in nothing. */
export function* records(text: string): Steps<{ items: Span[]; roots: Span[] }> {
  const items: Span[] = [];
  const alone: Span[] = [];
  const starts = /(?<![^\n])[\uFEFF \t\r]*(?=[[{])/g;
  for (let at = 0; at < text.length; ) {
    starts.lastIndex = at;
    const match = starts.exec(text);
    if (match === null) break;
    const start = match.index + match[0].length;
    const reader = new JsonReader(text, start);
    yield* inArrays(reader, items, 0);
    if (text[start] === '{' && !reader.truncated) alone.push({ start, end: reader.pos });
    if (reader.truncated || reader.pos <= start) break;
    at = reader.pos;
  }
  return { items, roots: alone };
}

/** Reads the next value, and keeps the objects of its outermost arrays. */
function* inArrays(reader: JsonReader, items: Span[], depth: number): Steps<void> {
  yield;
  if (depth > MAX_DEPTH) reader.skip();
  else if (reader.enterObject()) {
    while (reader.nextKey() !== null) yield* inArrays(reader, items, depth + 1);
  } else if (reader.enterArray()) {
    while (reader.nextItem()) {
      if (!reader.atObject()) yield* inArrays(reader, items, depth + 1);
      else {
        const start = reader.pos;
        reader.skip();
        if (!reader.truncated) items.push({ start, end: reader.pos });
        yield;
      }
    }
  } else reader.skip();
}
