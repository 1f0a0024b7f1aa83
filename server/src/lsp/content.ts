import { baseName, type Content, contentOf, UNPACKED } from '../../../common/virtual.ts';
import { diff, textOf as textOfKind } from '../core/kinds/index.ts';
import type { NamedText } from '../io/texts.ts';
import type { Analysed } from '../workspace/workspace.ts';

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
  if (name === UNPACKED) return (await texts(uri))[part ?? 0]?.text ?? null;
  const document = await find(uri);
  if (document === null) return null;
  const { analysis } = document;
  if (name === 'comparison' && other !== uri) {
    const second = other === undefined ? null : await find(other);
    return second === null ? null : diff(analysis, second.analysis);
  }
  return withLines(document, (lineOf) => textOfKind(analysis, name, { part: part ?? 0, title: baseName(uri), uri, lineOf }));
}
