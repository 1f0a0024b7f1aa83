import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { LANGUAGES, SCHEME, traitsOf } from '../../common/ids.ts';
import { detect, usesFlink } from '../../server/src/core/detect.ts';

import { isFile } from './schemes.ts';

const OURS = new Set<string>(Object.values(LANGUAGES));

/** JSON and Java belong to other extensions as well: of these only plans, and Java that uses Flink or that the setting names. */
function isRelevant(document: vscode.TextDocument): boolean {
  if (!isFile(document.uri)) return false;
  if (OURS.has(document.languageId)) return true;
  if (document.languageId === 'java') return usesFlink(document.getText()) || isNamed(document);
  return (document.languageId === 'json' || document.languageId === 'jsonc') && traitsOf(detect(document.getText()).kind).inJson === true;
}

function isNamed(document: vscode.TextDocument): boolean {
  const parts = vscode.workspace.getConfiguration('logjam', document).get<string[]>('java.files', []);
  return parts.some((part) => part !== '' && document.uri.toString().includes(part));
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
    // An import that is written makes a Java file ours.
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId === 'java') look(document);
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
      if (document.languageId !== 'java' || !isRelevant(document)) return;
      open.add(document.uri.toString());
      await tellOpen(document);
    },
    didClose: async (document, next) => {
      if (open.delete(document.uri.toString())) await next(document);
    },
  };
}
