import { placeOfLink } from '../../common/reportLinks.ts';
import type { ReportFromWebview, ReportToWebview } from '../../common/webview.ts';
import { debounce, el, GLYPHS, iconButton } from '../shared/dom.ts';
import type { Host } from '../shared/host.ts';
import { Overlay } from '../shared/overlay.ts';
import { roving, takeFocus } from '../shared/roving.ts';
import { SHARED } from '../shared/words.ts';

export interface ReportViewState {
  scroll: number;
}

const LONG_NAME = /[^\s./]{3}[./][^\s./]{3}/;
const NAME_PART = /(?<=[^\s./][./])(?=[^\s./])/;

/** The report as a page: its links lead to lines of the files. */
export class ReportPage {
  readonly #host: Host<ReportToWebview, ReportFromWebview, ReportViewState>;
  readonly #title = el('h1', { class: 'title' });
  readonly #text = el('article', { class: 'report', tabindex: 0 });
  readonly #scroller = el('div', { class: 'scroller' }, this.#text);
  readonly #stage = el('section', { class: 'stage' }, this.#scroller);
  readonly #overlay = new Overlay(this.#stage);
  #uri = '';
  #name = 'report';
  #markdown = '';
  /** Where the reader was before the page was made anew. */
  #scroll: number | undefined;

  constructor(host: Host<ReportToWebview, ReportFromWebview, ReportViewState>) {
    this.#host = host;
    this.#scroll = host.state?.view.scroll;
    const save = iconButton(GLYPHS.save, SHARED.saveMarkdown, () => this.#save());
    const toolbar = el('header', { class: 'toolbar' }, this.#title, el('div', { class: 'cluster' }, save, host.followButton));
    roving(toolbar);
    document.body.append(el('div', { class: 'app' }, toolbar, el('main', { class: 'body' }, this.#stage)));
    this.#text.addEventListener('click', (event) => this.#click(event));
    this.#scroller.addEventListener(
      'scroll',
      debounce(200, () => this.#keep()),
    );
    this.#overlay.begin(SHARED.readingFile, host);
  }

  receive(message: ReportToWebview): void {
    if (message.type === 'report') this.#show(message);
    else this.#overlay.said(message, SHARED.nothing, this.#host);
  }

  #show({ uri, name, title, html, markdown }: Extract<ReportToWebview, { type: 'report' }>): void {
    if (this.#uri !== '' && this.#uri !== uri) this.#scroll = 0;
    this.#uri = uri;
    this.#name = name;
    this.#markdown = markdown;
    this.#title.textContent = title;
    this.#overlay.done();
    // Made from Markdown in which the text of logs is escaped; the page's policy allows no script of its own.
    this.#text.innerHTML = html;
    // The title stands in the row above, or in the tab.
    const heading = this.#text.querySelector('h1');
    if (heading?.textContent?.trim() === title) heading.remove();
    for (const table of this.#text.querySelectorAll('table')) {
      const box = el('div', { class: 'table' });
      table.replaceWith(box);
      box.append(table);
      for (const cell of table.querySelectorAll('td')) breakable(cell);
    }
    // The keys that scroll a text go to it at once.
    takeFocus(this.#stage);
    if (this.#scroll !== undefined) this.#scroller.scrollTop = this.#scroll;
    this.#scroll = undefined;
    this.#keep();
  }

  #click(event: Event): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const target = placeOfLink(link?.getAttribute('href') ?? '');
    if (target === null) return;
    event.preventDefault();
    this.#host.send({ type: 'reveal', uri: target.uri, place: target.range, keepFocus: false });
  }

  #save(): void {
    const name = `${this.#title.textContent ?? 'report'}.${this.#name.replace(/ .*$/s, '')}`;
    this.#host.send({ type: 'save', name, format: 'md', encoding: 'utf8', data: this.#markdown });
  }

  #keep(): void {
    this.#host.state = { uri: this.#uri, name: this.#name, view: { scroll: this.#scroller.scrollTop } };
  }
}

/** Names of classes and files in a narrow column: they break at their dots and slashes rather than within a word. */
function breakable(cell: HTMLElement): void {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const long: Text[] = [];
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    if (LONG_NAME.test(text.data)) long.push(text);
  }
  for (const text of long) text.replaceWith(...text.data.split(NAME_PART).flatMap((part, index) => (index === 0 ? [part] : [el('wbr', {}), part])));
}
