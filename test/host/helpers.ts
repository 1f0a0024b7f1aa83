// What the host suites need again and again. Everything waits for what it names instead of for a time.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** The folder of the project. */
export const root = process.env['LOGJAM_ROOT'] ?? '';

const EXTENSION_ID = 'logjam.logjam';

/** A file of test/fixtures. */
export const fixture = (name: string): string => path.join(root, 'test/fixtures', name);

/** The workspace folder that is open: a copy, free to be written to. */
export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a workspace folder is open');
  return folder.uri.fsPath;
}

/** Writes a file into the workspace and gives its path. */
export function writeWorkspaceFile(name: string, text: string): string {
  const file = path.join(workspaceFolder(), name);
  writeFileSync(file, text);
  return file;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again until the answer is neither undefined nor false. */
export async function until<T>(what: string, ask: () => T | undefined | false | PromiseLike<T | undefined | false>, timeout = 15_000): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${timeout} ms for ${what}`);
    await sleep(50);
  }
}

/** Opens a file as a person does and shows it. `language`: wait until the document has this language. */
export async function openFile(file: string | vscode.Uri, language?: string): Promise<vscode.TextDocument> {
  const uri = typeof file === 'string' ? vscode.Uri.file(file) : file;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  if (language === undefined) return await vscode.workspace.openTextDocument(uri);
  // A change of the language closes and opens the document: it is looked up again.
  return until(`${path.basename(uri.path)} as ${language}`, () =>
    vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString() && document.languageId === language),
  );
}

/** The extension, activated by what was opened and not by the test. */
export async function activated(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  assert.ok(extension, `${EXTENSION_ID} is there`);
  await until('the extension to be active', () => extension.isActive);
  return extension;
}

/** Waits until a document has diagnostics that satisfy the test (any, when there is none). */
export const waitForDiagnostics = (
  uri: vscode.Uri,
  test: (list: vscode.Diagnostic[]) => boolean = (list) => list.length > 0,
  timeout = 20_000,
): Promise<vscode.Diagnostic[]> =>
  until(
    `diagnostics in ${path.basename(uri.path)}`,
    () => {
      const list = vscode.languages.getDiagnostics(uri);
      return test(list) && list;
    },
    timeout,
  );

/** The place of the n-th occurrence of a text (from 0), moved by `shift` characters. */
export function positionOf(document: vscode.TextDocument, text: string, nth = 0, shift = 0): vscode.Position {
  let offset = -1;
  for (let i = 0; i <= nth; i++) {
    offset = document.getText().indexOf(text, offset + 1);
    assert.notEqual(offset, -1, `"${text}" is in ${path.basename(document.uri.path)} ${nth + 1} times`);
  }
  return document.positionAt(offset + shift);
}

/** All hovers at a place as one Markdown text. */
export async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers.flatMap((hover) => hover.contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n\n');
}

export const definitionsAt = (uri: vscode.Uri, position: vscode.Position) =>
  vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>('vscode.executeDefinitionProvider', uri, position);

export const referencesAt = (uri: vscode.Uri, position: vscode.Position) =>
  vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', uri, position);

export const symbolsOf = (uri: vscode.Uri) => vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);

/** Code lenses with their commands filled in. */
export const lensesOf = (uri: vscode.Uri, resolved = 1000) =>
  vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, resolved);

export const codeActionsAt = (uri: vscode.Uri, range: vscode.Range) =>
  vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range);

/** Moves the cursor of the visible editor. */
export function select(position: vscode.Position): void {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor, 'an editor is open');
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The requests that the launcher answers by doing something with the window. Webview frames are searched as well. */
interface WindowRequests {
  screenshot: { name: string };
  press: { key: string };
  type: { text: string };
  click: { selector: string; button?: 'left' | 'right'; double?: boolean };
  hover: { selector: string };
  waitFor: { selector: string; timeout?: number };
  waitForText: { text: string; timeout?: number };
  text: Record<string, never>;
  evaluate: { selector?: string; script: string };
  resize: { width: number; height: number };
}

/** A window that can be driven from outside is there (VS Code in a browser); desktop VS Code has none. */
export const hasWindow = process.env['LOGJAM_WINDOW'] !== undefined;

/** Does something with the window: keys, clicks, waiting for what is shown. Skip a test with `hasWindow` where there is none. */
export async function inWindow<K extends keyof WindowRequests>(action: K, request: WindowRequests[K]): Promise<unknown> {
  const bridge = process.env['LOGJAM_WINDOW'];
  assert.ok(bridge, 'the window can be driven only in the headless VS Code');
  const response = await fetch(`${bridge}/${action}`, { method: 'POST', body: JSON.stringify(request) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${action}: ${(answer as { error: string }).error}`);
  return answer;
}

/** A picture of the window in .vscode-test/screenshots/; its path, or undefined in desktop VS Code. */
export const screenshot = async (name: string): Promise<string | undefined> =>
  hasWindow ? ((await inWindow('screenshot', { name })) as string) : undefined;
