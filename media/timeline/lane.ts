import { type Measure, shorten } from '../../common/drawing/measure.ts';
import type { Range } from '../../common/span.ts';
import type { TimelineDocument, TimelineInterval } from '../../common/timeline.ts';
import { escapeXml } from '../../common/xml.ts';
import { barsOf, clustersOf } from './grouping.ts';
import { type PlacedLane, ROW } from './lanes.ts';
import { number as n } from './number.ts';
import type { Scale } from './scale.ts';
import { SHAPES } from './style.ts';
import { PAGE, speakInterval, speakMark } from './words.ts';

/** A lane as SVG text: the page and its exports draw with the same code. */

const FONT = { size: 11 };
const BOLD = { size: 11, bold: true };
const LABEL = { size: 12 };
/** Less is no text: px, and characters of a label that is cut. */
const LEAST_ROOM = 18;
const LEAST_TEXT = 3;

/** The label, cut at its end: the beginning of a state tells more than its middle. Nothing where nothing can be read. */
function fitting(label: string, room: number, measure: Measure): string {
  if (room < LEAST_ROOM) return '';
  const width = measure(label, FONT);
  if (width <= room) return label;
  const kept = label.slice(0, Math.floor((label.length * (room - measure('…', FONT))) / width));
  return kept.length < LEAST_TEXT ? '' : `${kept.trimEnd()}…`;
}

/** From where to where words stand in the first row of a lane. */
interface Words {
  from: number;
  to: number;
}

/** Before a mark's words: px. */
const APART = 6;

/** `words`: of marks on the same row, which go before the label of the bar that they stand on. */
function intervalSvg(
  item: TimelineInterval<Range>,
  { x, width }: { x: number; width: number },
  y: number,
  said: string,
  measure: Measure,
  words: readonly Words[],
): string {
  const next = words.filter(({ from, to }) => to > x && from < x + width).map(({ from }) => from - x - APART);
  const text = fitting(item.label, Math.min(width, ...next) - 10, measure);
  const bar = `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${ROW - 4}" rx="3"`;
  return `<g class="item t-${item.tone}" data-id="${escapeXml(item.id)}" role="button" tabindex="-1" aria-label="${escapeXml(said)}"><title>${escapeXml(said)}</title><rect class="bar" ${bar}/>${item.tone === 'bad' ? `<rect class="pattern" ${bar}/>` : ''}${text === '' ? '' : `<text x="${n(x + 5)}" y="${n(y + 12)}">${escapeXml(text)}</text>`}</g>`;
}

const isBad = ({ shown }: { shown: TimelineInterval<Range> }): boolean => shown.tone === 'bad';

/** One lane with its label. `selected` is the id of the item that must be among those drawn. */
export function laneSvg(placed: PlacedLane, document: TimelineDocument<Range>, scale: Scale, measure: Measure, selected?: string): string {
  const { lane, y, height } = placed;
  const { clock, to: end } = document;
  const right = scale.left + scale.width;
  const marks = clustersOf(lane.marks, scale, selected).map((cluster) => {
    const label = cluster.shown.kind === 'first-failure' ? shorten(cluster.shown.label, 180, FONT, measure) : '';
    const room = measure(label, BOLD);
    // At the right edge the words stand before their mark.
    const before = cluster.x + 14 + room > right;
    const from = before ? cluster.x - 12 - room : cluster.x + 12;
    return { ...cluster, label, before, words: { from, to: from + room } };
  });
  const words = marks.flatMap(({ label, words: of }) => (label === '' ? [] : [of]));
  // What comes later lies on top: nothing harmless covers what is bad.
  const bars = barsOf(lane.intervals, scale, end, placed.rows, selected).sort((a, b) => Number(isBad(a)) - Number(isBad(b)));
  const parts = bars.map(({ x, width, row, shown, items }) => {
    const said = speakInterval(shown, clock, end);
    const all = items.length === 1 ? said : PAGE.several(items.length, said);
    return intervalSvg(shown, { x, width }, y + 3 + row * ROW, all, measure, row === 0 ? words : []);
  });
  for (const { x, shown: mark, more, label, before } of marks) {
    const one = speakMark(mark, clock);
    const said = more === 0 ? one : PAGE.closeBy(one, more);
    const first = mark.kind === 'first-failure';
    const text = first ? `<text x="${before ? -12 : 12}" y="4"${before ? ' text-anchor="end"' : ''}>${escapeXml(label)}</text>` : '';
    parts.push(
      `<g class="item t-${mark.tone}${first ? ' first' : ''}" data-id="${escapeXml(mark.id)}" role="button" tabindex="-1" aria-label="${escapeXml(said)}" transform="translate(${n(x)} ${n(y + 3 + (ROW - 4) / 2)})"><title>${escapeXml(said)}</title><path class="mark" d="${SHAPES[mark.kind]}"/>${text}</g>`,
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
