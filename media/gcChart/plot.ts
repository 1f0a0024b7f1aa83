import type { GcChartDocument, GcChartEvent } from '../../common/gcChart.ts';
import type { Range } from '../../common/span.ts';
import type { TimelineClock } from '../../common/timeline.ts';
import { formatDuration, formatTime, type Scale, ticks, toX } from '../timeline/scale.ts';
import { GC_PAGE } from './words.ts';

/** The drawing: the heap above, the pauses below, one axis of time. */

const SVG = 'http://www.w3.org/2000/svg';
/** In px. */
const LEFT = 64;
const RIGHT = 16;
const TOP = 22;
const GAP = 38;
const AXIS = 26;

type Shape = Record<string, string | number>;

function svg(tag: string, attributes: Shape = {}, text = ''): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== '') made.textContent = text;
  return made;
}

export interface Plot {
  element: SVGElement;
  /** Where an event stands, for the cursor, in px. */
  x(event: GcChartEvent<Range>): number;
  /** The event that is nearest to a place of the pointer. */
  nearest(x: number): number;
}

const clockOf = ({ dated, zone }: GcChartDocument<Range>): TimelineClock => ({ unit: dated ? 'epoch' : 'day', zone });

/** When an event was: the time of day, or how long the JVM had been up. */
export function timeOf(document: GcChartDocument<Range>, time: number): string {
  const clock = clockOf(document);
  return document.dated ? formatTime(time, clock, 0, true) : `after ${formatDuration(time, clock)}`;
}

/** Sizes in KiB. */
function sizeText(amount: number): string {
  if (amount >= 1024 * 1024) return `${(amount / 1024 / 1024).toFixed(1)} GiB`;
  return `${Math.round(amount / 1024)} MiB`;
}

export function plot(chart: GcChartDocument<Range>, width: number, height: number): Plot {
  const { events } = chart;
  const from = events[0]?.time ?? 0;
  const to = Math.max(events.at(-1)?.time ?? 1, from + 1);
  const scale: Scale = { from, to, left: LEFT, width: Math.max(1, width - LEFT - RIGHT) };
  const room = Math.max(80, height - TOP - GAP - AXIS);
  const heapHeight = Math.round(room * 0.6);
  const heap = { top: TOP, bottom: TOP + heapHeight };
  const pauses = { top: heap.bottom + GAP, bottom: heap.bottom + GAP + room - heapHeight };
  const element = svg('svg', { width, height, class: 'gc-plot', role: 'img', 'aria-label': chart.verdict });

  const most = Math.max(1, ...events.map(({ after, capacity }) => Math.max(after ?? 0, capacity ?? 0)));
  const longest = Math.max(1, ...events.map(({ pauseMs }) => pauseMs ?? 0));
  const heapY = (size: number): number => heap.bottom - (size / most) * (heap.bottom - heap.top);
  const pauseY = (ms: number): number => pauses.bottom - (ms / longest) * (pauses.bottom - pauses.top);
  const x = ({ time }: GcChartEvent<Range>): number => toX(scale, time);

  const label = (text: string, y: number) => element.append(svg('text', { x: LEFT - 8, y: y + 4, class: 'tick', 'text-anchor': 'end' }, text));
  const rule = (y: number, kind: string) => element.append(svg('line', { x1: LEFT, x2: width - RIGHT, y1: y, y2: y, class: kind }));
  element.append(svg('text', { x: LEFT, y: heap.top - 8, class: 'heading' }, GC_PAGE.heapHeading));
  element.append(svg('text', { x: LEFT, y: pauses.top - 8, class: 'heading' }, GC_PAGE.pauseHeading));
  for (const share of [0, 0.5, 1]) {
    rule(heapY(most * share), 'rule');
    label(sizeText(most * share), heapY(most * share));
    rule(pauseY(longest * share), 'rule');
    if (share > 0 || longest > 1) label(formatDuration(longest * share, clockOf(chart)), pauseY(longest * share));
  }
  const { ticks: times, step } = ticks(scale, clockOf(chart));
  for (const { time, label: text } of times) {
    const at = toX(scale, time);
    element.append(svg('line', { x1: at, x2: at, y1: heap.top, y2: pauses.bottom, class: 'rule' }));
    const said = chart.dated ? text : formatDuration(Math.round(time / step) * step, clockOf(chart));
    element.append(svg('text', { x: at, y: pauses.bottom + 18, class: 'tick', 'text-anchor': at > width - 60 ? 'end' : 'middle' }, said));
  }

  const line = (kind: string, points: readonly [number, number][]) => {
    if (points.length > 1)
      element.append(svg('polyline', { class: kind, points: points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ') }));
  };
  line(
    'capacity',
    events.flatMap((event): [number, number][] => (event.capacity === null ? [] : [[x(event), heapY(event.capacity)]])),
  );
  line(
    'after',
    events.flatMap((event): [number, number][] => (event.after === null ? [] : [[x(event), heapY(event.after)]])),
  );
  for (const event of events) {
    if (event.after !== null) {
      const size = event.kind === 'full' ? 4 : 2.5;
      element.append(svg('circle', { cx: x(event).toFixed(1), cy: heapY(event.after).toFixed(1), r: size, class: `dot ${event.kind}` }));
    }
    if (event.pauseMs !== null) {
      const at = x(event).toFixed(1);
      element.append(
        svg('line', {
          x1: at,
          x2: at,
          y1: pauses.bottom,
          y2: Math.min(pauseY(event.pauseMs), pauses.bottom - 1).toFixed(1),
          class: `bar ${event.kind}`,
        }),
      );
    }
  }
  element.append(svg('line', { class: 'cursor', x1: -9, x2: -9, y1: heap.top, y2: pauses.bottom }));
  return {
    element,
    x,
    nearest(at) {
      let best = 0;
      for (const [index, event] of events.entries())
        if (Math.abs(x(event) - at) < Math.abs(x(events[best] as GcChartEvent<Range>) - at)) best = index;
      return best;
    },
  };
}
