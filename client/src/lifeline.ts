import * as vscode from 'vscode';
import { CloseAction, type CloseHandlerResult, ErrorAction, type ErrorHandler, type ErrorHandlerResult } from 'vscode-languageclient';
import type { StatusItem } from './status.ts';
import { MESSAGES } from './words.ts';

/** So many deaths of the server within the time (ms) are enough. */
const MAX_DEATHS = 5;
const WITHIN = 10 * 60_000;

/** Starts the server again when it has died; after too many deaths only when the person asks, in the status bar or a panel. */
export class Lifeline implements ErrorHandler, vscode.Disposable {
  #deaths: number[] = [];
  #start: () => Promise<void> = async () => undefined;
  readonly #status: StatusItem;
  readonly #command: vscode.Disposable;

  constructor(status: StatusItem) {
    this.#status = status;
    this.#command = vscode.commands.registerCommand('logjam.restart', () => this.#restart());
  }

  /** Told of both ends: of a server that runs and has given up its analysis, and of one that is gone. `start`: begins anew. */
  stopped(message: string, start: () => Promise<void>): void {
    this.#start = start;
    this.#status.stopped(message);
  }

  /** What begins the server anew when it is gone. */
  gone: () => Promise<void> = async () => undefined;

  error(): ErrorHandlerResult {
    return { action: ErrorAction.Continue };
  }

  closed(): CloseHandlerResult {
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((death) => now - death < WITHIN), now];
    if (this.#deaths.length < MAX_DEATHS) return { action: CloseAction.Restart, handled: true };
    this.stopped(MESSAGES.fiveDeaths, this.gone);
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  /** Before something is tried again. */
  async revive(): Promise<void> {
    if (this.#status.isStopped) await this.#restart();
  }

  async #restart(): Promise<void> {
    this.#deaths = [];
    this.#status.stopped(null);
    await this.#start();
  }

  dispose(): void {
    this.#command.dispose();
  }
}
