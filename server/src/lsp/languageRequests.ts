import type { CodeAction, DocumentLink, Location, Range } from 'vscode-languageserver';
import { FIX_ALL } from '../../../common/capabilities.ts';
import { type Content, contentOf, contentUri, isDerived, UNPACKED } from '../../../common/virtual.ts';
import { visible } from '../../../common/visible.ts';
import type { EditFix } from '../core/model.ts';
import { fileNamed, lineBehind } from '../core/views/log/filtered.ts';
import { nextPage } from '../core/views/log/filteredPage.ts';
import { findingHover } from '../features/findings.ts';
import { featuresOf } from '../features/index.ts';
import type { Across, LanguageFeatures, SourceReference } from '../features/types.ts';
import { verdictLenses, verdictSymbols } from '../features/verdict.ts';
import type { Analysed } from '../workspace/workspace.ts';
import { plainPlaces, runs } from './abilities.ts';
import { textOf } from './content.ts';
import * as convert from './convert.ts';
import { guard } from './guard.ts';
import { incidentLens } from './incidentLens.ts';
import { rotationLens } from './rotationLens.ts';
import type { Session } from './session.ts';
import { WORDS } from './words.ts';

/** Folding: VS Code takes 5,000 a document. The others: more than anybody scrolls through. */
const LIMIT = { folds: 5000, symbols: 5000, locations: 2000, lenses: 1000, hints: 2000, links: 5000 } as const;

