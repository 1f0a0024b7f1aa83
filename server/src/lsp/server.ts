import {
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CANCEL, CLOSE, FIND_SOURCE, STATUS, type StatusParams } from '../../../common/contracts.ts';
import { SCHEME, traitsOf } from '../../../common/ids.ts';
import { version } from '../../../common/version.ts';
import { isDerived, setOf } from '../../../common/virtual.ts';
import { Cancelled } from '../core/checkpoint.ts';
import { type SourceReference, TOKEN_MODIFIERS, TOKEN_TYPES } from '../features/types.ts';
import { Configuration } from './config.ts';
import { ask, hear, tell } from './contract.ts';
import * as convert from './convert.ts';
import { type Analysed, Analyses } from './documents.ts';
import { FileAccess } from './fileAccess.ts';
import type { Host } from './host.ts';
import { FIX_ALL, wireLanguage } from './languageRequests.ts';
import { LargeFiles } from './largeFiles.ts';
import { LogSets } from './logSets.ts';
import { wireOwn } from './ownRequests.ts';
import type { Session } from './session.ts';
import { SetFindings } from './setFindings.ts';
import { SERVER_COMMANDS } from './workspaceEdits.ts';

/** Wires one connection: the life of its documents; the requests are in languageRequests.ts and ownRequests.ts. */
export function serve(connection: Connection, host: Host): void {
  const documents = new TextDocuments(TextDocument);
  const configuration = new Configuration(connection);
  const analyses = new Analyses(host, configuration);
  const large = new LargeFiles(host, analysed);
  const files = new FileAccess(host, connection);
  const ofSet = new SetFindings(large.places, (uri) => {
    const document = documents.get(uri);
    if (document) void publish(document);
    else void connection.sendDiagnostics({ uri, diagnostics: ofSet.of(uri) ?? [] });
  });
  const sets = new LogSets(host, files, configuration, (uri) => documents.get(uri));
  const log = (message: string): void => connection.console.error(message);
  let folders: string[] = [];
  let supports = { configuration: false, findSource: false, status: false };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    folders = (params.workspaceFolders ?? []).map((folder) => folder.uri);
    const own = (params.initializationOptions ?? {}) as Record<string, unknown>;
    supports = {
      configuration: params.capabilities.workspace?.configuration === true,
      findSource: own['findSource'] === true,
      status: own['status'] === true,
    };
    files.throughClient = own['findFiles'] === true;
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
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: ofSet.of(document.uri) ?? [] });
  });

  async function publish(document: TextDocument): Promise<void> {
    const { uri, version } = document;
    const say = (phase: StatusParams['phase'], more: Omit<StatusParams, 'uri' | 'phase'> = {}): void => {
      if (supports.status) void tell(connection, STATUS, { uri, phase, ...more });
    };
    say('analysing');
    try {
      const analysed = await analyses.of(document);
      if (documents.get(uri)?.version !== version) return;
      // A text of another kind that an editor sends along is nobody's mistake.
      const { kind } = analysed.analysis;
      const told = traitsOf(kind).together ? ofSet.of(uri, analysed.text) : undefined;
      const diagnostics = kind === 'unknown' || isDerived(uri) ? [] : (told ?? convert.diagnostics(analysed));
      await connection.sendDiagnostics({ uri, version, diagnostics });
      say('done', { kind });
    } catch (error) {
      if (error instanceof Cancelled) return say('cancelled');
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      say('failed', { message: error instanceof Error ? error.message : String(error) });
    }
  }

  async function analysed(
    uri: string,
    token: { readonly isCancellationRequested: boolean } = { isCancellationRequested: false },
  ): Promise<Analysed | null> {
    const document = documents.get(uri);
    if (document) return analyses.of(document);
    const together = setOf(uri);
    if (together === null) return analyses.ofFile(uri, () => files.text(uri), token);
    let said = false;
    const say = (phase: 'analysing' | 'done', more: Omit<StatusParams, 'uri' | 'phase'>): void => {
      said = true;
      if (supports.status) void tell(connection, STATUS, { uri, phase, ...more });
    };
    try {
      const set = await sets.of(uri, together, token, (message) => say('analysing', { message }));
      await ofSet.show(set);
      return set;
    } finally {
      if (said) say('done', {});
    }
  }

  async function findSource(source: SourceReference): Promise<string | null> {
    if (supports.findSource) return ask(connection, FIND_SOURCE, source);
    const suffix = `/${source.package === '' ? '' : `${source.package}/`}${source.file}`;
    const found = await host.findByName(folders, source.file, 200);
    return found.find((uri) => decodeURIComponent(uri).endsWith(suffix)) ?? null;
  }

  const session: Session = { connection, host, files, analyses, large, log, analysed, setAround: (document) => ofSet.around(document), findSource };
  wireLanguage(session);
  wireOwn(session);

  hear(connection, CANCEL, ({ uri }) => {
    const together = setOf(uri);
    if (together === null) analyses.cancel(uri);
    else sets.cancel(together);
  });

  hear(connection, CLOSE, ({ uri }) => ofSet.close(uri));

  documents.listen(connection);
  connection.listen();
}
