import * as vscode from 'vscode';
import { type ClusterNode, ClusterTree } from './model.ts';
import type { ClusterRegistry, KnownCluster } from './registry.ts';
import type { ClusterWatches } from './watching.ts';
import { TREE } from './words.ts';

/** A node with the tree that it is of. */
export interface Shown {
  tree: ClusterTree;
  node: ClusterNode;
}

/** While somebody looks at the tree it is asked for anew so often; in ms. */
const EVERY = 10_000;
/** Nothing was opened for so long; in ms. */
const QUIET = 1000;

/** The view *Flink Clusters*: the trees of all clusters. VS Code asks for what is open only, and so is the cluster. */
export class ClusterView implements vscode.TreeDataProvider<Shown> {
  readonly #registry: ClusterRegistry;
  readonly #watches: ClusterWatches;
  readonly #trees = new Map<string, ClusterTree>();
  readonly #shown = new Map<string, Shown>();
  /** Ids of what was shown below a node last. */
  readonly #below = new Map<string, string[]>();
  #filter = '';
  readonly #changed = new vscode.EventEmitter<Shown | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #changedLines = new Set<Shown>();
  #quiet: ReturnType<typeof setTimeout> | undefined;

  constructor(registry: ClusterRegistry, watches: ClusterWatches) {
    this.#registry = registry;
    this.#watches = watches;
    registry.onChange(() => {
      for (const id of this.#trees.keys()) {
        if (registry.find(id) !== undefined) continue;
        this.#trees.delete(id);
        this.#forget(id);
      }
      this.#changed.fire(undefined);
    });
    watches.onChange(() => {
      for (const id of this.#trees.keys()) {
        const line = this.#shown.get(id);
        if (line !== undefined) this.#changedLines.add(line);
      }
      this.#drawLines();
    });
  }

  /** Watches whether anybody looks. */
  attach(view: vscode.TreeView<Shown>): vscode.Disposable {
    const look = (visible: boolean): void => {
      clearInterval(this.#timer);
      this.#timer = visible ? setInterval(() => this.refresh(), EVERY) : undefined;
    };
    look(view.visible);
    return vscode.Disposable.from(
      view.onDidChangeVisibility(({ visible }) => {
        look(visible);
        if (visible) this.refresh();
      }),
      new vscode.Disposable(() => {
        clearInterval(this.#timer);
        clearTimeout(this.#quiet);
      }),
      this.#changed,
    );
  }

  /** Asks anew for what is open. */
  refresh(): void {
    for (const tree of this.#trees.values()) tree.refresh();
    this.#changed.fire(undefined);
  }

  /** The node of a tree by its id. */
  find(id: string): Shown | undefined {
    return this.#shown.get(id);
  }

  async getChildren(parent?: Shown): Promise<Shown[]> {
    if (parent === undefined) return this.#registry.known.map((cluster) => this.#root(cluster));
    this.#drawLines();
    const before = parent.tree.fault;
    const found = await parent.tree.children(parent.node);
    // What the cluster answered shows at its own node.
    if (parent.node.kind === 'cluster') this.#later(parent, before);
    const shown = this.#filter === '' ? found : found.filter((node) => parent.tree.holds(node, this.#filter));
    const ids = new Set(shown.map(({ id }) => id));
    for (const id of this.#below.get(parent.node.id) ?? []) if (!ids.has(id)) this.#forget(id);
    this.#below.set(parent.node.id, [...ids]);
    return shown.map((node) => this.#keep({ tree: parent.tree, node }));
  }

  /** Shows what has a text in its name or id; empty: all. */
  filter(text: string): void {
    this.#filter = text.trim().toLowerCase();
    this.#changed.fire(undefined);
  }

  /** What is not there any more, with all that was below it. */
  #forget(id: string): void {
    this.#shown.delete(id);
    for (const child of this.#below.get(id) ?? []) this.#forget(child);
    this.#below.delete(id);
  }

  getTreeItem({ node, tree }: Shown): vscode.TreeItem {
    const shown = node.kind === 'cluster' ? tree.root : node;
    const item = new vscode.TreeItem(shown.label, shown.branch ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
    item.id = shown.id;
    item.description = shown.description;
    item.tooltip = [shown.label, shown.description, shown.tooltip].filter(Boolean).join('\n');
    item.iconPath = new vscode.ThemeIcon(shown.icon.name, shown.icon.color === undefined ? undefined : new vscode.ThemeColor(shown.icon.color));
    const watched = shown.kind === 'cluster' && this.#watches.isWatched(tree.id);
    item.contextValue = watched ? 'cluster-watched' : shown.kind === 'cluster' && tree.history ? 'cluster-history' : shown.kind;
    const seen = watched ? this.#watches.seen(tree.id) : null;
    if (watched) item.description = [shown.description, TREE.watched].filter(Boolean).join(', ');
    if (seen !== null) item.tooltip = `${item.tooltip}\n${seen.fault ?? seen.sentence}`;
    item.accessibilityInformation = { label: [shown.label, item.description].filter(Boolean).join(', ') };
    if (!shown.branch && shown.call !== null) item.command = { command: 'logjam.openClusterDocument', title: 'Open', arguments: [shown.id] };
    return item;
  }

  #root(cluster: KnownCluster): Shown {
    const tree = this.#trees.get(cluster.id) ?? new ClusterTree(cluster, () => this.#registry.client(cluster.id));
    this.#trees.set(cluster.id, tree);
    return this.#keep({ tree, node: tree.root });
  }

  #later(parent: Shown, before: string | null): void {
    const was = `${parent.node.description}${before}`;
    const now = parent.tree.root;
    if (was === `${now.description}${parent.tree.fault}`) return;
    const next = { tree: parent.tree, node: now };
    this.#keep(next);
    parent.node = now;
    this.#changedLines.add(parent);
    this.#drawLines();
  }

  /**
   * Draws the lines of clusters anew, of which more is known now. What is opened while VS Code does that stays empty until the next
   * refresh: it waits until nobody opens anything. What is below was asked for just now, and is kept so long.
   */
  #drawLines(): void {
    clearTimeout(this.#quiet);
    if (this.#changedLines.size === 0) return;
    this.#quiet = setTimeout(() => {
      for (const one of this.#changedLines) this.#changed.fire(one);
      this.#changedLines.clear();
    }, QUIET);
  }

  #keep(shown: Shown): Shown {
    this.#shown.set(shown.node.id, shown);
    return shown;
  }
}
