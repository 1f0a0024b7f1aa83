import * as vscode from 'vscode';
import { traitsOf } from '../../common/ids.ts';
import { SAMPLE_LENGTH } from '../../server/src/core/detect.ts';
import { isFile } from './schemes.ts';
import { kindOf, LONG_CHANGE, UNDECIDED } from './textKinds.ts';

/** Sets the language of plain-text and log documents by their content; the setting `logjam.detect` switches it off. */
export function registerDetection(context: vscode.ExtensionContext): void {
  const sniff = (document: vscode.TextDocument): void => {
    if (!UNDECIDED.has(document.languageId) || !isFile(document.uri)) return;
    if (!vscode.workspace.getConfiguration('logjam', document).get<boolean>('detect', true)) return;
    const end = document.positionAt(SAMPLE_LENGTH);
    const { language } = traitsOf(kindOf(document.getText(new vscode.Range(new vscode.Position(0, 0), end))));
    if (language !== undefined) void vscode.languages.setTextDocumentLanguage(document, language);
  };
  for (const document of vscode.workspace.textDocuments) sniff(document);
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(sniff),
    // A dump pasted into an untitled document is recognised as soon as it is there.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.some((change) => change.text.length > LONG_CHANGE)) sniff(document);
    }),
  );
}
