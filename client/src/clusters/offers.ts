import * as vscode from 'vscode';
import { type Moment, unacknowledged } from '../../../server/src/cluster/moments.ts';
import { MOMENTS } from '../../../server/src/cluster/words.ts';
import { say } from '../../../server/src/core/wording.ts';
import type { ClusterRegistry, KnownCluster } from './registry.ts';
import { agreesToDumps, takeQuietly, takeSnapshot, threeDumps } from './snapshots.ts';
import type { ClusterWatches } from './watching.ts';
import { ASKS } from './words.ts';

/** A job that restarts again and again would fill the disk: in ms, and how many of one cluster. */
const PAUSE = 10 * 60_000;
const MOST = 5;

/** What is done when a checkpoint expires or a job restarts; the setting `logjam.watch.snapshot`. */
type Wish = 'offer' | 'take' | 'takeWithDumps';

/** Snapshots at the moment at which something happens to a cluster that is watched: offered, or taken where the person has said so. */
export function registerOffersOfSnapshots(watches: ClusterWatches, registry: ClusterRegistry): vscode.Disposable {
  /** Of clusters: when one was taken by itself last, and how many were. */
  const taken = new Map<string, { at: number; count: number }>();
  /** Clusters with an offer that nobody has answered, or whose snapshot is being taken. */
  const busy = new Set<string>();

  async function happened(cluster: KnownCluster, [moment]: readonly Moment[], signal: AbortSignal): Promise<void> {
    if (moment === undefined) return;
    const why = say(MOMENTS, moment);
    const configuration = vscode.workspace.getConfiguration('logjam.watch');
    const wish = configuration.get<Wish>('snapshot', 'offer');
    if (wish === 'offer') {
      const answer = await vscode.window.showWarningMessage(`${cluster.name}: ${why}`, ASKS.offerSnapshot, ASKS.offerDumps);
      if (answer === ASKS.offerSnapshot) await takeSnapshot(cluster, registry, undefined, null);
      else if (answer === ASKS.offerDumps && (await agreesToDumps(ASKS.withDumps.label)))
        await takeSnapshot(cluster, registry, undefined, threeDumps(await dumped(cluster, moment, signal)));
      return;
    }
    const before = taken.get(cluster.id) ?? { at: 0, count: 0 };
    if (Date.now() - before.at < PAUSE || before.count >= MOST) return;
    taken.set(cluster.id, { at: Date.now(), count: before.count + 1 });
    const named = configuration.get<string>('folder', '');
    const parent = named === '' ? registry.storage : vscode.Uri.file(named);
    try {
      const dumps = wish === 'takeWithDumps' ? threeDumps(await dumped(cluster, moment, signal)) : null;
      const folder = await takeQuietly(cluster, registry, { parent, dumps, signal });
      tellOf(ASKS.wasTaken(cluster.name, why), folder);
      if (before.count + 1 === MOST) void vscode.window.showInformationMessage(ASKS.enough(cluster.name, MOST));
    } catch (error) {
      if (!signal.aborted)
        void vscode.window.showWarningMessage(ASKS.notTaken(cluster.name, why, error instanceof Error ? error.message : String(error)));
    }
  }

  /** Of a checkpoint that expired the processes that it waited for. */
  async function dumped(cluster: KnownCluster, moment: Moment, signal: AbortSignal): Promise<readonly string[] | null> {
    if (moment.code !== 'checkpoint-expired') return null;
    const { job, checkpoint } = moment.facts;
    const found = await unacknowledged(await registry.client(cluster.id), job, checkpoint, signal);
    return found.length === 0 ? null : found;
  }

  return vscode.Disposable.from(
    watches.onMoments(({ cluster, moments, signal }) => {
      if (busy.has(cluster.id)) return;
      busy.add(cluster.id);
      void happened(cluster, moments, signal)
        .catch((error: unknown) => void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error)))
        .finally(() => busy.delete(cluster.id));
    }),
    watches.onChange(() => {
      for (const id of taken.keys()) if (!watches.isWatched(id)) taken.delete(id);
    }),
  );
}

/** Without waiting for an answer: the next one may be taken meanwhile. */
function tellOf(text: string, folder: vscode.Uri): void {
  vscode.window.showInformationMessage(text, ASKS.openSnapshot).then(
    (answer) => {
      if (answer === ASKS.openSnapshot) void vscode.commands.executeCommand('logjam.openIncident', folder);
    },
    () => undefined,
  );
}
