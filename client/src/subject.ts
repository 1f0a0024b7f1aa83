import * as vscode from 'vscode';
import { LOOK, type Look, type StatusParams } from '../../common/contracts.ts';
import type { Kind } from '../../common/ids.ts';
import { sourceOf } from '../../common/virtual.ts';
import type { Ask } from './ask.ts';
import { isShownAsOurs } from './textKinds.ts';

/** Files of which VS Code shows no text: the server is started to look into those that people have of an incident. */
const MAY_BE_OURS = /\.(?:log|out|err|txt|tdump|jstack|json|gz|tgz|zip)(?:\.\d+)?$/i;

/** The file or set of files that is in front of the person. */
interface InFront {
  uri: string;
  kind: Kind;
  /** VS Code shows no text of it, as it is compressed or too large. */
  textless: boolean;
  packed: boolean;
}

/**
 * What the commands of palette and editor titles speak of: the file of the active tab, whatever kind of editor shows it,
 * the one that a virtual document or a panel of ours was made from. The focus in Output or in the terminal changes nothing.
 * The context keys `logjam.kind` (its kind), `logjam.restPart` (what a document of a REST API holds besides itself) and
 * `logjam.offered` (it is one of ours, and nothing of ours shows it) follow it.
 */
export class Subject implements vscode.Disposable {
  #uri: string | undefined;
  readonly #ask: Ask;
  readonly #mayAsk: () => boolean;
  readonly #listeners: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Another file is in front, or none. */
  readonly onChange = this.#changed.event;
  readonly #offered = new vscode.EventEmitter<InFront>();
  /** A file came to the front that is one of ours and that nothing of ours shows. */
  readonly onOffered = this.#offered.event;

  /** @param mayAsk whether the server is there: it is not started to tell what a text is that does not concern us */
  constructor(ask: Ask, mayAsk: () => boolean) {
    this.#ask = ask;
    this.#mayAsk = mayAsk;
    this.#listeners = vscode.Disposable.from(
      this.#offered,
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor(() => this.#look()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#look()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.#look()),
      // The language of a document changes by closing and opening it.
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        if (uri.toString() === this.#uri) void this.#tell();
      }),
    );
    this.#look();
  }

  /** Uri of the subject, unless a menu names one; menus of webviews name what is no file. */
  of(given?: string | vscode.Uri): string | undefined {
    const uri = given?.toString();
    return uri === undefined || uri.startsWith('webview-panel:') ? this.#uri : sourceOf(uri);
  }

  set(uri: string): void {
    if (uri === this.#uri) return;
    this.#uri = uri;
    void this.#tell();
  }

  /** The server has finished with a document. */
  update({ uri, phase }: StatusParams): void {
    if (phase === 'done' && uri === this.#uri) void this.#tell();
  }

  #look(): void {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const uri = tab === undefined ? undefined : uriOf(tab.input);
    if (uri !== undefined) this.set(sourceOf(uri.toString()));
    else if (!(tab?.input instanceof vscode.TabInputWebview) && this.#uri !== undefined) {
      this.#uri = undefined;
      void this.#tell();
    }
    // A panel of ours says itself what it is about; a webview of others leaves the commands with what they spoke of.
  }

  async #tell(): Promise<void> {
    const uri = this.#uri;
    this.#changed.fire();
    const look = uri === undefined ? null : await this.#seen(uri);
    if (uri !== this.#uri) return;
    const { kind, packed, restPart }: Look = look ?? { kind: 'unknown', packed: false };
    const offered = uri !== undefined && (kind !== 'unknown' || packed) && isOnlyShownByOthers(uri, kind);
    await Promise.all([
      vscode.commands.executeCommand('setContext', 'logjam.kind', kind),
      vscode.commands.executeCommand('setContext', 'logjam.restPart', restPart),
      vscode.commands.executeCommand('setContext', 'logjam.offered', offered),
    ]);
    if (offered) this.#offered.fire({ uri, kind, textless: documentOf(uri) === undefined, packed });
  }

  async #seen(uri: string): Promise<Look | null> {
    return this.#mayAsk() || (documentOf(uri) === undefined && MAY_BE_OURS.test(uri))
      ? this.#ask(LOOK, { uri }).catch((): Look | null => null)
      : null;
  }

  dispose(): void {
    this.#listeners.dispose();
  }
}

/** The file of a tab; of two side by side the one in which the cursor is. */
function uriOf(input: unknown): vscode.Uri | undefined {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  if (!(input instanceof vscode.TabInputTextDiff)) return undefined;
  const inEditor = vscode.window.activeTextEditor?.document.uri.toString();
  return inEditor === input.original.toString() ? input.original : input.modified;
}

/** The text of a file as the editor has it; undefined where it has none. */
export const documentOf = (uri: string) => vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);

/** The file is in a tab of a text editor that shows no text of it, or shows it as something else. */
function isOnlyShownByOthers(uri: string, kind: Kind): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputText) || input.uri.toString() !== uri) return false;
  const language = documentOf(uri)?.languageId;
  return language === undefined || !isShownAsOurs(language, kind);
}
