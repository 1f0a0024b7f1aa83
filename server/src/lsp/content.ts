import { baseName, type Content, contentOf } from '../../../common/virtual.ts';
import { contentOf as contentOfKind, diff, report } from '../core/kinds/index.ts';
import type { NamedText } from '../io/texts.ts';
import type { Analysed } from './documents.ts';

/** Where the texts of virtual documents (common/virtual.ts) come from. */
export interface Sources {
  find(uri: string): Promise<Analysed | null>;
  /** The texts in a file, which may be compressed. */
  texts(uri: string): Promise<readonly NamedText[]>;
  /** Runs something that asks for lines; see places.ts. */
  withLines<R>(document: Analysed, run: (lineOf: (offset: number) => number) => R): Promise<R>;
}

export async function textOf(uri: string, sources: Sources): Promise<string | null> {
  const content = contentOf(uri);
  return content === null ? null : make(content, sources);
}

/** The text of a content; null where the kind of file has none of that name. */
export async function make({ name, uri, part, other }: Content, { find, texts, withLines }: Sources): Promise<string | null> {
  if (name === 'text') return (await texts(uri))[part ?? 0]?.text ?? null;
  const document = await find(uri);
  if (document === null) return null;
  const { analysis } = document;
  if (name === 'report') return report(analysis, baseName(uri), uri);
  if (name === 'comparison') {
    const second = other === undefined ? null : other === uri ? document : await find(other);
    if (second === null) return null;
    return second === document ? report(analysis, '') : diff(analysis, second.analysis);
  }
  return withLines(document, (lineOf) => contentOfKind(analysis, name, part ?? 0, lineOf));
}
