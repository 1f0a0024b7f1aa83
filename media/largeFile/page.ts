import type { FileAnalysis } from '../../common/contracts.ts';
import type { LargeFileFromWebview, LargeFileToWebview } from '../../common/webview.ts';
import { button, el } from '../shared/dom.ts';
import { LineView } from './lines.ts';

/** How often a followed file is looked at. */
const FOLLOW_MS = 2000;

const BUTTONS: [name: string, label: string][] = [
  ['report', 'Report'],
  ['timeline', 'Timeline'],
  ['lock-wait', 'Lock-wait graph'],
  ['icicle', 'Call tree'],
  ['calls', 'Call graph'],
  ['scopes', 'Scopes'],
  ['job', 'Job graph'],
];

/** Findings on the left, lines on the right; every finding leads to its line. */
export class LargeFilePage {
  readonly #send: (message: LargeFileFromWebview) => void;
  readonly #status: HTMLElement;
  readonly #actions: HTMLElement;
  readonly #findings: HTMLElement;
  readonly #view: LineView;
  readonly #follow: HTMLInputElement;
  #request = 0;
  #stick = false;

  constructor(root: HTMLElement, send: (message: LargeFileFromWebview) => void) {
    this.#send = send;
    this.#view = new LineView((from, count) => this.#ask(from, count, false));
    this.#status = el('p', { class: 'large-status', role: 'status' });
    this.#actions = el('div', { class: 'large-actions' });
    this.#findings = el('ul', { class: 'large-findings', 'aria-label': 'Findings' });
    const line = el('input', { type: 'number', min: 1, placeholder: 'Go to line', 'aria-label': 'Go to line' });
    line.addEventListener('change', () => line.value !== '' && this.#view.reveal(Number(line.value) - 1));
    this.#follow = el('input', { type: 'checkbox', id: 'follow' });
    const label = el('label', { for: 'follow', title: 'Look every two seconds whether the file has grown, and stay at its end' }, 'Follow');
    root.append(
      el('header', { class: 'large-head' }, this.#actions, line, el('span', { class: 'large-follow' }, this.#follow, label)),
      el('main', { class: 'large-columns' }, el('section', { class: 'large-side' }, this.#status, this.#findings), this.#view.element),
    );
    setInterval(() => this.#poll(), FOLLOW_MS);
  }

  receive(message: LargeFileToWebview): void {
    switch (message.type) {
      case 'progress':
        this.#status.textContent = message.text;
        break;
      case 'error':
        this.#status.textContent = message.message;
        this.#actions.replaceChildren(button('Try again', 'Read the file again', () => this.#send({ type: 'retry' })));
        this.#view.refresh();
        break;
      case 'file':
        this.#file(message.name, message.analysis);
        break;
      case 'lines':
        if (message.lines !== null && message.request === this.#request) {
          this.#view.show(message.lines);
          if (this.#stick) this.#view.toEnd();
        }
    }
  }

  #file(name: string, { kind, dialect, report, views, documents, findings, more }: FileAnalysis): void {
    this.#status.textContent = `${name}: ${kind}${dialect === kind ? '' : ` (${dialect})`}. ${findings.length === 0 ? 'Nothing wrong was found.' : `${findings.length + more} findings.`}`;
    const possible = new Set<string>([...(report === null ? [] : ['report']), ...views, ...documents]);
    this.#actions.replaceChildren(
      ...BUTTONS.filter(([what]) => possible.has(what)).map(([what, label]) =>
        button(label, `Open: ${label}`, () => this.#send({ type: 'open', what })),
      ),
    );
    const rows = findings.map(({ severity, message, range }) => {
      const go = button(`${range.start.line + 1}`, 'Go to this line', () => this.#view.reveal(range.start.line), { class: `large-go ${severity}` });
      return el('li', { class: severity }, go, el('span', { class: 'large-severity' }, severity), el('span', { class: 'large-message' }, message));
    });
    if (more > 0) rows.push(el('li', {}, `… and ${more} more: the report and "logjam check" list them all.`));
    this.#findings.replaceChildren(...rows);
    this.#view.mark(new Map(findings.map(({ range, severity }) => [range.start.line, severity] as const).reverse()));
    this.#view.refresh();
    const first = findings[0];
    if (first !== undefined) this.#view.reveal(first.range.start.line);
  }

  #ask(from: number, count: number, follow: boolean): void {
    this.#send({ type: 'lines', request: ++this.#request, from, count, follow });
  }

  /** At the end a followed file stays at its end; elsewhere only its length is brought up to date. */
  #poll(): void {
    if (!this.#follow.checked || document.hidden) return;
    this.#stick = this.#view.atEnd;
    this.#ask(this.#stick ? Number.MAX_SAFE_INTEGER : 0, 200, true);
    if (!this.#stick) this.#view.refresh();
  }
}
