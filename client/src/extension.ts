import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { type Contract, FIND_FILES, FIND_SOURCE, READ_FILE, STATUS, type StatusParams } from '../../common/contracts.ts';
import { LANGUAGES } from '../../common/ids.ts';
import { registerCommands } from './commands.ts';
import { ContextKey } from './contextKey.ts';
import { registerGraphPanels } from './graphPanel.ts';
import { registerIciclePanels } from './iciclePanel.ts';
import { registerLargeFiles } from './largeFile.ts';
import { relevantDocuments } from './relevance.ts';
import { registerDetection } from './sniff.ts';
import { findFiles, findSource, readText } from './sources.ts';
import { StatusItem } from './status.ts';
import { registerTimelinePanels } from './timelinePanel.ts';

export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** Sends one of the product's own requests. */
export type Ask = <P, R>(contract: Contract<P, R>, params: P, token?: vscode.CancellationToken) => Promise<R>;

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
  const contextKey = new ContextKey(ask);
  context.subscriptions.push(contextKey);

  client.onNotification(STATUS.method, (params: StatusParams) => {
    status.update(params);
    contextKey.update(params);
  });
  client.onNotification('logjam/copy', ({ text }: { text: string }) => void vscode.env.clipboard.writeText(text));
  client.onRequest(FIND_SOURCE.method, findSource);
  client.onRequest(FIND_FILES.method, findFiles);
  client.onRequest(READ_FILE.method, readText);

  registerDetection(context);
  registerCommands(context, ask, {
    graph: registerGraphPanels(context, ask),
    timeline: registerTimelinePanels(context, ask),
    callTree: registerIciclePanels(context, ask),
  });
  registerLargeFiles(context, ask);
  await started;
}
