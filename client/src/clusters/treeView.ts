import * as vscode from 'vscode';
import { changesIn } from './changes.ts';
import { ClusterTree } from './model.ts';
import type { ClusterNode } from './nodes.ts';
import { paged } from './paging.ts';
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
  /** What was shown below a node last. */
  readonly #below = new Map<string, readonly ClusterNode[]>();
  readonly #open = new Set<string>();
  /** Of nodes with many below them, how many pages of these are drawn. */
  readonly #pages = new Map<string, number>();
  #filter = '';
  readonly #changed = new vscode.EventEmitter<Shown[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** To be drawn anew. */
  readonly #pending = new Set<Shown>();
  #quiet: ReturnType<typeof setTimeout> | undefined;
  /** When something was opened last. */
  #opened = 0;
  #looking: Promise<void> | null = null;

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
        if (line !== undefined) this.#pending.add(line);
      }
      this.#draw();
    });
  }

  /** Watches whether anybody looks. */
  attach(view: vscode.TreeView<Shown>): vscode.Disposable {
    const look = (visible: boolean): void => {
      clearInterval(this.#timer);
      this.#timer = visible ? setInterval(() => void this.refresh(), EVERY) : undefined;
    };
    look(view.visible);
    return vscode.Disposable.from(
      view.onDidChangeVisibility(({ visible }) => {
        look(visible);
        if (visible) void this.refresh();
      }),
      view.onDidExpandElement(({ element }) => this.#expanded(element)),
      view.onDidCollapseElement(({ element }) => this.#open.delete(element.node.id)),
      new vscode.Disposable(() => {
        clearInterval(this.#timer);
        clearTimeout(this.#quiet);
      }),
      this.#changed,
    );
  }

  /** Asks anew for what is open, and draws what has changed. */
  refresh(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const drawn = {
      isOpen: (id: string) => this.#open.has(id),
      below: (id: string) => this.#below.get(id),
    };
    await Promise.all(
      [...this.#trees.values()].map(async (tree) => {
        tree.refresh();
        const root = this.#shown.get(tree.id);
        if (root === undefined || !this.#open.has(tree.id)) return;
        const shown = (above: ClusterNode, nodes: readonly ClusterNode[]) => this.#drawn(tree, above, nodes);
        const keep = (above: ClusterNode, nodes: readonly ClusterNode[]) => {
          this.#below.set(above.id, nodes);
          for (const node of nodes) this.#keep(tree, node);
        };
        for (const { id } of await changesIn(tree, root.node, { ...drawn, shown, keep })) {
          const one = this.#shown.get(id);
          if (one !== undefined) this.#pending.add(one);
        }
        this.#later(root);
      }),
    );
    this.#draw();
  }

  /** The node of a tree by its id. */
  find(id: string): Shown | undefined {
    return this.#shown.get(id);
  }

  async getChildren(parent?: Shown): Promise<Shown[]> {
    if (parent === undefined) return this.#registry.known.map((cluster) => this.#root(cluster));
    const { tree, node } = parent;
    this.#open.add(node.id);
    this.#opened = Date.now();
    const shown = this.#drawn(tree, node, await tree.children(node));
    // What the cluster answered shows at its own node.
    if (node.kind === 'cluster') this.#later(parent);
    this.#draw();
    const ids = new Set(shown.map(({ id }) => id));
    for (const { id } of this.#below.get(node.id) ?? []) if (!ids.has(id)) this.#forget(id);
    this.#below.set(node.id, shown);
    return shown.map((one) => this.#keep(tree, one));
  }

  /** Those below a node that are drawn: what is looked for, page by page. */
  #drawn(tree: ClusterTree, above: ClusterNode, nodes: readonly ClusterNode[]): ClusterNode[] {
    const found = this.#filter === '' ? nodes : nodes.filter((node) => tree.holds(node, this.#filter));
    return paged(above, found, this.#pages.get(above.id) ?? 1);
  }

  /** Draws more of what is below a node. */
  nextPage(id: string): void {
    const shown = this.#shown.get(id);
    if (shown === undefined) return;
    this.#pages.set(id, (this.#pages.get(id) ?? 1) + 1);
    this.#changed.fire([shown]);
  }

  /** What VS Code has lost while it drew something anew is asked for by drawing it once more. */
  #expanded(shown: Shown): void {
    const { id } = shown.node;
    this.#opened = Date.now();
    if (this.#open.has(id)) return;
    setTimeout(() => {
      if (this.#open.has(id) || !this.#shown.has(id)) return;
      this.#pending.add(shown);
      this.#draw();
    }, QUIET);
  }

  /** Shows what has a text in its name or id; empty: all. */
  filter(text: string): void {
    this.#filter = text.trim().toLowerCase();
    this.#changed.fire(undefined);
  }

  /** What is not there any more, with all that was below it. */
  #forget(id: string): void {
    this.#shown.delete(id);
    for (const child of this.#below.get(id) ?? []) this.#forget(child.id);
    this.#below.delete(id);
    this.#open.delete(id);
    this.#pages.delete(id);
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
    if (!shown.branch && shown.call !== null) item.command = { command: 'logjam.openClusterDocument', title: TREE.open, arguments: [shown.id] };
    if (shown.kind === 'page')
      item.command = { command: 'logjam.showMoreNodes', title: TREE.showMore, arguments: [shown.id.slice(0, shown.id.lastIndexOf('/'))] };
    return item;
  }

  #root(cluster: KnownCluster): Shown {
    const tree = this.#trees.get(cluster.id) ?? new ClusterTree(cluster, () => this.#registry.client(cluster.id));
    this.#trees.set(cluster.id, tree);
    return this.#keep(tree, tree.root);
  }

  /** What is known of a cluster by now is drawn where it is not what its line says. */
  #later(shown: Shown): void {
    const now = shown.tree.root;
    const { description, tooltip } = shown.node;
    shown.node = now;
    if (description === now.description && tooltip === now.tooltip) return;
    this.#pending.add(shown);
  }

  /**
   * Draws anew what has changed. What is opened while VS Code does that may stay empty: it waits until nobody has opened anything for
   * a while. What is below was asked for just now, and is kept so long.
   */
  #draw(): void {
    clearTimeout(this.#quiet);
    if (this.#pending.size === 0) return;
    this.#quiet = setTimeout(
      () => {
        const known = [...this.#pending].filter((one) => this.#shown.get(one.node.id) === one);
        this.#pending.clear();
        if (known.length > 0) this.#changed.fire(known);
      },
      Math.max(0, this.#opened + QUIET - Date.now()),
    );
  }

  /** VS Code knows a node by its object, which stays as long as the node is there. */
  #keep(tree: ClusterTree, node: ClusterNode): Shown {
    const shown = this.#shown.get(node.id) ?? { tree, node };
    shown.node = node;
    this.#shown.set(node.id, shown);
    return shown;
  }
}
