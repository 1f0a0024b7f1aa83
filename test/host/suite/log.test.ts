// A TaskManager log that ended in a failure: text, navigation, timeline, call graph, report.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import {
  fixture,
  hasWindow,
  inWindow,
  lensesOf,
  openFile,
  screenshot,
  select,
  symbolsOf,
  waitForDiagnostics,
  writeWorkspaceFile,
} from '../helpers.ts';

const LOG = fixture('flink/1.20.3/managed-memory/taskmanager.log');

describe('a log with a failure', () => {
  let document: vscode.TextDocument;

  before(async () => {
    document = await openFile(writeWorkspaceFile('container_0001', readFileSync(LOG, 'utf8')), 'flink-log');
  });

  it('names the first failure as the one error that matters', async () => {
    const found = await waitForDiagnostics(document.uri, (list) => list.some(({ code }) => code === 'first-failure'));
    const first = found.find(({ code }) => code === 'first-failure') as vscode.Diagnostic;
    assert.equal(first.severity, vscode.DiagnosticSeverity.Error);
    select(first.range.start);
    await screenshot('log-text');
  });

  it('outlines it and offers lenses', async () => {
    assert.ok((await symbolsOf(document.uri)).length > 0);
    const titles = (await lensesOf(document.uri)).map(({ command }) => command?.title ?? '');
    assert.ok(
      titles.some((title) => /first failure/i.test(title)),
      titles.join('; '),
    );
  });

  for (const [command, name, selector] of [
    ['logjam.showTimeline', 'log-timeline', 'svg'],
    ['logjam.showCallGraph', 'log-calls', '.nodes .node'],
  ] as const) {
    it(`shows ${name}`, async function () {
      if (!hasWindow) this.skip();
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand(command);
      await inWindow('waitFor', { selector, timeout: 30_000 });
      await screenshot(name);
      await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    });
  }

  it('opens the report', async function () {
    if (!hasWindow) this.skip();
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('logjam.openReport');
    await inWindow('waitForText', { text: 'managed memory', timeout: 30_000 }).catch(() =>
      inWindow('waitForText', { text: 'Managed memory', timeout: 10_000 }),
    );
    await screenshot('log-report');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
