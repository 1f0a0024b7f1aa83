import * as vscode from 'vscode';
import { CHECK_FOLDER, type CheckedFolder } from '../../common/contracts.ts';
import { baseName } from '../../common/virtual.ts';
import type { Ask } from './ask.ts';
import { askWithProgress } from './askWithProgress.ts';
import type { StatusItem } from './status.ts';

/** Checks all files of a folder; what is found stands in the Problems view, the worst file first, as VS Code orders them. */
export async function checkFolder(ask: Ask, status: StatusItem, given?: vscode.Uri): Promise<void> {
  const folder = given ?? (await chooseFolder());
  if (folder === undefined) return;
  const uri = folder.toString();
  const checked = await askWithProgress({ ask, status }, CHECK_FOLDER, uri, `Logjam: checking ${baseName(uri)}`);
  if (checked === undefined) return;
  if (checked !== null && checked.errors + checked.warnings > 0) await vscode.commands.executeCommand('workbench.actions.view.problems');
  void vscode.window.showInformationMessage(checked === null ? 'Logjam cannot read this folder.' : textOf(checked, baseName(uri)));
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const [only, ...more] = vscode.workspace.workspaceFolders ?? [];
  if (only !== undefined && more.length === 0) return only.uri;
  return (await vscode.window.showOpenDialog({ title: 'Check all files of a folder', canSelectFolders: true, canSelectFiles: false }))?.[0];
}

function textOf({ files, errors, warnings, unread, more }: CheckedFolder, name: string): string {
  if (files === 0) return `Logjam knows none of the files in ${name}.`;
  const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
  return [
    `${name}: ${count(errors, 'error')} and ${count(warnings, 'warning')} in ${count(files, 'file')}.`,
    ...(unread.length === 0 ? [] : [`${count(unread.length, 'file')} could not be read: ${unread.slice(0, 3).join('; ')}`]),
    ...(more ? ['There are more files, which were not looked at.'] : []),
  ].join(' ');
}
