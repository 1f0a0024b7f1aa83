import * as vscode from 'vscode';
import { Reach } from '../../common/reach.ts';
import type { Ask } from './ask.ts';

const KEY = 'logjam.opened';
/** The oldest are forgotten first. */
const MAX_REMEMBERED = 300;

/**
 * Files, folders and sets that the person has opened with us or named in a command. The server reads, and a page of ours
 * leads to, nothing else but these, open documents and the workspace. They are remembered for the panels that are restored
 * with the window.
 */
export class Opened {
  readonly #memory: vscode.Memento;
  readonly #tell: (uris: string[]) => void;
  readonly #reach = new Reach();
  readonly #uris: Set<string>;

  constructor(memory: vscode.Memento, tell: (uris: string[]) => void) {
    this.#memory = memory;
    this.#tell = tell;
    this.#uris = new Set(memory.get<string[]>(KEY, []));
    for (const uri of this.#uris) this.#reach.give(uri);
  }

  get uris(): string[] {
    return [...this.#uris];
  }

  add(uri: string): void {
    if (this.#uris.has(uri)) return;
    this.#uris.add(uri);
    this.#reach.give(uri);
    this.#tell([uri]);
    const outside = this.uris.filter((one) => !inWorkspace(one));
    void this.#memory.update(KEY, outside.slice(-MAX_REMEMBERED));
  }

  /** Whether a page, or a panel that is restored, may lead to a file. */
  covers(uri: string): boolean {
    return this.#reach.covers(uri, (file) => inWorkspace(file) || isOpen(file));
  }
}

function inWorkspace(uri: string): boolean {
  const reach = new Reach();
  for (const folder of vscode.workspace.workspaceFolders ?? []) reach.give(folder.uri.toString());
  return reach.covers(uri);
}

function isOpen(uri: string): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return (
    vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri) ||
    tabs.some(({ input }) => (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) && input.uri.toString() === uri)
  );
}

/** What a command or the file in front asks about is what the person has chosen. */
export const askChosen =
  (ask: Ask, opened: Opened): Ask =>
  (contract, params, token) => {
    const { uri, other } = (params ?? {}) as { uri?: unknown; other?: unknown };
    for (const one of [uri, other]) if (typeof one === 'string') opened.add(one);
    return ask(contract, params, token);
  };
