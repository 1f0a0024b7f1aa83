// A log above the 50 MB that VS Code hands to extensions: findings and lines from the disk.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { fixture, hasWindow, inWindow, screenshot, workspaceFolder } from '../helpers.ts';

const LIMIT = 50 * 1024 * 1024;

describe('a log above 50 MB', () => {
  let file: string;

  before(() => {
    file = path.join(workspaceFolder(), 'large.log');
    const quiet =
      '2026-11-20 21:14:00,000 INFO  org.apache.flink.runtime.taskexecutor.TaskExecutor            [] - Heartbeat from the ResourceManager.\n';
    writeFileSync(file, quiet.repeat(Math.ceil(LIMIT / quiet.length)));
    appendFileSync(file, readFileSync(fixture('flink/1.20.3/managed-memory/taskmanager.log')));
  });

  it('opens in the read-only view at its first failure', async function () {
    if (!hasWindow) this.skip();
    this.timeout(90_000);
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'logjam.largeFile');
    await inWindow('waitForText', { text: 'First failure', timeout: 60_000 });
    await inWindow('waitForText', { text: 'MemoryReservationException', timeout: 20_000 });
    await screenshot('large-file');
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputCustom);
    assert.equal(tab.input.viewType, 'logjam.largeFile');
  });

  it('finds a text in the whole file', async function () {
    if (!hasWindow) this.skip();
    this.timeout(60_000);
    await inWindow('click', { selector: '.large-find input' });
    await inWindow('type', { text: 'Could not allocate' });
    await inWindow('press', { key: 'Enter' });
    await inWindow('waitFor', { selector: '.large-line.marked mark', timeout: 20_000 });
  });

  it('is where its timeline leads to', async function () {
    if (!hasWindow) this.skip();
    this.timeout(90_000);
    await vscode.commands.executeCommand('logjam.showTimeline', vscode.Uri.file(file));
    await inWindow('waitFor', { selector: '.lanes .item.first', timeout: 60_000 });
    const before = vscode.window.tabGroups.all.flatMap((group) => group.tabs).length;
    await inWindow('click', { selector: '.lanes .item.first .mark' });
    await inWindow('waitFor', { selector: '.large-line.marked.error', timeout: 20_000 });
    assert.equal(vscode.window.tabGroups.all.flatMap((group) => group.tabs).length, before);
    await screenshot('large-file-timeline');
  });

  it('opens the report of the whole file', async function () {
    if (!hasWindow) this.skip();
    this.timeout(90_000);
    await vscode.commands.executeCommand('logjam.openReport', vscode.Uri.file(file));
    await inWindow('waitForText', { text: 'anaged memory', timeout: 60_000 });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
