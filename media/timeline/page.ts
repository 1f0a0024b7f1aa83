import type { Range } from '../../common/span.ts';
import type { LaneKind, TimelineDocument } from '../../common/timeline.ts';
import type { TimelineFromWebview, TimelineToWebview } from '../../common/webview.ts';
import { canvasMeasure } from '../shared/canvasMeasure.ts';
import { cssMix } from '../shared/colourMix.ts';
import { Announcer, button, debounce, el, GLYPHS, iconButton } from '../shared/dom.ts';
import type { Wire } from '../shared/host.ts';
import { moreTools } from '../shared/moreTools.ts';
import { Overlay } from '../shared/overlay.ts';
import { fontFamily, onThemeChange, variable } from '../shared/palette.ts';
import { svgToPng } from '../shared/png.ts';
import { roving, takeFocus } from '../shared/roving.ts';
import { saveMenu } from '../shared/saveMenu.ts';
import { SHARED } from '../shared/words.ts';
import { details } from './details.ts';
import { type Item, itemsOf, type LaneState, type PlacedLane, placeLanes, startOf } from './lanes.ts';
import { LanesView } from './lanesView.ts';
import { legendItems } from './legend.ts';
import { itemAt, itemOfLine } from './navigation.ts';
import { Overview } from './overview.ts';
import { picture } from './picture.ts';
import { followPointer } from './pointer.ts';
import { timelineCss } from './style.ts';
import { TimeView } from './view.ts';
import { LANE_KINDS, PAGE } from './words.ts';

export interface TimelineViewState extends LaneState {
  from?: number;
  to?: number;
  selected?: string;
  scroll?: number;
}

const INITIAL: TimelineViewState = { turned: [], hidden: [], query: '' };

/** Lanes over time: what each subtask did, what failed, and what followed. */
export class TimelinePage {
  readonly #host: Wire<TimelineFromWebview, TimelineViewState>;
  /** It is a part of another page, which has the keyboard. */
  readonly #embedded: boolean;
  readonly #title = el('h1');
  readonly #search = el('input', { type: 'search', placeholder: PAGE.filter, 'aria-label': PAGE.filter, spellcheck: 'false' });
  readonly #kinds = el('div', { class: 'cluster kinds', role: 'group', 'aria-label': PAGE.kinds });
  readonly #aside = el('aside', { class: 'pane', 'aria-label': SHARED.details, hidden: true });
  readonly #legend = el('ul', { class: 'tones', 'aria-label': SHARED.legend });
  readonly #notes = el('ul', { class: 'notes', 'aria-label': SHARED.notes, hidden: true });
  readonly #stage: HTMLElement;
  readonly #overlay: Overlay;
  readonly #announcer = new Announcer();
  readonly #view = new TimeView(() => this.#queue());
  readonly #overview = new Overview(this.#view);
  readonly #lanesView = new LanesView(this.#view);
  #measure = canvasMeasure();
  #state: TimelineViewState;
  #uri = '';
  #document: TimelineDocument<Range> | undefined;
  #lanes: PlacedLane[] = [];
  #height = 0;
  #items: Item[] = [];
  #byId = new Map<string, Item>();
  #queued = false;
  #focus = false;

