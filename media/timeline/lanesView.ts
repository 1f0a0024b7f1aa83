import type { Measure } from '../../common/drawing/measure.ts';
import type { Range } from '../../common/span.ts';
import type { TimelineDocument } from '../../common/timeline.ts';
import { el } from '../shared/dom.ts';
import { AXIS, axisSvg, clipSvg, gridSvg, linksSvg } from './frame.ts';
import { laneSvg } from './lane.ts';
import { type Item, type PlacedLane, ROW, startOf } from './lanes.ts';
import { svgElement } from './legend.ts';
import { type Scale, toX } from './scale.ts';
import { DEFS } from './style.ts';
import type { TimeView } from './view.ts';

/** Lanes drawn above and below what is in sight. */
const AROUND = 200;

export interface Shown {
  document: TimelineDocument<Range>;
  lanes: readonly PlacedLane[];
  /** Of all lanes. */
  height: number;
  byId: ReadonlyMap<string, Item>;
  selected: string | undefined;
}

/** Axis and lanes as they stand in the page; only what is in sight is drawn. */
export class LanesView {
  readonly scroller = el('div', { class: 'lanes' });
  readonly axis = svgElement('axis');
  readonly svg = svgElement('timeline');
  readonly #view: TimeView;

  constructor(view: TimeView) {
    this.#view = view;
    this.svg.setAttribute('role', 'application');
    this.svg.setAttribute('aria-roledescription', 'timeline');
    this.scroller.append(this.svg);
  }

  get scale(): Scale {
    const width = this.scroller.clientWidth;
    const left = Math.max(130, Math.min(280, width * 0.28));
    return { from: this.#view.from, to: this.#view.to, left, width: Math.max(100, width - left - 16) };
  }

  /** `focus`: the selected item gets the keyboard; it keeps it in any case. Answers with the number of lanes drawn. */
  draw({ document: drawn, lanes, height: whole, byId, selected }: Shown, measure: Measure, focus: boolean): number {
    const { scale } = this;
    const { scrollTop, clientHeight, clientWidth } = this.scroller;
    const inSight = lanes.filter((lane) => lane.y + lane.height >= scrollTop - AROUND && lane.y <= scrollTop + clientHeight + AROUND);
    const height = Math.max(whole, clientHeight - 2);
    for (const [svg, size] of [
      [this.axis, AXIS + 16],
      [this.svg, height],
    ] as const) {
      svg.setAttribute('width', String(clientWidth));
      svg.setAttribute('height', String(size));
    }
    this.axis.innerHTML = axisSvg(drawn, scale, measure);
    const focused = this.svg.contains(document.activeElement) ? document.activeElement?.closest<SVGElement>('.item') : null;
    const parts = inSight.map((lane) => laneSvg(lane, drawn, scale, measure, selected)).join('');
    const links = `<g clip-path="url(#lj-plot)">${linksSvg(drawn, this.places(drawn, byId))}</g>`;
    this.svg.innerHTML = `${DEFS}${clipSvg(scale, height)}${gridSvg(drawn, scale, height)}${parts}${links}`;
    const element = this.#element(selected);
    const stop = element ?? this.#element(focused?.dataset['id']) ?? this.svg.querySelector<SVGElement>('.item');
    stop?.setAttribute('tabindex', '0');
    element?.classList.add('selected');
    // What is drawn anew keeps the keyboard.
    if (focus) element?.focus({ preventScroll: true });
    else if (focused != null) stop?.focus({ preventScroll: true });
    return inSight.length;
  }

  #element(id: string | undefined): SVGElement | undefined {
    return id === undefined ? undefined : (this.svg.querySelector<SVGElement>(`.item[data-id="${CSS.escape(id)}"]`) ?? undefined);
  }

  /** Where the ends of arrows are. */
  places({ links }: TimelineDocument<Range>, byId: ReadonlyMap<string, Item>): Map<string, { x: number; y: number }> {
    const { scale } = this;
    const places = new Map<string, { x: number; y: number }>();
    for (const link of links) {
      for (const id of [link.from, link.to]) {
        const item = byId.get(id);
        if (item === undefined) continue;
        const row = item.kind === 'interval' ? Math.min(item.lane.rows - 1, item.item.row ?? 0) : 0;
        places.set(id, { x: toX(scale, startOf(item)), y: item.lane.y + 3 + row * ROW + (ROW - 4) / 2 });
      }
    }
    return places;
  }

  /** Scrolls as little as needed to have a lane in sight. */
  show({ y, height }: PlacedLane): void {
    const { scrollTop, clientHeight } = this.scroller;
    if (y < scrollTop) this.scroller.scrollTop = y;
    else if (y + height > scrollTop + clientHeight) this.scroller.scrollTop = y + height - clientHeight;
  }
}
