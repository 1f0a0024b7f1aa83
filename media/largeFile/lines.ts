import type { Lines } from '../../common/contracts.ts';
import { el } from '../shared/dom.ts';
import { marked } from './marked.ts';
import { LARGE } from './words.ts';

/** Height of a line in px; the css has the same. */
const LINE = 18;
/** Lines kept ready above and below the window. */
const MARGIN = 60;

export interface LineViewHost {
  /** Asks for lines; `show` brings them. `follow`: whether the file has grown is looked at first. */
  ask(from: number, count: number, follow: boolean): void;
  /** The person has gone to a line. */
  went(line: number): void;
}

/**
 * A window on the lines of a file that may have millions: no element is as high as the file, so the place is a
 * number of our own, moved by wheel, keys and a scroll bar. One line is the current one, as a cursor is.
 */
export class LineView {
  readonly element: HTMLElement;
  #top = 0;
  #total = 1;
  #have: Lines = { from: 0, lines: [], total: 1, bytes: 0 };
  #current = 0;
  #awaited: number | null = null;
  #severities = new Map<number, string>();
  #words: RegExp | null = null;
  readonly #list: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #thumb: HTMLElement;
  readonly #host: LineViewHost;

  constructor(host: LineViewHost) {
    this.#host = host;
    this.#list = el('div', { class: 'large-lines', role: 'listbox', tabindex: 0, 'aria-label': LARGE.lines });
    this.#thumb = el('div', { class: 'large-thumb' });
    this.#bar = el('div', { class: 'large-bar', role: 'scrollbar', 'aria-orientation': 'vertical', 'aria-valuemin': 1 }, this.#thumb);
    this.element = el('div', { class: 'large-line-view' }, this.#list, this.#bar);
    this.#list.addEventListener('wheel', (event) => this.#move(this.#top + event.deltaY / LINE), { passive: true });
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    this.#list.addEventListener('click', (event) => this.#click(event));
    this.#bar.addEventListener('pointerdown', (event) => this.#drag(event));
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  /** Lines with findings, for marks beside them. */
  mark(severities: ReadonlyMap<number, string>): void {
    this.#severities = new Map(severities);
    this.#draw();
  }

  /** What is looked for, to be seen in the lines; null for nothing. */
  highlight(words: RegExp | null): void {
    this.#words = words;
    this.#draw();
  }

  show(lines: Lines): void {
    this.#have = lines;
    this.#total = lines.total;
    const awaited = this.#awaited;
    this.#awaited = null;
    if (awaited === null) this.#draw();
    else this.#move(awaited - Math.floor(this.#rows / 3));
  }

  get current(): number {
    return this.#current;
  }

  /** Goes to a line (0-based) and makes it the current one. */
  reveal(line: number, focus = true): void {
    this.#current = Math.max(0, line);
    // How long the file is may not be known yet.
    this.#awaited = this.#current >= this.#total ? this.#current : null;
    this.#move(this.#current - Math.floor(this.#rows / 3));
    if (focus) this.#list.focus();
  }

  focus(): void {
    this.#list.focus();
  }

  toEnd(): void {
    this.#move(this.#total);
  }

  get atEnd(): boolean {
    return this.#top >= this.#total - this.#rows - 1;
  }

  /** Asks for the lines in sight, from what is there now. */
  refresh(follow = false): void {
    const from = Math.max(0, Math.floor(this.#top) - MARGIN);
    this.#host.ask(from, this.#rows + 2 * MARGIN, follow);
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
      const severity = this.#severities.get(line);
      const current = line === this.#current;
      rows.push(
        el(
          'div',
          {
            class: `large-line${current ? ' marked' : ''}${severity === undefined ? '' : ` ${severity}`}`,
            id: `line-${line}`,
            role: 'option',
            'aria-selected': String(current),
          },
          el('span', { class: 'large-number' }, String(line + 1)),
          el('span', { class: 'large-text' }, ...marked(lines[line - from] ?? '…', this.#words)),
        ),
      );
    }
    this.#list.replaceChildren(...rows);
    this.#list.setAttribute('aria-activedescendant', `line-${this.#current}`);
    const share = Math.min(1, this.#rows / this.#total);
    this.#thumb.style.height = `${Math.max(3, share * 100)}%`;
    this.#thumb.style.top = `${(this.#top / Math.max(1, this.#total - this.#rows)) * (100 - Math.max(3, share * 100))}%`;
    this.#bar.setAttribute('aria-valuenow', String(first + 1));
    this.#bar.setAttribute('aria-valuemax', String(this.#total));
  }

  /** The current line is kept in sight. */
  #go(line: number): void {
    this.#current = Math.max(0, Math.min(line, this.#total - 1));
    const top = Math.floor(this.#top);
    if (this.#current < top) this.#move(this.#current);
    else if (this.#current >= top + this.#rows) this.#move(this.#current - this.#rows + 1);
    else this.#draw();
    this.#host.went(this.#current);
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      if (!event.ctrlKey || (event.key !== 'Home' && event.key !== 'End')) return;
    }
    const step: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: this.#rows,
      PageUp: -this.#rows,
      Home: -this.#total,
      End: this.#total,
    };
    const by = step[event.key];
    // With Shift the keys move within long lines, as the browser does it.
    if (by === undefined || event.shiftKey) return;
    event.preventDefault();
    this.#go(this.#current + by);
  }

  #click(event: Event): void {
    const row = event.target instanceof Element ? event.target.closest('.large-line') : null;
    // Who selects text to copy it is not going anywhere.
    if (row === null || !(document.getSelection()?.isCollapsed ?? true)) return;
    this.#go(Number(row.id.slice('line-'.length)));
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
