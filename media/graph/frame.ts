import type { Step } from '../../common/simulation.ts';
import { el } from '../shared/dom.ts';
import { type Choice, Overlay } from '../shared/overlay.ts';
import { onThemeChange } from '../shared/palette.ts';
import { SHARED } from '../shared/words.ts';
import type { Arrow } from './keyboard.ts';
import { Minimap } from './minimap.ts';
import { Renderer } from './render.ts';
import { StepPlayer } from './steps.ts';
import { Toolbar, type ToolbarActions } from './toolbar.ts';
import { Tree } from './tree.ts';
import { Viewport } from './viewport.ts';
import { PAGE } from './words.ts';

export interface FrameActions extends ToolbarActions {
  select(id: string): void;
  selectEdge(id: string): void;
  activate(id: string): void;
  toggleGroup(id: string): void;
  arrow(key: Arrow): void;
  escape(): void;
  cancel(): void;
  step(step: Step | undefined): void;
  moved(): void;
  repaint(): void;
}

/** The page's furniture: toolbar, list, stage, details, and what the mouse and the keys do in the stage. */
export class Frame {
  readonly toolbar: Toolbar;
  readonly tree: Tree;
  readonly renderer = new Renderer();
  readonly player: StepPlayer;
  readonly viewport: Viewport;
  readonly minimap: Minimap;
  readonly element: HTMLElement;
  readonly #stage = el('section', { class: 'stage', 'aria-label': PAGE.drawing });
  readonly #aside = el('aside', { class: 'pane', 'aria-label': SHARED.details, hidden: true });
  readonly #noteList = el('ul', { class: 'notes', 'aria-label': SHARED.notes, hidden: true });
  readonly #actions: FrameActions;
  /** Over list and drawing alike; and over the drawing alone. */
  readonly #over: Overlay;
  readonly #above: Overlay;
  #legendBox: HTMLElement | undefined;
  #listShown = false;
  #noDrawing = true;
  #stop: string | undefined;

