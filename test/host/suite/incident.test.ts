// A folder with logs, dumps and answers of the REST API: one verdict, and every place in it leads into a file.
import assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { fixture, hasWindow, inWindow, lensesOf, openFile, screenshot, until, workspaceFolder } from '../helpers.ts';

const textOf = (selector: string) => inWindow('evaluate', { selector, script: `document.querySelector('${selector}').textContent` });

describe('the incident of a folder', () => {
  let folder: string;

  before(() => {
    folder = path.join(workspaceFolder(), 'incident');
    cpSync(fixture('flink/2.3.0/convoy'), folder, { recursive: true });
    writeFileSync(path.join(folder, 'broken.json'), '{"vertices": [');
    writeFileSync(path.join(folder, 'core.4711'), Buffer.from([0, 1, 2, 3]));
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  it('is offered by a lens in each of its files', async () => {
    const document = await openFile(path.join(folder, 'taskmanager.log'), 'flink-log');
    const lens = await until('the lens', async () =>
      (await lensesOf(document.uri)).find(({ command }) => command?.command === 'logjam.openIncident'),
    );
    assert.match(lens.command?.title ?? '', /files of this folder/);
  });

  it('says what is wrong first, and leads to the lines that show it', async function () {
    if (!hasWindow) this.skip();
    this.timeout(90_000);
    await vscode.commands.executeCommand('logjam.openIncident', vscode.Uri.file(folder));
    await inWindow('waitFor', { selector: '.verdict h2', timeout: 60_000 });
    assert.match(String(await textOf('.verdict h2')), /^The subtasks of "format" work one at a time/);
    await inWindow('waitFor', { selector: '.axis-box .item' });
    await inWindow('waitFor', { selector: '.graph-box .node', timeout: 20_000 });
    await screenshot('incident');
    await inWindow('click', { selector: '.evidence .link' });
    const editor = await until('the dump', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path.endsWith('taskmanager-jstack-1.txt') === true && active;
    });
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /format/);
  });

  it('names what could not be read', async function () {
    if (!hasWindow) this.skip();
    await vscode.commands.executeCommand('logjam.openIncident', vscode.Uri.file(folder));
    await inWindow('waitForText', { text: 'core.4711' });
    await inWindow('waitForText', { text: 'broken.json' });
  });
});
