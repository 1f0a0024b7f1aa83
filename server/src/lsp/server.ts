import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  type DocumentLink,
  type InitializeParams,
  type InitializeResult,
  type Range,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  ANALYSE_FILE,
  ANALYSIS,
  type AnalysisInfo,
  CONTENT_URI,
  type Contract,
  DIFF_GRAPH,
  DOCUMENT,
  FIND_SOURCE,
  GRAPH,
  LINES,
  NODE_AT,
  type ParamsOf,
  READ_FILE,
  type ResultOf,
  STATUS,
} from '../../../common/contracts.ts';
import { type GraphView, mapPlaces } from '../../../common/graph.ts';
import { SCHEME } from '../../../common/ids.ts';
import { Cancelled } from '../core/checkpoint.ts';
import { diffGraph, graph, moduleOf } from '../core/index.ts';
import { featuresOf } from '../features/index.ts';
import { type LanguageFeatures, type SourceReference, TOKEN_MODIFIERS, TOKEN_TYPES } from '../features/types.ts';
import { readTexts } from '../io/texts.ts';
import { version } from '../version.ts';
import { Configuration } from './config.ts';
import { contentUri, make, textOf, type WithLines } from './content.ts';
import * as convert from './convert.ts';
import { type Analysed, Analyses } from './documents.ts';
import { guard } from './guard.ts';
import type { Host } from './host.ts';
import { LargeFiles } from './largeFiles.ts';
import { runCommand, SERVER_COMMANDS } from './workspaceEdits.ts';

/** Folding: VS Code takes 5,000 a document. The others: more than anybody scrolls through. */
const LIMIT = { folds: 5000, symbols: 5000, locations: 2000, lenses: 1000, hints: 2000, links: 5000 } as const;

const FIX_ALL = `${CodeActionKind.SourceFixAll}.logjam`;