  constructor(actions: FrameActions, follow: HTMLElement | undefined) {
    this.#actions = actions;
    this.toolbar = new Toolbar(actions, follow);
    this.tree = new Tree(actions);
    this.player = new StepPlayer((step) => actions.step(step));
    this.viewport = new Viewport(this.#stage, this.renderer.svg, () => {
      this.minimap?.update();
      this.toolbar.showZoom(this.viewport.view.k);
      actions.moved();
    });
    this.minimap = new Minimap(this.viewport);
    this.minimap.element.hidden = true;
    this.#stage.append(this.renderer.svg, this.minimap.element);
    const body = el('main', { class: 'body' }, this.tree.element, this.#stage, this.#aside);
    this.#over = new Overlay(body);
    this.#above = new Overlay(this.#stage);
    this.element = el('div', { class: 'app' }, this.toolbar.element, body, this.player.element, this.#noteList);
    this.#stage.addEventListener('click', (event) => this.#click(event));
    this.#stage.addEventListener('dblclick', (event) => {
      const id = idOf(event.target);
      if (id !== undefined) actions.activate(id);
    });
    this.renderer.svg.addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
        event.preventDefault();
        this.toolbar.search.focus();
        this.toolbar.search.select();
      }
    });
    new ResizeObserver(() => this.viewport.pan(0, 0)).observe(this.#stage);
    onThemeChange(() => actions.repaint());
  }

  #click(event: MouseEvent): void {
    const { target } = event;
    if (!(target instanceof Element) || target.closest('.floating, .message, .progress') !== null) return;
    const id = idOf(target);
    if (id !== undefined && target.closest('.fold') !== null) this.#actions.toggleGroup(id);
    else if (id !== undefined) {
      this.#actions.select(id);
      this.renderer.element(id)?.focus({ preventScroll: true });
    } else {
      const edge = target.closest<SVGGElement>('[data-edge]')?.dataset['edge'];
      if (edge !== undefined) this.#actions.selectEdge(edge);
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const id = idOf(event.target);
    const actions = this.#actions;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown' || event.key === 'ArrowLeft' || event.key === 'ArrowRight') actions.arrow(event.key);
    else if (event.key === 'Enter' && id !== undefined) actions.activate(id);
    else if (event.key === ' ' && id !== undefined) actions.select(id);
    else if (event.key === 'Escape') actions.escape();
    else if (event.key === '+' || event.key === '=') actions.zoom(1.25);
    else if (event.key === '-') actions.zoom(1 / 1.25);
    else if (event.key === '0') actions.fit();
    else if (event.key === '/') this.toolbar.search.focus();
    else if (event.key === '[') this.player.go(this.player.at - 1);
    else if (event.key === ']') this.player.go(this.player.at + 1);
    else if (event.key === 'n') actions.focusOn('neighbours');
    else if (event.key === 'u') actions.focusOn('upstream');
    else if (event.key === 'd') actions.focusOn('downstream');
    else if (event.key === 'p') actions.focusOn('path');
    else if (event.key === 'r') actions.turn();
    else if (event.key === 'a') actions.focusOn('all');
    else if (event.key === 'c' && id !== undefined) actions.toggleGroup(id);
    else return;
    event.preventDefault();
  }

  /** Makes one node the place where Tab enters the drawing. */
  focusable(id: string | undefined): void {
    if (this.#stop !== undefined) this.renderer.element(this.#stop)?.setAttribute('tabindex', '-1');
    this.#stop = id;
    if (id !== undefined) this.renderer.element(id)?.setAttribute('tabindex', '0');
  }

  /** The keys go to the drawing once it is there, unless the person is somewhere in the page already. */
  takeFocus(): void {
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    if (nowhere && this.#stop !== undefined) this.renderer.element(this.#stop)?.focus({ preventScroll: true });
  }

  /** Until there is a drawing the list takes its place; afterwards it is there for those who ask, or listen. */
  layingOut(on: boolean): void {
    this.#noDrawing = on;
    this.#applyList();
  }

  #applyList(): void {
    this.tree.element.classList.toggle('wide', this.#noDrawing);
    this.tree.element.classList.toggle('hidden-text', !this.#listShown && !this.#noDrawing);
  }

  pane(name: 'list' | 'details' | 'legend', on: boolean): void {
    this.toolbar.showPane(name, on);
    if (name === 'list') {
      this.#listShown = on;
      this.#applyList();
    } else if (name === 'legend' && this.#legendBox !== undefined) this.#legendBox.hidden = !on;
  }

  details(content: Node[], on: boolean): void {
    this.#aside.hidden = content.length === 0 || !on;
    // What is in the form, and the button that was reached, keep the focus when only the rest changes.
    const focused =
      document.activeElement instanceof HTMLElement && this.#aside.contains(document.activeElement) ? document.activeElement : undefined;
    this.#aside.replaceChildren(...content);
    if (focused === undefined) return;
    const same = [...this.#aside.querySelectorAll<HTMLElement>(focused.tagName)];
    same.find(({ id, textContent }) => (focused.id === '' ? textContent === focused.textContent : id === focused.id))?.focus();
  }

  legend(content: HTMLElement | undefined, on: boolean): void {
    this.#legendBox?.remove();
    this.#legendBox = content;
    if (content === undefined) return;
    content.hidden = !on;
    this.#stage.append(content);
  }

  notes(notes: readonly string[]): void {
    this.#noteList.hidden = notes.length === 0;
    this.#noteList.replaceChildren(...notes.map((note) => el('li', {}, note)));
  }

  /** What is being done, with a way to stop it; shown only when it lasts longer than `delay` ms. */
  progress(text: string | undefined, cancel?: () => void, delay = 0): void {
    this.#over.progress(text, cancel, delay);
  }

  message(title: string | undefined, text = '', choices: Choice[] = []): void {
    this.#above.message(title, text, choices);
    if (title === undefined) return;
    this.#noDrawing = false;
    this.#listShown = this.#listShown || choices.some((choice) => choice.folds === true);
    this.#applyList();
  }

  /** A short word that goes away by itself. */
  hint(text: string): void {
    this.#above.hint(text);
  }
}

function idOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<SVGGElement>('.node[data-id], .group[data-id]')?.dataset['id'] : undefined;
}
