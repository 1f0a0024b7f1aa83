import type { Card } from '../../common/drawing/card.ts';
import type { Drawing } from '../../common/drawing/elk.ts';
import type { Measure } from '../../common/drawing/measure.ts';
import { DEFS, edgeSvg, groupSvg, nodeSvg } from '../../common/drawing/svg.ts';
import { shapeCss } from '../../common/drawing/theme.ts';
import type { GraphDocument } from '../../common/graph.ts';
import type { Range } from '../../common/span.ts';
import { nextFrame } from '../shared/dom.ts';
import { fontFamily, variable } from '../shared/palette.ts';

/** Elements put into the page in one frame, so that input is answered in between. */
const BATCH = 120;

/** Shares of an edge at which a tag may stand: past its label and before its tip, else before the label. */
const TAG_AT = [0.75, 0.85, 0.2];
const TAG_HEIGHT = 18;

/** Puts a laid-out graph into the page and knows which element stands for what. */
export class Renderer {
  readonly svg: SVGSVGElement;
  readonly #groupLayer: SVGGElement;
  readonly #edgeLayer: SVGGElement;
  readonly #nodeLayer: SVGGElement;
  #elements = new Map<string, SVGGElement>();
  #edgeElements = new Map<string, SVGGElement>();
  #run = 0;

