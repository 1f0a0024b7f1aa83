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

function roots(): vscode.Uri[] {
  const named = vscode.workspace.getConfiguration('logjam').get<string[]>('sourceRoots', []);
  const base = vscode.workspace.workspaceFolders?.[0]?.uri;
  return named.flatMap((root) => {
    if (/^([/\\]|[a-z]:)/i.test(root)) return [vscode.Uri.file(root)];
    return base === undefined ? [] : [vscode.Uri.joinPath(base, root)];
  });
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

/** A file, or those of a folder and below it in the order of their names. */
export async function listFiles({ uri, limit }: { uri: string; limit: number }): Promise<FileEntry[] | null> {
  const root = vscode.Uri.parse(uri, true);
  const { fs } = vscode.workspace;
  const info = await fs.stat(root).then(
    (found) => found,
    () => null,
  );
  if (info === null) return null;
  if ((info.type & vscode.FileType.Directory) === 0) return [{ uri: root.toString(), size: info.size, modified: info.mtime }];
  const found: FileEntry[] = [];
  const open = [root];
  for (let folder = open.shift(); folder !== undefined && found.length < limit; folder = open.shift()) {
    const entries = await fs.readDirectory(folder).then(
      (list) => list,
      () => [],
    );
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, type] of entries) {
      const one = vscode.Uri.joinPath(folder, name);
      if ((type & vscode.FileType.Directory) !== 0) open.push(one);
      else if (found.length < limit) {
        const { size, mtime } = await fs.stat(one).then(
          (stat) => stat,
          () => ({ size: 0, mtime: 0 }),
        );
        found.push({ uri: one.toString(), size, modified: mtime });
      }
    }
  }
  return found;
}
