import * as vscode from 'vscode';

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

export async function readText({ uri }: { uri: string }): Promise<string | null> {
  const parsed = vscode.Uri.parse(uri, true);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === parsed.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(parsed));
  } catch {
    return null;
  }
}
