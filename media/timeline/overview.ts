import type { Range } from '../../common/span.ts';
import type { TimelineDocument } from '../../common/timeline.ts';
import { el } from '../shared/dom.ts';
import { currentPalette } from '../shared/palette.ts';
import type { TimeView } from './view.ts';
import { PAGE } from './words.ts';

const HEIGHT = 44;
/** A drag shorter than this, in px, is a click. */
const CLICK = 4;

/** The whole time in a strip, as dense as there is going on; drag to choose a part of it. */
export class Overview {
  readonly element = el('canvas', {
    class: 'overview',
    height: HEIGHT * 2,
    title: PAGE.overview,
    'aria-hidden': 'true',
  });
  readonly #view: TimeView;
  #counts: { all: number; bad: number }[] = [];
  #document: TimelineDocument<Range> | undefined;
  #brush: { from: number; to: number } | undefined;

  constructor(view: TimeView) {
    this.#view = view;
    this.element.addEventListener('pointerdown', (event) => {
      this.element.setPointerCapture(event.pointerId);
      this.#brush = { from: event.offsetX, to: event.offsetX };
    });
    this.element.addEventListener('pointermove', (event) => {
      if (this.#brush === undefined) return;
      this.#brush.to = event.offsetX;
      this.draw();
    });
    this.element.addEventListener('pointerup', () => {
      const brush = this.#brush;
      this.#brush = undefined;
      if (brush === undefined) return;
      const [a, b] = [this.#time(Math.min(brush.from, brush.to)), this.#time(Math.max(brush.from, brush.to))];
      const half = (view.to - view.from) / 2;
      if (Math.abs(brush.to - brush.from) < CLICK) view.set(a - half, a + half);
      else view.set(a, b);
    });
    this.element.addEventListener('dblclick', () => view.all());
  }

  #time(x: number): number {
    const { from, to } = this.#view.extent;
    return from + (x / Math.max(1, this.element.clientWidth)) * (to - from);
  }

  show(document: TimelineDocument<Range>): void {
    this.#document = document;
    const width = Math.max(1, this.element.clientWidth);
    this.element.width = width * 2;
    this.#counts = Array.from({ length: width }, () => ({ all: 0, bad: 0 }));
    const { from, to } = this.#view.extent;
    const add = (time: number, bad: boolean) => {
      const slot = this.#counts[Math.floor(((time - from) / (to - from)) * width)];
      if (slot === undefined) return;
      slot.all++;
      if (bad) slot.bad++;
    };
    for (const lane of document.lanes) {
      for (const interval of lane.intervals) add(interval.from, interval.tone === 'bad');
      for (const mark of lane.marks) add(mark.at, mark.tone === 'bad');
    }
    this.draw();
  }

  draw(): void {
    const context = this.element.getContext('2d');
    if (context === null || this.#document === undefined) return;
    const width = this.element.width / 2;
    const palette = currentPalette();
    const { from, to } = this.#view.extent;
    const x = (time: number) => ((time - from) / (to - from)) * width;
    context.setTransform(2, 0, 0, 2, 0, 0);
    context.clearRect(0, 0, width, HEIGHT);
    const most = Math.max(1, ...this.#counts.map((slot) => slot.all));
    const high = (value: number) => (value === 0 ? 0 : 3 + (HEIGHT - 12) * Math.sqrt(value / most));
    this.#counts.forEach((slot, at) => {
      context.fillStyle = palette.edge;
      context.fillRect(at, HEIGHT - 4 - high(slot.all), 1, high(slot.all));
      context.fillStyle = palette.bad;
      context.fillRect(at, HEIGHT - 4 - high(slot.bad), 1, high(slot.bad));
    });
    const [left, right] =
      this.#brush === undefined
        ? [x(this.#view.from), x(this.#view.to)]
        : [Math.min(this.#brush.from, this.#brush.to), Math.max(this.#brush.from, this.#brush.to)];
    context.fillStyle = palette.bg;
    context.globalAlpha = 0.6;
    context.fillRect(0, 0, left, HEIGHT);
    context.fillRect(right, 0, width - right, HEIGHT);
    context.globalAlpha = 1;
    context.strokeStyle = palette.focus;
    context.lineWidth = 1.5;
    context.strokeRect(left + 0.75, 0.75, Math.max(2, right - left - 1.5), HEIGHT - 1.5);
  }
}
