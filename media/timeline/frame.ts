import type { Measure } from '../../common/drawing/measure.ts';
import type { Range } from '../../common/span.ts';
import type { TimelineDocument } from '../../common/timeline.ts';
import { escapeXml } from '../../common/xml.ts';
import { CERTAINTY } from '../shared/words.ts';
import { number as n } from './number.ts';
import { type Scale, ticks, toX } from './scale.ts';
import { DETAILS } from './words.ts';

/** What stands around the lanes: axis, grid, bands across all lanes, arrows between them. */

export const AXIS = 26;
/** Least px between the edges of two bands. */
const EDGE_ROOM = 12;

export function clipSvg(scale: Scale, height: number): string {
  return `<clipPath id="lj-plot"><rect x="${n(scale.left - 2)}" y="0" width="${n(scale.width + 4)}" height="${n(Math.max(1, height))}"/></clipPath>`;
}

export function gridSvg(document: TimelineDocument<Range>, scale: Scale, height: number): string {
  const lines = ticks(scale, document.clock).ticks.map(({ time }) => `<path class="tick" d="M${n(toX(scale, time))} 0V${n(height)}"/>`);
  let last = Number.NEGATIVE_INFINITY;
  const bands = document.bands.flatMap((band) => {
    const until = band.to ?? document.to;
    if (until < scale.from || band.from > scale.to) return [];
    const x = Math.max(scale.left, toX(scale, band.from));
    // Edges that stand close together would only be a hatching.
    const edge = x - last >= EDGE_ROOM ? `<path class="band-edge" d="M${n(x)} 0V${n(height)}"/>` : '';
    last = x;
    const width = Math.min(scale.left + scale.width, toX(scale, until)) - x;
    return [
      `<g class="band t-${band.tone}"><title>${escapeXml(`${band.label}\n${band.description}`)}</title><rect class="shade" x="${n(x)}" y="0" width="${n(Math.max(1, width))}" height="${n(height)}"/>${edge}</g>`,
    ];
  });
  return `${bands.join('')}${lines.join('')}`;
}

export function axisSvg(document: TimelineDocument<Range>, scale: Scale, measure: Measure): string {
  const marks = ticks(scale, document.clock).ticks.map(({ time, label }) => {
    const x = toX(scale, time);
    return `<path class="tick" d="M${n(x)} ${AXIS - 5}V${AXIS}"/><text class="tick-label" x="${n(x)}" y="14" text-anchor="middle">${escapeXml(label)}</text>`;
  });
  let free = scale.left;
  const bands = document.bands.flatMap((band) => {
    const x = Math.max(scale.left, toX(scale, band.from));
    const width = Math.min(scale.left + scale.width, toX(scale, band.to ?? document.to)) - x;
    const room = measure(band.label, { size: 10.5 });
    if (width < room + 8 || x < free) return [];
    free = x + room + 8;
    return [`<text class="band-label" x="${n(x + 4)}" y="${AXIS + 11}">${escapeXml(band.label)}</text>`];
  });
  return [...marks, ...bands].join('');
}

/** Arrows from a failure to what followed from it. */
export function linksSvg(document: TimelineDocument<Range>, places: ReadonlyMap<string, { x: number; y: number }>): string {
  return document.links
    .map((link) => {
      const [from, to] = [places.get(link.from), places.get(link.to)];
      if (from === undefined || to === undefined) return '';
      const bend = Math.max(18, Math.min(60, Math.abs(to.x - from.x) / 2));
      return `<g><title>${escapeXml(DETAILS.linkTitle(link.label, CERTAINTY[link.certainty]))}</title><path class="link link-${link.certainty}" d="M${n(from.x)} ${n(from.y)}C${n(from.x + bend)} ${n(from.y)} ${n(to.x - bend)} ${n(to.y)} ${n(to.x - 8)} ${n(to.y)}"/><path class="link-tip" d="M${n(to.x - 2)} ${n(to.y)}l-8-4v8z"/></g>`;
    })
    .join('');
}
