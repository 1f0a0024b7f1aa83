import { type Measure, shorten } from '../../common/layout/measure.ts';
import { escapeXml } from '../../common/layout/svg.ts';
import type { Colour } from '../../common/layout/theme.ts';
import type { Range } from '../../common/span.ts';
import type { TimelineClock, TimelineDocument, TimelineInterval, TimelineMark, TimelineTone } from '../../common/timeline.ts';
import { type PlacedLane, ROW } from './lanes.ts';
import { formatDuration, formatTime, type Scale, ticks, toX } from './scale.ts';

/** The timeline as SVG text: the page and its exports draw with the same code. */

const FONT = { size: 11 };
const LABEL = { size: 12 };
/** Intervals narrower than this are drawn together with their neighbours. */
const NARROW = 3;

export const AXIS = 26;

const TONES: Record<TimelineTone, Colour> = {
  neutral: 'edge',
  waiting: 'muted',
  running: 'info',
  good: 'good',
  warning: 'warning',
  bad: 'bad',
  cancelled: 'lock',
  info: 'flow',
};

const SHAPES: Record<TimelineMark<unknown>['kind'], string> = {
  'first-failure': 'M0-9 8 7H-8zM0-4v5M0 3.5v.6',
  failure: 'M-5-5 5 5M5-5-5 5',
  exception: 'M0-6 6 5H-6z',
  restart: 'M5 0a5 5 0 1 1-1.6-3.7M4.5-6v3.2H1.3',
  cancel: 'M-4.5-4.5h9v9h-9z',
  checkpoint: 'M0-5 5 0 0 5-5 0z',
  event: 'M-3 0a3 3 0 1 0 6 0 3 3 0 1 0-6 0z',
  gc: 'M-1.5-7h3V7h-3z',
};

export const MARK_NAMES: Record<TimelineMark<unknown>['kind'], string> = {
  'first-failure': 'first failure',
  failure: 'failure',
  exception: 'exception',
  restart: 'restart',
  cancel: 'cancel',
  checkpoint: 'checkpoint',
  event: 'event',
  gc: 'GC pause',
};

/** Colour, border and pattern say the tone; the label says it in words where it fits. */
export function timelineCss(colour: (name: Colour) => string, mix: (colour: string, share: number, under: string) => string, font: string): string {
  const tones = Object.entries(TONES).map(
    ([tone, name]) =>
      `.t-${tone} .bar{fill:${mix(colour(name), 30, colour('bg'))};stroke:${colour(name)}}.t-${tone} .mark{stroke:${colour(name)};fill:${mix(colour(name), 35, colour('bg'))}}.t-${tone} .shade{fill:${colour(name)}}`,
  );
  return [
    `text{font-family:${font};font-size:11px;fill:${colour('fg')}}`,
    '.bar{stroke-width:1.2}',
    '.t-waiting .bar{stroke-dasharray:2 2}',
    '.t-cancelled .bar{stroke-dasharray:6 3}',
    '.t-warning .bar{stroke-dasharray:9 2 2 2}',
    '.t-bad .bar{stroke-width:2.2}',
    '.t-good .bar{stroke-width:1.6}',
    `.pattern{fill:url(#lj-bad)}.pattern-line{stroke:${colour('bad')};stroke-width:1.6;stroke-opacity:.45}`,
    '.mark{stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}',
    `.lane-label{font-size:12px}.lane-head .lane-label{font-weight:600}.lane-line{stroke:${colour('border')};stroke-opacity:.5}`,
    `.tick{stroke:${colour('border')};stroke-opacity:.45}.tick-label{fill:${colour('muted')}}`,
    '.shade{fill-opacity:.1}',
    `.band-edge{stroke:${colour('muted')};stroke-dasharray:4 4}.band-label{fill:${colour('muted')};font-size:10.5px}`,
    `.link{fill:none;stroke:${colour('bad')};stroke-width:1.5}.link-inferred{stroke-dasharray:3 4}.link-derived{stroke-dasharray:8 4}.link-tip{fill:${colour('bad')}}`,
    `.twist{fill:none;stroke:${colour('muted')};stroke-width:1.5}`,
    `.first .mark{stroke-width:2.6}.first text{font-weight:700;fill:${colour('bad')};paint-order:stroke;stroke:${colour('bg')};stroke-width:4px;stroke-linejoin:round}`,
    ...tones,
  ].join('\n');
}

export const DEFS =
  '<defs><pattern id="lj-bad" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="pattern-line" d="M0 0V6"/></pattern></defs>';

const n = (value: number) => String(Math.round(value * 10) / 10);

export function speakInterval(item: TimelineInterval<Range>, clock: TimelineClock, end: number): string {
  const until = item.to === null ? 'until the end of the file' : `to ${formatTime(item.to, clock)}`;
  return `${item.label}, ${item.open ? 'since before the file' : `from ${formatTime(item.from, clock)}`} ${until}, ${formatDuration((item.to ?? end) - item.from, clock)}. ${item.description}`;
}

export function speakMark(item: TimelineMark<Range>, clock: TimelineClock): string {
  return `${MARK_NAMES[item.kind]} ${item.label}, ${formatTime(item.at, clock)}. ${item.description}`;
}

function intervalSvg(item: TimelineInterval<Range>, x: number, width: number, y: number, said: string, measure: Measure): string {
  const text = width > 30 ? shorten(item.label, width - 10, FONT, measure) : '';
  const bar = `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${ROW - 4}" rx="3"`;
  return `<g class="item t-${item.tone}" data-id="${escapeXml(item.id)}" role="button" tabindex="-1" aria-label="${escapeXml(said)}"><title>${escapeXml(said)}</title><rect class="bar" ${bar}/>${item.tone === 'bad' ? `<rect class="pattern" ${bar}/>` : ''}${text === '' || text === '…' ? '' : `<text x="${n(x + 5)}" y="${n(y + 12)}">${escapeXml(text)}</text>`}</g>`;
}

