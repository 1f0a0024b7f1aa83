// What the commands of palette and editor titles are about: the file of the active tab, whatever shows it.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { fixture, hasWindow, inWindow, openFile, until, waitForDiagnostics, workspaceFolder, writeWorkspaceFile } from '../helpers.ts';

const DUMP = readFileSync(fixture('flink/1.20.3/word-count/taskmanager-jstack-1.txt'), 'utf8');
const OTHER_DUMP = fixture('flink/1.20.3/word-count/taskmanager-jstack-2.txt');
const DEADLOCK = readFileSync(fixture('dumps/packed/flink-22946-jira.txt'), 'utf8');
const LOG = readFileSync(fixture('flink/1.20.3/managed-memory/taskmanager.log'));

const allTabs = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);

/** The names of the files that reports are open of. */
const reported = () =>
  allTabs().flatMap(({ input, label }) => (input instanceof vscode.TabInputWebview && /logjam\.report/.test(input.viewType) ? [label] : []));

/** Runs a command without an argument, as the palette does, until a report of this file is open. */
const reportOf = (name: string) =>
  until(`a report of ${name}`, async () => {
    await vscode.commands.executeCommand('logjam.openReport');
    return reported().some((label) => label.includes(name));
  });

describe('what a command is about', () => {
  let dump: string;

  beforeEach(async () => {
    dump = writeWorkspaceFile('stuck', DUMP);
    await openFile(dump, 'java-threaddump');
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('the text in the active tab', () => reportOf('stuck'));

  it('a compressed log, of which VS Code shows no text', async () => {
    const file = path.join(workspaceFolder(), 'packed.log.gz');
    writeFileSync(file, gzipSync(LOG));
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
    await reportOf('packed.log.gz');
    assert.deepEqual(
      reported().filter((label) => label.includes('stuck')),
      [],
    );
  });

  it('the view for large files', async () => {
    const file = path.join(workspaceFolder(), 'paged.log');
    writeFileSync(file, LOG);
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'logjam.largeFile');
    await reportOf('paged.log');
    assert.deepEqual(
      reported().filter((label) => label.includes('stuck')),
      [],
    );
  });

  it('the same file while the focus is in Output', async () => {
    await vscode.commands.executeCommand('workbench.panel.output.focus');
    await reportOf('stuck');
  });

  it('the side of a comparison in which the cursor is', async () => {
    const other = path.join(workspaceFolder(), 'later.txt');
    copyFileSync(OTHER_DUMP, other);
    await vscode.commands.executeCommand('vscode.diff', vscode.Uri.file(dump), vscode.Uri.file(other), 'two dumps', { preview: false });
    await reportOf('later.txt');
  });

  it('the file of the panel that is in front', async () => {
    await reportOf('stuck');
    await vscode.commands.executeCommand('logjam.showCallTree');
    await until('its call tree', () => allTabs().some(({ label }) => label.startsWith('Call tree') && label.includes('stuck')));
  });

  it('nothing, where a file of none of our kinds is in front', async () => {
    await openFile(writeWorkspaceFile('notes.ini', 'a = 1\n'));
    await vscode.commands.executeCommand('logjam.openReport');
    assert.deepEqual(
      reported().filter((label) => label.includes('stuck')),
      [],
    );
  });

  it('compares with a file that is not open', async () => {
    const other = path.join(workspaceFolder(), 'closed.txt');
    copyFileSync(OTHER_DUMP, other);
    await until('the comparison', async () => {
      await vscode.commands.executeCommand('logjam.compareDumps', vscode.Uri.file(dump), vscode.Uri.file(other).toString());
      return allTabs().some(({ input }) => input instanceof vscode.TabInputTextDiff);
    });
  });

  it('compares two that are selected in the explorer', async () => {
    const other = path.join(workspaceFolder(), 'closed.txt');
    copyFileSync(OTHER_DUMP, other);
    const both = [vscode.Uri.file(other), vscode.Uri.file(dump)];
    await until('the comparison', async () => {
      await vscode.commands.executeCommand('logjam.compareDumps', both[1], both);
      return allTabs().some(({ input }) => input instanceof vscode.TabInputTextDiff);
    });
  });
});

describe('pages of dumps', () => {
  const labels = () => allTabs().flatMap(({ label, input }) => (input instanceof vscode.TabInputWebview ? [label] : []));

  it('three dumps that are selected in the explorer are compared on one page', async () => {
    const files = [1, 2, 3].map((number) => path.join(workspaceFolder(), `dump-${number}.txt`));
    for (const file of files) copyFileSync(OTHER_DUMP, file);
    const uris = files.map((file) => vscode.Uri.file(file));
    await vscode.commands.executeCommand('logjam.compareDumps', uris[0], uris);
    await until('the page', () => labels().includes('Comparison: dump-1.txt'));
  });

  it('the stacks of a dump are a page', async () => {
    await openFile(writeWorkspaceFile('stacks.txt', DUMP), 'java-threaddump');
    await until('the page', async () => {
      await vscode.commands.executeCommand('logjam.showStacks');
      return labels().some((label) => label.startsWith('Stacks: '));
    });
  });
});

describe('the status bar', () => {
  it('keeps the worst finding of the file in front, and leads to it', async function () {
    if (!hasWindow) this.skip();
    const file = await openFile(writeWorkspaceFile('deadlocked', DEADLOCK), 'java-threaddump');
    await waitForDiagnostics(file.uri);
    const worst = vscode.languages.getDiagnostics(file.uri).find(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    // A busy window still shows the finding of the file before, so that it is its own that is waited for.
    const item = `.statusbar-item[id$="logjam.verdict"] a[aria-label="Logjam: ${worst?.message.split('\n')[0]}"]`;
    await until('the cursor at it', async () => {
      await inWindow('waitFor', { selector: item });
      // A busy window may draw it anew under the pointer: a person clicks once more.
      await inWindow('click', { selector: item }).catch(() => undefined);
      const { activeTextEditor: editor } = vscode.window;
      return editor?.document === file && editor.selection.active.line === worst?.range.start.line;
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

describe('a text that another extension has claimed', () => {
  it('is taken for what it is when it is asked for', async () => {
    const document = await openFile(writeWorkspaceFile('ticket.ini', DUMP), 'ini');
    await vscode.commands.executeCommand('logjam.analyseFile', document.uri);
    await until('the language', () =>
      vscode.workspace.textDocuments.some(({ uri, languageId }) => uri.path.endsWith('ticket.ini') && languageId === 'java-threaddump'),
    );
    await until('its report', () => reported().some((label) => label.includes('ticket.ini')));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is read from the clipboard', async () => {
    await vscode.env.clipboard.writeText(DUMP);
    await vscode.commands.executeCommand('logjam.analyseClipboard');
    await until(
      'a dump',
      () => vscode.window.activeTextEditor?.document.isUntitled === true && vscode.window.activeTextEditor.document.languageId === 'java-threaddump',
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

describe('a document that is no file', () => {
  let provider: vscode.Disposable;

  before(() => {
    provider = vscode.workspace.registerTextDocumentContentProvider('old-version', { provideTextDocumentContent: () => DEADLOCK });
  });

  after(async () => {
    provider.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('has no findings of its own: the file that it is a version of has them', async () => {
    const copy = await vscode.workspace.openTextDocument(vscode.Uri.parse('old-version:/stuck.txt'));
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(copy, 'java-threaddump'));
    // The answer about a file that is opened later shows that the server has come past the copy.
    const file = await openFile(writeWorkspaceFile('stuck now', DEADLOCK), 'java-threaddump');
    await waitForDiagnostics(file.uri);
    assert.deepEqual(vscode.languages.getDiagnostics(copy.uri), []);
  });
});
