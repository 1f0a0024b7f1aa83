import type { FindLine, FoundLine } from '../../common/contracts.ts';
import { debounce, el, GLYPHS, iconButton } from '../shared/dom.ts';
import { wordsOf } from './marked.ts';
import { LARGE } from './words.ts';

export interface FindHost {
  /** Where the search begins. */
  current(): number;
  find(request: number, wanted: FindLine): void;
  highlight(words: RegExp | null): void;
  go(line: number): void;
  leave(): void;
}

/** Looks for a text in the whole file: the next line that holds it, or the one before. */
export class FindBar {
  readonly element: HTMLElement;
  readonly #input = el('input', { type: 'search', placeholder: LARGE.find, 'aria-label': LARGE.findTitle, spellcheck: 'false' });
  readonly #case: HTMLButtonElement;
  readonly #said = el('span', { class: 'large-said', role: 'status' });
  readonly #host: FindHost;
  #matchCase = false;
  #request = 0;

  constructor(host: FindHost) {
    this.#host = host;
    this.#case = el(
      'button',
      { type: 'button', title: LARGE.matchCase, 'aria-label': LARGE.matchCase, 'aria-pressed': 'false', class: 'large-case' },
      'Aa',
    );
    this.#case.addEventListener('click', () => {
      this.#matchCase = !this.#matchCase;
      this.#case.setAttribute('aria-pressed', String(this.#matchCase));
      this.#changed();
    });
    this.element = el(
      'div',
      { class: 'cluster large-find', role: 'search' },
      this.#input,
      this.#case,
      iconButton(GLYPHS.previous, LARGE.previous, () => this.next(true)),
      iconButton(GLYPHS.next, LARGE.next, () => this.next(false)),
      this.#said,
    );
    const changed = debounce(150, () => this.#changed());
    this.#input.addEventListener('input', () => {
      this.#said.textContent = '';
      changed();
    });
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.next(event.shiftKey);
      else if (event.key === 'Escape') host.leave();
      else return;
      event.preventDefault();
    });
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  next(backwards: boolean): void {
    const text = this.#input.value;
    if (text === '') {
      this.focus();
      return;
    }
    this.#changed();
    this.#said.textContent = LARGE.searching;
    this.#host.find(++this.#request, { text, matchCase: this.#matchCase, from: this.#host.current(), backwards });
  }

  found(request: number, found: FoundLine | null): void {
    if (request !== this.#request) return;
    if (found === null) this.#said.textContent = LARGE.notFound;
    else {
      this.#said.textContent = LARGE.found(found.line + 1, found.wrapped);
      this.#host.go(found.line);
    }
  }

  #changed(): void {
    this.#host.highlight(wordsOf(this.#input.value, this.#matchCase));
  }
}
