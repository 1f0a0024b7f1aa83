import type { CommonFromWebview, CommonToWebview } from '../../common/webview.ts';
import { el, GLYPHS, icon } from './dom.ts';
import { SHARED } from './words.ts';

export interface Choice {
  label: string;
  /** Draws less of what is too much. */
  folds?: true;
  run: () => void;
}

/** In ms: how long short words stay, and how long work may last before anything is said of it. */
const HINT = 3500;
const PATIENCE = 300;

/** The panel behind a page. */
interface Panel {
  send(message: Extract<CommonFromWebview, { type: 'cancel' | 'retry' }>): void;
}

/** What lies over a drawing: progress with a way to stop it, why there is nothing, and short words. */
export class Overlay {
  readonly #stage: HTMLElement;
  /** How far the work is; in the page once it has lasted for a while. */
  #progress: { box: HTMLElement; text: HTMLElement; timer: ReturnType<typeof setTimeout> | undefined } | undefined;
  #cancel: (() => void) | undefined;
  #messageBox: HTMLElement | undefined;

  constructor(stage: HTMLElement) {
    this.#stage = stage;
  }

  /** Nothing is there yet; the person may have enough of waiting. */
  begin(text: string, panel: Panel): void {
    this.progress(text, () => panel.send({ type: 'cancel' }), PATIENCE);
  }

  /** What a panel says of its work, and why there is nothing; `nothing`: the heading of that. */
  said(message: CommonToWebview, nothing: string, panel: Panel): void {
    if (message.type === 'progress') this.begin(message.text, panel);
    else {
      this.done();
      this.message(nothing, message.message, [{ label: SHARED.tryAgain, run: () => panel.send({ type: 'retry' }) }]);
    }
  }

  /** What was waited for is there. */
  done(): void {
    this.progress(undefined);
    this.message(undefined);
  }

  /** Shown only when it lasts longer than `delay` ms, whatever it says meanwhile; undefined ends it. */
  progress(text: string | undefined, cancel?: () => void, delay = 0): void {
    this.#cancel = cancel;
    if (text === undefined) {
      clearTimeout(this.#progress?.timer);
      this.#progress?.box.remove();
      this.#progress = undefined;
    } else if (this.#progress !== undefined) {
      this.#progress.text.textContent = text;
    } else {
      const told = el('span', {}, text);
      const stop = el('button', { type: 'button', class: 'quiet' }, SHARED.cancel);
      stop.addEventListener('click', () => this.#cancel?.());
      const spinner = el('span', { class: 'spinner', 'aria-hidden': 'true' });
      const box = el('div', { class: 'progress', role: 'status' }, spinner, told, cancel !== undefined && stop);
      const show = () => void this.#stage.append(box);
      if (delay === 0) show();
      this.#progress = { box, text: told, timer: delay === 0 ? undefined : setTimeout(show, delay) };
    }
  }

  /** Instead of a drawing; undefined takes it away. */
  message(title: string | undefined, text = '', choices: readonly Choice[] = []): void {
    this.#messageBox?.remove();
    this.#messageBox = undefined;
    if (title === undefined) return;
    const buttons = choices.map((choice, index) => {
      const made = el('button', { type: 'button', class: index === 0 ? 'primary' : 'quiet' }, choice.label);
      made.addEventListener('click', choice.run);
      return made;
    });
    this.#messageBox = el(
      'div',
      { class: 'message', role: 'status' },
      icon(GLYPHS.details),
      el('h2', {}, title),
      el('p', {}, text),
      el('div', { class: 'actions' }, ...buttons),
    );
    this.#stage.append(this.#messageBox);
  }

  /** A short word that goes away by itself. */
  hint(text: string): void {
    const box = el('div', { class: 'progress hint', role: 'status' }, text);
    this.#stage.append(box);
    setTimeout(() => box.remove(), HINT);
  }
}
