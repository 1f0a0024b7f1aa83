import * as vscode from 'vscode';

export interface LargeView extends vscode.Disposable {
  /** The page listens now: it is sent where somebody wanted to go meanwhile. */
  ready(): void;
}

type Go = (line: number, preserveFocus: boolean) => void;

/** The large-file views that are open: they take the place of text editors, for links into a file and for its cursor. */
class LargeViews {
  readonly #views = new Map<string, { go: Go; ready: boolean }[]>();
  readonly #wanted = new Map<string, { line: number; preserveFocus: boolean }>();
  readonly #moved = new vscode.EventEmitter<{ uri: string; line: number }>();
  /** The person has gone to another line of a file. */
  readonly onDidMove = this.#moved.event;

  add(uri: string, go: Go): LargeView {
    const view = { go, ready: false };
    this.#views.set(uri, [...(this.#views.get(uri) ?? []), view]);
    return {
      ready: () => {
        view.ready = true;
        const wanted = this.#wanted.get(uri);
        this.#wanted.delete(uri);
        if (wanted !== undefined) go(wanted.line, wanted.preserveFocus);
      },
      dispose: () => {
        const left = (this.#views.get(uri) ?? []).filter((one) => one !== view);
        if (left.length === 0) this.#views.delete(uri);
        else this.#views.set(uri, left);
      },
    };
  }

  went(uri: string, line: number): void {
    this.#moved.fire({ uri, line });
  }

  /** Goes to a line where the file is open here; false when it is not. */
  reveal(uri: string, line: number, preserveFocus: boolean): boolean {
    const view = this.#views.get(uri)?.at(-1);
    if (view === undefined) return false;
    if (view.ready) view.go(line, preserveFocus);
    else this.#wanted.set(uri, { line, preserveFocus });
    return true;
  }

  /** The next view of the file begins at this line. */
  want(uri: string, line: number, preserveFocus: boolean): void {
    this.#wanted.set(uri, { line, preserveFocus });
  }
}

export const largeViews = new LargeViews();
