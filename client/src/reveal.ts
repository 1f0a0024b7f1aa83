import * as vscode from 'vscode';
import type { Range } from '../../common/span.ts';

export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Shows a place in its document, beside whatever panel asked for it; the panel keeps the keyboard if it wants to. */
export async function reveal(uri: string, range: Range, preserveFocus = false): Promise<void> {
  const target = vscode.Uri.parse(uri, true);
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === target.toString());
  const group = vscode.window.tabGroups.all.find((one) =>
    one.tabs.some((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === target.toString()),
  );
  const selection = toRange(range);
  const options = {
    viewColumn: visible?.viewColumn ?? group?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(selection.start, selection.start),
    preserveFocus,
  };
  const editor = await vscode.window.showTextDocument(target, options).then(
    (shown) => shown,
    () => null,
  );
  // Above 50 MB an editor shows the file, but extensions get no hold of it.
  if (editor === null) return void (await vscode.commands.executeCommand('vscode.open', target, { ...options, selection }));
  editor.selection = new vscode.Selection(selection.start, selection.end);
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
