// First of all: texts are chosen when they are loaded.
import './language.ts';
import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { fixingScript } from '../../common/fixedLanguage.ts';
import { LANGUAGE, type Language } from '../../common/language.ts';
import { activateWith } from './extension.ts';

/** What the worker runs, in order: the server finds its texts in Chinese loaded. */
const scriptsOf = (language: Language): string[] => (language === 'zh-cn' ? ['chinese.js', 'browser.js'] : ['browser.js']);

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  // A worker cannot be loaded from a remote extension's address, so its text is fetched and run from a blob.
  const scripts = await Promise.all(
    scriptsOf(LANGUAGE).map((name) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', 'server', name))),
  );
  const address = URL.createObjectURL(new Blob([fixingScript(LANGUAGE), ...(scripts as Uint8Array<ArrayBuffer>[])], { type: 'text/javascript' }));
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
