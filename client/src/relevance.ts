import type * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { LANGUAGES, traitsOf } from '../../common/ids.ts';
import { detect } from '../../server/src/core/detect.ts';

const OURS = new Set<string>(Object.values(LANGUAGES));

/** JSON and Java belong to other extensions as well: only what we recognise is worth sending. */
function isRelevant(document: vscode.TextDocument): boolean {
  if (OURS.has(document.languageId)) return true;
  const { kind } = detect(document.getText());
  return document.languageId === 'java' ? kind === 'java-source' : traitsOf(kind).inJson === true;
}

/** Opens a document on the server when it becomes relevant, and keeps quiet about all others. */
export function relevantDocuments(): Middleware {
  const open = new Set<string>();
  return {
    didOpen: async (document, next) => {
      if (!isRelevant(document)) return;
      open.add(document.uri.toString());
      await next(document);
    },
    didChange: async (event, next) => {
      if (open.has(event.document.uri.toString())) await next(event);
    },
    didClose: async (document, next) => {
      if (open.delete(document.uri.toString())) await next(document);
    },
  };
}
