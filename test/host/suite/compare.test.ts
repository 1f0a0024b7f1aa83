// Several dumps of one process, side by side and in words.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { fixture, openFile, screenshot, symbolsOf, until, writeWorkspaceFile } from '../helpers.ts';

const DUMPS = [1, 2, 3].map((n) => fixture(`flink/1.20.3/word-count/taskmanager-jstack-${n}.txt`));

describe('three dumps of one TaskManager in one file', () => {
  before(async () => {
    const text = DUMPS.map((file) => readFileSync(file, 'utf8')).join('\n');
    await openFile(writeWorkspaceFile('three dumps', text), 'java-threaddump');
  });

  it('compares the first two in the diff editor', async () => {
    await until('the analysis', async () => {
      await vscode.commands.executeCommand('logjam.compareDumps');
      return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ input }) => input instanceof vscode.TabInputTextDiff);
    });
    const diff = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputTextDiff);
    assert.ok(diff?.input instanceof vscode.TabInputTextDiff);
    const left = await vscode.workspace.openTextDocument(diff.input.original);
    const right = await vscode.workspace.openTextDocument(diff.input.modified);
    for (const side of [left, right]) {
      assert.match(side.getText(), /^"/);
      assert.doesNotMatch(side.getText(), /0x[0-9a-f]{8}/, 'addresses would differ everywhere');
    }
    assert.ok(left.getText().includes('slow sink'));
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await screenshot('dump-compare');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('says nothing is wrong where nothing is', async () => {
    const document = await openFile(vscode.Uri.file(writeWorkspaceFile('one dump', readFileSync(DUMPS[0] as string, 'utf8'))), 'java-threaddump');
    // The outline comes with the analysis, and the problems go out before it.
    await until('the outline', async () => ((await symbolsOf(document.uri)) ?? []).length > 0);
    assert.deepEqual(
      vscode.languages.getDiagnostics(document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      [],
    );
  });
});
