import type { TextName } from '../../../common/views.ts';
import { baseName, type Content, contentOf, ruleOf, setOf, UNPACKED } from '../../../common/virtual.ts';
import type { Checkpoint } from '../core/checkpoint.ts';
import { comparison as compared, textOf as textOfKind } from '../core/kinds/index.ts';
import { layoutsOfPatterns } from '../core/log/pattern.ts';
import type { LineIndex } from '../core/text.ts';
import { filteredLog } from '../core/views/log/filtered.ts';
import { filteredPage, type LinePages } from '../core/views/log/filteredPage.ts';
import type { NamedText } from '../io/texts.ts';
import type { Analysed } from '../workspace/workspace.ts';

/** Where the texts of virtual documents (common/virtual.ts) come from. */
export interface Sources {
  find(uri: string): Promise<Analysed | null>;
  /** The texts in a file, which may be compressed. */
  texts(uri: string): Promise<readonly NamedText[]>;
  /** The lines of a file that is too large for a text; null where there is none. */
  pages(uri: string): Promise<LinePages | null>;
  /** For what takes long. */
  checkpoint: Checkpoint;
  /** Runs something that asks for lines; see places.ts. */
  withLines<R>(document: Analysed, run: (lineOf: (offset: number) => number) => R): Promise<R>;
}

export async function textOf(uri: string, sources: Sources): Promise<string | null> {
  const page = ruleOf(uri);
  // Loaded when it is asked for: most of what a start would take is rules of kinds that nobody has.
  if (page !== null) return (await import('../core/rules/index.ts')).rulePage(page);
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

/** Files beside each other; of one alone its parts. */
const comparison: Maker = async ({ uri, other }, { find, withLines }) => {
  const uris = [uri, ...(other === undefined || other === uri ? [] : (setOf(other) ?? [other]))];
  const files: Analysed[] = [];
  for (const one of uris) {
    const found = await find(one);
    if (found === null) return null;
    files.push(found);
  }
  // Made once to learn which lines it names, and again with them: each file has its own way to tell its lines.
  const asked = files.map(() => new Set<number>());
  const learn = (file: number, offset: number): number => {
    asked[file]?.add(offset);
    return 0;
  };
  const made = (lineOf: (file: number, offset: number) => number) =>
    compared(files.map(({ analysis, uri: name }, file) => ({ analysis, uri: name, lineOf: (offset) => lineOf(file, offset) })));
  if (made(learn) === null) return null;
  const lines = await Promise.all(
    files.map((file, at) => withLines(file, (lineOf) => new Map([...(asked[at] ?? [])].map((offset) => [offset, lineOf(offset)])))),
  );
  return made((file, offset) => lines[file]?.get(offset) ?? 0);
};

/** Records of a log, of several that were read as one, or a page of those of a large one. */
const filtered: Maker = async ({ uri, filter = {}, part = 0 }, { find, pages, checkpoint }) => {
  const document = await find(uri);
  if (document === null || document.analysis.kind !== 'flink-log') return null;
  const { text, index, analysis, parts = [], settings } = document;
  const name = baseName(uri);
  const files = analysis.files.length > 0 ? analysis.files : [{ name: null, uri, line: 0 }];
  if (text === '' && parts.some((one) => one.text === null && files.some((file) => file.uri === one.uri))) {
    const { layouts } = layoutsOfPatterns(settings['logjam.log.patterns']);
    const paged = await Promise.all(files.map(async (file) => ({ ...file, pages: await pages(file.uri) })));
    const read = paged.flatMap(({ name: of, line, pages: lines }) => (lines === null ? [] : [{ name: of, line, pages: lines }]));
    const unread = paged.flatMap(({ name: of, uri: its, pages: lines }) => (lines === null ? [of ?? its] : []));
    if (read.length === 0) return null;
    return filteredPage(analysis, filter, read, { from: Math.max(0, part - 1), name, unread, layouts, checkpoint });
  }
  const texts = text === '' ? parts : [{ line: 0, text, index }];
  return filteredLog(
    analysis,
    filter,
    (line) => {
      const file = texts.findLast((one) => one.line <= line);
      return file?.text == null || file.index === null ? '' : lineIn(file.text, file.index, line - file.line);
    },
    name,
  );
};

function lineIn(text: string, index: LineIndex, line: number): string {
  const startOf = (one: number) => index.offset({ line: one, character: 0 });
  return text.slice(startOf(line), line + 1 < index.lineCount ? startOf(line + 1) : text.length).trimEnd();
}

/** What is not made of one analysis alone. */
const OWN = {
  [UNPACKED]: async ({ uri, part }, { texts }) => (await texts(uri))[part ?? 0]?.text ?? null,
  comparison,
  filtered,
} satisfies { [N in Content['name']]?: Maker };

const isOwn = (name: Content['name']): name is keyof typeof OWN => Object.hasOwn(OWN, name);

/** The text of a content; null where the kind of file has none of that name. */
export async function make(content: Content, sources: Sources): Promise<string | null> {
  const { name } = content;
  const maker = isOwn(name) ? OWN[name] : ofAnalysis(name);
  return maker(content, sources);
}
