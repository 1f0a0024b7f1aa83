import { SCHEME } from './ids.ts';
import type { LogFilter } from './logFilter.ts';
import { canonical } from './uri.ts';
import { isMarkdownText, TEXT_NAMES, type TextName } from './views.ts';

/**
 * Virtual documents. What is to be shown stands in the uri alone, so that any editor can ask for it at any time:
 * `logjam:/TITLE?JSON`, where the JSON is a Content or a FileSet.
 */

/** Name of the text of a file out of its compression; all others are views of what was read in it. */
export const UNPACKED = 'text';

/** A text made from a file. */
export interface Content {
  name: TextName | typeof UNPACKED;
  uri: string;
  part?: number;
  /** The file of this name in an archive. */
  member?: string;
  /** The second file of a comparison. */
  other?: string;
  /** Which records of a log. */
  filter?: LogFilter;
  /** Name of the document; absent: that of the file and `name`. */
  title?: string;
}

/** The page of a rule. */
interface RulePage {
  rule: string;
}

export const ruleUri = (rule: string): string => make(`${rule}.md`, { rule } satisfies RulePage);

/** The rule that a page is about; null for every other uri. */
export function ruleOf(uri: string): string | null {
  const rule = (query(uri) as Partial<RulePage> | null)?.rule;
  return typeof rule === 'string' ? rule : null;
}

/** Files, and folders with all that is below them, that are read as one. It has no text of its own. */
interface FileSet {
  together: string[];
}

export function contentUri(content: Content): string {
  const { uri, name, part } = content;
  const which = part === undefined || part === 0 ? '' : `.${part + 1}`;
  const title =
    content.title ??
    (content.member === undefined ? null : baseName(content.member)) ??
    `${baseName(uri)}${which}.${name}.${isMarkdown(name) ? 'md' : 'txt'}`;
  return make(title, content);
}

export function contentOf(uri: string): Content | null {
  const content = query(uri) as Partial<Content> | null;
  const known = typeof content?.uri === 'string' && (content.name === UNPACKED || TEXT_NAMES.some((name) => name === content.name));
  return known ? (content as Content) : null;
}

const isMarkdown = (name: Content['name']): boolean => name !== UNPACKED && isMarkdownText(name);

export function setUri(together: string[]): string {
  const [first = ''] = together;
  const title = together.length > 1 ? `${baseName(first)} + ${together.length - 1}` : baseName(first);
  return make(title, { together } satisfies FileSet);
}

/** The members of a set; null for every other uri. */
export function setOf(uri: string): string[] | null {
  const together = (query(uri) as Partial<FileSet> | null)?.together;
  return Array.isArray(together) && together.length > 0 && together.every((one) => typeof one === 'string') ? together : null;
}

/** Whether a document is one of a set's, or made from one. */
export function isInSet(set: string, uri: string): boolean {
  const source = canonical(sourceOf(uri));
  return (
    setOf(set)?.some((one) => {
      const member = canonical(one);
      return source === member || source.startsWith(member.endsWith('/') ? member : `${member}/`);
    }) === true
  );
}

/** The file that a virtual document was made from; every other document stands for itself. */
export function sourceOf(uri: string): string {
  return contentOf(uri)?.uri ?? uri;
}

/** What a document says was told of in the file that it was made from already: a trace written out, a report … */
export function isDerived(uri: string): boolean {
  const content = contentOf(uri);
  return content !== null && content.name !== UNPACKED;
}

/** The folder that all of the names, or uris, are in, with its slash; empty where there is none. */
export function commonFolder(names: readonly string[]): string {
  const [first = ''] = names;
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (folder !== '' && !names.every((name) => name.startsWith(folder))) folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  return folder;
}

/** Last part of a file's name, for titles. */
export function baseName(uri: string): string {
  const path = uri.replace(/[?#].*$/s, '').replace(/(?<!\/)\/+$/, '');
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

const make = (title: string, query: unknown): string => `${SCHEME}:/${encoded(title.replaceAll('/', '∕'))}?${encoded(JSON.stringify(query))}`;

/** As VS Code writes it: its uris are compared with ours. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

function query(uri: string): unknown {
  if (!uri.startsWith(`${SCHEME}:`)) return null;
  try {
    return JSON.parse(decodeURIComponent(uri.slice(uri.indexOf('?') + 1)));
  } catch {
    return null;
  }
}
