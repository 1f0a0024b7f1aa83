import type { Focus } from '../../common/drawing/arrange.ts';
import { button, el, GLYPHS, iconButton } from '../shared/dom.ts';
import { moreTools } from '../shared/moreTools.ts';
import { roving } from '../shared/roving.ts';
import { saveMenu } from '../shared/saveMenu.ts';
import { SHARED } from '../shared/words.ts';
import type { GraphFormat } from './exporting.ts';
import { TOOLBAR } from './words.ts';

export interface ToolbarActions {
  query(text: string): void;
  found(step: 1 | -1): void;
  focusOn(mode: Focus['mode'] | 'all'): void;
  foldNames(on: boolean): void;
  turn(): void;
  closeAll(): void;
  openAll(): void;
  zoom(factor: number): void;
  fit(): void;
  toggle(pane: 'list' | 'details' | 'legend'): void;
  /** Shows the calls as a tree. */
  tree(): void;
  save(format: GraphFormat): void;
}

const GROUP_ALL = 'M2.5 2.5h11v11h-11zM5 8h6';
const TURN = 'M3 3v6.5a2 2 0 0 0 2 2h8M10.5 9l2.5 2.5L10.5 14M1 5l2-2.5L5 5';
const UNGROUP_ALL = 'M2.5 2.5h11v11h-11zM5 8h6M8 5v6';

const FORMATS: readonly (readonly [GraphFormat, string])[] = [
  ['svg', SHARED.svg],
  ['png', SHARED.png],
  ['dot', 'DOT (Graphviz)'],
];

/** The row above the drawing. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly search = el('input', { type: 'search', placeholder: TOOLBAR.search, 'aria-label': TOOLBAR.searchNodes, spellcheck: 'false' });
  readonly #title = el('h1');
  readonly #hits = el('span', { class: 'found', 'aria-live': 'polite' });
  readonly #mode: HTMLSelectElement;
  readonly #percent: HTMLButtonElement;
  readonly #groups: HTMLElement;
  readonly #names: HTMLButtonElement;
  readonly #tree: HTMLButtonElement;
  readonly #panes: Record<'list' | 'details' | 'legend', HTMLButtonElement>;

  /** `follow`: makes the panel follow the active editor, where it can. */
  constructor(actions: ToolbarActions, follow: HTMLElement | undefined) {
    this.search.addEventListener('input', () => actions.query(this.search.value));
    this.search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') actions.found(event.shiftKey ? -1 : 1);
      else if (event.key === 'Escape' && this.search.value !== '') {
        this.search.value = '';
        actions.query('');
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.#mode = el(
      'select',
      { 'aria-label': TOOLBAR.shown, title: TOOLBAR.shownTitle },
      el('option', { value: 'all' }, TOOLBAR.all),
      el('option', { value: 'neighbours' }, TOOLBAR.neighbours),
      el('option', { value: 'upstream' }, TOOLBAR.upstream),
      el('option', { value: 'downstream' }, TOOLBAR.downstream),
      el('option', { value: 'path' }, TOOLBAR.path),
    );
    this.#mode.addEventListener('change', () => actions.focusOn(this.#mode.value as Focus['mode'] | 'all'));
    this.#percent = button('100 %', TOOLBAR.zoomTo100, () => actions.zoom(0), { class: 'percent' });
    this.#groups = el(
      'div',
      { class: 'cluster', hidden: true },
      iconButton(GROUP_ALL, TOOLBAR.closeGroups, () => actions.closeAll()),
      iconButton(UNGROUP_ALL, TOOLBAR.openGroups, () => actions.openAll()),
    );
    this.#names = iconButton(GLYPHS.group, TOOLBAR.foldNames, () => actions.foldNames(this.#names.getAttribute('aria-pressed') !== 'true'), {
      'aria-pressed': 'false',
    });
    const pane = (name: 'list' | 'details' | 'legend', title: string) =>
      iconButton(GLYPHS[name], title, () => actions.toggle(name), { 'aria-pressed': 'false' });
    this.#panes = { list: pane('list', TOOLBAR.list), details: pane('details', TOOLBAR.details), legend: pane('legend', SHARED.legend) };
    this.#tree = button(SHARED.callTree, TOOLBAR.asTree, () => actions.tree(), { class: 'quiet', hidden: true });
    const rest = el(
      'div',
      { class: 'cluster' },
      this.#tree,
      this.#mode,
      iconButton(TURN, TOOLBAR.turn, () => actions.turn()),
      this.#names,
      this.#groups,
    );
    this.element = el(
      'header',
      { class: 'toolbar' },
      this.#title,
      el(
        'div',
        { class: 'search' },
        this.search,
        this.#hits,
        iconButton(GLYPHS.previous, SHARED.previousMatch, () => actions.found(-1)),
        iconButton(GLYPHS.next, SHARED.nextMatch, () => actions.found(1)),
      ),
      el(
        'div',
        { class: 'cluster' },
        iconButton(GLYPHS.minus, SHARED.zoomOut, () => actions.zoom(1 / 1.25)),
        this.#percent,
        iconButton(GLYPHS.plus, SHARED.zoomIn, () => actions.zoom(1.25)),
        iconButton(GLYPHS.fit, TOOLBAR.fit, () => actions.fit()),
      ),
      el(
        'div',
        { class: 'cluster' },
        this.#panes.list,
        this.#panes.details,
        this.#panes.legend,
        saveMenu(FORMATS, (format) => actions.save(format)),
        follow,
        moreTools(rest, TOOLBAR.more),
      ),
      rest,
    );
    roving(this.element);
  }

  show(state: { title: string; mode: Focus['mode'] | 'all'; groups: boolean; foldNames: boolean; tree: boolean }): void {
    this.#tree.hidden = !state.tree;
    this.#title.textContent = state.title;
    this.#title.title = state.title;
    this.#mode.value = state.mode;
    this.#groups.hidden = !state.groups;
    this.#names.setAttribute('aria-pressed', String(state.foldNames));
  }

  showZoom(k: number): void {
    this.#percent.textContent = `${Math.round(k * 100)} %`;
  }

  showHits(at: number, of: number): void {
    this.#hits.textContent = this.search.value === '' ? '' : of === 0 ? SHARED.noMatch : at < 0 ? String(of) : `${at + 1}/${of}`;
  }

  showPane(pane: 'list' | 'details' | 'legend', on: boolean): void {
    this.#panes[pane].setAttribute('aria-pressed', String(on));
  }
}
