import type { FileAnalysis } from '../../common/contracts.ts';
import { button, el } from '../shared/dom.ts';
import { SEVERITY } from '../shared/words.ts';
import { outlineTree } from './outline.ts';
import { LARGE } from './words.ts';

type Tab = 'findings' | 'outline';

/** Findings and outline beside the lines, one of the two at a time. */
export class Sidebar {
  readonly element: HTMLElement;
  readonly #tabs = el('div', { class: 'large-tabs', role: 'tablist', 'aria-label': LARGE.about });
  readonly #body = el('div', { class: 'large-tab', role: 'tabpanel', tabindex: -1 });
  readonly #go: (line: number) => void;
  #contents: Record<Tab, HTMLElement> = { findings: el('ul'), outline: el('ul') };
  #findings: FileAnalysis['findings'] = [];

  constructor(status: HTMLElement, go: (line: number) => void) {
    this.#go = go;
    this.element = el('section', { class: 'large-side', 'aria-label': LARGE.side }, status, this.#tabs, this.#body);
  }

  show({ findings, more, outline, verdict }: FileAnalysis): void {
    this.#findings = findings;
    const rows = findings.map(({ severity, message, range }) => {
      const { line } = range.start;
      const go = button((line + 1).toLocaleString('en'), LARGE.goToThisLine, () => this.#go(line), { class: `large-go ${severity}` });
      return el(
        'li',
        { class: severity, 'data-line': line },
        go,
        el('span', { class: 'large-severity' }, SEVERITY[severity]),
        el('span', { class: 'large-message' }, message),
      );
    });
    if (more > 0) rows.push(el('li', {}, LARGE.more(more)));
    if (rows.length === 0) rows.push(el('li', {}, verdict ?? LARGE.nothing));
    const present = this.#tabs.querySelector<HTMLElement>('[aria-selected=true]')?.dataset['tab'];
    this.#contents = {
      findings: el('ul', { class: 'large-findings', 'aria-label': LARGE.findings }, ...rows),
      outline: outlineTree(outline, this.#go),
    };
    const names: [Tab, string][] = [['findings', LARGE.findingCount(findings.length + more)]];
    if (outline.length > 0) names.push(['outline', LARGE.outline]);
    this.#tabs.replaceChildren(
      ...names.map(([tab, label]) =>
        button(label, LARGE.show(label), () => this.#open(tab), { role: 'tab', 'data-tab': tab, 'aria-selected': 'false' }),
      ),
    );
    this.#tabs.onkeydown = (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      const tabs = [...this.#tabs.querySelectorAll('button')];
      const other = tabs.find((tab) => tab !== document.activeElement);
      other?.click();
      other?.focus();
      event.preventDefault();
    };
    this.#open(present === 'outline' && outline.length > 0 ? 'outline' : 'findings');
  }

  #open(tab: Tab): void {
    for (const one of this.#tabs.querySelectorAll('button')) {
      const selected = one.dataset['tab'] === tab;
      one.setAttribute('aria-selected', String(selected));
      one.setAttribute('tabindex', selected ? '0' : '-1');
    }
    this.#body.replaceChildren(this.#contents[tab]);
  }

  /** Line of the next finding after a line, or of the one before it; around the end of the file. */
  next(from: number, backwards: boolean): number | null {
    const lines = [...new Set(this.#findings.map(({ range }) => range.start.line))].sort((a, b) => a - b);
    const found = backwards ? (lines.findLast((line) => line < from) ?? lines.at(-1)) : (lines.find((line) => line > from) ?? lines[0]);
    return found ?? null;
  }

  /** The finding of the current line stands out. */
  current(line: number): void {
    for (const row of this.#contents.findings.querySelectorAll('.current')) row.classList.remove('current');
    const row = this.#contents.findings.querySelector<HTMLElement>(`li[data-line="${line}"]`);
    row?.classList.add('current');
    if (row?.isConnected) row.scrollIntoView({ block: 'nearest' });
  }
}
