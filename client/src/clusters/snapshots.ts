import * as vscode from 'vscode';
import { isMissed, type SnapshotManifest, snapshotName } from '../../../common/snapshot.ts';
import { type CollectOptions, collect, USUAL } from '../../../server/src/cluster/collect.ts';
import { DUMP_COST } from '../../../server/src/cluster/words.ts';
import type { ClusterRegistry, KnownCluster } from './registry.ts';
import { editorSink, unfinishedIn } from './snapshotSink.ts';
import { ASKS } from './words.ts';

type Dumps = CollectOptions['dumps'];

/** `of`: these TaskManagers; null: those that the jobs run on. */
export const threeDumps = (of: readonly string[] | null): Dumps => ({ count: 3, intervalMs: 10_000, of });

/** Whether the person agrees to what thread dumps cost. */
export const agreesToDumps = async (title: string): Promise<boolean> =>
  (await vscode.window.showWarningMessage(title, { modal: true, detail: DUMP_COST }, ASKS.take)) === ASKS.take;

/** Which dumps the person wants in it; undefined where they changed their mind. */
async function askDumps(): Promise<Dumps | undefined> {
  const items = [
    { ...ASKS.plain, dumps: null },
    { ...ASKS.withDumps, dumps: threeDumps(null) },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: ASKS.snapshotWith });
  if (picked === undefined) return undefined;
  return picked.dumps === null || (await agreesToDumps(picked.label)) ? picked.dumps : undefined;
}

/** Where a snapshot goes, and what is there of one that was broken off. */
interface Target {
  folder: vscode.Uri;
  earlier: SnapshotManifest | null;
}

/** Takes a snapshot into a folder of its own and opens it as an incident. `into` and `dumps`: where, and with which, where that was said already. */
export async function takeSnapshot(cluster: KnownCluster, registry: ClusterRegistry, into?: vscode.Uri, dumps?: Dumps): Promise<void> {
  const wanted = dumps === undefined && into === undefined ? await askDumps() : (dumps ?? null);
  if (wanted === undefined) return;
  const [chosen] = into === undefined ? await askFolder() : [into];
  const target = chosen === undefined ? undefined : await targetIn(chosen, cluster);
  if (target === undefined) return;
  const manifest = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: ASKS.snapshotOf(cluster.name), cancellable: true },
    (progress, token) => {
      const control = new AbortController();
      token.onCancellationRequested(() => control.abort());
      let calls = 0;
      return snapshotInto(target, cluster, registry, { dumps: wanted, signal: control.signal, tell: (path) => progress.report({ message: `${++calls}: ${path}` }) }); // biome-ignore format: a line
    },
  );
  const missed = manifest.calls.filter(isMissed).length;
  vscode.window.setStatusBarMessage(ASKS.taken(manifest.calls.filter(({ file }) => file !== null).length, missed), 10_000);
  await vscode.commands.executeCommand('logjam.openIncident', target.folder);
}

/** The same without anybody there: nothing is asked and nothing is opened. Gives its folder. */
export async function takeQuietly(
  cluster: KnownCluster,
  registry: ClusterRegistry,
  { parent, dumps, signal }: { parent: vscode.Uri; dumps: Dumps; signal: AbortSignal },
): Promise<vscode.Uri> {
  const target = newIn(parent, cluster);
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: ASKS.snapshotOf(cluster.name) }, () =>
    snapshotInto(target, cluster, registry, { dumps, signal, tell: () => undefined }),
  );
  return target.folder;
}

async function snapshotInto(
  { folder, earlier }: Target,
  cluster: KnownCluster,
  registry: ClusterRegistry,
  { dumps, signal, tell }: { dumps: Dumps; signal: AbortSignal; tell(path: string): void },
): Promise<SnapshotManifest> {
  const redact = vscode.workspace.getConfiguration('logjam').get<string[]>('snapshot.redact', []);
  const options = { ...USUAL, dumps, redact: redact.filter((text) => text !== '') };
  const [client, host] = await Promise.all([registry.client(cluster.id), registry.host()]);
  return collect({ client, sink: editorSink(folder), host, options, signal, earlier, tell });
}

const newIn = (parent: vscode.Uri, { name }: KnownCluster): Target => ({
  folder: vscode.Uri.joinPath(parent, snapshotName(name, Date.now())),
  earlier: null,
});

/** One that was broken off is gone on with: the folder itself, or, where the person wants that, the newest in it. Undefined: they changed their mind. */
async function targetIn(chosen: vscode.Uri, cluster: KnownCluster): Promise<Target | undefined> {
  const ofCluster = async (folder: vscode.Uri): Promise<Target | null> => {
    const earlier = await unfinishedIn(folder);
    return earlier?.cluster === cluster.url ? { folder, earlier } : null;
  };
  const itself = await ofCluster(chosen);
  if (itself !== null) return itself;
  const entries = await vscode.workspace.fs.readDirectory(chosen).then(
    (all) => all,
    () => [],
  );
  const names = entries.flatMap(([name, type]) => (type === vscode.FileType.Directory && name.startsWith('flink-snapshot-') ? [name] : []));
  const found = (await Promise.all(names.map((name) => ofCluster(vscode.Uri.joinPath(chosen, name))))).filter((one) => one !== null);
  const [newest] = found.sort((a, b) => ((a.earlier?.begun ?? '') < (b.earlier?.begun ?? '') ? 1 : -1));
  if (newest === undefined) return newIn(chosen, cluster);
  const text = ASKS.goOn(newest.earlier?.begun ?? '');
  const answer = await vscode.window.showInformationMessage(text, { modal: true }, ASKS.goOnButton, ASKS.anew);
  return answer === ASKS.goOnButton ? newest : answer === ASKS.anew ? newIn(chosen, cluster) : undefined;
}

const askFolder = async (): Promise<readonly vscode.Uri[]> =>
  (await vscode.window.showOpenDialog({
    title: ASKS.folder,
    openLabel: ASKS.snapshotHere,
    canSelectFolders: true,
    canSelectFiles: false,
    ...(vscode.workspace.workspaceFolders?.[0] && { defaultUri: vscode.workspace.workspaceFolders[0].uri }),
  })) ?? [];
