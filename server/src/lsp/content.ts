import { SCHEME } from '../../../common/ids.ts';
import { diff, moduleOf, report } from '../core/index.ts';
import type { Analysed } from './documents.ts';

/**
 * Virtual documents. What is to be shown stands in the uri alone, so that any editor can ask for it at any time:
 * `logjam:/<file>.<name>.<md|txt>?<JSON of Content>`.
 */
export interface Content {
  name: string;
  uri: string;
  part?: number;
  /** The second file of a comparison. */
  other?: string;
}

/** Report and comparison are made here; all other names belong to the kind of file. */
const MARKDOWN = new Set(['report', 'suggested-change']);

export function contentUri(content: Content): string {
  const { uri, name, part } = content;
  const file = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  const title = `${file}${part === undefined || part === 0 ? '' : `.${part + 1}`}.${name}.${MARKDOWN.has(name) ? 'md' : 'txt'}`;
  return `${SCHEME}:/${encodeURIComponent(title)}?${encodeURIComponent(JSON.stringify(content))}`;
}

function parse(uri: string): Content | null {
  try {
    const query = decodeURIComponent(uri.slice(uri.indexOf('?') + 1));
    const content = JSON.parse(query) as Partial<Content>;
    return typeof content.uri === 'string' && typeof content.name === 'string' ? (content as Content) : null;
  } catch {
    return null;
  }
}

export type Find = (uri: string) => Promise<Analysed | null>;

/** Runs something that asks for lines; see largeFiles.ts. */
export type WithLines = <R>(document: Analysed, run: (lineOf: (offset: number) => number) => R) => Promise<R>;

export async function textOf(uri: string, find: Find, withLines: WithLines): Promise<string | null> {
  const content = parse(uri);
  return content === null ? null : make(content, find, withLines);
}

/** The text of a content; null where the kind of file has none of that name. */
export async function make({ name, uri, part, other }: Content, find: Find, withLines: WithLines): Promise<string | null> {
  const document = await find(uri);
  if (document === null) return null;
  const { analysis } = document;
  if (name === 'report') return report(analysis, decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))) ?? null;
  if (name === 'comparison') {
    const second = other === undefined ? null : other === uri ? document : await find(other);
    if (second === null) return null;
    return second === document ? (report(analysis, '') ?? null) : (diff(analysis, second.analysis) ?? null);
  }
  const content = moduleOf(analysis.kind)?.contents?.[name];
  return content === undefined ? null : withLines(document, (lineOf) => content(analysis, part ?? 0, lineOf));
}
