// A job graph with nested loops: outline, hover, navigation in the JSON, and the scope-nesting graph.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { fixture, hasWindow, inWindow, lensesOf, openFile, screenshot, symbolsOf, until, writeWorkspaceFile } from '../helpers.ts';

const PLAN = fixture('flink/1.20.3/iterate-nested/execution-plan.json');

describe('a job graph with nested loops', () => {
  let document: vscode.TextDocument;

  before(async () => {
    document = await openFile(writeWorkspaceFile('plan.json', readFileSync(PLAN, 'utf8')));
  });

  it('puts scopes and vertices into the outline', async () => {
    const names = (symbols: readonly vscode.DocumentSymbol[]): string[] => symbols.flatMap(({ name, children }) => [name, ...names(children)]);
    // VS Code's own JSON outline is there at once; ours comes with the analysis.
    const found = await until('the outline', async () => {
      const all = names((await symbolsOf(document.uri)) ?? []);
      return all.some((name) => /^Loop 63/.test(name)) && all;
    });
    assert.ok(
      found.some((name) => /^Loop 65/.test(name)),
      found.join('; '),
    );
    assert.ok(found.includes('outer step'), found.join('; '));
  });

  it('says level and degree in lenses', async () => {
    const titles = await until('the lenses', async () => {
      const lenses = await lensesOf(document.uri);
      return lenses.length > 0 && lenses.map(({ command }) => command?.title ?? '');
    });
    assert.ok(
      titles.some((title) => /level/i.test(title)),
      titles.join('; '),
    );
  });

  for (const [command, name] of [
    ['logjam.showScopes', 'plan-scopes'],
    ['logjam.showJobGraph', 'plan-job'],
  ] as const) {
    it(`draws ${name}`, async function () {
      if (!hasWindow) this.skip();
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand(command);
      await inWindow('waitFor', { selector: '.nodes .node', timeout: 30_000 });
      await screenshot(name);
      await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    });
  }

  it('draws what another plan changes, beside the text', async function () {
    if (!hasWindow) this.skip();
    const other = vscode.Uri.file(writeWorkspaceFile('changed.json', readFileSync(PLAN, 'utf8').replace('"outer step"', '"other step"')));
    await vscode.commands.executeCommand('logjam.comparePlans', document.uri, other.toString());
    await inWindow('waitFor', { selector: '.nodes .node.e-changed', timeout: 30_000 });
    await inWindow('waitForText', { text: 'name outer step → other step', timeout: 10_000 });
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.ok(tabs.some(({ input }) => input instanceof vscode.TabInputTextDiff));
    assert.ok(
      tabs.some(({ label }) => label === 'Changes: plan.json → changed.json'),
      tabs.map(({ label }) => label).join('; '),
    );
    await screenshot('plan-diff');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('opens a chain of a job into its operators', async function () {
    if (!hasWindow) this.skip();
    await openFile(fixture('flink/1.20.3/windowed-join/job.json'));
    await vscode.commands.executeCommand('logjam.showJobGraph');
    await inWindow('waitFor', { selector: '.node.k-source', timeout: 30_000 });
    await inWindow('click', { selector: '.node.k-source' });
    await inWindow('click', { selector: '[title="Draw them one by one"]' });
    await inWindow('waitFor', { selector: '.group.g-chain', timeout: 10_000 });
    await inWindow('waitFor', { selector: '.edge.l-chained', timeout: 10_000 });
    await screenshot('plan-chain');
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
  });

  it('plays the way into a deadlock of flow control', async function () {
    if (!hasWindow) this.skip();
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('logjam.simulate');
    await inWindow('waitFor', { selector: '.steps:not([hidden])', timeout: 30_000 });
    await inWindow('waitFor', { selector: '.canvas.playing .node.step', timeout: 30_000 });
    for (let step = 1; step < 4; step++) await inWindow('click', { selector: '[title^="Next step"]' });
    await inWindow('waitFor', { selector: '.step-tag', timeout: 10_000 });
    await screenshot('plan-deadlock-step');
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
  });
});

const EXPLAIN = `== Optimized Execution Plan ==
Sink(table=[default_catalog.default_database.pairs], fields=[k, k0])
+- Calc(select=[k, k0])
   +- Join(joinType=[InnerJoin], where=[(v > w)], select=[k, v, k0, w], leftInputSpec=[NoUniqueKey], rightInputSpec=[NoUniqueKey])
      :- Exchange(distribution=[single])
      :  +- TableSourceScan(table=[[default_catalog, default_database, orders]], fields=[k, v])
      +- Exchange(distribution=[single])
         +- TableSourceScan(table=[[default_catalog, default_database, rates]], fields=[k, w])
`;

describe('the EXPLAIN of a query', () => {
  for (const name of ['query.txt', 'query.log', 'query']) {
    it(`is read in ${name}`, async () => {
      const document = await openFile(writeWorkspaceFile(name, EXPLAIN));
      const found = await until('the finding', () => {
        const told = vscode.languages.getDiagnostics(document.uri);
        return told.length > 0 && told.map(({ message }) => message);
      });
      assert.match(found.join('; '), /no equality between its inputs/);
    });
  }

  it('is read in a document that has no file yet', async () => {
    const document = await vscode.workspace.openTextDocument({ content: EXPLAIN });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('logjam.analyseFile', document.uri);
    const told = await until('the finding', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 && found.map(({ message }) => message);
    });
    assert.equal(document.uri.scheme, 'untitled');
    assert.match(told.join('; '), /no equality between its inputs/);
  });
});
