/** Small helpers for pages without a framework. */

type Attributes = Record<string, string | number | boolean | undefined>;
type Child = Node | string | undefined | false;

/** An element with attributes (true: present, false or undefined: absent) and children; text is never parsed as markup. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

export function button(label: string, title: string, run: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', title, ...attributes }, label);
  made.addEventListener('click', run);
  return made;
}

/** A button that draws an icon; the title is its name for screen readers. */
export function iconButton(path: string, title: string, run: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', title, 'aria-label': title, class: 'icon-button', ...attributes }, icon(path));
  made.addEventListener('click', run);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('glyph');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

export const GLYPHS = {
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  list: 'M2.5 4h2M7 4h6.5M2.5 8h2M7 8h6.5M2.5 12h2M7 12h6.5',
  details: 'M2.5 3h11v10h-11zM9.5 3v10',
  legend: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 7.2V11M8 5v.1',
  previous: 'M3.5 10 8 5.5l4.5 4.5',
  next: 'M3.5 6 8 10.5 12.5 6',
  close: 'M4 4l8 8M12 4l-8 8',
  more: 'M3 8h.1M8 8h.1M13 8h.1',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  forward: 'M6 3.5 10.5 8 6 12.5',
  play: 'M5 3.5v9l7-4.5z',
  pause: 'M5 3.5v9M11 3.5v9',
  save: 'M8 2.5v7M5 7l3 3 3-3M3 13h10',
  follow: 'M2.5 8h8M7.5 4.5 11 8l-3.5 3.5M13.5 3v10',
  group: 'M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1',
};

/** Tells screen readers what has changed. */
export class Announcer {
  readonly element = el('div', { class: 'hidden-text', role: 'status', 'aria-live': 'polite' });

  say(text: string): void {
    this.element.textContent = text;
  }
}

export const count = (value: number): string => value.toLocaleString('en');

export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

/** Runs the last of many calls once, after `delay` ms of quiet. */
export function debounce<A extends unknown[]>(delay: number, run: (...values: A) => void): (...values: A) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...values), delay);
  };
}

export const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));
