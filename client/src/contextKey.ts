import * as vscode from 'vscode';
import { ANALYSIS, type StatusParams } from '../../common/contracts.ts';
import type { Ask } from './extension.ts';

/** Keeps the context key `logjam.kind` at the kind of the active document, for menus and the palette. */
export class ContextKey implements vscode.Disposable {
  readonly #ask: Ask;
  readonly #listener: vscode.Disposable;

  constructor(ask: Ask) {
    this.#ask = ask;
    this.#listener = vscode.window.onDidChangeActiveTextEditor(() => void this.#set());
    void this.#set();
  }

  /** The server has finished with a document. */
  update({ uri, phase }: StatusParams): void {
    if (phase === 'done' && uri === vscode.window.activeTextEditor?.document.uri.toString()) void this.#set();
  }

  async #set(): Promise<void> {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    // A panel beside the text has the focus: the commands go on speaking of the text.
    if (uri === undefined) return;
    const info = await this.#ask(ANALYSIS, { uri }).catch(() => null);
    if (uri !== vscode.window.activeTextEditor?.document.uri.toString()) return;
    await vscode.commands.executeCommand('setContext', 'logjam.kind', info?.kind ?? 'unknown');
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