/** The requests of LSP: each finds the analysis of its document and hands over to the feature of its kind. */
export function wireLanguage(session: Session): void {
  const { connection, log, during, analysed, findSource, workspace, setAround } = session;

  /**
   * A handler that is given the finished analysis and the features of its kind; `still` finds an earlier one that is right where
   * it is asked about.
   */
  function on<P extends { textDocument: { uri: string } }, R>(
    fallback: R,
    handler: (document: Analysed, features: LanguageFeatures, params: P) => R | Promise<R>,
    still: (params: P) => Analysed | null = () => null,
  ) {
    return guard<P, R>(log, fallback, async (params, token) => {
      const document = still(params) ?? (await analysed(params.textDocument.uri, token));
      if (document === null) return fallback;
      const features = await featuresOf(document.analysis.kind);
      return during(document.uri, () => handler(document, features, params), document.settings);
    });
  }

  /** What the set of files says that a document was read with as one. */
  function across(document: Analysed, features: LanguageFeatures, offset: number): { set: Analysed; said: Across } | null {
    const around = setAround(document);
    if (around === null || features.across === undefined) return null;
    return { set: around.set, said: features.across(document, offset, { analysis: around.set.analysis, offset: around.offset + offset }) };
  }

  /** Definition or references in the other files. */
  async function elsewhere(document: Analysed, features: LanguageFeatures, offset: number, what: 'definition' | 'references'): Promise<Location[]> {
    const found = across(document, features, offset);
    if (found === null) return [];
    const spans = found.said[what].slice(0, LIMIT.locations);
    const places = await workspace.places.withPlaces(found.set, (place) => spans.map(place));
    return places.flatMap(({ uri, ...range }) => (uri === undefined || uri === document.uri ? [] : [{ uri, range }]));
  }

  connection.onHover(
    on(
      null,
      (document, features, { position }: { textDocument: { uri: string }; position: Range['start'] }) => {
        const offset = document.index.offset(position);
        const hover = features.hover?.(document, offset) ?? null;
        const finding = findingHover((setAround(document)?.set ?? document).analysis.findings, document.uri, offset);
        const span = hover?.span ?? finding?.span;
        if (span === undefined) return null;
        const said = hover === null ? undefined : (across(document, features, offset)?.said.hover ?? hover.markdown);
        const value = visible([finding?.markdown, said].filter((part) => part !== undefined).join('\n\n---\n\n'));
        return {
          contents: { kind: 'markdown' as const, value: session.abilities().commands ? value : plainPlaces(value) },
          range: document.index.range(span),
        };
      },
      // Whoever types in a large document does not wait for its analysis.
      ({ textDocument: { uri }, position: { line } }) => {
        const earlier = workspace.earlier(uri);
        return earlier === null || earlier.changed(line) ? null : earlier.document;
      },
    ),
  );
  connection.onDefinition(
    on([] as Location[], async (document, features, { position }: { textDocument: { uri: string }; position: Range['start'] }) => {
      const offset = document.index.offset(position);
      const here = (features.definition?.(document, offset) ?? []).map((target) => convert.location(target, document));
      return [...here, ...(await elsewhere(document, features, offset, 'definition'))].slice(0, LIMIT.locations);
    }),
  );
  connection.onReferences(
    on([] as Location[], async (document, features, { position }: { textDocument: { uri: string }; position: Range['start'] }) => {
      const offset = document.index.offset(position);
      const here = (features.references?.(document, offset) ?? []).map((target) => convert.location(target, document));
      return [...here, ...(await elsewhere(document, features, offset, 'references'))].slice(0, LIMIT.locations);
    }),
  );
  connection.onDocumentHighlight(
    on([], (document, features, { position }: { textDocument: { uri: string }; position: Range['start'] }) =>
      (features.highlight?.(document, document.index.offset(position)) ?? [])
        .slice(0, LIMIT.locations)
        .map((span) => ({ range: document.index.range(span) })),
    ),
  );
  connection.onDocumentSymbol(
    on([], (document, features) =>
      [...verdictSymbols(document), ...(features.symbols?.(document) ?? [])]
        .slice(0, LIMIT.symbols)
        .map((item) => convert.symbol(item, document.index)),
    ),
  );
  connection.onFoldingRanges(
    on([], (document, features) => (features.folds?.(document) ?? []).slice(0, LIMIT.folds).map((item) => convert.fold(item, document.index))),
  );
  connection.onCodeLens(
    guard(log, [], async ({ textDocument: { uri } }: { textDocument: { uri: string } }, token) => {
      const document = await analysed(uri, token);
      if (document === null || isDerived(uri)) return [];
      const beside = [...(await rotationLens(workspace, document)), ...(await incidentLens(workspace, document))];
      const features = await featuresOf(document.analysis.kind);
      const found = await during(uri, () => [...verdictLenses(document), ...(features.lenses?.(document) ?? [])]);
      // What is wrong comes first, then where there is more.
      return [...found.slice(0, LIMIT.lenses - beside.length), ...beside].map((item) => convert.lens(item, document.index, session.abilities()));
    }),
  );
  connection.languages.inlayHint.on(
    on([], (document, features, { range }: { textDocument: { uri: string }; range: Range }) =>
      document.settings['logjam.inlayHints']
        ? (features.hints?.(document, convert.span(range, document.index)) ?? [])
            .slice(0, LIMIT.hints)
            .map((item) => convert.hint(item, document.index))
        : [],
    ),
  );
  connection.languages.semanticTokens.on(
    on({ data: [] as number[] }, (document, features) => ({
      data: convert.tokens(features.tokens?.(document, { start: 0, end: document.text.length }) ?? [], document),
    })),
  );
  connection.languages.semanticTokens.onRange(
    on({ data: [] as number[] }, (document, features, { range }: { textDocument: { uri: string }; range: Range }) => ({
      data: convert.tokens(features.tokens?.(document, convert.span(range, document.index)) ?? [], document),
    })),
  );

  const linksOfFile = on([] as DocumentLink[], (document, features) =>
    (features.links?.(document) ?? []).slice(0, LIMIT.links).map((link) => ({
      range: document.index.range(link.span),
      ...(link.tooltip === undefined ? {} : { tooltip: link.tooltip }),
      ...(link.target === undefined ? { data: link.source } : { target: link.target }),
    })),
  );
  connection.onDocumentLinks(async (params, token) => {
    const content = contentOf(params.textDocument.uri);
    if (content?.name !== 'filtered') return linksOfFile(params, token);
    const text = (await textOf(params.textDocument.uri, session.sources)) ?? '';
    const document = await analysed(content.uri, token);
    const files = document?.analysis.kind === 'flink-log' ? document.analysis.files : [];
    const shown = new Map<string, string>();
    // Of a compressed file an editor shows no text but the one that we make of it.
    for (const uri of [content.uri, ...files.map((file) => file.uri)])
      shown.set(uri, (await workspace.look(uri).catch(() => null))?.packed === true ? contentUri({ uri, name: UNPACKED }) : uri);
    return linesBehind(content, text, (name) => shown.get(files.find((file) => file.name === name)?.uri ?? content.uri) ?? content.uri);
  });
  connection.onDocumentLinkResolve(async (link) => {
    const source = link.data as SourceReference | undefined;
    if (source === undefined) return link;
    const uri = await findSource(source);
    if (uri === null) return { ...link, tooltip: WORDS.sourceMissing(source.file) };
    return { ...link, target: source.line === null ? uri : `${uri}#L${source.line}` };
  });

  connection.onCodeAction(
    on(
      [] as CodeAction[],
      (document, features, { range, context }: { textDocument: { uri: string }; range: Range; context: { only?: string[] } }) => {
        const wanted = (kind: string | undefined): boolean =>
          context.only === undefined || context.only.some((only) => kind === only || kind?.startsWith(`${only}.`) === true);
        const span = convert.span(range, document.index);
        const found: CodeAction[] = [];
        for (const finding of document.analysis.findings) {
          const touches = finding.at.span.start <= span.end && finding.at.span.end >= span.start;
          if (!touches || finding.fixes.length === 0) continue;
          const [diagnostic] = convert.diagnostics(
            { ...document, analysis: { ...document.analysis, findings: [finding], problems: [] } },
            session.abilities().content,
          );
          for (const fix of finding.fixes) found.push(convert.action(fix, document, diagnostic));
        }
        for (const fix of features.actions?.(document, span) ?? []) found.push(convert.action(fix, document));
        const safe = document.analysis.findings.flatMap(
          (finding) => finding.fixes.find((fix): fix is EditFix => fix.by === 'edits' && fix.safe === true) ?? [],
        );
        const edits = safe.length === 0 ? [] : (features.fixAll?.(document) ?? disjoint(safe.flatMap((fix) => fix.edits)));
        if (edits.length > 0) {
          const all = convert.action({ title: WORDS.fixAll, kind: 'source', by: 'edits', edits }, document);
          found.push({ ...all, kind: FIX_ALL });
        }
        return distinct(found).filter(({ kind, command }) => wanted(kind) && (command === undefined || runs(session.abilities(), command.command)));
      },
    ),
  );
}

