import type { IncidentPage } from '../../common/contracts.ts';
import type { IncidentEvidence, IncidentPlace } from '../../common/incident.ts';
import { isoTime } from '../../common/isoTime.ts';
import type { Place } from '../../common/span.ts';
import { baseName } from '../../common/virtual.ts';
import type { IncidentFromWebview, IncidentToWebview } from '../../common/webview.ts';
import { GraphPage } from '../graph/page.ts';
import type { GraphViewState } from '../graph/state.ts';
import { button, debounce, el, GLYPHS, iconButton } from '../shared/dom.ts';
import type { Wire } from '../shared/host.ts';
import { Overlay } from '../shared/overlay.ts';
import { roving } from '../shared/roving.ts';
import { SHARED } from '../shared/words.ts';
import { TimelinePage, type TimelineViewState } from '../timeline/page.ts';
import { timelineOf } from './axis.ts';
import { coverage, findings, type Links, processes, vertices } from './sections.ts';
import { HEALTH, INCIDENT, VERDICT_CERTAINTY } from './words.ts';

export interface IncidentViewState {
  scroll: number;
  /** Sections that the reader has opened or closed. */
  open: Record<string, boolean>;
}

/** Of the axis, in px: what stands around its lanes, and one of them. */
const AXIS_FRAME = 150;
const LANE = 28;
const MAX_LANES = 8;

const TONE = { failing: 'bad', healthy: 'good', unknown: 'warning' } as const;

/** One page for an incident: the verdict, when it happened, who is concerned, and what was read for it. */
export class IncidentPageView {
  readonly #host: Wire<IncidentFromWebview, IncidentViewState>;
  readonly #title = el('h1', { class: 'title' });
  readonly #text = el('article', { class: 'incident', tabindex: 0 });
  readonly #scroller = el('div', { class: 'scroller' }, this.#text);
  readonly #stage = el('section', { class: 'stage', 'aria-label': INCIDENT.page }, this.#scroller);
  readonly #overlay = new Overlay(this.#stage);
  #state: IncidentViewState;
  #uri = '';
  #page: IncidentPage | undefined;

  constructor(host: Wire<IncidentFromWebview, IncidentViewState>) {
    this.#host = host;
    this.#state = { scroll: 0, open: {}, ...host.state?.view };
    const toolbar = el(
      'header',
      { class: 'toolbar' },
      this.#title,
      el(
        'div',
        { class: 'cluster' },
        button(INCIDENT.copyTicket, INCIDENT.copyTicketTitle, () => this.#copy()),
        iconButton(GLYPHS.save, SHARED.saveMarkdown, () => this.#save()),
      ),
    );
    roving(toolbar);
    document.body.append(el('div', { class: 'app' }, toolbar, el('main', { class: 'body' }, this.#stage)));
    this.#scroller.addEventListener(
      'scroll',
      debounce(200, () => {
        this.#state.scroll = this.#scroller.scrollTop;
        this.#keep();
      }),
    );
    this.#overlay.begin(SHARED.readingFiles, host);
  }

  receive(message: IncidentToWebview): void {
    if (message.type === 'incident') this.#show(message);
    else this.#overlay.said(message, INCIDENT.noVerdict, this.#host);
  }

  #show({ uri, title, page }: Extract<IncidentToWebview, { type: 'incident' }>): void {
    this.#uri = uri;
    this.#page = page;
    this.#title.textContent = title;
    if (page.soFar?.over !== false) this.#overlay.progress(undefined);
    this.#overlay.message(undefined);
    const { incident, graph } = page;
    const links = this.#links();
    this.#text.replaceChildren(
      this.#verdict(page, links),
      ...this.#others(page, links),
      ...this.#axis(page),
      ...this.#section('vertices', INCIDENT.vertices, incident.vertices.length > 0, () => vertices(incident, links)),
      ...this.#section('graph', INCIDENT.graph, graph !== null, () => this.#graph(page)),
      ...this.#section('coverage', INCIDENT.coverage, true, () => coverage(incident, links)),
      ...this.#section('processes', INCIDENT.processes(incident.processes.length), incident.processes.length > 0, () => processes(incident)),
      ...this.#section('findings', INCIDENT.findings(incident.findings.length + incident.findingsLeft), incident.findings.length > 0, () =>
        findings(incident, links),
      ),
    );
    if (document.activeElement === document.body) this.#text.focus({ preventScroll: true });
    this.#scroller.scrollTop = this.#state.scroll;
    document.body.dataset['drawn'] = String(incident.findings.length);
    this.#keep();
  }

  #verdict({ incident: { verdict }, soFar }: IncidentPage, links: Links): HTMLElement {
    const { next } = verdict;
    const since = verdict.since === null ? '' : links.time(verdict.since);
    return el(
      'section',
      { class: `verdict tone-border-${TONE[verdict.health]}`, 'aria-labelledby': 'verdict' },
      soFar !== null && el('p', { class: 'so-far muted' }, INCIDENT.soFar(soFar.over, soFar.done, soFar.of)),
      el('h2', { id: 'verdict' }, verdict.sentence),
      el(
        'p',
        { class: 'chips' },
        el('span', { class: `chip tone-${TONE[verdict.health]}` }, HEALTH[verdict.health]),
        el('span', { class: 'chip' }, VERDICT_CERTAINTY[verdict.certainty]),
        verdict.knownIssue !== null && el('span', { class: 'chip tone-info' }, verdict.knownIssue),
        since !== '' && el('span', { class: 'muted' }, INCIDENT.since(since)),
      ),
      verdict.evidence.length > 0 &&
        el('ul', { class: 'evidence', 'aria-label': INCIDENT.evidence }, ...verdict.evidence.map((one) => el('li', {}, links.evidence(one)))),
      verdict.advice.length > 0 && el('h3', {}, INCIDENT.whatToDo),
      verdict.advice.length > 0 && el('ul', {}, ...verdict.advice.map((one) => el('li', {}, one))),
      next !== null && el('h3', {}, INCIDENT.nextCommand),
      next !== null &&
        el(
          'p',
          { class: 'next' },
          el('code', {}, next),
          button(INCIDENT.copy, INCIDENT.copyCommand, () => this.#host.send({ type: 'copy', text: next }), { class: 'quiet' }),
        ),
    );
  }

  /** Verdicts on other clusters, whose files have nothing in common with those of the first. */
  #others({ incident: { others } }: IncidentPage, links: Links): HTMLElement[] {
    return others.map(({ name, verdict }) => {
      const [evidence] = verdict.evidence;
      return el(
        'section',
        { class: `verdict other tone-border-${TONE[verdict.health]}`, 'aria-label': INCIDENT.otherCluster(name) },
        el('p', { class: 'muted' }, INCIDENT.nothingInCommon, el('strong', {}, name)),
        el('h3', {}, verdict.sentence),
        evidence !== undefined && el('p', {}, links.evidence(evidence)),
        el('p', {}, INCIDENT.seeAlone(name)),
      );
    });
  }

