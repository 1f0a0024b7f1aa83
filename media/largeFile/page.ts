import type { FileAnalysis, Lines } from '../../common/contracts.ts';
import { isLabelledView, VIEW_NAMES, type ViewName } from '../../common/views.ts';
import { viewLabel } from '../../common/viewWords.ts';
import type { LargeFileFromWebview, LargeFileToWebview } from '../../common/webview.ts';
import { Announcer, button, debounce, el, GLYPHS, iconButton } from '../shared/dom.ts';
import { SHARED } from '../shared/words.ts';
import { FindBar } from './findBar.ts';
import { LineView } from './lines.ts';
import { Sidebar } from './sidebar.ts';
import { LARGE } from './words.ts';

/** How often a followed file is looked at. */
const FOLLOW_MS = 2000;

/** Views that a button opens. */
const BUTTONS = VIEW_NAMES.filter(isLabelledView);

/** Findings and outline on the left, lines on the right; each leads to its line. */
export class LargeFilePage {
  readonly #send: (message: LargeFileFromWebview) => void;
  readonly #status = el('p', { class: 'large-status', role: 'status' });
  readonly #grown = el('p', { class: 'large-grown', hidden: true });
  readonly #actions = el('div', { class: 'large-actions' });
  readonly #line = el('input', { type: 'number', min: 1, placeholder: LARGE.line, 'aria-label': LARGE.goToLine });
  readonly #follow = el('input', { type: 'checkbox', id: 'follow' });
  readonly #announcer = new Announcer();
  readonly #view: LineView;
  readonly #find: FindBar;
  readonly #sidebar: Sidebar;
  #request = 0;
  #stick = false;
  /** Of the file when it was analysed. */
  #read: { total: number; bytes: number } | null = null;
  /** A line that somebody wanted before the file was read. */
  #wanted: number | null = null;
  #ready = false;

  constructor(root: HTMLElement, send: (message: LargeFileFromWebview) => void) {
    this.#send = send;
    const told = debounce(120, (line: number) => send({ type: 'cursor', line }));
    this.#view = new LineView({
      ask: (from, lines, follow) => this.#ask(from, lines, follow),
      went: (line) => {
        this.#sidebar.current(line);
        told(line);
      },
    });
    this.#sidebar = new Sidebar(el('div', {}, this.#status, this.#grown), (line) => this.#go(line));
    this.#find = new FindBar({
      current: () => this.#view.current,
      find: (request, wanted) => send({ type: 'find', request, wanted }),
      highlight: (words) => this.#view.highlight(words),
      go: (line) => this.#go(line, false),
      leave: () => this.#view.focus(),
    });
    this.#line.addEventListener('change', () => this.#line.value !== '' && this.#go(Number(this.#line.value) - 1));
    const findings = el(
      'div',
      { class: 'cluster', role: 'group', 'aria-label': LARGE.findings },
      iconButton(GLYPHS.previous, LARGE.previousFinding, () => this.#finding(true)),
      iconButton(GLYPHS.next, LARGE.nextFinding, () => this.#finding(false)),
    );
    const label = el('label', { for: 'follow', title: LARGE.followTitle }, LARGE.follow);
    root.append(
      el(
        'header',
        { class: 'large-head' },
        this.#actions,
        findings,
        this.#find.element,
        this.#line,
        el('span', { class: 'large-follow' }, this.#follow, label),
      ),
      el('main', { class: 'large-columns' }, this.#sidebar.element, this.#view.element),
      this.#announcer.element,
    );
    document.addEventListener('keydown', (event) => this.#key(event));
    setInterval(() => this.#poll(), FOLLOW_MS);
  }

  receive(message: LargeFileToWebview): void {
    switch (message.type) {
      case 'progress':
        this.#status.textContent = message.text;
        break;
      case 'error':
        this.#status.textContent = message.message;
        this.#actions.replaceChildren(button(SHARED.tryAgain, LARGE.tryAgain, () => this.#send({ type: 'retry' })));
        this.#ready = true;
        this.#view.refresh();
        if (this.#wanted !== null) this.#view.reveal(this.#wanted);
        break;
      case 'file':
        this.#file(message.name, message.analysis);
        break;
      case 'lines':
        if (message.lines !== null && message.request === this.#request) this.#lines(message.lines);
        break;
      case 'found':
        this.#find.found(message.request, message.found);
        break;
      case 'reveal':
        if (this.#ready) this.#reveal(message.line, message.focus);
        else this.#wanted = message.line;
    }
  }

  #file(name: string, analysis: FileAnalysis): void {
    const { kind, dialect, report, views, documents, contents, findings } = analysis;
    this.#status.textContent = LARGE.title(name, kind, dialect);
    const possible = new Set<ViewName>([...(report === null ? [] : (['report'] as const)), ...views, ...documents, ...contents]);
    this.#actions.replaceChildren(
      ...BUTTONS.filter((what) => possible.has(what)).map((what) => {
        const label = viewLabel(what);
        return button(label, LARGE.open(label), () => this.#send({ type: 'open', what }));
      }),
    );
    this.#sidebar.show(analysis);
    this.#view.mark(new Map(findings.map(({ range, severity }) => [range.start.line, severity] as const).reverse()));
    this.#read = null;
    this.#grown.hidden = true;
    this.#view.refresh();
    const again = this.#ready;
    this.#ready = true;
    const line = this.#wanted ?? (again ? null : (findings[0]?.range.start.line ?? null));
    this.#wanted = null;
    if (line !== null) this.#reveal(line, true);
  }

  #lines(lines: Lines): void {
    this.#view.show(lines);
    if (this.#stick) this.#view.toEnd();
    this.#stick = false;
    this.#read ??= { total: lines.total, bytes: lines.bytes };
    const { total, bytes } = this.#read;
    this.#grown.hidden = lines.bytes === bytes;
    if (lines.bytes === bytes) return;
    const what = lines.bytes > bytes ? LARGE.grown(lines.total - total) : LARGE.replaced;
    this.#grown.replaceChildren(
      what,
      button(LARGE.readAgain, LARGE.readAgainTitle, () => this.#send({ type: 'retry' }), { class: 'link' }),
    );
  }

  #reveal(line: number, focus: boolean): void {
    this.#view.reveal(line, focus);
    this.#sidebar.current(line);
  }

  /** By the person's own wish: the panels beside follow. */
  #go(line: number, focus = true): void {
    this.#reveal(line, focus);
    this.#announcer.say(LARGE.atLine(line + 1));
    this.#send({ type: 'cursor', line });
  }

  #finding(backwards: boolean): void {
    const line = this.#sidebar.next(this.#view.current, backwards);
    if (line !== null) this.#go(line);
  }

  #key(event: KeyboardEvent): void {
    const command = event.ctrlKey || event.metaKey;
    if (event.key === 'F3') this.#find.next(event.shiftKey);
    else if (event.key === 'F8') this.#finding(event.shiftKey);
    else if (command && event.key === 'f') this.#find.focus();
    else if (command && event.key === 'g') this.#line.focus();
    else return;
    event.preventDefault();
    // VS Code would take the key for a command of its own.
    event.stopPropagation();
  }

  #ask(from: number, lines: number, follow: boolean): void {
    this.#send({ type: 'lines', request: ++this.#request, from, count: lines, follow });
  }

  /** At the end a followed file stays at its end; elsewhere only its length is brought up to date. */
  #poll(): void {
    if (!this.#follow.checked || document.hidden) return;
    this.#stick = this.#view.atEnd;
    if (this.#stick) this.#ask(Number.MAX_SAFE_INTEGER, 200, true);
    else this.#view.refresh(true);
  }
}