/** Wires one connection: every request finds the analysis of its document and hands over to the feature of its kind. */
export function serve(connection: Connection, host: Host): void {
  const documents = new TextDocuments(TextDocument);
  const configuration = new Configuration(connection);
  const analyses = new Analyses(host, configuration);
  const large = new LargeFiles(host);
  const withLines: WithLines = (document, run) =>
    large.withRanges(document, (range) => run((offset) => range({ start: offset, end: offset }).start.line));
  const log = (message: string): void => connection.console.error(message);
  let folders: string[] = [];
  let supports = { configuration: false, findSource: false, findFiles: false, status: false };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    folders = (params.workspaceFolders ?? []).map((folder) => folder.uri);
    const own = (params.initializationOptions ?? {}) as Record<string, unknown>;
    supports = {
      configuration: params.capabilities.workspace?.configuration === true,
      findSource: own['findSource'] === true,
      findFiles: own['findFiles'] === true,
      status: own['status'] === true,
    };
    if (supports.configuration) configuration.enable();
    return {
      serverInfo: { name: 'logjam', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        codeLensProvider: {},
        inlayHintProvider: true,
        documentLinkProvider: { resolveProvider: true },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL] },
        semanticTokensProvider: {
          legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
          full: true,
          range: true,
        },
        executeCommandProvider: { commands: [...SERVER_COMMANDS] },
        workspace: { textDocumentContent: { schemes: [SCHEME] } },
      },
    };
  });

  connection.onDidChangeConfiguration(() => {
    configuration.changed();
    for (const document of documents.all()) void publish(document);
  });

  documents.onDidChangeContent(({ document }) => void publish(document));
  documents.onDidClose(({ document }) => {
    analyses.forget(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  async function publish(document: TextDocument): Promise<void> {
    const { uri, version } = document;
    const say = (phase: 'analysing' | 'done' | 'cancelled' | 'failed', more: object = {}): void => {
      if (supports.status) void connection.sendNotification(STATUS.method, { uri, phase, ...more });
    };
    say('analysing');
    try {
      const analysed = await analyses.of(document);
      if (documents.get(uri)?.version !== version) return;
      // A text of another kind that an editor sends along is nobody's mistake.
      const diagnostics = analysed.analysis.kind === 'unknown' ? [] : convert.diagnostics(analysed);
      await connection.sendDiagnostics({ uri, version, diagnostics });
      say('done', { kind: analysed.analysis.kind });
    } catch (error) {
      if (error instanceof Cancelled) return say('cancelled');
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      say('failed', { message: error instanceof Error ? error.message : String(error) });
    }
  }

  async function analysed(uri: string): Promise<Analysed | null> {
    const document = documents.get(uri);
    return document ? analyses.of(document) : analyses.ofFile(uri, () => fileText(uri));
  }

  /** From the disk where the server stands on it, else through the client. */
  async function fileText(uri: string): Promise<string | null> {
    const bytes = await host.readFile(uri).catch(() => null);
    if (bytes !== null) return readTexts(uri, bytes).texts[0]?.text ?? null;
    return supports.findFiles ? ((await connection.sendRequest(READ_FILE.method, { uri })) as string | null) : null;
  }

  /** A handler that is given the finished analysis and the features of its kind. */
  function on<P extends { textDocument: { uri: string } }, R>(
    fallback: R,
    handler: (document: Analysed, features: LanguageFeatures, params: P) => R,
  ) {
    return guard<P, R>(log, fallback, async (params) => {
      const document = await analysed(params.textDocument.uri);
      return document ? handler(document, featuresOf(document.analysis.kind), params) : fallback;
    });
  }

  connection.onHover(
    on(null, (document, features, { position }: { textDocument: { uri: string }; position: Range['start'] }) => {
      const hover = features.hover?.(document, document.index.offset(position));
      if (!hover) return null;
      return { contents: { kind: 'markdown' as const, value: hover.markdown }, range: document.index.range(hover.span) };
    }),
  );
  connection.onDefinition(
    on([], (document, features, { position }: { textDocument: { uri: string }; position: Range['start'] }) =>
      (features.definition?.(document, document.index.offset(position)) ?? [])
        .slice(0, LIMIT.locations)
        .map((target) => convert.location(target, document)),
    ),
  );
  connection.onReferences(
    on([], (document, features, { position }: { textDocument: { uri: string }; position: Range['start'] }) =>
      (features.references?.(document, document.index.offset(position)) ?? [])
        .slice(0, LIMIT.locations)
        .map((target) => convert.location(target, document)),
    ),
  );
  connection.onDocumentHighlight(
    on([], (document, features, { position }: { textDocument: { uri: string }; position: Range['start'] }) =>
      (features.highlight?.(document, document.index.offset(position)) ?? [])
        .slice(0, LIMIT.locations)
        .map((span) => ({ range: document.index.range(span) })),
    ),
  );
  connection.onDocumentSymbol(
    on([], (document, features) => (features.symbols?.(document) ?? []).slice(0, LIMIT.symbols).map((item) => convert.symbol(item, document.index))),
  );
  connection.onFoldingRanges(
    on([], (document, features) => (features.folds?.(document) ?? []).slice(0, LIMIT.folds).map((item) => convert.fold(item, document.index))),
  );
  connection.onCodeLens(
    on([], (document, features) => (features.lenses?.(document) ?? []).slice(0, LIMIT.lenses).map((item) => convert.lens(item, document.index))),
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

  connection.onDocumentLinks(
    on([] as DocumentLink[], (document, features) =>
      (features.links?.(document) ?? []).slice(0, LIMIT.links).map((link) => ({
        range: document.index.range(link.span),
        ...(link.tooltip === undefined ? {} : { tooltip: link.tooltip }),
        ...(link.target === undefined ? { data: link.source } : { target: link.target }),
      })),
    ),
  );
  connection.onDocumentLinkResolve(async (link) => {
    const source = link.data as SourceReference | undefined;
    if (source === undefined) return link;
    const uri = await findSource(source);
    if (uri === null) return { ...link, tooltip: `${source.file} is not in the workspace. Setting logjam.sourceRoots adds folders.` };
    return { ...link, target: source.line === null ? uri : `${uri}#L${source.line}` };
  });

  async function findSource(source: SourceReference): Promise<string | null> {
    if (supports.findSource) return (await connection.sendRequest(FIND_SOURCE.method, source)) as ResultOf<typeof FIND_SOURCE>;
    const suffix = `/${source.package === '' ? '' : `${source.package}/`}${source.file}`;
    const found = await host.findByName(folders, source.file, 200);
    return found.find((uri) => decodeURIComponent(uri).endsWith(suffix)) ?? null;
  }

  connection.onCodeAction(
    on(
      [] as CodeAction[],
      (document, features, { range, context }: { textDocument: { uri: string }; range: Range; context: { only?: string[] } }) => {
        const wanted = (kind: string | undefined): boolean =>
          context.only === undefined || context.only.some((only) => kind === only || kind?.startsWith(`${only}.`) === true);
        const span = convert.span(range, document.index);
        const found: CodeAction[] = [];
        for (const finding of document.analysis.findings) {
          const touches = finding.span.start <= span.end && finding.span.end >= span.start;
          if (!touches || finding.fixes.length === 0) continue;
          const [diagnostic] = convert.diagnostics({ ...document, analysis: { ...document.analysis, findings: [finding], problems: [] } });
          for (const fix of finding.fixes) found.push(convert.action(fix, document, diagnostic));
        }
        for (const fix of features.actions?.(document, span) ?? []) found.push(convert.action(fix, document));
        const safe = document.analysis.findings.flatMap((finding) => finding.fixes.find((fix) => fix.safe === true && fix.edits) ?? []);
        const edits = safe.length === 0 ? [] : (features.fixAll?.(document) ?? disjoint(safe.flatMap((fix) => fix.edits ?? [])));
        if (edits.length > 0) {
          const all = convert.action({ title: 'Apply all safe Logjam fixes', kind: 'source', edits }, document);
          found.push({ ...all, kind: FIX_ALL });
        }
        return distinct(found).filter((action) => wanted(action.kind));
      },
    ),
  );

  const own = <P extends { uri: string }, R>(
    contract: Contract<P, R>,
    fallback: R,
    handler: (document: Analysed, params: P) => Promise<R> | R,
  ): void => {
    connection.onRequest(
      contract.method,
      guard<P, unknown>(log, fallback, async (params) => {
        const document = await analysed(params.uri);
        return document ? handler(document, params) : fallback;
      }),
    );
  };

  own(ANALYSIS, null, ({ analysis, uri }): AnalysisInfo => {
    const findings = { error: 0, warning: 0, info: 0, hint: 0 };
    for (const finding of analysis.findings) findings[finding.severity]++;
    const module = moduleOf(analysis.kind);
    return {
      kind: analysis.kind,
      dialect: analysis.dialect,
      views: Object.keys(module?.graphs ?? {}) as GraphView[],
      findings,
      report: module?.report ? contentUri({ uri, name: 'report' }) : null,
    };
  });
  own(GRAPH, null, (document, { view, focus }) => {
    const found = graph(document.analysis, view, focus);
    return found ? large.withRanges(document, (range) => mapPlaces(found, range)) : null;
  });
  own(DIFF_GRAPH, null, async (document, { uri, other }) => {
    const second = other === uri ? document : await analysed(other);
    const found = second ? diffGraph(document.analysis, second.analysis, uri) : undefined;
    if (!second || !found) return null;
    const [removed, kept] = [found.nodes.filter((node) => node.uri !== undefined), found.nodes.filter((node) => node.uri === undefined)];
    const before = await large.withRanges(document, (range) => mapPlaces({ ...found, nodes: removed, groups: [], edges: [] }, range));
    const after = await large.withRanges(second, (range) => mapPlaces({ ...found, nodes: kept }, range));
    return { ...after, nodes: [...after.nodes, ...before.nodes] };
  });
  own(
    NODE_AT,
    null,
    (document, { view, position }) => featuresOf(document.analysis.kind).nodeAt?.(document, view, document.index.offset(position)) ?? null,
  );
  own(DOCUMENT, null, (document, { name, parameters }) =>
    large.withRanges(document, (range) => moduleOf(document.analysis.kind)?.documents?.[name]?.(document.analysis, range, parameters) ?? null),
  );

  connection.workspace.textDocumentContent.on(
    guard(log, { text: '' } as { text: string } | null, async ({ uri }: { uri: string }) => {
      const text = await textOf(uri, analysed, withLines);
      return text === null ? null : { text };
    }),
  );

  own(CONTENT_URI, null, async ({ uri }, content) => ((await make(content, analysed, withLines)) === null ? null : contentUri({ ...content, uri })));

  connection.onRequest(
    ANALYSE_FILE.method,
    guard<ParamsOf<typeof ANALYSE_FILE>, unknown>(
      log,
      { error: 'the file could not be analysed; the log of Logjam says why' },
      async ({ uri }, token) => {
        analyses.forgetFile(uri);
        const document = await analyses.ofFile(uri, () => fileText(uri), token);
        if (document === null) return { error: 'the file cannot be read' };
        const { kind, problems } = document.analysis;
        return kind === 'unknown' ? { error: problems[0]?.message ?? 'the file is none that Logjam knows' } : large.analysis(document);
      },
    ),
  );
  connection.onRequest(
    LINES.method,
    guard<ParamsOf<typeof LINES>, unknown>(log, null, (params) => large.lines(params)),
  );

  connection.onExecuteCommand(
    guard(log, null, async ({ command, arguments: args }: { command: string; arguments?: unknown[] }) => {
      await runCommand(connection, { byGlob: supports.findFiles, findSource, find: analysed }, command, args ?? []);
      return null;
    }),
  );

  connection.onNotification('logjam/cancel', ({ uri }: { uri: string }) => analyses.cancel(uri));

  documents.listen(connection);
  connection.listen();
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
