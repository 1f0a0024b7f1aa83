import type { Checkpoint } from '../../checkpoint.ts';
import { compose, type Mapping, type Unwrapped } from '../../unwrap/positionMap.ts';
import { replaceAll } from '../../unwrap/replaceAll.ts';
import { openCsv } from './csv.ts';
import { openJson } from './json.ts';
import { breakJoined, isJoined } from './oneLine.ts';
import { readable } from './readable.ts';
import { isRestExceptions, openRestExceptions } from './restExceptions.ts';

export interface Opened {
  text: string;
  map: Mapping | null;
  /** Names of what was undone, outermost first. */
  names: string[];
}

/** A way in which a log is packed as a whole, and what a sample shows of it. Whether it was one is seen by the result. */
interface Packing {
  name: string;
  sign: (sample: string) => boolean;
  /** A part of it says nothing. */
  whole?: boolean;
  undo: (text: string, checkpoint: Checkpoint) => Promise<Unwrapped | null>;
}

const SAMPLE = 64 * 1024;
const MOST_ROUNDS = 4;
const MOST_TRIED = 4 * SAMPLE;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '' };
const TAGS = /&(?:#(\d{1,6})|([a-z]+));|<br\s*\/?>(\r?\n)?|<\/?(?:html|body|pre|p|div|code|span|font)\b[^>\n]{0,300}>/gi;
const STRING_PARTS = /\\(?:u([\da-f]{4})|([ntr"'\\/]))|^["']|["']\s*$/gi;
/** Blanks that are none, as editors and chat programs make them of indents; characters without width. */
const BLANKS = /[\u00a0\u2007\u200b\u200c\u2060\ufeff]/g;

const PACKINGS: readonly Packing[] = [
  {
    name: 'cr',
    sign: (sample) => !sample.includes('\n') && sample.includes('\r'),
    undo: async (text) => ({ text: text.replaceAll('\r', '\n'), map: null }),
  },
  { name: 'rest-exceptions', sign: isRestExceptions, whole: true, undo: async (text) => openRestExceptions(text) },
  { name: 'json-document', sign: (sample) => /^\s*[[{]/.test(sample), undo: (text, checkpoint) => openJson(text, readable, checkpoint) },
  { name: 'csv', sign: (sample) => /[,;\t]"|^"/.test(sample), undo: (text, checkpoint) => openCsv(text, readable, checkpoint) },
  {
    name: 'html',
    sign: (sample) => /&(?:lt|gt|amp|quot|nbsp|#\d+);|<br\s*\/?>|<(?:pre|p|div|code)\b/i.test(sample),
    undo: (text, checkpoint) => replaceAll(text, TAGS, unescapeHtml, checkpoint),
  },
  {
    name: 'string',
    sign: (sample) => /\\n(?:\\t|\s*)(?:at |Caused by)|\\n\[?\d{4}-\d\d-\d\d/.test(sample),
    undo: (text, checkpoint) => replaceAll(text, STRING_PARTS, unescapeString, checkpoint),
  },
  {
    name: 'blanks',
    sign: (sample) => sample.search(BLANKS) !== -1,
    undo: (text, checkpoint) => replaceAll(text, BLANKS, (found) => (found === '\u00a0' || found === '\u2007' ? ' ' : ''), checkpoint),
  },
  { name: 'one-line', sign: isJoined, undo: breakJoined },
];

function unescapeHtml(found: string, decimal?: string, name?: string, end?: string): string {
  if (decimal !== undefined) return Number(decimal) <= 0x10ffff ? String.fromCodePoint(Number(decimal)) : found;
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? found;
  return /^<br/i.test(found) ? (end ?? '\n') : '';
}

function unescapeString(_found: string, code?: string, letter?: string): string {
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  return letter === undefined ? '' : (ESCAPES[letter] ?? letter);
}

/**
 * Undoes what a log is packed in as a whole: JSON documents, tables, web pages, strings, lost line breaks. Each is
 * undone only when more records and frames can be read then. Null for a log that stands as it was written.
 */
export async function openLog(original: string, checkpoint: Checkpoint): Promise<Opened | null> {
  let text = original;
  let map: Mapping | null = null;
  const names: string[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const sample = text.slice(0, SAMPLE);
    const candidates = PACKINGS.filter(({ name, sign }) => !names.includes(name) && sign(sample));
    if (candidates.length === 0) break;
    const before = readable(sample);
    let undone = false;
    for (const { name, undo, whole } of candidates) {
      const part = whole || text.length <= SAMPLE;
      const tried = await undo(part ? text : sample, checkpoint);
      if (tried === null || readable(tried.text.slice(0, MOST_TRIED)) <= before) continue;
      const result = part ? tried : await undo(text, checkpoint);
      if (result === null) continue;
      text = result.text;
      map = compose(map, result.map);
      names.push(name);
      undone = true;
      break;
    }
    if (!undone) break;
  }
  return names.length === 0 ? null : { text, map, names };
}
