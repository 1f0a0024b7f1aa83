import type { TextName } from '../../../common/views.ts';
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

type Maker = (content: Content, sources: Sources) => Promise<string | null>;

/** What the kinds of files have to show: the texts in the tables of core/kinds. */
const ofAnalysis =
  (name: TextName): Maker =>
  async ({ uri, part }, { find, withLines }) => {
    const document = await find(uri);
    if (document === null) return null;
    return withLines(document, (lineOf) => textOfKind(document.analysis, name, { part: part ?? 0, title: baseName(uri), uri, lineOf }));
  };

/** Two files beside each other; of one alone what another one would be compared with. */
const comparison: Maker = async (content, sources) => {
  const { uri, other } = content;
  if (other === uri) return ofAnalysis('comparison')(content, sources);
  const first = await sources.find(uri);
  const second = other === undefined ? null : await sources.find(other);
  return first === null || second === null ? null : diff(first.analysis, second.analysis);
};

/** What is not made of one analysis alone. */
const OWN = {
  [UNPACKED]: async ({ uri, part }, { texts }) => (await texts(uri))[part ?? 0]?.text ?? null,
  comparison,
} satisfies { [N in Content['name']]?: Maker };

const isOwn = (name: Content['name']): name is keyof typeof OWN => Object.hasOwn(OWN, name);

/** The text of a content; null where the kind of file has none of that name. */
export async function make(content: Content, sources: Sources): Promise<string | null> {
  const { name } = content;
  const maker = isOwn(name) ? OWN[name] : ofAnalysis(name);
  return maker(content, sources);
}
