import * as vscode from 'vscode';
import { PANELS } from '../../common/ids.ts';
import type { Range } from '../../common/span.ts';
import { largeViews } from './largeViews.ts';

export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Shows a place in its document, beside whatever panel asked for it; the panel keeps the keyboard if it wants to. */
export async function reveal(uri: string, range: Range, preserveFocus = false): Promise<void> {
  const target = vscode.Uri.parse(uri, true);
  if (largeViews.reveal(target.toString(), range.start.line, preserveFocus)) return;
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
  if (editor === null) {
    // Above 50 MB extensions get no hold of a file, and above some more no editor shows it: the large-file view does.
    largeViews.want(target.toString(), range.start.line, preserveFocus);
    await vscode.commands.executeCommand('vscode.openWith', target, PANELS.largeFile, options);
    return;
  }
  editor.selection = new vscode.Selection(selection.start, selection.end);
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
