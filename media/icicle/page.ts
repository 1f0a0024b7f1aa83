import type { IcicleDocument } from '../../common/icicle.ts';
import type { Range } from '../../common/span.ts';
import type { IcicleFromWebview, IcicleToWebview } from '../../common/webview.ts';
import { canvasMeasure } from '../shared/canvasMeasure.ts';
import { cssMix } from '../shared/colourMix.ts';
import { Announcer, button, debounce, el, GLYPHS, iconButton } from '../shared/dom.ts';
import type { Host } from '../shared/host.ts';
import { moreTools } from '../shared/moreTools.ts';
import { Overlay } from '../shared/overlay.ts';
import { onThemeChange, variable } from '../shared/palette.ts';
import { svgToPng } from '../shared/png.ts';
import { roving, takeFocus } from '../shared/roving.ts';
import { saveMenu } from '../shared/saveMenu.ts';
import { SHARED } from '../shared/words.ts';
import { details } from './details.ts';
import { frameSvg, icicleCss, type Placed, percent, place, ROW } from './draw.ts';
import { find, passing, type Tree, type Weighed, weigh } from './frameTree.ts';
import { picture } from './picture.ts';
import { ICICLE, KIND_NAMES } from './words.ts';

export interface IcicleViewState {
  filters: string[];
  query: string;
  zoom?: string;
  selected?: string;
}

