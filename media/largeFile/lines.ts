import type { Lines } from '../../common/contracts.ts';
import { el } from '../shared/dom.ts';

/** Height of a line in px; the css has the same. */
const LINE = 18;
/** Lines kept ready above and below the window. */
const MARGIN = 60;

export type AskLines = (from: number, count: number) => void;

/**
 * A window on the lines of a file that may have millions: no element is as high as the file, so the place is a
 * number of our own, moved by wheel, keys and a scroll bar.
 */
export class LineView {
  readonly element: HTMLElement;
  #top = 0;
  #total = 1;
  #have: Lines = { from: 0, lines: [], total: 1, bytes: 0 };
  #marked: { line: number; severity: string } | null = null;
  #severities = new Map<number, string>();
  readonly #list: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #thumb: HTMLElement;
  readonly #ask: AskLines;

  constructor(ask: AskLines) {
    this.#ask = ask;
    this.#list = el('div', { class: 'large-lines', role: 'document', tabindex: 0, 'aria-label': 'Lines of the file' });
    this.#thumb = el('div', { class: 'large-thumb' });
    this.#bar = el('div', { class: 'large-bar', role: 'scrollbar', 'aria-orientation': 'vertical', 'aria-valuemin': 1 }, this.#thumb);
    this.element = el('div', { class: 'large-line-view' }, this.#list, this.#bar);
    this.#list.addEventListener('wheel', (event) => this.#move(this.#top + event.deltaY / LINE), { passive: true });
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    this.#bar.addEventListener('pointerdown', (event) => this.#drag(event));
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  /** Lines with findings, for marks beside them. */
  mark(severities: ReadonlyMap<number, string>): void {
    this.#severities = new Map(severities);
    this.#draw();
  }

  show(lines: Lines): void {
    this.#have = lines;
    this.#total = lines.total;
    this.#draw();
  }

  /** Goes to a line (0-based) and marks it. */
  reveal(line: number): void {
    this.#marked = { line, severity: this.#severities.get(line) ?? 'info' };
    this.#move(line - Math.floor(this.#rows / 3));
    this.#list.focus();
  }

  toEnd(): void {
    this.#move(this.#total);
  }

  get atEnd(): boolean {
    return this.#top >= this.#total - this.#rows - 1;
  }

  /** Asks for the lines in sight, from what is there now. */
  refresh(): void {
    const from = Math.max(0, Math.floor(this.#top) - MARGIN);
    this.#ask(from, this.#rows + 2 * MARGIN);
  }

  get #rows(): number {
    return Math.max(1, Math.floor(this.#list.clientHeight / LINE));
  }

  #move(top: number): void {
    this.#top = Math.max(0, Math.min(top, this.#total - this.#rows));
    this.#draw();
  }

  #draw(): void {
    const first = Math.floor(this.#top);
    const { from, lines } = this.#have;
    const missing = first < from || Math.min(this.#total, first + this.#rows) > from + lines.length;
    if (missing && this.#list.clientHeight > 0) this.refresh();
    const rows: HTMLElement[] = [];
    for (let line = first; line < Math.min(this.#total, first + this.#rows + 1); line++) {
      const text = lines[line - from];
      const severity = this.#severities.get(line);
      rows.push(
        el(
          'div',
          { class: `large-line${this.#marked?.line === line ? ' marked' : ''}${severity === undefined ? '' : ` ${severity}`}` },
          el('span', { class: 'large-number', 'aria-hidden': 'true' }, String(line + 1)),
          el('span', { class: 'large-text' }, text ?? '…'),
        ),
      );
    }
    this.#list.replaceChildren(...rows);
    const share = Math.min(1, this.#rows / this.#total);
    this.#thumb.style.height = `${Math.max(3, share * 100)}%`;
    this.#thumb.style.top = `${(this.#top / Math.max(1, this.#total - this.#rows)) * (100 - Math.max(3, share * 100))}%`;
    this.#bar.setAttribute('aria-valuenow', String(first + 1));
    this.#bar.setAttribute('aria-valuemax', String(this.#total));
  }

  #key(event: KeyboardEvent): void {
    const step: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: this.#rows,
      PageUp: -this.#rows,
      Home: -this.#total,
      End: this.#total,
    };
    const by = step[event.key];
    if (by === undefined || (event.key === 'Home' || event.key === 'End' ? event.shiftKey : event.ctrlKey)) return;
    event.preventDefault();
    this.#move(Math.floor(this.#top) + by);
  }

  #drag(event: PointerEvent): void {
    this.#bar.setPointerCapture(event.pointerId);
    const to = ({ clientY }: PointerEvent): void => {
      const { top, height } = this.#bar.getBoundingClientRect();
      this.#move(((clientY - top) / height) * this.#total - this.#rows / 2);
    };
    to(event);
    this.#bar.onpointermove = to;
    this.#bar.onpointerup = () => {
      this.#bar.onpointermove = null;
    };
  }
}
