import type { Step } from '../../common/simulation.ts';
import { el, GLYPHS, icon, iconButton } from '../shared/dom.ts';
import { TRACE } from './words.ts';

/** Between two steps while playing, in ms. */
const PACE = 1200;

/** Plays a trace on the graph: one step after another, by hand or by itself. */
export class StepPlayer {
  readonly element = el('div', { class: 'steps', role: 'group', 'aria-label': TRACE.name, hidden: true });
  readonly #title = el('strong');
  readonly #text = el('span', { 'aria-live': 'polite' });
  readonly #slider = el('input', { type: 'range', min: 0, 'aria-label': TRACE.step });
  readonly #playing: HTMLButtonElement;
  readonly #changed: (step: Step | undefined) => void;
  #steps: Step[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;
  at = 0;

  constructor(changed: (step: Step | undefined) => void) {
    this.#changed = changed;
    this.#playing = iconButton(GLYPHS.play, TRACE.play, () => (this.#timer === undefined ? this.#play() : this.#pause()));
    this.#slider.addEventListener('input', () => this.go(this.#slider.valueAsNumber));
    this.element.append(
      el(
        'div',
        { class: 'cluster' },
        iconButton(GLYPHS.back, TRACE.previous, () => this.go(this.at - 1)),
        this.#playing,
        iconButton(GLYPHS.forward, TRACE.next, () => this.go(this.at + 1)),
        this.#slider,
      ),
      el('div', { class: 'step-text' }, this.#title, this.#text),
      iconButton(GLYPHS.close, TRACE.end, () => this.show('', [])),
    );
  }

  get active(): boolean {
    return this.#steps.length > 0;
  }

  show(title: string, steps: Step[], at = 0): void {
    this.#pause();
    this.#steps = steps;
    this.#title.textContent = title;
    this.#slider.max = String(Math.max(0, steps.length - 1));
    this.element.hidden = steps.length === 0;
    if (steps.length === 0) this.#changed(undefined);
    else this.go(at);
  }

  go(to: number): void {
    this.at = Math.max(0, Math.min(this.#steps.length - 1, to));
    const step = this.#steps[this.at];
    if (step === undefined) return;
    this.#slider.value = String(this.at);
    this.#text.textContent = TRACE.at(this.at + 1, this.#steps.length, step.title);
    this.#changed(step);
  }

  #play(): void {
    if (this.at >= this.#steps.length - 1) this.go(0);
    this.#timer = setInterval(() => {
      if (this.at >= this.#steps.length - 1) this.#pause();
      else this.go(this.at + 1);
    }, PACE);
    this.#playing.replaceChildren(icon(GLYPHS.pause));
    this.#playing.title = TRACE.pause;
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#playing.replaceChildren(icon(GLYPHS.play));
    this.#playing.title = TRACE.play;
  }
}
