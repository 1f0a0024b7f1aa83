import * as vscode from 'vscode';
import { ANALYSIS } from '../../common/contracts.ts';
import type { Range } from '../../common/span.ts';
import type { Ask } from './extension.ts';

/** Commands of common/commands.ts; those of the panels are registered by the panels. */
export function registerCommands(context: vscode.ExtensionContext, ask: Ask): void {
  const register = (id: string, run: (...args: never[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  };

  register('logjam.copyText', async (text: string) => {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage('Logjam: copied', 2000);
  });

  register('logjam.reveal', (uri: string, range: Range) => reveal(uri, range));

  register('logjam.openReport', async (uri?: string) => {
    const source = uri ?? vscode.window.activeTextEditor?.document.uri.toString();
    const info = source === undefined ? null : await ask(ANALYSIS, { uri: source });
    if (!info?.report) {
      void vscode.window.showInformationMessage('Logjam has no report for this file: open a thread dump, a Flink log, a GC log or a job graph.');
      return;
    }
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.parse(info.report, true));
  });
}

/** Shows a place in its document, beside whatever panel asked for it; the panel keeps the keyboard if it wants to. */
export async function reveal(uri: string, range: Range, preserveFocus = false): Promise<void> {
  const target = vscode.Uri.parse(uri, true);
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === target.toString());
  const group = vscode.window.tabGroups.all.find((one) =>
    one.tabs.some((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === target.toString()),
  );
  const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
  const editor = await vscode.window.showTextDocument(target, {
    viewColumn: visible?.viewColumn ?? group?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(selection.start, selection.start),
    preserveFocus,
  });
  editor.selection = new vscode.Selection(selection.start, selection.end);
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
