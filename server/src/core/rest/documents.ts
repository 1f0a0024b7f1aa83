import { decodedString } from '../unwrap/json/escapes.ts';
import { JsonReader } from '../unwrap/json/reader.ts';
import { type JsonTree, readJson } from '../unwrap/json/tree.ts';
import { Source } from '../unwrap/source.ts';
import { Field } from './fields.ts';
import { REST_READERS } from './readers/index.ts';
import type { AnyRestReader } from './readers/reader.ts';
import { isText } from './textForms.ts';

/** What the beginning of a text is: a document, an archive of them, or none. */
export type Fitting = AnyRestReader | 'archive' | null;

/** So many pieces of JSON in a text that begins with something else. */
const MAX_TRIES = 5;
const BEGINNING = /^[\s\uFEFF]*(?=[{[])/;
const ARCHIVE = /\{\s*"archive"\s*:\s*\[\s*\{\s*"(?:path|json)"\s*:/y;

function isArchive(text: string, at: number): boolean {
  ARCHIVE.lastIndex = at;
  return ARCHIVE.test(text);
}

/** Told by the first document, which need not be whole. */
export function fitting(text: string): Fitting {
  const before = BEGINNING.exec(text);
  if (before === null) return null;
  if (isArchive(text, before[0].length)) return 'archive';
  const tree = readJson(text, before[0].length);
  return tree === null ? null : readerOf(new Field(new Source(text), tree.root));
}

/** Whether a document stands behind other lines: a heading, or what somebody wrote above it. */
export function holdsDocument(text: string): boolean {
  if (isText(text)) return true;
  let tries = 0;
  for (const { root } of documentsOf(new Source(text))) {
    const reader = readerOf(root);
    if (reader !== null && reader.type !== 'other') return true;
    // "{noformat}" of a ticket is no object.
    if (root.entries().length > 0 && ++tries === MAX_TRIES) break;
  }
  return false;
}

/** The one reader that a document fits. */
export function readerOf(root: Field): AnyRestReader | null {
  return REST_READERS.find((reader) => reader.fits(root)) ?? null;
}

/** A job with its vertices, or a plan: read as a job graph. */
export const isPlan = (root: Field): boolean =>
  (root.has('jid') && (root.has('vertices') || root.has('plan'))) || (root.has('plan') && root.get('plan').has('nodes'));

/** A document with what it was found under. */
export interface FoundDocument {
  root: Field;
  path: string | null;
  tree: JsonTree;
  /** It stands in an archive of the History Server. */
  archived: boolean;
}

/** Where a document may begin in a text of several: at the beginning of a line, or behind a few words that call it something. */
const START = /^(?:[ \t\uFEFF]*|[^{}[\]"\n]{1,120}[:=>][ \t]{0,9})(?=\{|\[\s*\{)/gm;
/** "GET /jobs/…/checkpoints" above a document. */
const PATH = /\/(?:jobs|jobmanager|taskmanagers|overview|config|applications)\b[\w\-/.:]*/g;
/** Of the text above a document so much is looked at. */
const ABOVE = 2000;

/** The documents of a text, one after the other, or those of an archive. */
export function* documentsOf(source: Source): Generator<FoundDocument> {
  const { text } = source;
  const start = new RegExp(START);
  start.lastIndex = 0;
  let last = 0;
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    const at = found.index + found[0].length;
    if (isArchive(text, at)) {
      last = yield* archived(source, at);
      start.lastIndex = last;
      continue;
    }
    const tree = readJson(text, at);
    if (tree === null) return;
    const path =
      text
        .slice(Math.max(last, at - ABOVE), at)
        .match(PATH)
        ?.at(-1) ?? null;
    yield { root: new Field(source, tree.root), path, tree, archived: false };
    last = Math.max(at + 1, tree.next);
    start.lastIndex = last;
  }
}

/** `{"archive":[{"path":"/jobs/…","json":"…"}]}` (FsJobArchivist); returns where it ends. */
function* archived(source: Source, at: number): Generator<FoundDocument, number> {
  const reader = new JsonReader(source.text, at);
  reader.enterObject();
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
    if (key !== 'archive' || !reader.enterArray()) continue;
    while (reader.nextItem()) {
      if (!reader.enterObject()) continue;
      let path: string | null = null;
      let inner: Source | null = null;
      for (let name = reader.nextKey(); name !== null; name = reader.nextKey()) {
        if (name === 'path') path = reader.string();
        else if (name === 'json' && reader.rawString() !== null) inner = decodedString(source, reader.start, reader.stop);
      }
      const tree = inner === null ? null : readJson(inner.text);
      if (inner !== null && tree !== null) yield { root: new Field(inner, tree.root), path, tree, archived: true };
    }
  }
  return Math.max(at + 1, reader.pos);
}
