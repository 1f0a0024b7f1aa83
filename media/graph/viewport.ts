import type { Box } from '../../common/drawing/elk.ts';

/** Where the drawing stands in the window: screen = world * k + (x, y). */
export interface View {
  x: number;
  y: number;
  k: number;
}

const MIN = 0.03;
const MAX = 3;
/** In ms of quiet after which text is drawn sharply again. */
const SETTLE = 150;
/** Below these scales text cannot be read and only costs time. */
const FAR = 0.42;
const VERY_FAR = 0.2;
/** Large enough to be read at ease: a drawing that is higher than the window is not made larger. */
const AT_EASE = 0.8;

/** Pans and zooms an SVG by a CSS transform, which costs nothing, and draws it anew at the right size when at rest. */
export class Viewport {
  view: View = { x: 0, y: 0, k: 1 };
  #size = { width: 1, height: 1 };
  #drawn = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #svg: SVGSVGElement;
  readonly #stage: HTMLElement;
  readonly #changed: () => void;

  constructor(stage: HTMLElement, svg: SVGSVGElement, changed: () => void) {
    this.#stage = stage;
    this.#svg = svg;
    this.#changed = changed;
    stage.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    stage.addEventListener('pointerdown', (event) => this.#drag(event));
  }

  setSize(width: number, height: number): void {
    this.#size = { width: Math.max(1, width), height: Math.max(1, height) };
    this.#svg.setAttribute('viewBox', `0 0 ${this.#size.width} ${this.#size.height}`);
    this.#settle();
  }

  set(view: View): void {
    this.view = { ...view, k: Math.min(MAX, Math.max(MIN, view.k)) };
    this.#apply();
  }

  pan(dx: number, dy: number): void {
    this.set({ ...this.view, x: this.view.x + dx, y: this.view.y + dy });
  }

  /** Zooms around a point of the stage, by default its middle. */
  zoom(factor: number, x = this.#stage.clientWidth / 2, y = this.#stage.clientHeight / 2): void {
    const k = Math.min(MAX, Math.max(MIN, this.view.k * factor));
    const by = k / this.view.k;
    this.set({ k, x: x - (x - this.view.x) * by, y: y - (y - this.view.y) * by });
  }

  /** The scale at which a drawing would fit the window. */
  scaleOf(size: { width: number; height: number }): number {
    return Math.min((this.#stage.clientWidth - 32) / size.width, (this.#stage.clientHeight - 32) / size.height);
  }

  fit(box: Box = { x: 0, y: 0, ...this.#size }, largest = 1): void {
    const { clientWidth: width, clientHeight: height } = this.#stage;
    const k = Math.max(MIN, Math.min(largest, (width - 32) / box.width, (height - 32) / box.height));
    this.set({ k, x: (width - box.width * k) / 2 - box.x * k, y: (height - box.height * k) / 2 - box.y * k });
  }

  /** The scale at which a drawing is as wide as the window. */
  get widthScale(): number {
    return (this.#stage.clientWidth - 32) / this.#size.width;
  }

  /** As wide as the window and from the top on, where the whole would be too small to read; `least`: the smallest scale. */
  fitWidth(least: number): void {
    const k = Math.max(least, Math.min(AT_EASE, this.widthScale));
    this.set({ k, x: Math.max(16, (this.#stage.clientWidth - this.#size.width * k) / 2), y: 16 });
  }

  /** Moves as little as needed to have a box in sight, at a scale that can be read. */
  show(box: Box): void {
    if (this.view.k < FAR) {
      this.fit(this.#around(box), 1);
      return;
    }
    const { x, y, k } = this.view;
    const margin = 40;
    const shift = (from: number, size: number, room: number) => {
      if (from < margin) return margin - from;
      if (from + size > room - margin) return room - margin - from - size;
      return 0;
    };
    const dx = shift(box.x * k + x, Math.min(box.width * k, this.#stage.clientWidth - 2 * margin), this.#stage.clientWidth);
    const dy = shift(box.y * k + y, Math.min(box.height * k, this.#stage.clientHeight - 2 * margin), this.#stage.clientHeight);
    if (dx !== 0 || dy !== 0) this.pan(dx, dy);
  }

  #around(box: Box): Box {
    const room = { width: this.#stage.clientWidth / 0.8, height: this.#stage.clientHeight / 0.8 };
    const width = Math.max(box.width, Math.min(room.width, 900));
    const height = Math.max(box.height, Math.min(room.height, 600));
    return { x: box.x + box.width / 2 - width / 2, y: box.y + box.height / 2 - height / 2, width, height };
  }

  /** The part of the drawing that is in sight. */
  get visible(): Box {
    const { x, y, k } = this.view;
    return { x: -x / k, y: -y / k, width: this.#stage.clientWidth / k, height: this.#stage.clientHeight / k };
  }

  #apply(): void {
    const { x, y, k } = this.view;
    this.#svg.style.transform = `translate(${x}px, ${y}px) scale(${k / this.#drawn})`;
    this.#svg.classList.toggle('far', k < FAR);
    this.#svg.classList.toggle('very-far', k < VERY_FAR);
    clearTimeout(this.#timer);
    if (k !== this.#drawn) this.#timer = setTimeout(() => this.#settle(), SETTLE);
    this.#changed();
  }

  #settle(): void {
    this.#drawn = this.view.k;
    this.#svg.style.width = `${this.#size.width * this.#drawn}px`;
    this.#svg.style.height = `${this.#size.height * this.#drawn}px`;
    this.#apply();
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) {
      const frame = this.#stage.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY * unit * 0.004), event.clientX - frame.left, event.clientY - frame.top);
    } else if (event.shiftKey && event.deltaX === 0) this.pan(-event.deltaY * unit, 0);
    else this.pan(-event.deltaX * unit, -event.deltaY * unit);
  }

  #drag(event: PointerEvent): void {
    if (event.button !== 0 || !(event.target instanceof Element) || event.target.closest('button, canvas, input, .floating') !== null) return;
    let last = { x: event.clientX, y: event.clientY };
    let moved = false;
    const move = (at: PointerEvent) => {
      if (!moved && Math.hypot(at.clientX - last.x, at.clientY - last.y) < 4) return;
      moved = true;
      this.#stage.classList.add('dragging');
      this.pan(at.clientX - last.x, at.clientY - last.y);
      last = { x: at.clientX, y: at.clientY };
    };
    const end = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      this.#stage.classList.remove('dragging');
      // The click that ends a drag selects nothing.
      if (moved) this.#stage.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  }
}
