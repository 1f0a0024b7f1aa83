import * as vscode from 'vscode';
import { ANALYSIS, type StatusParams } from '../../common/contracts.ts';
import { type Kind, PANELS } from '../../common/ids.ts';
import { sourceOf } from '../../common/virtual.ts';
import type { Ask } from './ask.ts';

/**
 * The file or set of files that the commands of palette and editor titles speak of: that of the active editor, of the
 * virtual document in it, or of the active panel. The context key `logjam.kind` is kept at its kind, for menus.
 */
export class Subject implements vscode.Disposable {
  #uri: string | undefined;
  /** Kinds of files that no editor has as a text: reading them again only for a menu would take long. */
  readonly #large = new Map<string, Kind>();
  readonly #ask: Ask;
  readonly #mayAsk: () => boolean;
  readonly #listeners: vscode.Disposable;

  /** @param mayAsk whether the server is there: it is not started to tell what a file is that does not concern us */
  constructor(ask: Ask, mayAsk: () => boolean) {
    this.#ask = ask;
    this.#mayAsk = mayAsk;
    this.#listeners = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => this.#look()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#look()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.#look()),
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

  /** A file of the large-file view was read. */
  know(uri: string, kind: Kind): void {
    this.#large.set(uri, kind);
    if (uri === this.#uri) void this.#tell();
  }

  /** The server has finished with a document. */
  update({ uri, phase }: StatusParams): void {
    if (phase === 'done' && uri === this.#uri) void this.#tell();
  }

  #look(): void {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (input instanceof vscode.TabInputCustom) {
      const uri = input.uri.toString();
      if (input.viewType === PANELS.largeFile && !this.#large.has(uri)) this.#large.set(uri, 'unknown');
      this.set(sourceOf(uri));
    } else if (vscode.window.activeTextEditor !== undefined) {
      this.set(sourceOf(vscode.window.activeTextEditor.document.uri.toString()));
    } else if (input === undefined && this.#uri !== undefined) {
      this.#uri = undefined;
      void this.#tell();
    }
    // A webview that is none of ours has the focus: the commands go on speaking of what they spoke of.
  }

  async #tell(): Promise<void> {
    const uri = this.#uri;
    const kind = uri === undefined ? 'unknown' : (this.#large.get(uri) ?? (await this.#asked(uri)) ?? 'unknown');
    if (uri === this.#uri) await vscode.commands.executeCommand('setContext', 'logjam.kind', kind);
  }

  async #asked(uri: string): Promise<Kind | undefined> {
    return this.#mayAsk() ? (await this.#ask(ANALYSIS, { uri }).catch(() => null))?.kind : undefined;
  }

  dispose(): void {
    this.#listeners.dispose();
  }
}
