import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { CLOSE, type Contract, FIND_FILES, FIND_SOURCE, LIST_FILES, READ_FILE, STATUS, type StatusParams } from '../../common/contracts.ts';
import { LANGUAGES } from '../../common/ids.ts';
import { registerCommands } from './commands.ts';
import { registerGraphPanels } from './graphPanel.ts';
import { registerIciclePanels } from './iciclePanel.ts';
import { registerLargeFiles } from './largeFile.ts';
import { OpenSets } from './openSets.ts';
import { relevantDocuments } from './relevance.ts';
import { registerReportPanels } from './reportPanel.ts';
import { registerDetection } from './sniff.ts';
import { findFiles, findSource, listFiles, readFile } from './sources.ts';
import { StatusItem } from './status.ts';
import { Subject } from './subject.ts';
import { registerTimelinePanels } from './timelinePanel.ts';

export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** Sends one of the product's own requests. */
export type Ask = <P, R>(contract: Contract<P, R>, params: P, token?: vscode.CancellationToken) => Promise<R>;

/** What everything in the window is made with. */
export interface Window {
  context: vscode.ExtensionContext;
  ask: Ask;
  subject: Subject;
  sets: OpenSets;
}

/** Everything that desktop and web have in common. */
export async function activateWith(context: vscode.ExtensionContext, createClient: CreateClient): Promise<void> {
  const output = vscode.window.createOutputChannel('Logjam', { log: true });
  const client = createClient('logjam', 'Logjam', {
    documentSelector: [...Object.values(LANGUAGES), 'json', 'jsonc', 'java'].map((language) => ({ language })),
    outputChannel: output,
    initializationOptions: { findSource: true, findFiles: true, status: true },
    markdown: { isTrusted: { enabledCommands: ['logjam.reveal', 'logjam.showGraphAt', 'logjam.copyText'] } },
    middleware: relevantDocuments(),
  });
  const status = new StatusItem((uri) => void client.sendNotification('logjam/cancel', { uri }));
  context.subscriptions.push(output, client, status);
  const started = client.start();
  const ask: Ask = async (contract, params, token) => {
    // A panel that is restored with the window asks before the server is up.
    await started;
    return client.sendRequest(contract.method, params, token);
  };
  const subject = new Subject(ask);
  context.subscriptions.push(subject);

  client.onNotification(STATUS.method, (params: StatusParams) => {
    status.update(params);
    subject.update(params);
  });
  client.onNotification('logjam/copy', ({ text }: { text: string }) => void vscode.env.clipboard.writeText(text));
  client.onRequest(FIND_SOURCE.method, findSource);
  client.onRequest(FIND_FILES.method, findFiles);
  client.onRequest(READ_FILE.method, readFile);
  client.onRequest(LIST_FILES.method, listFiles);

  registerDetection(context);
  const sets = new OpenSets((uri) => void client.sendNotification(CLOSE.method, { uri }));
  const window = { context, ask, subject, sets };
  // The same calls as a tree and as a graph: each leads to the other.
  const callTree = registerIciclePanels(window, (uri, column) => graph.show(uri, 'calls', undefined, column));
  const graph = registerGraphPanels(window, callTree);
  registerCommands(
    { ...window, status },
    {
      graph,
      timeline: registerTimelinePanels(window),
      callTree,
      report: registerReportPanels(window),
    },
  );
  registerLargeFiles(window);
  await started;
}
