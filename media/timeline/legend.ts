import type { TimelineLegendEntry } from '../../common/timeline.ts';
import { el } from '../shared/dom.ts';

export function svgElement(name: string): SVGSVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  made.classList.add(name);
  return made;
}

/** What the looks of bars mean, each with a picture of one. */
export function legendItems(entries: readonly TimelineLegendEntry[]): HTMLElement[] {
  return entries.map((entry) => {
    const picture = svgElement('timeline');
    picture.setAttribute('width', '22');
    picture.setAttribute('height', '14');
    picture.setAttribute('aria-hidden', 'true');
    picture.innerHTML = `<g class="t-${entry.tone}"><rect class="bar" x="1" y="1" width="20" height="12" rx="3"/></g>`;
    return el('li', {}, picture, entry.text);
  });
}
