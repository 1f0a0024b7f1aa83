import * as vscode from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient';
import {
  CANCEL,
  CLOSE,
  COPY,
  type Contract,
  FIND_FILES,
  FIND_SOURCE,
  INCIDENT_SO_FAR,
  type IncidentPage,
  LIST_FILES,
  OPENED,
  READ_FILE,
  RESTART,
  STAT_FILE,
  STATUS,
  STOPPED,
} from '../../common/contracts.ts';
import { askThrough } from './ask.ts';
import { registerAssistantTools } from './assistantTools.ts';
import { registerClusters } from './clusters/register.ts';
import type { NodeAbilities } from './clusters/registry.ts';
import { registerCommands } from './commands.ts';
import { registerGraphPanels } from './graphPanel.ts';
import { registerIciclePanels } from './iciclePanel.ts';
import { registerIncidentPanels } from './incidentPanel.ts';
import { registerLargeFiles } from './largeFile.ts';
import { Lifeline } from './lifeline.ts';
import { registerOffers } from './offer.ts';
import { askChosen, Opened } from './opened.ts';
import { OpenSets } from './openSets.ts';
import { relevantDocuments, whenRelevant } from './relevance.ts';
import { registerReportPanels } from './reportPanel.ts';
import { registerDetection } from './sniff.ts';
import { findFiles, findSource, listFiles, readFile, statFile } from './sources.ts';
import { StatusItem } from './status.ts';
import { Subject } from './subject.ts';
import { LANGUAGES_LOOKED_AT } from './textKinds.ts';
import { registerGcChartPanels, registerTimelinePanels } from './timePanels.ts';
import { registerVerdictItem } from './verdictItem.ts';

export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** Everything that desktop and web have in common. */
export async function activateWith(context: vscode.ExtensionContext, createClient: CreateClient, node: NodeAbilities | null): Promise<void> {
  const output = vscode.window.createOutputChannel('Logjam', { log: true });
  let cancel: (uri: string) => void = () => undefined;
  const status = new StatusItem((uri) => cancel(uri));
  const lifeline = new Lifeline(status);
  const client: BaseLanguageClient = createClient('logjam', 'Logjam', {
    documentSelector: LANGUAGES_LOOKED_AT.map((language) => ({ language })),
    outputChannel: output,
    initializationOptions: { findSource: true, findFiles: true, status: true, commands: true },
    middleware: relevantDocuments((document) =>
      client.sendNotification('textDocument/didOpen', client.code2ProtocolConverter.asOpenTextDocumentParams(document)),
    ),
    errorHandler: lifeline,
  });
  let started: Promise<void> | undefined;
  const start = (): Promise<void> => {
    started ??= client.start();
    return started;
  };
  // A server that has not begun knows of nothing that could be closed or cancelled.
  const tell = async <P>({ method }: Contract<P, void>, params: P): Promise<void> => {
    if (started !== undefined) await client.sendNotification(method, params);
  };
  cancel = (uri) => void tell(CANCEL, { uri });
  lifeline.gone = () => client.start();
  context.subscriptions.push(output, client, status, lifeline);
  const ask = askThrough(client, start);
  const opened = new Opened(context.workspaceState, (uris) => void tell(OPENED, { uris }));
  // Every server that begins is told what the ones before it were.
  context.subscriptions.push(
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void client.sendNotification(OPENED.method, { uris: opened.uris });
    }),
  );
  const chosen = askChosen(ask, opened);
  const subject = new Subject(chosen, () => started !== undefined);
  context.subscriptions.push(subject);

  const hear = <P>({ method }: Contract<P, void>, handler: (params: P) => void) => client.onNotification(method, handler);
  const answer = <P, R>({ method }: Contract<P, R>, handler: (params: P) => Promise<R>) => client.onRequest<unknown, void>(method, handler);
  hear(STATUS, (params) => {
    status.update(params);
    subject.update(params);
  });
  hear(STOPPED, ({ message }) => lifeline.stopped(message, () => tell(RESTART, {})));
  const soFar = new vscode.EventEmitter<{ uri: string; page: IncidentPage }>();
  context.subscriptions.push(soFar);
  hear(INCIDENT_SO_FAR, (params) => soFar.fire(params));
  hear(COPY, ({ text }) => void vscode.env.clipboard.writeText(text));
  answer(FIND_SOURCE, findSource);
  answer(FIND_FILES, findFiles);
  answer(READ_FILE, readFile);
  answer(STAT_FILE, statFile);
  answer(LIST_FILES, listFiles);

  registerDetection(context);
  const sets = new OpenSets((uri) => void tell(CLOSE, { uri }));
  const services = { context, ask, subject, status, cancel, sets, opened, revive: () => lifeline.revive() };
  // The same calls as a tree and as a graph: each leads to the other.
  const callTree = registerIciclePanels(services, (uri, column) => graph.show(uri, 'calls', undefined, column));
  const graph = registerGraphPanels(services, callTree);
  registerCommands(
    { ...services, ask: chosen },
    {
      graph,
      timeline: registerTimelinePanels(services),
      gcChart: registerGcChartPanels(services),
      callTree,
      page: registerReportPanels(services),
      incident: registerIncidentPanels(services, soFar.event),
    },
  );
  registerClusters(services, graph, node);
  registerLargeFiles(services);
  registerOffers(services);
  registerVerdictItem(services);
  registerAssistantTools(services);
  context.subscriptions.push(whenRelevant(() => void start()));
  await started;
}
