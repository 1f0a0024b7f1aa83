import type { FindLine, FoundLine } from '../../common/contracts.ts';
import { debounce, el, GLYPHS, iconButton } from '../shared/dom.ts';
import { wordsOf } from './marked.ts';

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
  readonly #input = el('input', { type: 'search', placeholder: 'Find (Ctrl+F)', 'aria-label': 'Find in the file', spellcheck: 'false' });
  readonly #case: HTMLButtonElement;
  readonly #said = el('span', { class: 'large-said', role: 'status' });
  readonly #host: FindHost;
  #matchCase = false;
  #request = 0;

  constructor(host: FindHost) {
    this.#host = host;
    this.#case = el(
      'button',
      { type: 'button', title: 'Match case', 'aria-label': 'Match case', 'aria-pressed': 'false', class: 'large-case' },
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
      iconButton(GLYPHS.previous, 'Previous match (Shift+F3)', () => this.next(true)),
      iconButton(GLYPHS.next, 'Next match (F3)', () => this.next(false)),
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
    this.#said.textContent = 'Searching…';
    this.#host.find(++this.#request, { text, matchCase: this.#matchCase, from: this.#host.current(), backwards });
  }

  found(request: number, found: FoundLine | null): void {
    if (request !== this.#request) return;
    if (found === null) this.#said.textContent = 'Not found';
    else {
      this.#said.textContent = `Line ${(found.line + 1).toLocaleString('en')}${found.wrapped ? ', around the end of the file' : ''}`;
      this.#host.go(found.line);
    }
  }

  #changed(): void {
    this.#host.highlight(wordsOf(this.#input.value, this.#matchCase));
  }
}
