import { BUDGETS, type Budget, type Focus, type ViewState } from '../../common/drawing/arrange.ts';
import { LayoutStopped } from '../../common/drawing/run.ts';
import type { GraphDocument } from '../../common/graph.ts';
import type { Step, WhatIfForm } from '../../common/simulation.ts';
import type { Range } from '../../common/span.ts';
import type { GraphFromWebview, GraphToWebview, VertexLead } from '../../common/webview.ts';
import { canvasMeasure } from '../shared/canvasMeasure.ts';
import { Announcer, debounce } from '../shared/dom.ts';
import type { Wire } from '../shared/host.ts';
import { SHARED } from '../shared/words.ts';
import { details } from './details.ts';
import { ElkClient } from './elkClient.ts';
import { exportGraph, type GraphFormat } from './exporting.ts';
import { layOut, show, type Then } from './fitting.ts';
import { whatIf } from './form.ts';
import { Frame } from './frame.ts';
import { type Arrow, neighbour } from './keyboard.ts';
import { legend } from './legend.ts';
import { LiveFigures, refigured } from './live.ts';
import { around, GraphModel } from './model.ts';
import { search } from './search.ts';
import { type GraphViewState, INITIAL } from './state.ts';
import { PAGE } from './words.ts';

/** In px. */
const WIDE = 1000;

/** The page of a graph: one document, what the reader made of it, and the drawing that follows from both. */
export class GraphPage {
  readonly #host: Wire<GraphFromWebview, GraphViewState>;
  /** It is a part of another page, which has the keyboard. */
  readonly #embedded: boolean;
  readonly #elk = new ElkClient();
  readonly #announcer = new Announcer();
  readonly #frame: Frame;
  #measure = canvasMeasure();
  #state: GraphViewState;
  #uri = '';
  #name = '';
  #document: GraphDocument<Range> | undefined;
  #model: GraphModel | undefined;
  #matches: string[] = [];
  #at = -1;
  #selectedEdge: string | undefined;
  #pathStart: string | undefined;
  #layout: AbortController | undefined;
  #budget: Budget | undefined;
  #form: WhatIfForm | null = null;
  readonly #live = new LiveFigures();
  /** Uri of what was drawn last. */
  #drawn = '';
  readonly #keep = debounce(200, () => this.#store());