/** One lane; what is too narrow to be told apart is drawn as one bar of its strongest tone. */
export function laneSvg(placed: PlacedLane, document: TimelineDocument<Range>, scale: Scale, measure: Measure): string {
  const { lane, y, height } = placed;
  const { clock, to: end } = document;
  const parts: string[] = [];
  const right = scale.left + scale.width;
  const crowd: { x: number; to: number; row: number; items: TimelineInterval<Range>[] }[] = [];
  for (const item of lane.intervals) {
    const until = item.to ?? Math.max(end, scale.to);
    if (until < scale.from || item.from > scale.to) continue;
    const x = Math.max(scale.left - 4, toX(scale, item.from));
    const stop = Math.min(right + 4, toX(scale, until));
    const row = Math.min(placed.rows - 1, item.row ?? 0);
    const width = Math.max(NARROW, stop - x);
    const last = crowd.at(-1);
    if (stop - x < NARROW && last !== undefined && last.row === row && x - last.to < NARROW) {
      last.items.push(item);
      last.to = x + width;
    } else if (stop - x < NARROW) crowd.push({ x, to: x + width, row, items: [item] });
    else parts.push(intervalSvg(item, x, width, y + 3 + row * ROW, speakInterval(item, clock, end), measure));
  }
  for (const { x, to, row, items } of crowd) {
    const worst = items.find((item) => item.tone === 'bad') ?? items.find((item) => item.tone === 'warning') ?? items[0];
    if (worst === undefined) continue;
    const said =
      items.length === 1
        ? speakInterval(worst, clock, end)
        : `${items.length.toLocaleString('en')} intervals close together, among them ${speakInterval(worst, clock, end)}`;
    parts.push(intervalSvg(worst, x, to - x, y + 3 + row * ROW, said, measure));
  }
  let free = Number.NEGATIVE_INFINITY;
  for (const mark of lane.marks) {
    if (mark.at < scale.from || mark.at > scale.to) continue;
    const x = toX(scale, mark.at);
    if (x - free < 2 && mark.kind !== 'first-failure') continue;
    free = x;
    const said = speakMark(mark, clock);
    const words = mark.kind === 'first-failure' ? `<text x="12" y="4">${escapeXml(shorten(mark.label, 180, FONT, measure))}</text>` : '';
    parts.push(
      `<g class="item t-${mark.tone}${mark.kind === 'first-failure' ? ' first' : ''}" data-id="${escapeXml(mark.id)}" role="button" tabindex="-1" aria-label="${escapeXml(said)}" transform="translate(${n(x)} ${n(y + 3 + (ROW - 4) / 2)})"><title>${escapeXml(said)}</title><path class="mark" d="${SHAPES[mark.kind]}"/>${words}</g>`,
    );
  }
  const indent = 10 + placed.depth * 14;
  const room = scale.left - indent - 24;
  const label = shorten(lane.label, room, LABEL, measure);
  const twist =
    placed.children > 0 ? `<path class="twist" d="${placed.open ? `M${indent} ${n(y + 9)}l4 4 4-4` : `M${indent + 2} ${n(y + 7)}l4 4-4 4`}"/>` : '';
  const head = `<g class="lane-label-group${placed.children > 0 ? ' lane-head' : ''}" data-lane="${escapeXml(lane.id)}"><title>${escapeXml(`${lane.label}\n${lane.description}`)}</title><rect x="0" y="${n(y)}" width="${n(scale.left - 6)}" height="${n(height)}" fill="transparent"/>${twist}<text class="lane-label" x="${indent + 14}" y="${n(y + 15)}">${escapeXml(label)}</text></g>`;
  return `<g class="lane" role="group" aria-label="${escapeXml(lane.description)}"><path class="lane-line" d="M0 ${n(y + height)}H${n(right)}"/><g clip-path="url(#lj-plot)">${parts.join('')}</g>${head}</g>`;
}

export function clipSvg(scale: Scale, height: number): string {
  return `<clipPath id="lj-plot"><rect x="${n(scale.left - 2)}" y="0" width="${n(scale.width + 4)}" height="${n(Math.max(1, height))}"/></clipPath>`;
}

export function gridSvg(document: TimelineDocument<Range>, scale: Scale, height: number): string {
  const lines = ticks(scale, document.clock).ticks.map(({ time }) => `<path class="tick" d="M${n(toX(scale, time))} 0V${n(height)}"/>`);
  const bands = document.bands.flatMap((band) => {
    const until = band.to ?? document.to;
    if (until < scale.from || band.from > scale.to) return [];
    const x = Math.max(scale.left, toX(scale, band.from));
    const width = Math.min(scale.left + scale.width, toX(scale, until)) - x;
    return [
      `<g class="band t-${band.tone}"><title>${escapeXml(`${band.label}\n${band.description}`)}</title><rect class="shade" x="${n(x)}" y="0" width="${n(Math.max(1, width))}" height="${n(height)}"/><path class="band-edge" d="M${n(x)} 0V${n(height)}"/></g>`,
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
      return `<g><title>${escapeXml(`${link.label} (${link.certainty})`)}</title><path class="link link-${link.certainty}" d="M${n(from.x)} ${n(from.y)}C${n(from.x + bend)} ${n(from.y)} ${n(to.x - bend)} ${n(to.y)} ${n(to.x - 8)} ${n(to.y)}"/><path class="link-tip" d="M${n(to.x - 2)} ${n(to.y)}l-8-4v8z"/></g>`;
    })
    .join('');
}