  /** A section that can be closed; what is in it is made when it is first seen. */
  #section(id: string, title: string, there: boolean, make: () => HTMLElement): HTMLElement[] {
    if (!there) return [];
    const open = this.#state.open[id] ?? (id !== 'findings' && id !== 'processes');
    const box = el('details', { open }, el('summary', {}, el('h2', {}, title)));
    let made = false;
    const fill = () => {
      if (made || !box.open) return;
      made = true;
      box.append(make());
    };
    box.addEventListener('toggle', () => {
      fill();
      this.#state.open[id] = box.open;
      this.#keep();
    });
    // A drawing measures where it stands.
    requestAnimationFrame(fill);
    return [box];
  }

  #axis(page: IncidentPage): HTMLElement[] {
    const { axis } = page.incident;
    return this.#section('axis', INCIDENT.axis, axis.entries.length > 0, () => {
      const place = el('div', { class: 'embedded axis-box' });
      requestAnimationFrame(() => {
        const document = timelineOf(page.incident, (at) => this.#placeOf(at));
        place.style.height = `${AXIS_FRAME + Math.min(MAX_LANES, document.lanes.length) * LANE}px`;
        new TimelinePage(this.#wire<TimelineViewState>(), place).receive({ type: 'timeline', uri: this.#uri, document });
      });
      return place;
    });
  }

  #graph({ graph }: IncidentPage): HTMLElement {
    const place = el('div', { class: 'embedded graph-box' });
    if (graph !== null)
      requestAnimationFrame(() => {
        const drawn = new GraphPage(this.#wire<GraphViewState>(graph.uri), place);
        drawn.receive({ type: 'graph', uri: graph.uri, document: graph.document });
      });
    return place;
  }

  /** What a page speaks to that is a part of this one: places go to the editor, all else stays here. */
  #wire<View>(uri?: string): Wire<{ type: string }, View> {
    return {
      state: undefined,
      send: (message) => {
        if (message.type === 'reveal') {
          const reveal = message as Extract<IncidentFromWebview, { type: 'reveal' }>;
          this.#host.send({ ...reveal, uri: reveal.uri ?? reveal.place.uri ?? uri ?? null });
        } else if (message.type === 'save') this.#host.send(message as Extract<IncidentFromWebview, { type: 'save' }>);
      },
    };
  }

  #placeOf({ source, line }: IncidentPlace): Place | undefined {
    const uri = this.#page?.uris[source];
    const at = { line, character: 0 };
    return uri === undefined ? undefined : { start: at, end: at, uri };
  }

  #links(): Links {
    const clock = this.#page?.incident.axis.clock;
    const go = (at: IncidentPlace, text: string): HTMLElement | string => {
      const place = this.#placeOf(at);
      if (place === undefined) return text;
      return button(
        text,
        SHARED.goTo(SHARED.lineOf(at.source, at.line + 1)),
        () => this.#host.send({ type: 'reveal', uri: place.uri ?? null, place, keepFocus: false }),
        {
          class: 'link',
        },
      );
    };
    return {
      go,
      evidence: ({ text, at }: IncidentEvidence) =>
        el('span', {}, text, at === null ? '' : ' ', at === null ? '' : go(at, `${baseName(at.source)}:${at.line + 1}`)),
      time: (time) => {
        const text = isoTime(time).replace('T', ' ').replace('Z', '');
        return clock === 'day' ? text.slice(11) : text;
      },
    };
  }

  #copy(): void {
    const markdown = this.#page?.markdown ?? '';
    // A ticket gets the verdict; the folded tables stay behind.
    this.#host.send({ type: 'copy', text: markdown.split('\n<details>')[0]?.trimEnd() ?? markdown });
  }

  #save(): void {
    this.#host.send({ type: 'save', name: 'incident', format: 'md', encoding: 'utf8', data: this.#page?.markdown ?? '' });
  }

  #keep(): void {
    this.#host.state = { uri: this.#uri, name: 'incident', view: this.#state };
  }
}