  constructor() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(scoped(shapeCss(variable, fontFamily(), 'var(--lj-mono)')));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.classList.add('canvas');
    svg.innerHTML = `${DEFS}<g class="groups"></g><g class="edges"></g><g class="nodes"></g>`;
    svg.setAttribute('role', 'application');
    svg.setAttribute('aria-roledescription', 'graph');
    this.svg = svg;
    const layer = (name: string): SVGGElement => {
      const found = svg.querySelector<SVGGElement>(`g.${name}`);
      if (found === null) throw new Error(`no layer ${name}`);
      return found;
    };
    this.#groupLayer = layer('groups');
    this.#edgeLayer = layer('edges');
    this.#nodeLayer = layer('nodes');
  }

  clear(): void {
    this.#run++;
    for (const layer of [this.#groupLayer, this.#edgeLayer, this.#nodeLayer]) layer.replaceChildren();
    this.#elements = new Map();
    this.#edgeElements = new Map();
  }

  /** Draws everything, a batch per frame; a later call overtakes an earlier one. True when it came to its end. */
  async draw(
    graph: GraphDocument<Range>,
    drawing: Drawing,
    cards: ReadonlyMap<string, Card>,
    measure: Measure,
    name: (id: string) => string,
  ): Promise<boolean> {
    this.clear();
    const run = this.#run;
    this.svg.setAttribute('aria-label', graph.title);
    // Outer groups first, so that inner ones lie on them.
    const groups = graph.groups
      .flatMap((group) => {
        const box = drawing.groups[group.id];
        return box === undefined ? [] : [{ depth: box.depth, text: () => groupSvg(group, box, measure) }];
      })
      .sort((a, b) => a.depth - b.depth);
    const nodes = graph.nodes.map((node) => () => {
      const box = drawing.nodes[node.id];
      const geometry = cards.get(node.id);
      return box === undefined || geometry === undefined ? '' : nodeSvg(node, geometry, box);
    });
    const edges = graph.edges.map((edge) => () => {
      const route = drawing.edges[edge.id];
      return route === undefined ? '' : edgeSvg(edge, route, graph.edges.length, measure);
    });
    for (const [layer, texts] of [
      [this.#groupLayer, groups.map((group) => group.text)],
      [this.#nodeLayer, nodes],
      [this.#edgeLayer, edges],
    ] as const) {
      for (let at = 0; at < texts.length; at += BATCH) {
        if (at > 0) await nextFrame();
        if (run !== this.#run) return false;
        const batch = texts.slice(at, at + BATCH).map((text) => text());
        this.#append(layer, batch.join(''), name);
      }
    }
    return true;
  }

  /** The same nodes and edges with other contents, each where it is: what is selected, and the focus, stays. */
  redraw(graph: GraphDocument<Range>, drawing: Drawing, cards: ReadonlyMap<string, Card>, measure: Measure, name: (id: string) => string): void {
    for (const node of graph.nodes) {
      const [box, geometry, element] = [drawing.nodes[node.id], cards.get(node.id), this.#elements.get(node.id)];
      if (box === undefined || geometry === undefined || element === undefined) continue;
      renew(element, nodeSvg(node, geometry, box));
      element.setAttribute('aria-label', name(node.id));
    }
    for (const edge of graph.edges) {
      const [route, element] = [drawing.edges[edge.id], this.#edgeElements.get(edge.id)];
      if (route !== undefined && element !== undefined) renew(element, edgeSvg(edge, route, graph.edges.length, measure));
    }
  }

  #append(layer: SVGGElement, markup: string, name: (id: string) => string): void {
    const holder = document.createElementNS('http://www.w3.org/2000/svg', 'g');
    holder.innerHTML = markup;
    for (const element of [...holder.children] as SVGGElement[]) {
      const { id, edge } = element.dataset;
      if (id !== undefined) {
        this.#elements.set(id, element);
        element.setAttribute('tabindex', '-1');
        element.setAttribute('role', 'button');
        element.setAttribute('aria-label', name(id));
      } else if (edge !== undefined) {
        this.#edgeElements.set(edge, element);
        element.setAttribute('aria-hidden', 'true');
      }
    }
    layer.append(...holder.childNodes);
  }

  element(id: string): SVGGElement | undefined {
    return this.#elements.get(id);
  }

  /** Sets a class on exactly these nodes, groups and edges. */
  mark(className: string, ids: ReadonlySet<string>, edges: ReadonlySet<string> = new Set()): void {
    for (const [id, element] of this.#elements) element.classList.toggle(className, ids.has(id));
    for (const [id, element] of this.#edgeElements) element.classList.toggle(className, edges.has(id));
  }

  /** Short texts above nodes and on edges, which belong to a step of a trace. */
  tag(badges: readonly { id: string; text: string; tone: string }[]): void {
    for (const old of this.svg.querySelectorAll('.step-tag')) {
      old.parentElement?.classList.remove('tagged');
      old.remove();
    }
    for (const badge of badges) {
      const target = this.#elements.get(badge.id) ?? this.#edgeElements.get(badge.id);
      if (target === undefined) continue;
      const onEdge = target.dataset['edge'] !== undefined;
      const tag = document.createElementNS('http://www.w3.org/2000/svg', 'g');
      tag.classList.add('step-tag', `t-${badge.tone}`);
      const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
      text.textContent = badge.text;
      text.setAttribute('class', 'pill-text');
      const pill = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      pill.setAttribute('class', 'pill');
      tag.append(pill, text);
      target.classList.add('tagged');
      target.append(tag);
      const width = text.getComputedTextLength() + 14;
      const at = onEdge ? tagPlace(target, width) : { x: 8, y: -10 };
      tag.setAttribute('transform', `translate(${at.x} ${at.y})`);
      for (const [attribute, value] of Object.entries({ width, height: TAG_HEIGHT, rx: TAG_HEIGHT / 2 })) pill.setAttribute(attribute, String(value));
      text.setAttribute('x', '7');
      text.setAttribute('y', '13');
    }
  }
}

/** Where a tag of this width stands on an edge: beside its label, and above it where the edge is too short for both. */
function tagPlace(edge: SVGGElement, width: number): { x: number; y: number } {
  const line = edge.querySelector<SVGPathElement>('.line');
  const label = edge.querySelector<SVGRectElement>('.label-box')?.getBBox();
  const places = TAG_AT.map((share) => {
    const { x, y } = line?.getPointAtLength(line.getTotalLength() * share) ?? { x: 0, y: 0 };
    return { x: x - width / 2, y: y - TAG_HEIGHT / 2 };
  });
  const free = ({ x, y }: { x: number; y: number }) =>
    label === undefined || x > label.x + label.width || x + width < label.x || y > label.y + label.height || y + TAG_HEIGHT < label.y;
  const above = label === undefined ? { x: 0, y: 0 } : { x: label.x + (label.width - width) / 2, y: label.y - TAG_HEIGHT - 2 };
  return places.find(free) ?? above;
}

/** Classes that say what the reader does with a node, not what it is. */
const READERS = ['selected', 'touching', 'found', 'cursor', 'step', 'tagged'];

function renew(element: SVGGElement, markup: string): void {
  const holder = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  holder.innerHTML = markup;
  const [fresh] = holder.children;
  if (fresh === undefined) return;
  const kept = READERS.filter((name) => element.classList.contains(name));
  element.setAttribute('class', [...fresh.classList, ...kept].join(' '));
  // A tag belongs to a trace that is being played.
  const tags = element.querySelectorAll(':scope > .step-tag');
  element.replaceChildren(...fresh.childNodes, ...tags);
}

/** Rules of the drawing hold within it only: `text` alone would hit the page. */
function scoped(css: string): string {
  return `.canvas{\n${css}\n}`;
}
