import * as vscode from 'vscode';
import type { StatusParams } from '../../common/contracts.ts';
import { baseName } from '../../common/virtual.ts';
import { MESSAGES, STATUS_BAR } from './words.ts';

/** Shown only while something takes long enough to be noticed. */
const PATIENCE_MS = 300;

/** The status bar item: says what is being analysed, a click cancels it; or that nothing is any more, a click starts it again. */
export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('logjam.status', vscode.StatusBarAlignment.Left, 0);
  readonly #running = new Map<string, NodeJS.Timeout | number>();
  #stopped: string | null = null;
  readonly #command: vscode.Disposable;
  readonly #messages = new vscode.EventEmitter<StatusParams>();
  /** Everything that the server says about its work. */
  readonly onMessage = this.#messages.event;

  constructor(cancel: (uri: string) => void) {
    this.#item.name = 'Logjam';
    this.#command = vscode.commands.registerCommand('logjam.cancelAnalysis', () => {
      for (const uri of this.#running.keys()) cancel(uri);
    });
  }

  update(params: StatusParams): void {
    const { uri, phase, message } = params;
    this.#messages.fire(params);
    const known = this.#running.get(uri);
    // A long work says more than once how far it is.
    if (phase === 'analysing' && known !== undefined && message !== undefined) return;
    clearTimeout(known as NodeJS.Timeout);
    this.#running.delete(uri);
    if (phase === 'analysing')
      this.#running.set(
        uri,
        setTimeout(() => this.#show(), PATIENCE_MS),
      );
    if (phase === 'failed') void vscode.window.showErrorMessage(MESSAGES.failed(message));
    if (this.#running.size === 0 && this.#stopped === null) this.#item.hide();
  }

  get isStopped(): boolean {
    return this.#stopped !== null;
  }

  /** Nothing is analysed any more until the person starts it again; null: it goes on. */
  stopped(message: string | null): void {
    this.#stopped = message;
    for (const timer of this.#running.values()) clearTimeout(timer as NodeJS.Timeout);
    this.#running.clear();
    if (message === null) this.#item.hide();
    else this.#show();
  }

  #show(): void {
    this.#item.command = this.#stopped === null ? 'logjam.cancelAnalysis' : 'logjam.restart';
    this.#item.backgroundColor = this.#stopped === null ? undefined : new vscode.ThemeColor('statusBarItem.errorBackground');
    if (this.#stopped !== null) {
      this.#item.text = `$(error) ${STATUS_BAR.stopped}`;
      this.#item.tooltip = STATUS_BAR.startAgain(this.#stopped);
      this.#item.accessibilityInformation = { label: this.#item.tooltip };
      this.#item.show();
      return;
    }
    const names = [...this.#running.keys()].map(baseName);
    this.#item.text = `$(loading~spin) Logjam: ${names[0] ?? ''}`;
    this.#item.tooltip = STATUS_BAR.analysing(names);
    this.#item.accessibilityInformation = { label: this.#item.tooltip };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
    this.#command.dispose();
    this.#messages.dispose();
  }
}
