// A TaskManager log that ended in a failure: text, navigation, timeline, call graph, report.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { codeOf } from '../../support/diagnosticCode.ts';
import {
  definitionsAt,
  fixture,
  hasWindow,
  hoverAt,
  inWindow,
  lensesOf,
  openFile,
  positionOf,
  referencesAt,
  screenshot,
  select,
  symbolsOf,
  until,
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
    const found = await waitForDiagnostics(document.uri, (list) => list.some((one) => codeOf(one) === 'first-failure'));
    const first = found.find((one) => codeOf(one) === 'first-failure') as vscode.Diagnostic;
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

  it('explains what stands at a place', async () => {
    assert.match(await hoverAt(document.uri, positionOf(document, ' more\n', 0, 1)), /The same \d+ frames as at the end of the enclosing trace/);
    assert.match(await hoverAt(document.uri, positionOf(document, 'switched from INITIALIZING to FAILED', 0, -60)), /INITIALIZING → FAILED/);
    assert.match(await hoverAt(document.uri, positionOf(document, '-Xmx', 0, 2)), /Largest heap: \*\*/);
  });

  it('follows an execution by its name and its id, and folds what belongs together', async () => {
    const name = positionOf(document, 'switched from INITIALIZING to FAILED', 0, -60);
    const [failed] = await definitionsAt(document.uri, name);
    assert.match(document.getText(failed instanceof vscode.Location ? failed.range : failed?.targetRange), /INITIALIZING to FAILED/);
    const places = await referencesAt(document.uri, name);
    assert.ok(places.length >= 5, `${places.length} references`);
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    const lineOfFailure = positionOf(document, 'switched from INITIALIZING to FAILED').line;
    assert.ok(folds.some(({ start, end }) => start === lineOfFailure && end > start));
  });

  it('writes out what a trace leaves out', async () => {
    const lens = (await lensesOf(document.uri)).find(({ command }) => command?.title.includes('Show the whole trace'));
    assert.ok(lens?.command);
    await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
    const whole = await until('the whole trace as a Flink log', () =>
      vscode.window.visibleTextEditors.map((editor) => editor.document).find((one) => one.uri.scheme === 'logjam' && one.languageId === 'flink-log'),
    );
    assert.match(whole.getText(), /\/\/ as in line \d+/);
    assert.doesNotMatch(whole.getText(), /\d more$/m);
    await screenshot('log-trace');
    assert.deepEqual(vscode.languages.getDiagnostics(whole.uri), []);
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
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
