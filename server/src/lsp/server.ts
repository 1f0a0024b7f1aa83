import {
  type Connection,
  DidChangeWorkspaceFoldersNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { INITIALIZED } from '../../../common/capabilities.ts';
import { CANCEL, CLOSE, FIND_FILES, FIND_SOURCE, STATUS, type StatusParams } from '../../../common/contracts.ts';
import { type Kind, LANGUAGES, traitsOf } from '../../../common/ids.ts';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { table } from '../../../common/table.ts';
import { UriMap } from '../../../common/uri.ts';
import { isDerived, setOf } from '../../../common/virtual.ts';
import { Cancelled, TookTooLong } from '../core/checkpoint.ts';
import { verdict } from '../core/kinds/index.ts';
import type { SourceReference } from '../features/types.ts';
import { textsIn } from '../workspace/archives.ts';
import { type FileSystem, layered } from '../workspace/fileSystem.ts';
import { gather } from '../workspace/gather.ts';
import type { Platform } from '../workspace/platform.ts';
import { jarsBeside, sourceIn } from '../workspace/sourcesJars.ts';
import { PATIENT, type Waiter } from '../workspace/waiters.ts';
import type { Watch } from '../workspace/watch.ts';
import { type Analysed, type Asked, Workspace } from '../workspace/workspace.ts';
import { abilitiesOf, NO_ABILITIES } from './abilities.ts';
import { clientFiles } from './clientFiles.ts';
import { Configuration } from './config.ts';
import { ask, hear, tell } from './contract.ts';
import * as convert from './convert.ts';
import { FolderCheck } from './folderCheck.ts';
import { wireIncidents } from './incidents.ts';
import { wireLanguage } from './languageRequests.ts';
import { wireOwn } from './ownRequests.ts';
import type { Session } from './session.ts';
import { SetFindings } from './setFindings.ts';
import { wireTools } from './tools.ts';

const KIND_OF_LANGUAGE = table<Kind>({
  [LANGUAGES.threadDump]: 'thread-dump',
  [LANGUAGES.flinkLog]: 'flink-log',
  [LANGUAGES.gcLog]: 'gc-log',
  java: 'java-source',
});

/** Wires one connection: the life of its documents; the requests are in languageRequests.ts and ownRequests.ts. */
export function serve(connection: Connection, platform: Platform, own: readonly FileSystem[], watch: Watch): void {
  const documents = new TextDocuments(TextDocument);
  const spellings = new UriMap<true>(platform.names);
  const find = (uri: string): TextDocument | undefined => documents.get(uri) ?? documents.get(spellings.spelled(uri));
  const configuration = new Configuration(connection);
  const ofClient = clientFiles(connection, () => supports.findFiles);
  const workspace = new Workspace({
    platform,
    files: layered(...own, ofClient),
    settings: configuration,
    watch,
    buffer: (uri) => {
      const document = find(uri);
      return (
        document && { uri: document.uri, version: document.version, kind: KIND_OF_LANGUAGE[document.languageId], text: () => document.getText() }
      );
    },
  });
  const ofSet = new SetFindings(
    workspace.places,
    platform.names,
    () => supports.content,
    (uri) => {
      const document = find(uri);
      if (document) void publish(document);
      else void connection.sendDiagnostics({ uri, diagnostics: elsewhere(uri) });
    },
  );
  const ofFolder = new FolderCheck(platform.names, (uri) => {
    if (find(uri) === undefined) void connection.sendDiagnostics({ uri, diagnostics: elsewhere(uri) });
  });
  /** What is told in a file that is not open. */
  const elsewhere = (uri: string) => ofSet.of(uri) ?? ofFolder.of(uri) ?? [];
  const log = (message: string): void => connection.console.error(message);
  let folders: string[] = [];
  let supports = NO_ABILITIES;

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    // What a client sends may be anything.
    const named: ({ uri?: unknown } | null)[] = Array.isArray(params.workspaceFolders) ? params.workspaceFolders : [];
    folders = named.map((folder) => folder?.uri).filter((uri) => typeof uri === 'string');
    supports = abilitiesOf(params);
    if (supports.configuration) configuration.enable();
    return INITIALIZED;
  });

  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) => {
    const gone = new Set(removed.map(({ uri }) => uri));
    folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
  });

  connection.onDidChangeConfiguration(() => {
    configuration.changed();
    for (const document of documents.all()) void publish(document);
  });

  documents.onDidChangeContent(({ document }) => void publish(document));
  documents.onDidOpen(({ document }) => spellings.set(document.uri, true));
  documents.onDidClose(({ document }) => {
    spellings.delete(document.uri);
    workspace.close(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: elsewhere(document.uri) });
  });

  const sayStatus = (status: StatusParams): void => {
    if (supports.status) void tell(connection, STATUS, status);
  };

  async function publish(document: TextDocument): Promise<void> {
    const { uri, version } = document;
    const say = (phase: StatusParams['phase'], more: Omit<StatusParams, 'uri' | 'phase'> = {}): void => {
      sayStatus({ uri, phase, ...more });
    };
    say('analysing');
    try {
      const analysed = await workspace.analysis(uri);
      if (analysed === null || documents.get(uri)?.version !== version) return;
      // Editors send texts of other kinds as well: that those are not known is no problem to show.
      const { kind } = analysed.analysis;
      const told = traitsOf(kind).together ? ofSet.of(uri, analysed.text) : undefined;
      const diagnostics = kind === 'unknown' || isDerived(uri) ? [] : (told ?? convert.diagnostics(analysed, supports.content));
      await connection.sendDiagnostics({ uri, version, diagnostics });
      const said = isDerived(uri) ? null : await session.during(uri, () => verdict(analysed.analysis), analysed.settings);
      say('done', { kind, ...(said === null ? {} : { verdict: said.text }) });
    } catch (error) {
      // Who watches over this thread says what is to be said of it.
      if (error instanceof Cancelled || error instanceof TookTooLong) return say('cancelled');
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      say('failed', { message: error instanceof Error ? error.message : String(error) });
    }
  }

  async function analysed(uri: string, waiter?: Waiter, asked: Asked = {}): Promise<Analysed | null> {
    const more = waiter === undefined ? asked : { ...asked, waiter };
    if (setOf(uri) === null) return workspace.analysis(uri, more);
    let said = false;
    const say = (phase: 'analysing' | 'done', details: Omit<StatusParams, 'uri' | 'phase'>): void => {
      said = true;
      sayStatus({ uri, phase, ...details });
    };
    try {
      const set = await workspace.analysis(uri, { ...more, say: (message) => say('analysing', { message }) });
      if (set !== null) await ofSet.show(set);
      return set;
    } finally {
      if (said) say('done', {});
    }
  }

  async function findSource(source: SourceReference): Promise<string | null> {
    const place = `${source.package === '' ? '' : `${source.package}/`}${source.file}`;
    const found = supports.findSource
      ? await ask(connection, FIND_SOURCE, source)
      : (await workspace.named(folders, source.file, 200)).find((uri) => decodeURIComponent(uri).endsWith(`/${place}`));
    return found ?? sourceIn(workspace.files, await sourcesJars(), place);
  }

  /** Jars with sources in the workspace. */
  async function sourcesJars(): Promise<string[]> {
    if (supports.findFiles) return ask(connection, FIND_FILES, { glob: '**/*[-.]sources.jar', limit: 20 });
    return (await Promise.all(folders.map((folder) => jarsBeside(workspace.files, `${folder.replace(/\/$/, '')}/`)))).flat();
  }

  const session: Session = {
    connection,
    workspace,
    log,
    during: (uri, run, settings = DEFAULT_SETTINGS) => {
      watch.enter(uri, settings['logjam.analysis.timeLimit']);
      return Promise.resolve(run()).finally(() => watch.leave());
    },
    analysed,
    settingsOf: (uri) => configuration.of(uri),
    sayStatus,
    abilities: () => supports,
    filesInWorkspace: async (wanted, limit) => (await gather(workspace.files, folders, { limit, wanted })).files.map(({ uri }) => uri),
    setAround: (document) => ofSet.around(document),
    findSource,
    sources: {
      find: analysed,
      texts: async (uri) => (await workspace.texts(uri))?.texts ?? [],
      pages: (uri) => workspace.lines.pages(uri),
      checkpoint: workspace.checkpointFor(PATIENT),
      withLines: (document, run) => workspace.places.withLines(document, run),
    },
    editorText: async (uri) => (await textsIn(layered(ofClient, workspace.files), platform, uri))?.texts[0]?.text ?? null,
  };
  wireLanguage(session);
  wireOwn(session);
  wireTools(session);
  ofFolder.wire(session);
  const incidents = wireIncidents(session);

  hear(connection, CANCEL, ({ uri }) => {
    if (!incidents.enough(uri)) workspace.cancel(uri);
  });

  hear(connection, CLOSE, ({ uri }) => ofSet.close(uri));

  documents.listen(connection);
  connection.listen();
}
