import * as vscode from 'vscode';
import type { FileContent, FileEntry } from '../../common/contracts.ts';

/** The Java file behind a frame, looked up in the workspace and in `logjam.sourceRoots`; the nearest package wins. */
export async function findSource({ package: folder, file }: { package: string; file: string }): Promise<string | null> {
  const suffix = `/${folder === '' ? '' : `${folder}/`}${file}`;
  const inWorkspace = await vscode.workspace.findFiles(`**${suffix}`, null, 1);
  if (inWorkspace[0] !== undefined) return inWorkspace[0].toString();
  for (const root of roots()) {
    const [found] = await vscode.workspace.findFiles(new vscode.RelativePattern(root, `**${suffix}`), null, 1);
    if (found !== undefined) return found.toString();
  }
  return null;
}

/** The roots of each workspace folder, or of the window where there is none. */
function roots(): vscode.Uri[] {
  const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri) ?? [undefined];
  const found = folders.flatMap((folder) => {
    const named = vscode.workspace.getConfiguration('logjam', folder).get<string[]>('sourceRoots', []);
    return named.map((root) => rootOf(root, folder)).filter((root) => root !== null);
  });
  return [...new Map(found.map((root) => [root.toString(), root])).values()];
}

/** A folder that a setting names: a whole path, one from the person's home on, or one below a folder of the workspace. */
function rootOf(root: string, folder: vscode.Uri | undefined): vscode.Uri | null {
  const home = globalThis.process?.env['HOME'] ?? globalThis.process?.env['USERPROFILE'];
  const whole = home !== undefined && /^~(?:[/\\]|$)/.test(root) ? `${home}${root.slice(1)}` : root;
  if (/^(?:[/\\]|[a-z]:)/i.test(whole)) return vscode.Uri.file(whole);
  return folder === undefined ? null : vscode.Uri.joinPath(folder, whole.replaceAll('\\', '/'));
}

export async function findFiles({ glob, limit }: { glob: string; limit: number }): Promise<string[]> {
  return (await vscode.workspace.findFiles(glob, '**/{node_modules,target,.git}/**', limit)).map(String);
}

export async function readFile({ uri }: { uri: string }): Promise<FileContent | null> {
  const parsed = vscode.Uri.parse(uri, true);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === parsed.toString());
  if (open) return { text: open.getText() };
  try {
    return { base64: base64(await vscode.workspace.fs.readFile(parsed)) };
  } catch {
    return null;
  }
}

const PIECE = 0x8000;

/** In pieces: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

/** A file or folder; null when there is neither. */
export async function statFile({ uri }: { uri: string }): Promise<FileEntry | null> {
  return entryOf(vscode.Uri.parse(uri, true));
}

/** What is directly in a folder; null when it cannot be listed. */
export async function listFiles({ uri }: { uri: string }): Promise<FileEntry[] | null> {
  const folder = vscode.Uri.parse(uri, true);
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (list) => list,
    () => null,
  );
  if (entries === null) return null;
  const found = await Promise.all(
    entries.map(([name, type]) => {
      const one = vscode.Uri.joinPath(folder, name);
      return (type & vscode.FileType.Directory) === 0 ? entryOf(one) : { uri: one.toString(), folder: true, size: 0, modified: 0 };
    }),
  );
  return found.filter((entry) => entry !== null);
}

async function entryOf(uri: vscode.Uri): Promise<FileEntry | null> {
  try {
    const { type, size, mtime } = await vscode.workspace.fs.stat(uri);
    return { uri: uri.toString(), size, modified: mtime, ...((type & vscode.FileType.Directory) === 0 ? {} : { folder: true }) };
  } catch {
    return null;
  }
}
