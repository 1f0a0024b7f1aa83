import * as vscode from 'vscode';
import { isMissed, snapshotName } from '../../../common/snapshot.ts';
import { type CollectOptions, collect, USUAL } from '../../../server/src/cluster/collect.ts';
import { DUMP_COST } from '../../../server/src/cluster/words.ts';
import type { ClusterRegistry, KnownCluster } from './registry.ts';
import { editorSink } from './snapshotSink.ts';
import { ASKS } from './words.ts';

const THREE_DUMPS = { count: 3, intervalMs: 10_000, of: null };

/** What the person wants in it; undefined where they changed their mind. */
async function askOptions(): Promise<CollectOptions | undefined> {
  const items = [
    { ...ASKS.plain, dumps: null },
    { ...ASKS.withDumps, dumps: THREE_DUMPS },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: ASKS.snapshotWith });
  if (picked === undefined) return undefined;
  if (picked.dumps !== null && (await vscode.window.showWarningMessage(picked.label, { modal: true, detail: DUMP_COST }, ASKS.take)) !== ASKS.take)
    return undefined;
  return { ...USUAL, dumps: picked.dumps };
}

/** Takes a snapshot into a folder of its own and opens it as an incident. `into`: where, where that was said already. */
export async function takeSnapshot(cluster: KnownCluster, registry: ClusterRegistry, into?: vscode.Uri): Promise<void> {
  const wanted = into === undefined ? await askOptions() : USUAL;
  if (wanted === undefined) return;
  const redact = vscode.workspace.getConfiguration('logjam').get<string[]>('snapshot.redact', []);
  const options = { ...wanted, redact: redact.filter((text) => text !== '') };
  const [chosen] = into === undefined ? await askFolder() : [into];
  if (chosen === undefined) return;
  const folder = vscode.Uri.joinPath(chosen, snapshotName(cluster.name, Date.now()));
  const client = await registry.client(cluster.id);
  const host = await registry.host();
  const manifest = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Snapshot of ${cluster.name}`, cancellable: true },
    (progress, token) => {
      const control = new AbortController();
      token.onCancellationRequested(() => control.abort());
      let calls = 0;
      const tell = (path: string): void => progress.report({ message: `${++calls}: ${path}` });
      return collect({ client, sink: editorSink(folder), host, options, signal: control.signal, tell });
    },
  );
  const missed = manifest.calls.filter(isMissed).length;
  vscode.window.setStatusBarMessage(ASKS.taken(manifest.calls.filter(({ file }) => file !== null).length, missed), 10_000);
  await vscode.commands.executeCommand('logjam.openIncident', folder);
}

const askFolder = async (): Promise<readonly vscode.Uri[]> =>
  (await vscode.window.showOpenDialog({
    title: ASKS.folder,
    openLabel: ASKS.snapshotHere,
    canSelectFolders: true,
    canSelectFiles: false,
    ...(vscode.workspace.workspaceFolders?.[0] && { defaultUri: vscode.workspace.workspaceFolders[0].uri }),
  })) ?? [];
