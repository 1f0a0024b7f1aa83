import * as vscode from 'vscode';
import type { Contract } from '../../common/contracts.ts';
import type { Ask } from './ask.ts';
import type { StatusItem } from './status.ts';

/** Asks for something of files that takes long: a notification tells how far it is, and its button cancels. Undefined then. */
export function askWithProgress<R>(
  { ask, status }: { ask: Ask; status: StatusItem },
  contract: Contract<{ uri: string }, R>,
  uri: string,
  title: string,
): Thenable<R | undefined> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const listener = status.onMessage((params) => {
      if (params.uri === uri && params.message !== undefined) progress.report({ message: params.message });
    });
    try {
      return await ask(contract, { uri }, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listener.dispose();
    }
  });
}
