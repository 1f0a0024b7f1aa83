import { el, GLYPHS, icon } from './dom.ts';

export interface Choice {
  label: string;
  run: () => void;
}

/** In ms. */
const HINT = 3500;

/** What lies over a drawing: progress with a way to stop it, why there is nothing, and short words. */
export class Overlay {
  readonly #stage: HTMLElement;
  #progressBox: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #messageBox: HTMLElement | undefined;

  constructor(stage: HTMLElement) {
    this.#stage = stage;
  }

  /** Shown only when it lasts longer than `delay` ms; undefined ends it. */
  progress(text: string | undefined, cancel?: () => void, delay = 0): void {
    clearTimeout(this.#timer);
    this.#progressBox?.remove();
    this.#progressBox = undefined;
    if (text === undefined) return;
    const show = () => {
      const stop = el('button', { type: 'button', class: 'quiet' }, 'Cancel');
      stop.addEventListener('click', () => cancel?.());
      this.#progressBox = el(
        'div',
        { class: 'progress', role: 'status' },
        el('span', { class: 'spinner', 'aria-hidden': 'true' }),
        text,
        cancel !== undefined && stop,
      );
      this.#stage.append(this.#progressBox);
    };
    if (delay === 0) show();
    else this.#timer = setTimeout(show, delay);
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
