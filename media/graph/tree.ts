import { emphasisBadge } from '../../common/drawing/card.ts';
import type { GraphDocument, GraphNode } from '../../common/graph.ts';
import type { Range } from '../../common/span.ts';
import { el } from '../shared/dom.ts';
import { DETAILS, type Links, PAGE, speakGroup, speakNode } from './words.ts';

const ITEMS = 1500;

export interface TreeActions {
  select(id: string): void;
  /** Enter: the text, or what is folded. */
  activate(id: string): void;
  escape(): void;
}

const rowOf = (label: string, more: string): HTMLElement => el('span', { class: 'row' }, label, more !== '' && el('small', {}, more));

const markOf = ({ emphasis }: GraphNode<Range>, { view }: GraphDocument<Range>): string => emphasisBadge(emphasis, view)?.text ?? '';

/** The graph as a tree: what screen readers read, what everybody reads until the drawing is there, one tab stop. */
export class Tree {
  readonly element = el('ul', { role: 'tree', class: 'tree', 'aria-label': PAGE.nodes });
  #items = new Map<string, HTMLElement>();
  readonly #actions: TreeActions;
  #current: string | undefined;

  constructor(actions: TreeActions) {
    this.#actions = actions;
    this.element.addEventListener('click', (event) => {
      const id = this.#idOf(event.target);
      if (id !== undefined) actions.select(id);
    });
    this.element.addEventListener('dblclick', (event) => {
      const id = this.#idOf(event.target);
      if (id !== undefined) actions.activate(id);
    });
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  #idOf(target: EventTarget | null): string | undefined {
    return target instanceof Element ? target.closest<HTMLElement>('[role=treeitem]')?.dataset['item'] : undefined;
  }

  show(graph: GraphDocument<Range>, links: ReadonlyMap<string, Links<Range>>, names: ReadonlyMap<string, string>): void {
    this.#items = new Map();
    this.element.replaceChildren();
    const lists = new Map<string | undefined, HTMLElement>([[undefined, this.element]]);
    const sizes = new Map<string, number>();
    for (const node of graph.nodes) if (node.group !== undefined) sizes.set(node.group, (sizes.get(node.group) ?? 0) + 1);
    const add = (id: string, parent: string | undefined, label: string, spoken: string, more: string, children?: HTMLElement) => {
      if (this.#items.size >= ITEMS) return;
      const item = el(
        'li',
        {
          role: 'treeitem',
          'data-item': id,
          tabindex: '-1',
          'aria-label': spoken,
          'aria-selected': 'false',
          'aria-expanded': children === undefined ? undefined : 'true',
        },
        rowOf(label, more),
        children,
      );
      this.#items.set(id, item);
      (lists.get(parent) ?? this.element).append(item);
    };
    for (const group of graph.groups) {
      const list = el('ul', { role: 'group' });
      lists.set(group.id, list);
      add(
        group.id,
        group.parent,
        group.label,
        speakGroup(group, sizes.get(group.id) ?? 0),
        group.level === undefined ? '' : DETAILS.level(group.level),
        list,
      );
    }
    for (const node of graph.nodes) {
      add(node.id, node.group, node.label, speakNode(node, graph, links.get(node.id), names), markOf(node, graph));
    }
    const left = graph.nodes.length + graph.groups.length - this.#items.size;
    if (left > 0) this.element.append(el('li', { role: 'none', class: 'muted' }, PAGE.more(left)));
    this.#current = undefined;
    this.#focusable(this.#items.keys().next().value);
  }

  /** The same nodes, of which other things are to be said. */
  rename(graph: GraphDocument<Range>, links: ReadonlyMap<string, Links<Range>>, names: ReadonlyMap<string, string>): void {
    for (const node of graph.nodes) {
      const item = this.#items.get(node.id);
      item?.setAttribute('aria-label', speakNode(node, graph, links.get(node.id), names));
      item?.querySelector('.row')?.replaceWith(rowOf(node.label, markOf(node, graph)));
    }
  }

  #focusable(id: string | undefined): void {
    if (this.#current !== undefined) this.#items.get(this.#current)?.setAttribute('tabindex', '-1');
    if (id === undefined) return;
    this.#items.get(id)?.setAttribute('tabindex', '0');
    this.#current = id;
  }

  select(id: string | undefined): void {
    for (const item of this.element.querySelectorAll('[aria-selected=true]')) item.setAttribute('aria-selected', 'false');
    const item = id === undefined ? undefined : this.#items.get(id);
    if (id === undefined || item === undefined) return;
    item.setAttribute('aria-selected', 'true');
    this.#focusable(id);
    if (!this.element.classList.contains('hidden-text')) item.querySelector('.row')?.scrollIntoView({ block: 'nearest' });
  }

  #key(event: KeyboardEvent): void {
    const id = this.#idOf(event.target);
    if (id === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const item = this.#items.get(id);
    const go = (to: string | undefined) => {
      if (to === undefined) return;
      this.#focusable(to);
      this.#items.get(to)?.focus();
      this.#actions.select(to);
    };
    const parent = item?.parentElement?.closest<HTMLElement>('[role=treeitem]')?.dataset['item'];
    const order = this.#ordered();
    const place = order.indexOf(id);
    if (event.key === 'ArrowDown') go(order[place + 1]);
    else if (event.key === 'ArrowUp') go(order[place - 1]);
    else if (event.key === 'Home') go(order[0]);
    else if (event.key === 'End') go(order.at(-1));
    else if (event.key === 'ArrowRight') {
      if (item?.getAttribute('aria-expanded') === 'false') item.setAttribute('aria-expanded', 'true');
      else if (item?.hasAttribute('aria-expanded')) go(order[place + 1]);
    } else if (event.key === 'ArrowLeft') {
      if (item?.getAttribute('aria-expanded') === 'true') item.setAttribute('aria-expanded', 'false');
      else go(parent);
    } else if (event.key === 'Enter') this.#actions.activate(id);
    else if (event.key === ' ') this.#actions.select(id);
    else if (event.key === 'Escape') this.#actions.escape();
    else if (event.key.length === 1)
      go([...order.slice(place + 1), ...order.slice(0, place + 1)].find((one) => this.#text(one).startsWith(event.key.toLowerCase())));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** In the order on the screen; what is closed is left out. */
  #ordered(): string[] {
    return [...this.element.querySelectorAll<HTMLElement>('[role=treeitem]')]
      .filter((item) => item.parentElement?.closest('[aria-expanded=false]') === null)
      .flatMap((item) => item.dataset['item'] ?? []);
  }

  #text(id: string): string {
    return this.#items.get(id)?.querySelector('.row')?.textContent?.toLowerCase() ?? '';
  }
}