/** The merged call tree: outermost frames on top, as wide as the number of stacks through them. */
export class IciclePage {
  readonly #host: Host<IcicleToWebview, IcicleFromWebview, IcicleViewState>;
  readonly #title = el('h1');
  readonly #search = el('input', { type: 'search', placeholder: ICICLE.search, 'aria-label': ICICLE.search, spellcheck: 'false' });
  readonly #hits = el('span', { class: 'found', 'aria-live': 'polite' });
  readonly #filters = el('div', { class: 'filters' });
  readonly #graph = button(SHARED.callGraph, ICICLE.asGraph, () => this.#host.send({ type: 'switch' }), {
    class: 'quiet',
    hidden: true,
  });
  readonly #path = el('nav', { class: 'path', 'aria-label': ICICLE.zoomedInto });
  readonly #scroller = el('div', { class: 'scroller' });
  readonly #stage = el('section', { class: 'stage' }, this.#scroller);
  readonly #aside = el('aside', { class: 'pane', 'aria-label': SHARED.details, hidden: true });
  readonly #notes = el('ul', { class: 'notes', 'aria-label': SHARED.notes, hidden: true });
  readonly #overlay = new Overlay(this.#stage);
  readonly #announcer = new Announcer();
  readonly #svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  #measure = canvasMeasure();
  #state: IcicleViewState;
  #uri = '';
  #document: IcicleDocument<Range> | undefined;
  #passes: boolean[] = [];
  #tree: Tree | undefined;
  #frames = new Map<string, Weighed>();
  #placed = new Map<string, Placed>();
  #matches: Weighed[] = [];
  #at = -1;

  constructor(host: Host<IcicleToWebview, IcicleFromWebview, IcicleViewState>) {
    this.#host = host;
    this.#state = { filters: [], query: '', ...host.state?.view };
    this.#search.value = this.#state.query;
    this.#svg.classList.add('icicle');
    this.#svg.setAttribute('role', 'tree');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.icicle{\n${icicleCss(variable, cssMix, 'var(--lj-mono)')}\n}`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    this.#scroller.append(this.#svg);
    const formats = [
      ['svg', SHARED.svg],
      ['png', SHARED.png],
    ] as const;
    const toolbar = el(
      'header',
      { class: 'toolbar' },
      this.#title,
      this.#graph,
      this.#filters,
      el(
        'div',
        { class: 'search' },
        this.#search,
        this.#hits,
        iconButton(GLYPHS.previous, SHARED.previousMatch, () => this.#step(-1)),
        iconButton(GLYPHS.next, SHARED.nextMatch, () => this.#step(1)),
      ),
      el(
        'div',
        { class: 'cluster' },
        iconButton(GLYPHS.fit, ICICLE.everything, () => this.#zoom(undefined)),
        saveMenu(formats, (format) => void this.#save(format)),
        host.followButton,
        moreTools(this.#filters, ICICLE.which),
      ),
    );
    roving(toolbar);
    document.body.append(
      el('div', { class: 'app' }, toolbar, this.#path, el('main', { class: 'body' }, this.#stage, this.#aside), this.#notes),
      this.#announcer.element,
    );
    this.#search.addEventListener('input', () => this.#query(this.#search.value));
    this.#search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#step(event.shiftKey ? -1 : 1);
    });
    this.#svg.addEventListener('click', (event) => {
      const id = idOf(event.target);
      if (id !== undefined) this.#select(id, true);
    });
    this.#svg.addEventListener('dblclick', (event) => this.#zoom(idOf(event.target)));
    this.#svg.addEventListener('keydown', (event) => this.#key(event));
    new ResizeObserver(debounce(60, () => this.#draw())).observe(this.#stage);
    onThemeChange(() => {
      this.#measure = canvasMeasure();
      this.#draw();
    });
    this.#overlay.begin(SHARED.mergingStacks, host);
  }

  receive(message: IcicleToWebview): void {
    if (message.type === 'icicle') {
      this.#graph.hidden = message.graph !== true;
      this.#show(message.document, message.uri);
    } else if (message.type === 'cursor') this.#cursor(message.line, message.uri);
    else this.#overlay.said(message, ICICLE.none, this.#host);
  }

  #show(document: IcicleDocument<Range>, uri: string): void {
    this.#document = document;
    this.#uri = uri;
    this.#title.textContent = document.title;
    this.#title.title = document.title;
    this.#svg.setAttribute('aria-label', document.title);
    // A value that no stack has any more would hide everything.
    this.#state.filters = document.facets.map((facet, index) => {
      const wanted = this.#state.filters[index] ?? '';
      return facet.values.includes(wanted) ? wanted : '';
    });
    this.#filters.replaceChildren(...document.facets.map((facet, index) => this.#filter(facet.name, facet.values, index)));
    this.#notes.hidden = document.notes.length === 0;
    this.#notes.replaceChildren(...document.notes.map((note) => el('li', {}, note)));
    this.#update();
    takeFocus(this.#stage);
  }

  #filter(name: string, values: readonly string[], index: number): HTMLElement {
    const select = el(
      'select',
      { 'aria-label': name, title: name },
      el('option', { value: '' }, ICICLE.allValues(name)),
      ...values.map((value) => el('option', { value }, value)),
    );
    select.value = this.#state.filters[index] ?? '';
    select.addEventListener('change', () => {
      this.#state.filters[index] = select.value;
      this.#update();
    });
    return select;
  }

  #update(): void {
    const document = this.#document;
    if (document === undefined) return;
    this.#overlay.progress(undefined);
    this.#passes = passing(document, this.#state.filters);
    const tree = weigh(document, this.#passes);
    this.#tree = tree;
    this.#frames = new Map(tree.all.map((frame) => [frame.node.id, frame]));
    if (document.roots.length === 0) this.#overlay.message(ICICLE.none, document.empty ?? ICICLE.noStacks);
    else if (tree.count === 0) {
      this.#overlay.message(SHARED.nothing, ICICLE.nonePasses(document.unit), [{ label: SHARED.everything, run: () => this.#clearFilters() }]);
    } else this.#overlay.message(undefined);
    this.#draw();
    this.#query(this.#state.query);
    this.#announcer.say(ICICLE.said(tree.count, document.unit, tree.all.length));
  }

  #clearFilters(): void {
    this.#state.filters = [];
    if (this.#document !== undefined) this.#show(this.#document, this.#uri);
  }

  #draw(): void {
    const shown = this.#document;
    const tree = this.#tree;
    if (shown === undefined || tree === undefined) return;
    const width = Math.max(200, this.#scroller.clientWidth - 16);
    const zoom = this.#state.zoom === undefined ? undefined : this.#frames.get(this.#state.zoom);
    const { placed, left } = place(tree, zoom, width);
    this.#placed = new Map(placed.map((item) => [item.frame.node.id, item]));
    this.#svg.setAttribute('width', String(width));
    this.#svg.setAttribute(
      'height',
      String(
        Math.max(
          1,
          placed.reduce((most, item) => Math.max(most, item.frame.depth + 1), 0),
        ) * ROW,
      ),
    );
    const focused = this.#svg.contains(document.activeElement);
    this.#svg.innerHTML = placed.map((item) => frameSvg(item, tree, shown.unit, this.#measure)).join('');
    this.#svg.querySelector('.frame')?.setAttribute('tabindex', '0');
    this.#showPath(zoom, left);
    this.#mark();
    this.#select(this.#state.selected, false);
    // What is drawn anew keeps the keyboard.
    if (focused) this.#svg.querySelector<SVGElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    document.body.dataset['drawn'] = String(placed.length);
  }

  #showPath(zoom: Weighed | undefined, left: number): void {
    const parts: Node[] = [];
    for (let at = zoom; at !== undefined; at = at.parent) {
      const { id, label } = at.node;
      if (parts.length < 4)
        parts.unshift(
          button(label, ICICLE.zoomTo, () => this.#zoom(id), { class: 'crumb' }),
          el('span', { 'aria-hidden': 'true', class: 'muted' }, '›'),
        );
    }
    this.#path.replaceChildren(
      button(ICICLE.all(this.#tree?.count ?? 0, this.#document?.unit ?? ''), SHARED.everything, () => this.#zoom(undefined), {
        class: 'crumb',
      }),
      ...(parts.length > 0 ? [el('span', { 'aria-hidden': 'true', class: 'muted' }, '›'), ...parts.slice(0, -1)] : []),
      ...(left > 0 ? [el('span', { class: 'muted narrow' }, ICICLE.narrow(left))] : []),
      el('span', { class: 'kinds' }, ...this.#kinds().map((kind) => this.#legendKey(kind))),
    );
  }

  /** Those that are there. */
  #kinds(): (keyof typeof KIND_NAMES)[] {
    const present = new Set(this.#tree?.all.map((frame) => frame.node.kind));
    return (Object.keys(KIND_NAMES) as (keyof typeof KIND_NAMES)[]).filter((kind) => present.has(kind));
  }

  #legendKey(kind: keyof typeof KIND_NAMES): HTMLElement {
    const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    picture.setAttribute('class', 'icicle');
    picture.setAttribute('width', '14');
    picture.setAttribute('height', '14');
    picture.setAttribute('aria-hidden', 'true');
    picture.innerHTML = `<g class="i-${kind}"><rect width="14" height="14" rx="3"/></g>`;
    return el('span', { class: 'kind' }, picture, KIND_NAMES[kind]);
  }

  #zoom(id: string | undefined): void {
    if (id === undefined) delete this.#state.zoom;
    else this.#state.zoom = id;
    this.#draw();
    const row = id === undefined ? 0 : (this.#frames.get(id)?.depth ?? 0);
    this.#scroller.scrollTo({ top: Math.max(0, (row - 2) * ROW) });
    this.#store();
  }

  #query(text: string): void {
    this.#state.query = text;
    this.#matches = this.#tree === undefined ? [] : find(this.#tree, text);
    this.#at = -1;
    const stacks = this.#matches.filter((frame) => !this.#above(frame, new Set(this.#matches))).reduce((sum, frame) => sum + frame.count, 0);
    this.#hits.textContent = text === '' ? '' : this.#matches.length === 0 ? SHARED.noMatch : percent(stacks, this.#tree?.count ?? 0);
    this.#hits.title = ICICLE.hits(this.#matches.length, stacks, this.#document?.unit ?? '');
    this.#mark();
    this.#store();
  }

  /** True when a caller of the frame is in the set: its stacks are counted there. */
  #above(frame: Weighed, set: ReadonlySet<Weighed>): boolean {
    for (let at = frame.parent; at !== undefined; at = at.parent) if (set.has(at)) return true;
    return false;
  }

  #mark(): void {
    const found = new Set(this.#matches.map((frame) => frame.node.id));
    this.#svg.classList.toggle('searching', found.size > 0);
    for (const frame of this.#svg.querySelectorAll<SVGElement>('.frame')) frame.classList.toggle('hit', found.has(frame.dataset['id'] ?? ''));
  }

  #step(by: 1 | -1): void {
    if (this.#matches.length === 0) return;
    this.#at = (this.#at + by + this.#matches.length) % this.#matches.length;
    const frame = this.#matches[this.#at];
    if (frame === undefined) return;
    if (!this.#placed.has(frame.node.id)) this.#zoom(frame.node.id);
    this.#select(frame.node.id, true);
    this.#element(frame.node.id)?.scrollIntoView({ block: 'nearest' });
  }

  #element(id: string): SVGElement | undefined {
    return this.#svg.querySelector<SVGElement>(`.frame[data-id="${CSS.escape(id)}"]`) ?? undefined;
  }

  #select(id: string | undefined, tell: boolean): void {
    const frame = id === undefined ? undefined : this.#frames.get(id);
    for (const old of this.#svg.querySelectorAll('.selected')) {
      old.classList.remove('selected');
      old.removeAttribute('aria-selected');
    }
    if (id === undefined || frame === undefined) {
      this.#aside.hidden = true;
      return;
    }
    this.#state.selected = id;
    const element = this.#element(id);
    if (element !== undefined) {
      for (const stop of this.#svg.querySelectorAll('[tabindex="0"]')) stop.setAttribute('tabindex', '-1');
      element.classList.add('selected');
      element.setAttribute('aria-selected', 'true');
      element.setAttribute('tabindex', '0');
      if (tell) element.focus({ preventScroll: true });
    }
    this.#details(frame);
    const [place] = frame.node.places;
    if (tell && place !== undefined) this.#host.send({ type: 'reveal', uri: null, place, keepFocus: true });
    this.#store();
  }

  #details(frame: Weighed): void {
    const shown = this.#document;
    const tree = this.#tree;
    if (shown === undefined || tree === undefined) return;
    this.#aside.hidden = false;
    const reveal = (place: Range) => this.#host.send({ type: 'reveal', uri: null, place, keepFocus: false });
    this.#aside.replaceChildren(...details(frame, shown, tree, this.#passes, { zoom: (id) => this.#zoom(id), reveal }));
  }

  #key(event: KeyboardEvent): void {
    const id = idOf(event.target);
    const frame = id === undefined ? undefined : this.#frames.get(id);
    if (frame === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const siblings = frame.parent?.children ?? this.#tree?.roots ?? [];
    const at = siblings.indexOf(frame);
    const go = (to: Weighed | undefined) => {
      if (to !== undefined && this.#placed.has(to.node.id)) {
        this.#select(to.node.id, true);
        this.#element(to.node.id)?.scrollIntoView({ block: 'nearest' });
      }
    };
    if (event.key === 'ArrowDown') go(frame.children[0]);
    else if (event.key === 'ArrowUp') go(frame.parent);
    else if (event.key === 'ArrowRight') go(siblings[at + 1]);
    else if (event.key === 'ArrowLeft') go(siblings[at - 1]);
    else if (event.key === 'z') this.#zoom(frame.node.id);
    else if (event.key === 'Enter') {
      const [place] = frame.node.places;
      if (place !== undefined) this.#host.send({ type: 'reveal', uri: null, place, keepFocus: false });
    } else if (event.key === 'Escape') {
      if (this.#state.zoom !== undefined) this.#zoom(undefined);
      else {
        delete this.#state.selected;
        this.#select(undefined, false);
      }
    } else if (event.key === '/') this.#search.focus();
    else return;
    event.preventDefault();
  }

  /** The innermost frame with a line at the cursor. */
  #cursor(line: number, uri: string | undefined): void {
    const here =
      this.#tree?.all.filter((frame) => frame.node.places.some((place) => place.uri === uri && place.start.line <= line && line <= place.end.line)) ??
      [];
    const deepest = here.reduce<Weighed | undefined>((best, frame) => (best === undefined || frame.depth > best.depth ? frame : best), undefined);
    if (deepest !== undefined) this.#select(deepest.node.id, false);
  }

  async #save(format: 'svg' | 'png'): Promise<void> {
    const shown = this.#document;
    const tree = this.#tree;
    if (shown === undefined || tree === undefined || tree.count === 0) {
      this.#overlay.hint(SHARED.nothingToSave);
      return;
    }
    const svg = picture([...this.#placed.values()], tree, shown, this.#measure);
    try {
      const data = format === 'svg' ? svg : await svgToPng(svg);
      this.#host.send({ type: 'save', name: 'call-tree', format, encoding: format === 'svg' ? 'utf8' : 'base64', data });
    } catch (error) {
      this.#overlay.hint(error instanceof Error ? error.message : String(error));
    }
  }

  readonly #store = debounce(200, () => {
    if (this.#document !== undefined) this.#host.state = { uri: this.#uri, name: 'icicle', view: this.#state };
  });
}

function idOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<SVGElement>('.frame')?.dataset['id'] : undefined;
}