  constructor(host: Wire<TimelineFromWebview, TimelineViewState>, root: HTMLElement = document.body) {
    this.#host = host;
    this.#embedded = root !== document.body;
    this.#state = { ...INITIAL, ...host.state?.view };
    this.#search.value = this.#state.query;
    this.#stage = el('section', { class: 'stage', 'aria-label': PAGE.page }, this.#lanesView.axis, this.#lanesView.scroller);
    this.#overlay = new Overlay(this.#stage);
    const style = new CSSStyleSheet();
    style.replaceSync(`.timeline,.axis{\n${timelineCss(variable, cssMix, fontFamily())}\n}`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
    const formats = [
      ['svg', SHARED.svg],
      ['png', SHARED.png],
    ] as const;
    const zoom = el(
      'div',
      { class: 'cluster' },
      iconButton(GLYPHS.minus, SHARED.zoomOut, () => this.#view.zoom(1 / 1.5)),
      iconButton(GLYPHS.plus, SHARED.zoomIn, () => this.#view.zoom(1.5)),
      iconButton(GLYPHS.fit, PAGE.all, () => this.#view.all()),
      saveMenu(formats, (format) => void this.#save(format)),
    );
    zoom.append(...(host.followButton === undefined ? [] : [host.followButton]), moreTools(this.#kinds, PAGE.which));
    const toolbar = el('header', { class: 'toolbar' }, this.#title, this.#kinds, el('div', { class: 'search' }, this.#search), zoom);
    roving(toolbar);
    root.append(
      el(
        'div',
        { class: 'app' },
        toolbar,
        this.#overview.element,
        el('main', { class: 'body' }, this.#stage, this.#aside),
        this.#legend,
        this.#notes,
      ),
      this.#announcer.element,
    );
    this.#listen();
    this.#overlay.begin(SHARED.readingLog, host);
  }

  #listen(): void {
    this.#search.addEventListener('input', () => {
      this.#state.query = this.#search.value;
      this.#place();
    });
    this.#lanesView.scroller.addEventListener('scroll', () => this.#queue());
    followPointer(this.#stage, this.#lanesView.scroller, this.#view, () => this.#lanesView.scale);
    this.#lanesView.svg.addEventListener('click', (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const lane = target?.closest<SVGElement>('[data-lane]')?.dataset['lane'];
      const id = target?.closest<SVGElement>('.item')?.dataset['id'];
      if (lane !== undefined) this.#turn(lane);
      else if (id !== undefined) this.#select(id, true, true);
    });
    this.#lanesView.svg.addEventListener('dblclick', (event) => {
      const id = event.target instanceof Element ? event.target.closest<SVGElement>('.item')?.dataset['id'] : undefined;
      if (id !== undefined) this.#zoomTo(id);
    });
    this.#lanesView.svg.addEventListener('keydown', (event) => this.#key(event));
    new ResizeObserver(() => {
      if (this.#document !== undefined) this.#overview.show(this.#document);
      this.#queue();
    }).observe(this.#stage);
    onThemeChange(() => {
      this.#measure = canvasMeasure();
      this.#overview.draw();
      this.#queue();
    });
  }

  receive(message: TimelineToWebview): void {
    if (message.type === 'timeline') this.#show(message.document, message.uri);
    else if (message.type === 'cursor') this.#cursor(message.line, message.uri);
    else this.#overlay.said(message, PAGE.none, this.#host);
  }

  #show(shown: TimelineDocument<Range>, uri: string): void {
    const again = this.#uri === uri;
    this.#document = shown;
    this.#uri = uri;
    this.#title.textContent = shown.title;
    this.#lanesView.svg.setAttribute('aria-label', shown.title);
    const present = [...new Set(shown.lanes.map((lane) => lane.kind))];
    this.#kinds.replaceChildren(...(present.length > 1 ? present.map((kind) => this.#kindButton(kind)) : []));
    this.#legend.replaceChildren(...legendItems(shown.legend));
    this.#notes.hidden = shown.notes.length === 0;
    this.#notes.replaceChildren(...shown.notes.map((note) => el('li', {}, note)));
    this.#overlay.progress(undefined);
    const empty = shown.lanes.every((lane) => lane.intervals.length === 0 && lane.marks.length === 0);
    this.#overlay.message(empty ? SHARED.nothingToDraw : undefined, shown.empty ?? PAGE.nothing);
    this.#view.setExtent(shown.from, Math.max(shown.to, shown.from + 1), shown.clock.unit === 'line' ? 10 : 5);
    this.#place();
    const { from, to } = this.#state;
    if (from !== undefined && to !== undefined && !again) this.#view.set(from, to);
    else if (!again) this.#showItems();
    this.#overview.show(shown);
    if (this.#state.scroll !== undefined && !again) this.#lanesView.scroller.scrollTop = this.#state.scroll;
    if (this.#state.selected !== undefined) this.#select(this.#state.selected, false, false);
    if (!this.#embedded) takeFocus(this.#stage);
    this.#announcer.say(PAGE.said(shown.title, shown.lanes.length, this.#items.length));
  }

  /** The part of the time in which anything happens: logs begin and end with other things. */
  #showItems(): void {
    const { from, to } = this.#view.extent;
    let [first, last] = [to, from];
    for (const item of this.#items) {
      first = Math.min(first, startOf(item));
      last = Math.max(last, item.kind === 'interval' ? (item.item.to ?? to) : item.item.at);
    }
    const air = (last - first) * 0.04;
    if (last > first) this.#view.set(first - air, last + air);
    else this.#view.all();
  }

  #kindButton(kind: LaneKind): HTMLElement {
    const made = button(LANE_KINDS[kind], PAGE.showOrHide(LANE_KINDS[kind]), () => {
      const { hidden } = this.#state;
      this.#state.hidden = hidden.includes(kind) ? hidden.filter((one) => one !== kind) : [...hidden, kind];
      made.setAttribute('aria-pressed', String(!this.#state.hidden.includes(kind)));
      this.#place();
    });
    made.setAttribute('aria-pressed', String(!this.#state.hidden.includes(kind)));
    return made;
  }

  #turn(lane: string): void {
    const { turned } = this.#state;
    this.#state.turned = turned.includes(lane) ? turned.filter((one) => one !== lane) : [...turned, lane];
    this.#place();
  }

  #place(): void {
    if (this.#document === undefined) return;
    const { lanes, height } = placeLanes(this.#document, this.#state);
    this.#lanes = lanes;
    this.#height = height;
    this.#items = itemsOf(lanes);
    this.#byId = new Map(this.#items.map((item) => [item.item.id, item]));
    this.#queue();
  }

  /** Draws at most once per frame, whatever has changed. */
  #queue(): void {
    if (this.#queued) return;
    this.#queued = true;
    requestAnimationFrame(() => {
      this.#queued = false;
      this.#draw();
    });
  }

  #draw(): void {
    const drawn = this.#document;
    const lanes = this.#lanes;
    const height = this.#height;
    const byId = this.#byId;
    if (drawn === undefined) return;
    const count = this.#lanesView.draw({ document: drawn, lanes, height, byId, selected: this.#state.selected }, this.#measure, this.#focus);
    this.#focus = false;
    this.#overview.draw();
    document.body.dataset['drawn'] = String(count);
    this.#store();
  }

  #select(id: string, tell: boolean, focus: boolean): void {
    const item = this.#byId.get(id);
    if (item === undefined) return;
    this.#state.selected = id;
    this.#focus = focus;
    if (item.kind === 'interval') this.#view.show(item.item.from, item.item.to ?? this.#view.extent.to);
    else this.#view.show(item.item.at, item.item.at);
    this.#lanesView.show(item.lane);
    this.#details(item);
    if (tell && item.item.place !== undefined)
      this.#host.send({ type: 'reveal', uri: item.item.uri ?? null, place: item.item.place, keepFocus: true });
    this.#queue();
  }

  #details(selected: Item): void {
    if (this.#document === undefined) return;
    this.#aside.hidden = false;
    this.#aside.replaceChildren(
      ...details(selected, this.#document, this.#byId, {
        select: (id) => this.#select(id, true, true),
        zoom: (id) => this.#zoomTo(id),
        reveal: (place, uri) => this.#host.send({ type: 'reveal', uri: uri ?? null, place, keepFocus: false }),
      }),
    );
  }

  #zoomTo(id: string): void {
    const item = this.#byId.get(id);
    if (item === undefined) return;
    const from = startOf(item);
    const to = item.kind === 'interval' ? (item.item.to ?? this.#view.extent.to) : from;
    const air = Math.max((to - from) * 0.2, item.kind === 'mark' ? (this.#view.to - this.#view.from) / 16 : 1);
    this.#view.set(from - air, to + air);
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const id = event.target instanceof Element ? event.target.closest<SVGElement>('.item')?.dataset['id'] : undefined;
    const item = id === undefined ? undefined : this.#byId.get(id);
    if (event.key === '+' || event.key === '=') this.#view.zoom(1.5, item === undefined ? undefined : startOf(item));
    else if (event.key === '-') this.#view.zoom(1 / 1.5);
    else if (event.key === '0') this.#view.all();
    else if (event.key === '/') this.#search.focus();
    else if (event.key === 'Escape') {
      if (!this.#view.whole) this.#view.all();
      else {
        delete this.#state.selected;
        this.#aside.hidden = true;
        this.#queue();
      }
    } else if (item === undefined) return;
    else if (event.key === ' ') this.#fold(item);
    else if (event.key === 'z') this.#zoomTo(item.item.id);
    else if (event.key === 'Enter' && item.item.place !== undefined)
      this.#host.send({ type: 'reveal', uri: item.item.uri ?? null, place: item.item.place, keepFocus: false });
    else {
      const next = itemAt(event.key, item, this.#items, this.#lanes);
      if (next === null) return;
      if (next !== undefined) this.#select(next.item.id, true, true);
    }
    event.preventDefault();
  }

  /** Opens or shuts the task that an item belongs to; what was selected in it gives way to the task itself. */
  #fold({ lane }: Item): void {
    const task = lane.children > 0 ? lane.lane.id : lane.lane.parent;
    if (task === undefined) return;
    this.#turn(task);
    const first = this.#items.find((item) => item.lane.lane.id === task);
    if (first !== undefined) this.#select(first.item.id, false, true);
  }

  #cursor(line: number, uri: string | undefined): void {
    const item = itemOfLine(this.#items, line, uri);
    if (item !== undefined) this.#select(item.item.id, false, false);
  }

  async #save(format: 'svg' | 'png'): Promise<void> {
    const shown = this.#document;
    if (shown === undefined || this.#lanes.length === 0) {
      this.#overlay.hint(SHARED.nothingToSave);
      return;
    }
    const svg = picture(shown, this.#lanes, this.#lanesView.scale, this.#lanesView.places(shown, this.#byId), this.#measure);
    try {
      const data = format === 'svg' ? svg : await svgToPng(svg);
      this.#host.send({ type: 'save', name: 'timeline', format, encoding: format === 'svg' ? 'utf8' : 'base64', data });
    } catch (error) {
      this.#overlay.hint(error instanceof Error ? error.message : String(error));
    }
  }

  readonly #store = debounce(200, () => {
    if (this.#document === undefined) return;
    const { from, to } = this.#view;
    this.#host.state = { uri: this.#uri, name: 'timeline', view: { ...this.#state, from, to, scroll: this.#lanesView.scroller.scrollTop } };
  });
}
