import * as vscode from 'vscode';
import { LOOK } from '../../common/contracts.ts';
import { PANELS, traitsOf } from '../../common/ids.ts';
import { baseName } from '../../common/virtual.ts';
import type { Ask } from './ask.ts';
import type { Services } from './services.ts';
import { documentOf } from './subject.ts';
import { OFFER } from './words.ts';

/** Key of the person's answer that nothing is to be offered any more. */
const QUIET = 'logjam.offer.never';

/** Offers to show files of which VS Code shows no text: above 50 MB, or compressed. Each once in a session. */
export function registerOffers(services: Services): void {
  const { context, subject } = services;
  const asked = new Set<string>();
  context.subscriptions.push(
    subject.onOffered(async ({ uri, kind, textless, packed }) => {
      if (!textless || asked.has(uri) || context.globalState.get(QUIET) === true) return;
      asked.add(uri);
      const answer = await vscode.window.showInformationMessage(OFFER.text(baseName(uri), kind, packed), OFFER.open, OFFER.never);
      if (answer === OFFER.never) await context.globalState.update(QUIET, true);
      else if (answer !== undefined) await openWithLogjam(uri, services);
    }),
  );
}

/** Shows a file in the view that fits: a text in its own editor, everything else in the view for large files. */
export async function openWithLogjam(uri: string, { ask }: { ask: Ask }): Promise<void> {
  const target = vscode.Uri.parse(uri, true);
  const document = documentOf(uri);
  if (document === undefined) {
    await vscode.commands.executeCommand('vscode.openWith', target, PANELS.largeFile);
    return;
  }
  const kind = (await ask(LOOK, { uri }))?.kind ?? 'unknown';
  const { language } = traitsOf(kind);
  if (language !== undefined) await vscode.languages.setTextDocumentLanguage(document, language);
  await vscode.commands.executeCommand('logjam.whatIsWrong', uri);
}
