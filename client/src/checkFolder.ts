import * as vscode from 'vscode';
import { CHECK_FOLDER } from '../../common/contracts.ts';
import { baseName } from '../../common/virtual.ts';
import type { Ask } from './ask.ts';
import { askWithProgress } from './askWithProgress.ts';
import type { StatusItem } from './status.ts';
import { FOLDER } from './words.ts';

/** Checks all files of a folder; what is found stands in the Problems view, the worst file first, as VS Code orders them. */
export async function checkFolder(ask: Ask, status: StatusItem, given?: vscode.Uri): Promise<void> {
  const folder = given ?? (await chooseFolder());
  if (folder === undefined) return;
  const uri = folder.toString();
  const checked = await askWithProgress({ ask, status }, CHECK_FOLDER, uri, FOLDER.checking(baseName(uri)));
  if (checked === undefined) return;
  if (checked !== null && checked.errors + checked.warnings > 0) await vscode.commands.executeCommand('workbench.actions.view.problems');
  void vscode.window.showInformationMessage(checked === null ? FOLDER.unreadable : FOLDER.checked(checked, baseName(uri)));
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const [only, ...more] = vscode.workspace.workspaceFolders ?? [];
  if (only !== undefined && more.length === 0) return only.uri;
  return (await vscode.window.showOpenDialog({ title: FOLDER.title, canSelectFolders: true, canSelectFiles: false }))?.[0];
}
