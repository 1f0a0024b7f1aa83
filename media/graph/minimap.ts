import type { Drawing } from '../../common/drawing/elk.ts';
import { KIND_COLOUR } from '../../common/drawing/theme.ts';
import { rank } from '../../common/drawing/tidy.ts';
import type { GraphDocument } from '../../common/graph.ts';
import { el } from '../shared/dom.ts';
import { currentPalette } from '../shared/palette.ts';
import type { Viewport } from './viewport.ts';
import { PAGE } from './words.ts';

const WIDTH = 180;
const HEIGHT = 120;
/** It is as narrow as a long drawing makes it, and can still be hit. */
const LEAST = 32;
const PADDING = 4;
/** To the edges of the stage, as in graph.css. */
const MARGIN = 12;
/** The one that it stands in unless nodes are there comes first. */
const CORNERS = ['bottom right', 'bottom left', 'top right', 'top left'] as const;

/** The whole graph in a corner with a frame around what is in sight; a click or a drag goes there. */
export class Minimap {
  readonly element = el('canvas', {
    class: 'minimap floating',
    'aria-hidden': 'true',
    title: PAGE.overview,
  });
  readonly #background = document.createElement('canvas');
  readonly #viewport: Viewport;
  #size = { width: WIDTH, height: HEIGHT };
  #scale = 1;
  #offset = { x: 0, y: 0 };
  #drawing: Drawing | undefined;
  /** The nodes that the eye should find: these it covers last of all. */
  #marked = new Set<string>();
  #frame = 'gray';

  constructor(viewport: Viewport) {
    this.#viewport = viewport;
    const go = (event: PointerEvent) => {
      const box = this.element.getBoundingClientRect();
      const x = (((event.clientX - box.left) / box.width) * this.#size.width - this.#offset.x) / this.#scale;
      const y = (((event.clientY - box.top) / box.height) * this.#size.height - this.#offset.y) / this.#scale;
      const { visible, view } = viewport;
      viewport.pan((visible.x + visible.width / 2 - x) * view.k, (visible.y + visible.height / 2 - y) * view.k);
    };
    this.element.addEventListener('pointerdown', (event) => {
      this.element.setPointerCapture(event.pointerId);
      go(event);
    });
    this.element.addEventListener('pointermove', (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) go(event);
    });
  }

  show(graph: GraphDocument<unknown>, drawing: Drawing): void {
    this.#drawing = drawing;
    const palette = currentPalette();
    this.#frame = palette.focus;
    this.#marked = new Set(graph.nodes.filter(({ emphasis }) => rank(emphasis) <= rank('suspect')).map(({ id }) => id));
    this.#scale = Math.min((WIDTH - 2 * PADDING) / drawing.width, (HEIGHT - 2 * PADDING) / drawing.height);
    const side = (length: number) => Math.max(LEAST, Math.ceil(length * this.#scale) + 2 * PADDING);
    const { width, height } = { width: side(drawing.width), height: side(drawing.height) };
    this.#size = { width, height };
    this.#offset = { x: (width - drawing.width * this.#scale) / 2, y: (height - drawing.height * this.#scale) / 2 };
    for (const canvas of [this.element, this.#background]) Object.assign(canvas, { width: width * 2, height: height * 2 });
    Object.assign(this.element.style, { width: `${width}px`, height: `${height}px` });
    const context = this.#background.getContext('2d');
    if (context === null) return;
    context.setTransform(this.#scale * 2, 0, 0, this.#scale * 2, this.#offset.x * 2, this.#offset.y * 2);
    context.lineWidth = 1 / this.#scale;
    context.strokeStyle = palette.group;
    context.globalAlpha = 0.6;
    for (const box of Object.values(drawing.groups)) context.strokeRect(box.x, box.y, box.width, box.height);
    for (const node of graph.nodes) {
      const box = drawing.nodes[node.id];
      if (box === undefined) continue;
      const marked = this.#marked.has(node.id);
      context.globalAlpha = marked ? 1 : 0.6;
      context.fillStyle = marked ? palette[node.emphasis === 'suspect' ? 'warning' : 'bad'] : palette[KIND_COLOUR[node.kind]];
      context.fillRect(box.x, box.y, Math.max(box.width, 2 / this.#scale), Math.max(box.height, 2 / this.#scale));
    }
    this.update();
  }

  /** It stands where it covers no node; where there is no such corner it lets them shine through, those that are not marked if it can. */
  #giveWay({ nodes }: Drawing): void {
    const stage = this.element.parentElement;
    if (stage === null) return;
    const { x, y, k } = this.#viewport.view;
    const { clientWidth, clientHeight } = stage;
    const { width, height } = this.#size;
    const covered = (corner: (typeof CORNERS)[number]): string[] => {
      const left = corner.endsWith('left') ? MARGIN : clientWidth - MARGIN - width;
      const top = corner.startsWith('top') ? MARGIN : clientHeight - MARGIN - height;
      return Object.entries(nodes).flatMap(([id, box]) =>
        box.x * k + x < left + width && (box.x + box.width) * k + x > left && box.y * k + y < top + height && (box.y + box.height) * k + y > top
          ? [id]
          : [],
      );
    };
    const free = (corner: (typeof CORNERS)[number]) => covered(corner).length === 0;
    const unmarked = (corner: (typeof CORNERS)[number]) => !covered(corner).some((id) => this.#marked.has(id));
    // It does not jump about while the drawing moves: it leaves its corner only for a better one.
    const present = CORNERS.find((corner) => corner === this.element.dataset['corner']) ?? CORNERS[0];
    const ordered = [present, ...CORNERS];
    const best = ordered.find(free) ?? ordered.find(unmarked) ?? present;
    this.element.dataset['corner'] = best;
    this.element.classList.toggle('over-nodes', !free(best));
  }

  update(): void {
    const context = this.element.getContext('2d');
    if (context === null || this.#drawing === undefined) return;
    const { visible } = this.#viewport;
    const all =
      visible.x <= 0 && visible.y <= 0 && visible.x + visible.width >= this.#drawing.width && visible.y + visible.height >= this.#drawing.height;
    this.element.hidden = all;
    if (!all) this.#giveWay(this.#drawing);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#size.width * 2, this.#size.height * 2);
    context.drawImage(this.#background, 0, 0);
    context.setTransform(2, 0, 0, 2, 0, 0);
    context.strokeStyle = this.#frame;
    context.lineWidth = 1.5;
    context.strokeRect(
      this.#offset.x + visible.x * this.#scale,
      this.#offset.y + visible.y * this.#scale,
      visible.width * this.#scale,
      visible.height * this.#scale,
    );
  }
}
