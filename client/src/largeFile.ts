import * as vscode from 'vscode';
import { ANALYSE_FILE, FIND_LINE, LINES } from '../../common/contracts.ts';
import { PANELS } from '../../common/ids.ts';
import { VIEWS } from '../../common/views.ts';
import { baseName } from '../../common/virtual.ts';
import { fromLargeFile, type LargeFileToWebview } from '../../common/webview.ts';
import { largeViews } from './largeViews.ts';
import { nonce } from './nonce.ts';
import { panelHtml } from './panelHtml.ts';
import type { Services } from './services.ts';
import { PANEL_TEXTS } from './words.ts';

/** The read-only view of files that VS Code gives to no extension as a text: findings, and the lines page by page. */
export function registerLargeFiles(services: Services): void {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: (document, panel) => resolve(services, document.uri, panel),
  };
  services.context.subscriptions.push(
    vscode.window.registerCustomEditorProvider(PANELS.largeFile, provider, { supportsMultipleEditorsPerDocument: true }),
  );
}

function resolve({ context, ask, opened, revive }: Services, uri: vscode.Uri, panel: vscode.WebviewPanel): void {
  const media = vscode.Uri.joinPath(context.extensionUri, 'dist', 'media');
  const { webview } = panel;
  const cancel = new vscode.CancellationTokenSource();
  const send = (message: LargeFileToWebview): void => {
    // A page that is closed is told nothing: asking for it throws.
    if (!cancel.token.isCancellationRequested) void webview.postMessage(message);
  };
  const view = largeViews.add(uri.toString(), (line, preserveFocus) => {
    panel.reveal(panel.viewColumn, preserveFocus);
    send({ type: 'reveal', line, focus: !preserveFocus });
  });
  panel.onDidDispose(() => {
    cancel.cancel();
    view.dispose();
  });
  let search: vscode.CancellationTokenSource | undefined;
  webview.options = { enableScripts: true, localResourceRoots: [media] };
  opened.add(uri.toString());
  webview.onDidReceiveMessage(async (said: unknown) => {
    const message = fromLargeFile(said);
    switch (message?.type) {
      case 'ready':
      case 'retry':
        send({ type: 'progress', text: PANEL_TEXTS.readingFile });
        try {
          await revive();
          const analysis = await ask(ANALYSE_FILE, { uri: uri.toString() }, cancel.token);
          send('error' in analysis ? { type: 'error', message: analysis.error } : { type: 'file', name: baseName(uri.toString()), analysis });
        } catch (error) {
          send({ type: 'error', message: error instanceof Error ? error.message : String(error) });
        }
        // From here on the page goes where it is sent.
        view.ready();
        break;
      case 'lines': {
        const { request, from, count, follow } = message;
        send({ type: 'lines', request, lines: await ask(LINES, { uri: uri.toString(), from, count, follow }).catch(() => null) });
        break;
      }
      case 'find': {
        search?.cancel();
        search = new vscode.CancellationTokenSource();
        const { request, wanted } = message;
        const found = await ask(FIND_LINE, { uri: uri.toString(), ...wanted }, search.token).catch(() => null);
        send({ type: 'found', request, found });
        break;
      }
      case 'cursor':
        largeViews.went(uri.toString(), message.line);
        break;
      case 'open':
        await vscode.commands.executeCommand(VIEWS[message.what].command, uri);
    }
  });
  webview.html = panelHtml('largeFile', {
    media: (file) => webview.asWebviewUri(vscode.Uri.joinPath(media, file)).toString(),
    cspSource: webview.cspSource,
    nonce: nonce(),
  });
}
