// JobManager, TaskManager and GC log of one job as one: report, timeline, and the way into the right file.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { fixture, hasWindow, inWindow, lensesOf, openFile, screenshot, until, waitForDiagnostics, workspaceFolder } from '../helpers.ts';

const RECORDING = fixture('flink/1.20.3/heap-out-of-memory');

describe('logs that belong together', () => {
  let folder: string;

  before(() => {
    folder = path.join(workspaceFolder(), 'belong-together');
    mkdirSync(folder, { recursive: true });
    for (const name of ['jobmanager.log', 'taskmanager-gc.log']) copyFileSync(path.join(RECORDING, name), path.join(folder, name));
    const lines = readFileSync(path.join(RECORDING, 'taskmanager.log'), 'utf8').split('\n');
    const cut = lines.findIndex((line) => line.includes('switched from INITIALIZING to RUNNING')) + 1;
    writeFileSync(path.join(folder, 'taskmanager.log.1.gz'), gzipSync(`${lines.slice(0, cut).join('\n')}\n`));
    writeFileSync(path.join(folder, 'taskmanager.log'), lines.slice(cut).join('\n'));
  });

  const activeName = () => path.basename(vscode.window.activeTextEditor?.document.uri.path ?? '');

  function lineAtCursor(): string {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.lineAt(editor.selection.active.line).text ?? '';
  }

  it('a folder opens as one report whose links lead to the lines', async function () {
    if (!hasWindow) this.skip();
    await vscode.commands.executeCommand('logjam.analyseTogether', vscode.Uri.file(folder));
    await inWindow('waitForText', { text: 'Read as one, in this order', timeout: 30_000 });
    await inWindow('waitForText', { text: 'Java heap space' });
    await screenshot('together-report');
    await inWindow('click', { selector: '.report a[href*="taskmanager.log%23L"]' });
    await until('the line of the first failure', () => /FAILED|OutOfMemoryError/.test(lineAtCursor()));
    assert.equal(activeName(), 'taskmanager.log');
  });

  it('the commands of the report speak of all of its files', async function () {
    if (!hasWindow) this.skip();
    await vscode.commands.executeCommand('logjam.analyseTogether', vscode.Uri.file(folder));
    await until('the report to be active', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Report: belong-together');
    await vscode.commands.executeCommand('logjam.showTimeline');
    await until('the timeline of the folder', () =>
      vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.label === 'Timeline: belong-together')),
    );
    await inWindow('waitForText', { text: 'GC pauses', timeout: 30_000 });
    await screenshot('together-timeline');
  });

  it('a pause on the timeline leads into the GC log', async function () {
    if (!hasWindow) this.skip();
    await inWindow('click', { selector: '.t-bad[data-id^="gc:"]' });
    // The panel keeps the keyboard: the file is visible, not active.
    await until('the line of the pause', () =>
      vscode.window.visibleTextEditors.some(
        ({ document, selection }) =>
          path.basename(document.uri.path) === 'taskmanager-gc.log' && /Pause/.test(document.lineAt(selection.active).text),
      ),
    );
  });

  it('a compressed file is shown as its text', async function () {
    if (!hasWindow) this.skip();
    await vscode.commands.executeCommand('logjam.analyseTogether', vscode.Uri.file(folder));
    await inWindow('waitFor', { selector: '.report a[href*="taskmanager.log.1.gz"]', timeout: 30_000 });
    await inWindow('click', { selector: '.report a[href*="taskmanager.log.1.gz"]' });
    const document = await until('the text of the compressed file', () =>
      vscode.window.visibleTextEditors.map((editor) => editor.document).find((one) => one.uri.scheme === 'logjam' && one.languageId === 'flink-log'),
    );
    assert.equal(path.basename(document.uri.path), 'taskmanager.log.1');
    await screenshot('together-compressed');
  });

  it('its findings stand in the files as long as it is shown', async function () {
    if (!hasWindow) this.skip();
    const uri = vscode.Uri.file(path.join(folder, 'taskmanager.log'));
    const elsewhere = (list: vscode.Diagnostic[]) =>
      list.some(({ relatedInformation = [] }) => relatedInformation.some(({ location }) => location.uri.toString() !== uri.toString()));
    await waitForDiagnostics(uri, elsewhere);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await waitForDiagnostics(uri, (list) => !elsewhere(list));
  });

  it('a log offers the files that its rotation has put aside', async () => {
    const document = await openFile(path.join(folder, 'taskmanager.log'), 'flink-log');
    await waitForDiagnostics(document.uri);
    const titles = (await lensesOf(document.uri)).map(({ command }) => command?.title ?? '');
    assert.ok(
      titles.some((title) => title.includes('One rotated file beside this one: read together')),
      titles.join('; '),
    );
    await screenshot('together-lens');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('says when a folder has no log', async function () {
    if (!hasWindow) this.skip();
    const empty = path.join(workspaceFolder(), 'empty');
    mkdirSync(empty, { recursive: true });
    writeFileSync(path.join(empty, 'notes.txt'), 'The meeting is at ten.\n');
    await vscode.commands.executeCommand('logjam.analyseTogether', vscode.Uri.file(empty));
    await inWindow('waitForText', { text: 'There is no Flink log here: one file was looked at.' });
  });
});