  constructor(host: Wire<GraphFromWebview, GraphViewState>, root: HTMLElement = document.body) {
    this.#host = host;
    this.#embedded = root !== document.body;
    // In a narrow panel the legend would lie over the drawing.
    this.#state = { ...INITIAL, panes: { ...INITIAL.panes, legend: window.innerWidth >= WIDE }, ...host.state?.view };
    this.#frame = new Frame(
      {
        query: (text) => this.#search(text),
        found: (step) => this.#step(step),
        focusOn: (mode) => this.#focusOn(mode, this.#state.selected),
        foldNames: (on) => this.#rearrange({ ...this.#state.shown, foldNames: on }),
        turn: () => this.#rearrange({ ...this.#state.shown, direction: this.#model?.graph.direction === 'right' ? 'down' : 'right' }),
        closeAll: () => this.#rearrange({ ...this.#state.shown, opened: [], closed: this.#model?.topGroups ?? [] }),
        openAll: () => this.#rearrange({ ...this.#state.shown, closed: [], opened: this.#document?.groups.map((group) => group.id) ?? [] }),
        zoom: (factor) => this.#frame.viewport.zoom(factor === 0 ? 1 / this.#frame.viewport.view.k : factor),
        fit: () => this.#frame.viewport.fit(),
        toggle: (pane) => this.#setPane(pane, !this.#state.panes[pane]),
        tree: () => host.send({ type: 'switch' }),
        save: (format) => void this.#save(format),
        select: (id) => this.#select(id, true),
        selectEdge: (id) => this.#selectEdge(id),
        activate: (id) => this.#activate(id),
        toggleGroup: (id) => this.#toggle(id),
        arrow: (key) => this.#arrow(key),
        escape: () => this.#escape(),
        cancel: () => this.#layout?.abort(),
        step: (step) => this.#showStep(step),
        moved: () => this.#keep(),
        repaint: () => {
          this.#measure = canvasMeasure();
          if (this.#model?.placed !== undefined) this.#frame.minimap.show(this.#model.graph, this.#model.placed.drawing);
        },
      },
      host.followButton,
    );
    root.append(this.#frame.element, this.#announcer.element);
    this.#frame.toolbar.search.value = this.#state.query;
    for (const pane of ['list', 'details', 'legend'] as const) this.#setPane(pane, this.#state.panes[pane]);
    this.#frame.progress(SHARED.readingFile, () => host.send({ type: 'cancel' }));
  }

  receive(message: GraphToWebview): void {
    if (message.type === 'graph') {
      const { document, uri, name = document.view, select } = message;
      this.#live.on = message.live === true;
      const known = this.#live.on && select === undefined && uri === this.#uri;
      if (!(known && (this.#live.waits(document) || this.#redraw(document)))) this.#show(document, uri, name, select);
    } else if (message.type === 'progress') this.#frame.progress(message.text, () => this.#host.send({ type: 'cancel' }));
    else if (message.type === 'error') this.#fail(message.message);
    else if (message.type === 'highlight') this.#highlight(message.ids);
    else if (message.type === 'steps') this.#frame.player.show(message.title, message.steps);
    else if (message.type === 'form') {
      this.#form = message.form;
      this.#showDetails();
    }
  }

  #fail(message: string): void {
    this.#frame.progress(undefined);
    this.#frame.message(PAGE.none, message, [{ label: SHARED.tryAgain, run: () => this.#host.send({ type: 'retry' }) }]);
  }

  #show(graph: GraphDocument<Range>, uri: string, name: string, select: string | undefined): void {
    const other = this.#uri !== uri || this.#name !== name;
    const restored = this.#host.state;
    if (other && !(restored?.uri === uri && restored.name === name)) {
      const { panes } = this.#state;
      this.#state = { ...INITIAL, panes };
      this.#frame.toolbar.search.value = '';
    }
    this.#uri = uri;
    this.#name = name;
    this.#document = graph;
    this.#budget = undefined;
    if (select !== undefined) this.#state.selected = select;
    const viewport = other ? this.#state.viewport : this.#frame.viewport.view;
    this.#frame.legend(graph.legend.length > 0 ? legend(graph) : undefined, this.#state.panes.legend);
    void this.#update({ viewport: select === undefined ? viewport : undefined, reveal: select });
  }

  /** The same graph with other figures: nothing moves. False where it has to be drawn anew. */
  #redraw(graph: GraphDocument<Range>): boolean {
    if (this.#model === undefined || this.#document?.view !== graph.view) return false;
    const model = refigured(this.#model, graph, this.#state.shown, this.#budget, this.#measure);
    if (model?.placed === undefined) return false;
    this.#document = graph;
    this.#model = model;
    this.#frame.renderer.redraw(model.graph, model.placed.drawing, model.placed.cards, this.#measure, (id) => model.spoken(id));
    this.#frame.tree.rename(model.graph, model.links, model.names);
    this.#frame.notes(model.notes);
    this.#frame.legend(graph.legend.length > 0 ? legend(graph) : undefined, this.#state.panes.legend);
    this.#showDetails();
    return true;
  }

  #rearrange(shown: ViewState, anchor?: string): void {
    this.#state.shown = shown;
    void this.#update({ anchor, viewport: anchor === undefined ? undefined : this.#frame.viewport.view });
  }

  /** List at once, drawing after layout. With an anchor, that node stays where it is on the screen. */
  async #update(then: Then & { reveal?: string | undefined }): Promise<void> {
    const whole = this.#document;
    if (whole === undefined) return;
    this.#layout?.abort();
    const { shown } = this.#state;
    const before = then.anchor === undefined ? undefined : this.#model?.box(then.anchor);
    const model = new GraphModel(whole, shown, this.#budget ?? BUDGETS[whole.view]);
    const { graph } = model;
    this.#model = model;
    this.#showToolbar(whole);
    this.#frame.tree.show(graph, model.links, model.names);
    this.#frame.notes(model.notes);
    this.#showDetails();
    if (graph.nodes.length === 0) {
      this.#frame.progress(undefined);
      this.#frame.renderer.clear();
      this.#nothing(model);
      return;
    }
    this.#frame.message(undefined);
    this.#frame.layingOut(true);
    this.#live.layingOut();
    const controller = new AbortController();
    this.#layout = controller;
    this.#frame.progress(PAGE.layingOut(graph.nodes.length), () => controller.abort(), 150);
    try {
      const placed = await layOut(graph, shown.direction !== undefined, this.#elk, this.#measure, this.#frame.viewport, controller.signal);
      if (this.#layout !== controller) return;
      model.placed = placed;
      this.#frame.layingOut(false);
      this.#frame.viewport.setSize(placed.drawing.width, placed.drawing.height);
      show(this.#frame.viewport, model, then, before);
      const done = await this.#frame.renderer.draw(graph, placed.drawing, placed.cards, this.#measure, (id) => model.spoken(id));
      if (!done) return;
      this.#frame.minimap.show(graph, placed.drawing);
      this.#frame.progress(undefined);
      this.#search(this.#state.query, false);
      if (this.#state.selected !== undefined) this.#select(this.#state.selected, false, then.reveal !== undefined);
      else this.#frame.focusable(graph.nodes[0]?.id);
      // Nobody has asked for what comes by itself.
      if (!this.#embedded && !(this.#live.on && this.#drawn === this.#uri)) this.#frame.takeFocus();
      this.#drawn = this.#uri;
      if (this.#frame.player.active) this.#frame.player.go(this.#frame.player.at);
      this.#announcer.say(PAGE.drawn(whole.title, graph.nodes.length, graph.edges.length));
      document.body.dataset['drawn'] = String(graph.nodes.length);
      const later = this.#live.laid();
      if (later !== undefined && !this.#redraw(later)) this.#show(later, this.#uri, this.#name, undefined);
    } catch (error) {
      if (this.#layout !== controller) return;
      this.#live.laid();
      this.#frame.progress(undefined);
      this.#stopped(error, graph.nodes.length);
    }
  }

  #showToolbar({ title, groups, view }: GraphDocument<Range>): void {
    const { focus, foldNames } = this.#state.shown;
    this.#frame.toolbar.show({ title, mode: focus?.mode ?? 'all', groups: groups.length > 0, foldNames: foldNames === true, tree: view === 'calls' });
  }

  #stopped(error: unknown, nodes: number): void {
    const text = error instanceof Error ? error.message : String(error);
    const cancelled = error instanceof LayoutStopped && error.reason === 'cancelled';
    const fewer = Math.max(20, Math.floor(nodes / 3));
    this.#frame.message(cancelled ? PAGE.noDrawing : PAGE.notDrawn, PAGE.listWorks(text), [
      { label: SHARED.tryAgain, run: () => void this.#update({}) },
      ...(nodes > 20 ? [{ label: PAGE.fold(fewer), folds: true as const, run: () => this.#foldTo(fewer) }] : []),
    ]);
  }

  #foldTo(nodes: number): void {
    this.#budget = { most: nodes, folded: nodes };
    void this.#update({});
  }

  #nothing({ whole, arranged }: GraphModel): void {
    if (whole.nodes.length > 0 && arranged.hidden > 0) {
      this.#frame.message(SHARED.nothing, PAGE.noPart, [{ label: SHARED.everything, run: () => this.#focusOn('all', undefined) }]);
    } else this.#frame.message(SHARED.nothingToDraw, whole.empty ?? PAGE.empty, []);
  }

  #ownerOf(id: string): string {
    return this.#model?.owner(id) ?? id;
  }

  #select(id: string, tell: boolean, centre = true): void {
    const shown = this.#ownerOf(id);
    if (this.#pathStart !== undefined && this.#pathStart !== shown) {
      const from = this.#pathStart;
      this.#pathStart = undefined;
      this.#state.selected = shown;
      this.#rearrange({ ...this.#state.shown, focus: { mode: 'path', from, to: shown } });
      return;
    }
    this.#selectedEdge = undefined;
    this.#state.selected = shown;
    const links = this.#model?.links.get(shown);
    this.#frame.renderer.mark('selected', new Set([shown]));
    this.#frame.renderer.mark('touching', new Set(), new Set([...(links?.out ?? []), ...(links?.in ?? [])].map((edge) => edge.id)));
    this.#frame.focusable(shown);
    this.#frame.tree.select(shown);
    const box = this.#model?.box(shown);
    if (centre && box !== undefined) this.#frame.viewport.show({ ...box, width: Math.min(box.width, 300), height: Math.min(box.height, 200) });
    this.#showDetails();
    if (tell) this.#reveal(shown, true);
    this.#keep();
  }

  #selectEdge(id: string): void {
    this.#selectedEdge = id;
    delete this.#state.selected;
    this.#frame.renderer.mark('touching', new Set());
    this.#frame.renderer.mark('selected', new Set(), new Set([id]));
    this.#showDetails();
    const edge = this.#model?.edge(id);
    if (edge?.place !== undefined) this.#host.send({ type: 'reveal', uri: null, place: edge.place, keepFocus: true });
  }

  #reveal(id: string, keepFocus: boolean): boolean {
    const item = this.#model?.item(id);
    if (item?.place === undefined) return false;
    this.#host.send({ type: 'reveal', uri: ('uri' in item ? item.uri : undefined) ?? null, place: item.place, keepFocus });
    return true;
  }

  /** Enter: what is folded opens, everything else shows its text. */
  #activate(id: string): void {
    if (this.#model?.isFolded(id) === true) this.#toggle(id);
    else if (!this.#reveal(id, false)) this.#announcer.say(PAGE.noPlace);
  }

  #toggle(id: string): void {
    if (this.#model !== undefined) this.#rearrange(this.#model.toggled(this.#state.shown, id), id);
  }

  #focusOn(mode: Focus['mode'] | 'all', id: string | undefined): void {
    const { focus: _, ...rest } = this.#state.shown;
    if (mode === 'all') {
      this.#rearrange(rest, this.#state.selected);
      return;
    }
    if (id === undefined) {
      this.#announcer.say(PAGE.selectFirst);
      this.#frame.hint(PAGE.selectFirst);
      if (this.#document !== undefined) this.#showToolbar(this.#document);
      return;
    }
    if (mode === 'path') {
      this.#pathStart = id;
      this.#frame.hint(PAGE.otherEnd);
      return;
    }
    // A folded node is only known to the folded graph: what is shown starts from what it stands for.
    const ids = this.#model?.standsFor(id) ?? [id];
    const [first = id] = ids;
    this.#rearrange({ ...rest, focus: mode === 'neighbours' ? { mode, ids, depth: 1 } : { mode, id: first } });
  }

  #arrow(key: Arrow): void {
    const model = this.#model;
    const from = this.#state.selected ?? model?.graph.nodes[0]?.id;
    if (model?.placed === undefined || from === undefined) return;
    const to = neighbour(from, key, model.graph, model.placed.drawing, model.links);
    if (to === undefined) return;
    this.#select(to, true);
    this.#frame.renderer.element(to)?.focus({ preventScroll: true });
  }

  /** One step back: path, trace, search, part of the graph, selection. */
  #escape(): void {
    if (this.#pathStart !== undefined) this.#pathStart = undefined;
    else if (this.#frame.player.active) this.#frame.player.show('', []);
    else if (this.#state.query !== '') {
      this.#frame.toolbar.search.value = '';
      this.#search('');
    } else if (this.#state.shown.focus !== undefined) this.#focusOn('all', undefined);
    else {
      delete this.#state.selected;
      this.#selectedEdge = undefined;
      this.#frame.renderer.mark('selected', new Set());
      this.#frame.renderer.mark('touching', new Set());
      this.#frame.tree.select(undefined);
      this.#showDetails();
    }
    this.#keep();
  }

  #search(query: string, move = true): void {
    this.#state.query = query;
    this.#matches = this.#document === undefined ? [] : search(this.#document, query);
    this.#at = -1;
    this.#frame.renderer.svg.classList.toggle('searching', this.#matches.length > 0);
    this.#frame.renderer.mark('found', new Set(this.#matches.map((id) => this.#ownerOf(id))));
    this.#frame.toolbar.showHits(this.#at, this.#matches.length);
    if (move) this.#keep();
  }

  #step(by: 1 | -1): void {
    if (this.#matches.length === 0) return;
    this.#at = (this.#at + by + this.#matches.length) % this.#matches.length;
    const id = this.#matches[this.#at];
    this.#frame.toolbar.showHits(this.#at, this.#matches.length);
    if (id === undefined) return;
    this.#select(id, true);
    this.#announcer.say(this.#model?.spoken(this.#ownerOf(id)) ?? '');
  }

  #highlight(ids: readonly string[]): void {
    const shown = new Set(ids.map((id) => this.#ownerOf(id)));
    this.#frame.renderer.mark('cursor', shown);
    const [first] = shown;
    const box = first === undefined ? undefined : this.#model?.box(first);
    if (first !== undefined && box !== undefined && first !== this.#state.selected) this.#select(first, false);
  }

  #showStep(step: Step | undefined): void {
    const nodes = new Set(step?.highlightNodes.map((id) => this.#ownerOf(id)));
    const { renderer, viewport } = this.#frame;
    renderer.svg.classList.toggle('playing', step !== undefined);
    renderer.mark('step', nodes, new Set(step?.highlightEdges));
    renderer.tag(step?.badges.map((badge) => ({ ...badge, id: this.#ownerOf(badge.id) })) ?? []);
    const box = around([...nodes].flatMap((id) => this.#model?.box(id) ?? []));
    if (box !== undefined) viewport.show(box);
  }

  #setPane(pane: 'list' | 'details' | 'legend', on: boolean): void {
    this.#state.panes = { ...this.#state.panes, [pane]: on };
    this.#frame.pane(pane, on);
    if (pane === 'details') this.#showDetails();
    this.#keep();
  }

  #showDetails(): void {
    const model = this.#model;
    const selected = model?.selection(this.#state.selected, this.#selectedEdge);
    const form = this.#form === null ? [] : [whatIf(this.#form, (values) => this.#host.send({ type: 'formChanged', values }))];
    if (model === undefined || selected === undefined) {
      this.#frame.details(form, this.#state.panes.details);
      return;
    }
    const content = details(selected, model.graph, model.links, model.names, {
      select: (id) => this.#select(id, true),
      reveal: (place, uri) => this.#host.send({ type: 'reveal', uri: uri ?? null, place, keepFocus: false }),
      neighbours: (id) => this.#focusOn('neighbours', id),
      upstream: (id) => this.#focusOn('upstream', id),
      downstream: (id) => this.#focusOn('downstream', id),
      pathFrom: (id) => this.#focusOn('path', id),
      toggle: (id) => this.#toggle(id),
      ...(this.#live.on && { lead: (id: string, lead: VertexLead) => this.#host.send({ type: 'vertex', id, lead }) }),
    });
    this.#frame.details([...form, ...content], this.#state.panes.details);
  }

  async #save(format: GraphFormat): Promise<void> {
    const model = this.#model;
    if (model?.placed === undefined) return this.#frame.hint(PAGE.noDrawingYet);
    try {
      this.#host.send(await exportGraph(format, model.whole, model.graph, model.placed, this.#measure));
    } catch (error) {
      this.#frame.hint(error instanceof Error ? error.message : String(error));
    }
  }

  #store(): void {
    const whole = this.#document;
    if (whole === undefined) return;
    this.#host.state = { uri: this.#uri, name: this.#name, view: { ...this.#state, viewport: this.#frame.viewport.view } };
  }
}
