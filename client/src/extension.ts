import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { type Contract, FIND_FILES, FIND_SOURCE, READ_FILE, STATUS, type StatusParams } from '../../common/contracts.ts';
import { LANGUAGES } from '../../common/ids.ts';
import { registerCommands } from './commands.ts';
import { relevantDocuments } from './relevance.ts';
import { registerDetection } from './sniff.ts';
import { findFiles, findSource, readText } from './sources.ts';
import { StatusItem } from './status.ts';

export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** Sends one of the product's own requests. */
export type Ask = <P, R>(contract: Contract<P, R>, params: P) => Promise<R>;

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

  client.onNotification(STATUS.method, (params: StatusParams) => status.update(params));
  client.onRequest(FIND_SOURCE.method, findSource);
  client.onRequest(FIND_FILES.method, findFiles);
  client.onRequest(READ_FILE.method, readText);

  registerDetection(context);
  const ask: Ask = (contract, params) => client.sendRequest(contract.method, params);
  registerCommands(context, ask);
  await client.start();
}
