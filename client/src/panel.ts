import * as vscode from 'vscode';
import { LOOK } from '../../common/contracts.ts';
import { hasView, isViewName } from '../../common/views.ts';
import { baseName, isInSet } from '../../common/virtual.ts';
import type { CommonFromWebview, CommonToWebview, Following, PanelState } from '../../common/webview.ts';
import { largeViews } from './largeViews.ts';
import { nonce } from './nonce.ts';
import { type PanelPage, panelHtml } from './panelHtml.ts';
import { reveal } from './reveal.ts';
import type { Services } from './services.ts';
import { MESSAGES, PANEL_TEXTS } from './words.ts';

/** Which document a panel shows: a file, and which of its pictures. */
export interface PanelKey {
  uri: string;
  name: string;
}

export interface PanelKind<To, From> {
  viewType: string;
  page: PanelPage;
  title(key: PanelKey): string;
  /** What the page says; null for what is none of its messages. */
  read(message: unknown): CommonFromWebview | From | null;
  /** It is read like a text, not looked at beside one: it can be searched like one. */
  isText?: boolean;
  /** Files besides `uri` that the picture is made of. */
  sources?(key: PanelKey): string[];
  /** Gets the document and sends it; throws when there is none. */
  load(key: PanelKey, send: (message: To | CommonToWebview) => void): Promise<void>;
  /** The person does not want to wait any longer: what there is is shown. Absent: nothing is shown then. */
  enough?(key: PanelKey): void;
  /** Messages of this kind of panel alone. */
  receive?(message: From, key: PanelKey, send: (message: To) => void, column: vscode.ViewColumn | undefined): void;
  /** The cursor moved in the text of a panel's file; `file`: in this one, where several are read as one. */
  cursor?(key: PanelKey, position: vscode.Position, send: (message: To) => void, file?: string): void;
}

/** In ms of quiet: a cursor on its way is not followed, a text being written is not drawn. */
const CURSOR_DELAY = 120;
const EDIT_DELAY = 700;

interface Open<To> {
  panel: vscode.WebviewPanel;
  key: PanelKey;
  ready: boolean;
  waiting: (To | CommonToWebview)[];
  load: number;
  /** It shows the same view of whatever file comes to the front. */
  following: boolean;
}

/** All panels of one kind: made once per document, kept through reload, in step with the text both ways. */
export class Panels<To extends { type: string }, From extends { type: string }> {
  readonly #open = new Map<string, Open<To>>();
  readonly #context: vscode.ExtensionContext;
  readonly #kind: PanelKind<To, From>;
  /** A reveal moves the cursor: that must not come back as a selection. */
  #revealing = 0;

  readonly #subject: Services['subject'];
  readonly #sets: Services['sets'];

  readonly #opened: Services['opened'];

  readonly #revive: Services['revive'];

  readonly #ask: Services['ask'];