/** Where the numbers before the lines of a filtered log lead to, and its last line to the next page. `uriOf`: of a file by its name. */
function linesBehind(content: Content, text: string, uriOf: (name: string | null) => string): DocumentLink[] {
  const links: DocumentLink[] = [];
  let uri = uriOf(null);
  for (const [line, shown] of text.split('\n').entries()) {
    const within = (length: number) => ({ start: { line, character: 0 }, end: { line, character: length } });
    const name = fileNamed(shown);
    if (name !== null) uri = uriOf(name);
    const next = nextPage(shown);
    if (next !== null) links.push({ range: within(shown.length), target: contentUri({ ...content, part: next }) });
    const behind = lineBehind(shown);
    if (behind !== null && links.length < LIMIT.links) links.push({ range: within(behind.length), target: `${uri}#L${behind.number}` });
  }
  return links;
}

/** Edits in order without those that overlap an earlier one: a second run takes these. */
function disjoint<E extends { span: { start: number; end: number } }>(edits: E[]): E[] {
  const result: E[] = [];
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    const last = result.at(-1);
    if (last === undefined || edit.span.start >= last.span.end) result.push(edit);
  }
  return result;
}

/** A finding and the place it stands at may offer the same. */
function distinct(actions: CodeAction[]): CodeAction[] {
  const seen = new Set<string>();
  return actions.filter((action) => {
    const key = `${action.title}\n${JSON.stringify(action.command ?? action.edit ?? null)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
