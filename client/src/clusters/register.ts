import * as vscode from 'vscode';
import { CLUSTER_VIEW, FLINK_SCHEME } from '../../../common/ids.ts';
import { CALLS } from '../../../server/src/cluster/calls.ts';
import type { GraphPanels } from '../graphPanel.ts';
import type { Services } from '../services.ts';
import { addCluster } from './adding.ts';
import { ClusterDocuments, LARGEST } from './documents.ts';
import { takeDumps } from './dumps.ts';
import { registerLiveJobs } from './liveJobs.ts';
import { stops } from './model.ts';
import { registerOffersOfSnapshots } from './offers.ts';
import { startProfiler } from './profiling.ts';
import { ClusterRegistry, type NodeAbilities } from './registry.ts';
import { takeSnapshot } from './snapshots.ts';
import { registerStatusItem } from './statusItem.ts';
import { ClusterView, type Shown } from './treeView.ts';
import { VertexLeads, type VertexOfCluster } from './vertexLeads.ts';
import { ClusterWatches } from './watching.ts';
import { ASKS } from './words.ts';

/** The view with the clusters, the files of their answers, and what can be done with both. */
export function registerClusters(
  { context, ask, opened }: Pick<Services, 'context' | 'ask' | 'opened'>,
  graphs: GraphPanels,
  node: NodeAbilities | null,
): void {
  const registry = new ClusterRegistry(context, node);
  const documents = new ClusterDocuments(registry);
  const watches = new ClusterWatches(registry, documents, { ask, opened });
  const provider = new ClusterView(registry, watches);
  const view = vscode.window.createTreeView(CLUSTER_VIEW, { treeDataProvider: provider, showCollapseAll: true });
  const register = (id: string, run: (...args: never[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (...args: never[]) => {
      try {
        return await run(...args);
      } catch (error) {
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    });
  /** The node that was clicked, the one that is selected, or one by its id. */
  const at = (given: unknown): Shown | undefined => {
    if (typeof given === 'string') return provider.find(given);
    return given === undefined ? view.selection[0] : (given as Shown);
  };
  const leads = new VertexLeads(registry, documents);
  /** Of a graph, which names it, or of a node of the tree. */
  const vertexAt = (given: unknown): VertexOfCluster | null => {
    if (isVertex(given)) return given;
    const shown = at(given);
    const { job, vertex } = shown?.node.call?.subject ?? {};
    return shown === undefined || job === undefined || vertex === undefined ? null : { cluster: shown.tree.id, job, vertex };
  };
  const clusterAt = (given: unknown) => registry.find(typeof given === 'string' ? given : (at(given)?.tree.id ?? ''));

  context.subscriptions.push(
    view,
    provider.attach(view),
    watches,
    registerOffersOfSnapshots(watches, registry),
    registerStatusItem(watches),
    registerLiveJobs(registry, documents, graphs),
    ...(['job', 'scopes'] as const).map((view) =>
      register(view === 'job' ? 'logjam.showLiveJob' : 'logjam.showLiveScopes', (given?: unknown) => {
        const shown = at(given);
        const job = shown?.node.call?.subject.job;
        if (shown !== undefined && job !== undefined) graphs.show(documents.liveJob(shown.tree.id, job, shown.node.label).toString(), view);
      }),
    ),
    register('logjam.vertexThreads', async (given?: unknown, plan?: unknown) => {
      const vertex = vertexAt(given);
      if (vertex !== null) await leads.threads(vertex, plan);
    }),
    register('logjam.vertexLog', async (given?: unknown) => {
      const vertex = vertexAt(given);
      if (vertex !== null) await leads.log(vertex);
    }),
    register('logjam.vertexCheckpoint', async (given?: unknown) => {
      const vertex = vertexAt(given);
      if (vertex !== null) await leads.checkpoint(vertex);
    }),
    vscode.workspace.registerFileSystemProvider(FLINK_SCHEME, documents, { isReadonly: true, isCaseSensitive: true }),
    // A test, or a link, gives an address; a person is asked.
    register('logjam.addCluster', async (given?: { name: string; url: string; token?: string }) => {
      const { token, url, name } = given ?? {};
      const added = url === undefined ? await addCluster(registry) : await registry.add(name ?? url, url, token === undefined ? {} : { token });
      if (added !== undefined) await vscode.commands.executeCommand(`${CLUSTER_VIEW}.focus`);
      return added?.id;
    }),
    register('logjam.removeCluster', async (given?: unknown) => {
      const cluster = clusterAt(given);
      if (cluster === undefined) return;
      const sure =
        typeof given === 'string' ||
        (await vscode.window.showWarningMessage(ASKS.remove(cluster.name), { modal: true }, ASKS.removeButton)) !== undefined;
      if (sure) await registry.remove(cluster.id);
    }),
    register('logjam.refreshClusters', () => provider.refresh()),
    register('logjam.showMoreNodes', (id?: unknown) => provider.nextPage(String(id))),
    register('logjam.filterClusters', async (given?: unknown) => {
      const text = typeof given === 'string' ? given : await vscode.window.showInputBox({ title: ASKS.filter });
      if (text === undefined) return;
      provider.filter(text);
      view.message = text.trim() === '' ? '' : ASKS.filtered(text.trim());
    }),
    register('logjam.copyNodeId', async (given?: unknown) => {
      const { job, vertex, taskManager } = at(given)?.node.call?.subject ?? {};
      const id = vertex ?? job ?? taskManager;
      if (id !== undefined) await vscode.env.clipboard.writeText(id);
    }),
    register('logjam.openClusterDocument', async (given: unknown) => {
      const shown = at(given);
      if (shown?.node.call == null) return;
      if (stops(shown.node)) return takeDumps(shown, undefined, { registry, documents });
      const { name, subject } = shown.node.call;
      if ((shown.node.size ?? 0) > LARGEST) return void vscode.window.showWarningMessage(ASKS.largeLog(shown.node.label, shown.node.size ?? 0));
      const uri = documents.uriOf(shown.tree.id, name, subject);
      // What a profiler has drawn is read as a tree: its text is a script.
      if (CALLS[name].shape === 'page') return vscode.commands.executeCommand('logjam.showCallTree', uri);
      documents.refresh(uri);
      await vscode.window.showTextDocument(uri, { preview: true });
      if (name === 'flameGraph') await vscode.commands.executeCommand('logjam.showCallTree', uri);
    }),
    register('logjam.takeDumps', async (given?: unknown, plan?: unknown) => {
      const shown = at(given);
      if (shown !== undefined) await takeDumps(shown, plan, { registry, documents });
    }),
    register('logjam.startProfiler', async (given?: unknown, plan?: unknown) => {
      const shown = at(given);
      if (shown === undefined) return;
      await startProfiler(shown, plan, { registry, documents, started: () => void provider.refresh() }).finally(() => provider.refresh());
    }),
    register('logjam.takeSnapshot', async (given?: unknown, into?: unknown) => {
      const [first] = registry.known;
      const cluster = registry.find(typeof given === 'string' ? given : (at(given)?.tree.id ?? first?.id ?? ''));
      if (cluster === undefined) return vscode.commands.executeCommand('logjam.addCluster');
      return takeSnapshot(cluster, registry, into instanceof vscode.Uri ? into : undefined);
    }),
    register('logjam.watchCluster', async (given?: unknown) => {
      const cluster = clusterAt(given);
      if (cluster === undefined) return;
      await watches.start(cluster);
      vscode.window.setStatusBarMessage(ASKS.watchBegins(cluster.name), 10_000);
    }),
    register('logjam.unwatchCluster', (given?: unknown) => {
      const cluster = clusterAt(given);
      if (cluster !== undefined) watches.stop(cluster.id);
    }),
    // To the answers behind the verdict; where there are none, to the cluster.
    register('logjam.showClusterVerdict', async (given?: unknown) => {
      const look = watches.seen(clusterAt(given)?.id ?? '')?.look;
      if (look == null) return vscode.commands.executeCommand(`${CLUSTER_VIEW}.focus`);
      documents.hold(look);
      return vscode.commands.executeCommand('logjam.openIncident', [look.toString()]);
    }),
    register('logjam.copyNode', async (given?: unknown) => {
      const shown = at(given);
      if (shown !== undefined) await vscode.env.clipboard.writeText([shown.node.label, shown.node.description].filter(Boolean).join(' '));
    }),
  );
}

const isVertex = (given: unknown): given is VertexOfCluster =>
  typeof given === 'object' &&
  given !== null &&
  (['cluster', 'job', 'vertex'] as const).every((key) => typeof (given as Partial<VertexOfCluster>)[key] === 'string');
