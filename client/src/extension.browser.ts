// First of all: texts are chosen when they are loaded.
import './language.ts';
import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { fixingScript } from '../../common/fixedLanguage.ts';
import { LANGUAGE } from '../../common/language.ts';
import { activateWith } from './extension.ts';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  // A worker cannot be loaded from a remote extension's address, so its text is fetched and run from a blob.
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', 'server', 'browser.js'));
  const address = URL.createObjectURL(new Blob([fixingScript(LANGUAGE), bytes as Uint8Array<ArrayBuffer>], { type: 'text/javascript' }));
  await activateWith(
    context,
    (id, name, options) =>
      new LanguageClient(
        id,
        name,
        // A worker each time: one that is gone is not started again.
        async () => {
          const worker = new Worker(address);
          return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
        },
        options,
      ),
    null,
  );
}
