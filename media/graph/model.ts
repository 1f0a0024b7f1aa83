import { type Arranged, arrange, type Budget, type ViewState } from '../../common/drawing/arrange.ts';
import type { Box } from '../../common/drawing/elk.ts';
import type { Placed } from '../../common/drawing/run.ts';
import { rank } from '../../common/drawing/tidy.ts';
import type { GraphDocument, GraphEdge, GraphGroup, GraphNode } from '../../common/graph.ts';
import type { Range } from '../../common/span.ts';
import type { Selected } from './details.ts';
import { type Links, linksOf, PAGE, speakGroup, speakNode } from './words.ts';

/** Everything that follows from a document and what the reader has made of it, without any drawing on a page. */
export class GraphModel {
  readonly whole: GraphDocument<Range>;
  readonly arranged: Arranged<Range>;
  readonly links: Map<string, Links<Range>>;
  readonly names: Map<string, string>;
  placed: Placed | undefined;
  readonly #nodes: Map<string, GraphNode<Range>>;
  readonly #groups: Map<string, GraphGroup<Range>>;
  readonly #sizes = new Map<string, number>();

  constructor(whole: GraphDocument<Range>, shown: ViewState, budget: Budget) {
    this.whole = whole;
    this.arranged = arrange(whole, shown, budget);
    const { graph } = this.arranged;
    this.links = linksOf(graph);
    this.names = new Map([...whole.nodes, ...whole.groups, ...graph.nodes].map((item) => [item.id, item.label]));
    this.#nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    this.#groups = new Map(graph.groups.map((group) => [group.id, group]));
    for (const { group } of graph.nodes) if (group !== undefined) this.#sizes.set(group, (this.#sizes.get(group) ?? 0) + 1);
  }

  /** What is drawn. */
  get graph(): GraphDocument<Range> {
    return this.arranged.graph;
  }

  /** What is drawn for a node or group of the document. */
  owner(id: string): string {
    return this.arranged.owner.get(id) ?? id;
  }

  item(id: string): GraphNode<Range> | GraphGroup<Range> | undefined {
    return this.#nodes.get(id) ?? this.#groups.get(id);
  }

  edge(id: string | undefined): GraphEdge<Range> | undefined {
    return id === undefined ? undefined : this.graph.edges.find((edge) => edge.id === id);
  }

  selection(id: string | undefined, edgeId: string | undefined): Selected | undefined {
    const edge = this.edge(edgeId);
    if (edge !== undefined) return { edge };
    const node = this.#nodes.get(id ?? '');
    if (node !== undefined) return { node, closed: this.isFolded(node.id) };
    const group = this.#groups.get(id ?? '');
    return group === undefined ? undefined : { group, inside: this.#sizes.get(group.id) ?? 0 };
  }

  /** A node or group in a sentence. */
  spoken(id: string): string {
    const node = this.#nodes.get(id);
    if (node !== undefined) return speakNode(node, this.graph, this.links.get(id), this.names);
    const group = this.#groups.get(id);
    return group === undefined ? id : speakGroup(group, this.#sizes.get(id) ?? 0);
  }

  /** Where a node or group is drawn, or what stands for it. */
  box(id: string): Box | undefined {
    const shown = this.owner(id);
    return this.placed?.drawing.nodes[shown] ?? this.placed?.drawing.groups[shown];
  }

  /** As `box`; where a fold was that has been opened, its first member is now. */
  boxAfter(id: string): Box | undefined {
    return this.box(id) ?? this.box(id.replace(/^fold:(?:twins|run|name):/, ''));
  }

  /** True for what stands for other nodes: a fold or a closed group. */
  isFolded(id: string): boolean {
    return id.startsWith('fold:') || (!this.#groups.has(id) && this.whole.groups.some((group) => group.id === id));
  }

  /** Opens what is folded and closes what is open. */
  toggled(shown: ViewState, id: string): ViewState {
    const [opened, closed] = [shown.opened.filter((one) => one !== id), shown.closed.filter((one) => one !== id)];
    return this.isFolded(id) ? { ...shown, opened: [...opened, id], closed } : { ...shown, opened, closed: [...closed, id] };
  }

  /** Nodes of the document that a drawn node stands for. */
  standsFor(id: string): string[] {
    const members = [...this.arranged.owner].filter(([, owner]) => owner === id).map(([member]) => member);
    return members.length > 0 ? members : [id];
  }

  get topGroups(): string[] {
    return this.whole.groups.filter((group) => group.parent === undefined).map((group) => group.id);
  }

  /** What the drawing is about, when there is too much to see at once. */
  get centre(): Box | undefined {
    const marked = this.graph.nodes.filter((node) => rank(node.emphasis) <= rank('suspect'));
    const [first = this.graph.nodes[0]] = marked;
    if (first === undefined) return undefined;
    return around((marked.length > 0 && marked.length < 12 ? marked : [first]).flatMap((node) => this.box(node.id) ?? []));
  }

  get notes(): string[] {
    const { hidden, folded } = this.arranged;
    return [...(hidden > 0 ? [PAGE.hidden(hidden, this.whole.nodes.length)] : []), ...(folded > 0 ? [PAGE.folded(folded)] : []), ...this.whole.notes];
  }
}

/** The smallest box that holds all. */
export function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
