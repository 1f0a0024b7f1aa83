import type { GcChartDocument } from '../../common/gcChart.ts';
import type { Place } from '../../common/span.ts';
import type { GcChartFromWebview, GcChartToWebview } from '../../common/webview.ts';
import { Announcer, button, el } from '../shared/dom.ts';
import type { Host } from '../shared/host.ts';
import { moreTools } from '../shared/moreTools.ts';
import { Overlay } from '../shared/overlay.ts';
import { roving, takeFocus } from '../shared/roving.ts';
import { SHARED } from '../shared/words.ts';
import { type Plot, plot, timeOf } from './plot.ts';
import { GC_PAGE } from './words.ts';

export interface GcChartViewState {
  selected: number;
}

const LEGEND = ['after', 'capacity', 'young', 'full'] as const;

/** Heap and pauses of a GC log: the arrow keys and the pointer go from event to event, Enter and a click lead to its line. */
export class GcChartPage {
  readonly #host: Host<GcChartToWebview, GcChartFromWebview, GcChartViewState>;
  readonly #announcer = new Announcer();
  readonly #verdict = el('h1', { class: 'title' });
  readonly #drawing = el('div', {
    class: 'drawing',
    tabindex: 0,
    role: 'application',
    'aria-label': GC_PAGE.drawing,
  });
  readonly #about = el('p', { class: 'about' });
  readonly #notes = el('div', { class: 'notes' });
  readonly #stage = el('section', { class: 'stage' }, this.#drawing);
  readonly #overlay = new Overlay(this.#stage);
  #uri = '';
  #document: GcChartDocument<Place> | undefined;
  #plot: Plot | undefined;
  #selected: number;

  constructor(host: Host<GcChartToWebview, GcChartFromWebview, GcChartViewState>) {
    this.#host = host;
    this.#selected = host.state?.view.selected ?? -1;
    const choices = el(
      'div',
      { class: 'cluster' },
      button(GC_PAGE.longest, GC_PAGE.selectLongest, () => this.#selectMost(({ pauseMs }) => pauseMs ?? 0), { class: 'quiet' }),
      button(GC_PAGE.fullest, GC_PAGE.selectFullest, () => this.#selectMost(({ after }) => after ?? 0), {
        class: 'quiet',
      }),
    );
    const tools = el('div', { class: 'cluster' }, host.followButton, moreTools(choices, GC_PAGE.choices));
    const toolbar = el('header', { class: 'toolbar always-titled' }, this.#verdict, choices, tools);
    roving(toolbar);
    const legend = el('ul', { class: 'gc-legend' }, ...LEGEND.map((kind) => el('li', {}, el('span', { class: `key ${kind}` }), GC_PAGE[kind])));
    document.body.append(
      el('div', { class: 'app' }, toolbar, el('main', { class: 'body' }, this.#stage), el('footer', {}, this.#about, legend, this.#notes)),
      this.#announcer.element,
    );
    new ResizeObserver(() => this.#draw()).observe(this.#drawing);
    this.#drawing.addEventListener('pointermove', ({ offsetX }) => this.#select(this.#plot?.nearest(offsetX) ?? -1));
    this.#drawing.addEventListener('click', ({ offsetX }) => {
      this.#select(this.#plot?.nearest(offsetX) ?? -1);
      this.#reveal(true);
    });
    this.#drawing.addEventListener('keydown', (event) => this.#key(event));
    this.#overlay.begin(SHARED.readingLog, host);
  }

  receive(message: GcChartToWebview): void {
    if (message.type === 'gcChart') this.#show(message.uri, message.document);
    else if (message.type === 'cursor') this.#follow(message.line);
    else this.#overlay.said(message, GC_PAGE.noChart, this.#host);
  }

  #show(uri: string, chart: GcChartDocument<Place>): void {
    if (this.#uri !== '' && this.#uri !== uri) this.#selected = -1;
    this.#uri = uri;
    this.#document = chart;
    this.#verdict.textContent = chart.verdict;
    this.#verdict.title = chart.verdict;
    this.#notes.textContent = chart.notes.join(' ');
    this.#overlay.done();
    if (this.#selected >= chart.events.length) this.#selected = -1;
    this.#draw();
    takeFocus(this.#stage);
    document.body.dataset['drawn'] = String(chart.events.length);
  }

  #draw(): void {
    const chart = this.#document;
    const { clientWidth, clientHeight } = this.#drawing;
    if (chart === undefined || clientWidth === 0) return;
    this.#plot = plot(chart, clientWidth, clientHeight);
    this.#drawing.replaceChildren(this.#plot.element);
    this.#select(this.#selected);
  }

  #select(index: number): void {
    const chart = this.#document;
    const event = chart?.events[index];
    if (chart === undefined || this.#plot === undefined) return;
    this.#selected = event === undefined ? -1 : index;
    this.#about.textContent = event === undefined ? GC_PAGE.point : GC_PAGE.event(timeOf(chart, event.time), event.text);
    const x = event === undefined ? -9 : this.#plot.x(event);
    const cursor = this.#plot.element.querySelector('.cursor');
    for (const name of ['x1', 'x2']) cursor?.setAttribute(name, String(x));
    this.#host.state = { uri: this.#uri, name: 'gc-chart', view: { selected: this.#selected } };
  }

  #selectMost(of: (event: GcChartDocument<Place>['events'][number]) => number): void {
    const events = this.#document?.events ?? [];
    this.#select(events.reduce((best, event, at) => (of(event) > of(events[best] ?? event) ? at : best), 0));
    this.#announcer.say(this.#about.textContent ?? '');
    this.#reveal(true);
  }

  #reveal(keepFocus: boolean): void {
    const event = this.#document?.events[this.#selected];
    if (event !== undefined) this.#host.send({ type: 'reveal', uri: event.place.uri ?? null, place: event.place, keepFocus });
  }

  /** The cursor in the text moved: the last event that began before. */
  #follow(line: number): void {
    this.#select(this.#document?.events.findLastIndex(({ place }) => place.start.line <= line) ?? -1);
  }

  #key(event: KeyboardEvent): void {
    const last = (this.#document?.events.length ?? 0) - 1;
    const to = { ArrowRight: this.#selected + 1, ArrowLeft: this.#selected - 1, Home: 0, End: last }[event.key];
    if (event.key === 'Enter') this.#reveal(false);
    else if (to === undefined) return;
    else {
      this.#select(Math.max(0, Math.min(last, to)));
      this.#announcer.say(this.#about.textContent ?? '');
    }
    event.preventDefault();
  }
}
