import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { SCHEME } from '../../common/ids.ts';
import { hasPathPart } from '../../common/uri.ts';
import { isFile } from './schemes.ts';
import { concerns, LONG_CHANGE, UNDECIDED } from './textKinds.ts';

/** Where the extension runs; the browser does not tell. */
const FOLDS_CASE = ['darwin', 'win32'].includes(globalThis.process?.platform ?? '');

/** Whether a document concerns us by its content, by the setting that names Java files, and by the one that switches looking off. */
function isRelevant(document: vscode.TextDocument): boolean {
  if (!isFile(document.uri)) return false;
  if (UNDECIDED.has(document.languageId) && !vscode.workspace.getConfiguration('logjam', document).get<boolean>('detect', true)) return false;
  return concerns(document.languageId, () => document.getText()) || (document.languageId === 'java' && isNamed(document));
}

/** An import that is written makes a Java file ours, a paste an untitled document. */
const mayBecomeRelevant = ({ document, contentChanges }: vscode.TextDocumentChangeEvent): boolean =>
  document.languageId === 'java' || (UNDECIDED.has(document.languageId) && contentChanges.some(({ text }) => text.length > LONG_CHANGE));

function isNamed(document: vscode.TextDocument): boolean {
  const parts = vscode.workspace.getConfiguration('logjam', document).get<string[]>('java.files', []);
  return hasPathPart(document.uri.toString(), parts, FOLDS_CASE);
}

/**
 * Calls `begin` when the first document comes that concerns us, one that is open already included: until then there is
 * nothing for a server to do.
 */
export function whenRelevant(begin: () => void): vscode.Disposable {
  const look = (document: vscode.TextDocument): void => {
    if (!isRelevant(document)) return;
    listeners.dispose();
    begin();
  };
  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (mayBecomeRelevant(event)) look(event.document);
    }),
  );
  if (vscode.workspace.textDocuments.some(isRelevant) || hasOwnTab()) {
    listeners.dispose();
    begin();
  }
  return listeners;
}

/** A document of ours was left open when the window was closed: only the server has its text. */
function hasOwnTab(): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === SCHEME);
}

/** Opens a document on the server when it becomes relevant, and keeps quiet about all others. `tellOpen`: opens one that was passed by. */
export function relevantDocuments(tellOpen: (document: vscode.TextDocument) => Promise<void>): Middleware {
  const open = new Set<string>();
  return {
    didOpen: async (document, next) => {
      if (!isRelevant(document)) return;
      open.add(document.uri.toString());
      await next(document);
    },
    didChange: async (event, next) => {
      const { document } = event;
      if (open.has(document.uri.toString())) return next(event);
      if (!mayBecomeRelevant(event) || !isRelevant(document)) return;
      open.add(document.uri.toString());
      await tellOpen(document);
    },
    didClose: async (document, next) => {
      if (open.delete(document.uri.toString())) await next(document);
    },
  };
}