  constructor({ context, ask, subject, sets, opened, revive }: Services, kind: PanelKind<To, From>) {
    this.#ask = ask;
    this.#context = context;
    this.#subject = subject;
    this.#sets = sets;
    this.#opened = opened;
    this.#revive = revive;
    this.#kind = kind;
    let cursorTimer: ReturnType<typeof setTimeout> | undefined;
    const editTimers = new Map<string, ReturnType<typeof setTimeout>>();
    context.subscriptions.push(
      vscode.window.registerWebviewPanelSerializer(kind.viewType, {
        deserializeWebviewPanel: async (panel, state: PanelState<unknown> | undefined) => {
          // The page keeps its state, and a page is not believed.
          const key = typeof state?.uri === 'string' && typeof state.name === 'string' ? { uri: state.uri, name: state.name } : null;
          const known = key !== null && [key.uri, ...(kind.sources?.(key) ?? [])].every((uri) => opened.covers(uri));
          if (known) this.#adopt(panel, key);
          else panel.dispose();
        },
      }),
      vscode.window.onDidChangeTextEditorSelection((event) => {
        clearTimeout(cursorTimer);
        if (Date.now() - this.#revealing < 2 * CURSOR_DELAY) return;
        const { document, selection } = event.textEditor;
        cursorTimer = setTimeout(() => this.#follow(document.uri.toString(), selection.active), CURSOR_DELAY);
      }),
      subject.onChange(() => {
        for (const one of [...this.#open.values()]) if (one.following && !one.panel.active) void this.#retarget(one, subject.of());
      }),
      largeViews.onDidMove(({ uri, line }) => this.#follow(uri, new vscode.Position(line, 0))),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const uri = document.uri.toString();
        if (contentChanges.length === 0) return;
        clearTimeout(editTimers.get(uri));
        editTimers.set(
          uri,
          setTimeout(() => {
            editTimers.delete(uri);
            for (const one of this.#open.values()) {
              if (one.key.uri === uri || isInSet(one.key.uri, uri) || kind.sources?.(one.key).includes(uri)) void this.#load(one);
            }
          }, EDIT_DELAY),
        );
      }),
    );
  }

  /**
   * Opens the panel of a document beside its text, or where another panel stands; or brings it to the front, and sends
   * it a message if there is one.
   */
  show(key: PanelKey, message?: To, column: vscode.ViewColumn = columnOfPanels()): void {
    for (const uri of [key.uri, ...(this.#kind.sources?.(key) ?? [])]) this.#opened.add(uri);
    const present = this.#open.get(id(key));
    if (present !== undefined) {
      present.panel.reveal();
      if (message !== undefined) this.#send(present, message);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      this.#kind.viewType,
      this.#kind.title(key),
      { viewColumn: column },
      { enableScripts: true, localResourceRoots: [this.#mediaRoot], enableFindWidget: this.#kind.isText === true },
    );
    const made = this.#adopt(panel, key);
    this.#subject.set(key.uri);
    if (message !== undefined) made.waiting.push(message);
  }

  /** A panel that follows shows its view of another file, where that has it; one that shows it already stays what it is. */
  async #retarget(one: Open<To>, uri: string | undefined): Promise<void> {
    const { name } = one.key;
    if (uri === undefined || uri === one.key.uri || isInSet(one.key.uri, uri) || !isViewName(name)) return;
    const look = await this.#ask(LOOK, { uri }).catch(() => null);
    const key = { uri, name };
    if (look === null || !hasView(look.kind, name) || !one.following || !one.ready || this.has(key)) return;
    this.#opened.add(uri);
    this.#open.delete(id(one.key));
    this.#sets.closed(one.key.uri);
    one.key = key;
    this.#open.set(id(key), one);
    this.#sets.opened(uri);
    one.panel.title = this.#kind.title(key);
    await this.#load(one);
  }

  /** Documents whose panels are in sight. */
  get inSight(): PanelKey[] {
    return [...this.#open.values()].filter(({ panel, ready }) => ready && panel.visible).map(({ key }) => key);
  }

  has(key: PanelKey): boolean {
    return this.#open.has(id(key));
  }

  /** Gets the document again, for a panel that is open already. */
  reload(key: PanelKey): void {
    const present = this.#open.get(id(key));
    if (present?.ready) void this.#load(present);
  }

  get #mediaRoot(): vscode.Uri {
    return vscode.Uri.joinPath(this.#context.extensionUri, 'dist', 'media');
  }

  #adopt(panel: vscode.WebviewPanel, key: PanelKey): Open<To> {
    const one: Open<To> = { panel, key, ready: false, waiting: [], load: 0, following: false };
    this.#open.set(id(key), one);
    this.#sets.opened(key.uri);
    panel.title = this.#kind.title(key);
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#mediaRoot] };
    panel.onDidChangeViewState(() => {
      if (panel.active) this.#subject.set(one.key.uri);
    });
    panel.onDidDispose(() => {
      this.#sets.closed(one.key.uri);
      // What is on its way comes to nobody: asking a closed panel for its page throws.
      one.ready = false;
      one.load++;
      if (this.#open.get(id(one.key)) === one) this.#open.delete(id(one.key));
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const known = this.#kind.read(message);
      if (known !== null) void this.#receive(one, known);
    });
    panel.webview.html = panelHtml(this.#kind.page, {
      media: (file) => panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#mediaRoot, file)).toString(),
      cspSource: panel.webview.cspSource,
      nonce: nonce(),
    });
    return one;
  }

  #send(one: Open<To>, message: To | CommonToWebview): void {
    // As one string: VS Code looks into every value of an object that it hands over, which takes seconds for large pictures.
    if (one.ready) void one.panel.webview.postMessage(JSON.stringify(message));
    else one.waiting.push(message);
  }

  async #load(one: Open<To>): Promise<void> {
    const run = ++one.load;
    const send = (message: To | CommonToWebview) => {
      if (run === one.load) this.#send(one, message);
    };
    try {
      await this.#kind.load(one.key, send);
    } catch (error) {
      send({ type: 'error', message: error instanceof Error ? error.message : String(error) });
    }
  }

  async #receive(one: Open<To>, message: CommonFromWebview | From): Promise<void> {
    const known = message as CommonFromWebview;
    switch (known.type) {
      case 'ready': {
        // A page that was hidden starts anew: it gets its document again, and then what waited for it.
        one.ready = true;
        const { waiting } = one;
        one.waiting = [];
        await this.#load(one);
        for (const later of waiting) this.#send(one, later);
        // It may have been closed meanwhile.
        if (one.ready && isViewName(one.key.name)) void one.panel.webview.postMessage({ type: 'following', on: one.following } satisfies Following);
        break;
      }
      case 'retry':
        await this.#revive();
        await this.#load(one);
        break;
      case 'cancel':
        if (this.#kind.enough !== undefined) {
          this.#kind.enough(one.key);
          break;
        }
        one.load++;
        this.#send(one, { type: 'error', message: PANEL_TEXTS.cancelled });
        break;
      case 'reveal':
        await this.#go(known.uri ?? known.place.uri ?? one.key.uri, known);
        break;
      case 'follow':
        one.following = known.on;
        if (known.on) void this.#retarget(one, lastFile());
        break;
      case 'save':
        await save(one.key, known);
        break;
      default:
        this.#kind.receive?.(message as From, one.key, (answer) => this.#send(one, answer), one.panel.viewColumn);
    }
  }

  async #go(uri: string, { place, keepFocus }: Extract<CommonFromWebview, { type: 'reveal' }>): Promise<void> {
    if (!this.#opened.covers(uri)) return;
    this.#revealing = Date.now();
    await reveal(uri, place, keepFocus);
    this.#revealing = Date.now();
  }

  #follow(uri: string, position: vscode.Position): void {
    for (const one of this.#open.values()) {
      const ofSet = isInSet(one.key.uri, uri);
      if ((one.key.uri === uri || ofSet) && one.ready && one.panel.visible)
        this.#kind.cursor?.(one.key, position, (message) => this.#send(one, message), ofSet ? uri : undefined);
    }
  }
}

/** Beside the text; where the person is in one of our panels, that one's column. */
function columnOfPanels(): vscode.ViewColumn {
  const { activeTab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
  return activeTab?.input instanceof vscode.TabInputWebview && activeTab.input.viewType.includes('logjam.') ? viewColumn : vscode.ViewColumn.Beside;
}

/** The file whose text was in front last: that of a text editor that shows. */
const lastFile = (): string | undefined => vscode.window.visibleTextEditors[0]?.document.uri.toString();

const id = (key: PanelKey) => `${key.name} ${key.uri}`;

type Save = Extract<CommonFromWebview, { type: 'save' }>;

async function save(key: PanelKey, { name, format, encoding, data }: Save): Promise<void> {
  const source = vscode.Uri.parse(key.uri, true);
  const folder =
    source.scheme === 'file' || source.scheme === 'vscode-remote' || source.scheme === 'vscode-vfs' ? vscode.Uri.joinPath(source, '..') : undefined;
  const base = folder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(base === undefined ? {} : { defaultUri: vscode.Uri.joinPath(base, `${name.replace(/[/\\]/g, '_')}.${format}`) }),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (target === undefined) return;
  const bytes = encoding === 'utf8' ? new TextEncoder().encode(data) : Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  await vscode.workspace.fs.writeFile(target, bytes);
  vscode.window.setStatusBarMessage(MESSAGES.saved(baseName(target.toString())), 3000);
}
