import * as vscode from 'vscode';
import { ANALYSIS } from '../../common/contracts.ts';
import { SCHEME, traitsOf } from '../../common/ids.ts';
import { baseName, setUri } from '../../common/virtual.ts';
import type { Ask } from './ask.ts';
import { askWithProgress } from './askWithProgress.ts';
import type { StatusItem } from './status.ts';
import { CHOICES, MESSAGES } from './words.ts';

/** Reads logs as one and gives the uri of the set; undefined where nothing was chosen, there is no log, or the user had enough of waiting. */
export async function readTogether(ask: Ask, status: StatusItem, given: readonly vscode.Uri[], active?: string): Promise<string | undefined> {
  const chosen = given.length > 0 ? given : await chooseFiles(active);
  if (chosen.length === 0) return undefined;
  const uri = setUri([...new Set(chosen.map(String))].sort());
  const info = await askWithProgress({ ask, status }, ANALYSIS, uri, `Logjam: ${baseName(uri)}`);
  if (info === undefined) return undefined;
  if (info != null && traitsOf(info.kind).together) return uri;
  void vscode.window.showWarningMessage(MESSAGES.unreadable(info?.problem));
  return undefined;
}

/** What the person says belongs together; empty where they changed their mind. */
export async function chooseFiles(active: string | undefined): Promise<readonly vscode.Uri[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => ({
    label: `$(root-folder) ${folder.name}`,
    description: CHOICES.allBelow,
    choose: async () => [folder.uri],
  }));
  const dialog = (label: string, options: vscode.OpenDialogOptions) => ({
    label,
    description: '',
    choose: async () => (await vscode.window.showOpenDialog({ ...options, openLabel: CHOICES.together, canSelectMany: true })) ?? [],
  });
  const items = [
    ...beside(active),
    ...folders,
    dialog(`$(folder-opened) ${CHOICES.folders}`, { canSelectFolders: true, canSelectFiles: false }),
    dialog(`$(files) ${CHOICES.files}`, { canSelectFiles: true }),
  ];
  const item = await vscode.window.showQuickPick(items, {
    title: CHOICES.incident,
    placeHolder: CHOICES.incidentHint,
  });
  return (await item?.choose()) ?? [];
}

/** The folder of the file at hand, unless that is a workspace folder, which is offered anyway. */
function beside(active: string | undefined) {
  const file = active === undefined ? undefined : vscode.Uri.parse(active, true);
  const folder = file === undefined || file.scheme === SCHEME || file.scheme === 'untitled' ? undefined : vscode.Uri.joinPath(file, '..');
  if (folder === undefined || vscode.workspace.workspaceFolders?.some(({ uri }) => uri.toString() === folder.toString())) return [];
  const label = `$(folder) ${baseName(folder.toString())}`;
  return [{ label, description: CHOICES.folderOf(baseName(active ?? '')), choose: async () => [folder] }];
}
