// Views beside a file that are documents and pages of their own, in the real editor.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  fixture,
  hasWindow,
  hoverAt,
  inWindow,
  lensesOf,
  openFile,
  root,
  symbolsOf,
  until,
  waitForDiagnostics,
  workspaceFolder,
} from '../helpers.ts';

const LOG = fixture('flink/1.20.3/managed-memory/taskmanager.log');
const DUMP = fixture('dumps/packed/flink-22946-jira.txt');
const GC = fixture('flink/1.20.3/heap-out-of-memory/taskmanager-gc.log');

const labels = () =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap(({ label, input }) => (input instanceof vscode.TabInputWebview ? [label] : []));

describe('views beside a file', () => {
  let folder: string;
  before(() => {
    folder = path.join(workspaceFolder(), 'views');
    mkdirSync(folder);
    for (const file of [LOG, DUMP, GC]) copyFileSync(file, path.join(folder, path.basename(file)));
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('a filtered log is read-only, and its numbers lead into the log', async () => {
    const file = path.join(folder, path.basename(LOG));
    const { uri } = await openFile(file, 'flink-log');
    await vscode.commands.executeCommand('logjam.filterLog', uri, { level: 'WARN' });
    const shown = await until(
      'the filtered log',
      () => vscode.window.activeTextEditor?.document.uri.scheme === 'logjam' && vscode.window.activeTextEditor.document,
    );
    assert.match(shown.lineAt(0).text, /records of taskmanager\.log: level WARN or worse$/);
    const links = await until('its links', async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', shown.uri, 1000);
      return found.some(({ target }) => target?.path === uri.path) && found;
    });
    assert.match(links[0]?.target?.fragment ?? '', /^L\d+$/);
  });

  it('heap and pauses of a GC log', async () => {
    const { uri } = await openFile(path.join(folder, path.basename(GC)), 'gc-log');
    await vscode.commands.executeCommand('logjam.showGcChart', uri.toString());
    await until('the chart', () => labels().includes('GC: taskmanager-gc.log'));
  });

  it('a folder that is checked fills Problems although nothing is open', async () => {
    const known = (name: string) =>
      vscode.languages.getDiagnostics(vscode.Uri.file(path.join(folder, name))).filter(({ source }) => source === 'logjam');
    await vscode.commands.executeCommand('logjam.checkFolder', vscode.Uri.file(folder));
    assert.ok(known(path.basename(DUMP)).some(({ severity }) => severity === vscode.DiagnosticSeverity.Error));
    assert.ok(known(path.basename(GC)).length > 0);
    // VS Code puts the file with the worst first: that needs nothing of ours but the severities.
  });

  it('ten lines for a ticket', async () => {
    const { uri } = await openFile(path.join(folder, path.basename(DUMP)), 'java-threaddump');
    await waitForDiagnostics(uri);
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('logjam.copyTicket', uri);
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^\*\*FLINK-22946: /);
    assert.ok(text.trimEnd().split('\n').length <= 10, text);
  });

  it('documents in YAML have a verdict, an outline and hovers', async () => {
    const config = path.join(folder, 'flink-conf.yaml');
    copyFileSync(fixture('rest/flink-conf.yaml'), config);
    const pods = path.join(folder, 'pods.yaml');
    copyFileSync(fixture('rest/pods.yaml'), pods);
    const document = await openFile(pods);
    assert.equal(document.languageId, 'yaml');
    await waitForDiagnostics(document.uri, (list) => list.some(({ message }) => message.includes('OOMKilled') || message.includes('memory')));
    const [first] = (await symbolsOf(document.uri)) ?? [];
    const [lens] = await lensesOf(document.uri);
    assert.ok(first !== undefined && lens?.command?.title.endsWith(first.name) === true, `${first?.name} ${lens?.command?.title}`);
    const { uri } = await openFile(config);
    const text = await until('a hover', async () => {
      const said = await hoverAt(uri, new vscode.Position(4, 3));
      return said !== '' && said;
    });
    assert.match(text, /value: 2/);
  });

  for (const [name, file, wrong] of [
    ['1-deadlock', 'taskmanager-jstack.txt', 'FLINK-22946'],
    ['2-out-of-memory', null, 'Java heap space'],
    ['3-back-pressure', null, 'slow sink'],
    ['4-iteration', 'execution-plan.json', 'Loop 63 stops'],
  ] as const)
    it(`what is wrong in demo/${name} is said with one click`, async function () {
      this.timeout(90_000);
      if (file !== null) {
        // Nothing but opening it: the lens above the first line says it.
        await vscode.commands.executeCommand('logjam.openSample', name);
        const { uri } = await until(file, () => {
          const document = vscode.window.activeTextEditor?.document;
          return document?.fileName.endsWith(file) && document;
        });
        await until('the verdict above the first line', async () => ((await lensesOf(uri))?.[0]?.command?.title ?? '').includes(wrong));
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      }
      // The menu of the folder.
      await vscode.commands.executeCommand('logjam.openIncident', vscode.Uri.file(path.join(root, 'demo', name)));
      await until('the incident', () => labels().some((label) => label.startsWith('Incident: ')));
      if (!hasWindow) return;
      const verdict = await until(
        'its verdict',
        async () => {
          const said = await inWindow('evaluate', { selector: '.verdict', script: 'document.querySelector(".verdict").innerText' }).catch(() => '');
          return typeof said === 'string' && said.includes(wrong) && said;
        },
        60_000,
      );
      assert.doesNotMatch(verdict, /Nothing wrong|No fault found/i);
    });

  it('the samples of the walkthrough open', async () => {
    await vscode.commands.executeCommand('logjam.openSample', '1-deadlock');
    const dump = await until('the dump', () => vscode.window.activeTextEditor?.document);
    await waitForDiagnostics(dump.uri, (list) => list.some(({ message }) => message.startsWith('Deadlock of 2 threads')));
    await vscode.commands.executeCommand('logjam.openSample', '4-iteration');
    const plan = await until(
      'the plan',
      () => vscode.window.activeTextEditor?.document.fileName.endsWith('.json') && vscode.window.activeTextEditor.document,
    );
    await waitForDiagnostics(plan.uri, (list) => list.some(({ message }) => message.includes('Loop')));
    for (const name of ['2-out-of-memory', '3-back-pressure']) {
      await vscode.commands.executeCommand('logjam.openSample', name);
      await until(`the incident of ${name}`, () => labels().some((label) => label.startsWith('Incident: ')));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });

  it('a panel that follows shows its view of the file that comes to the front', async function () {
    if (!hasWindow) this.skip();
    this.timeout(90_000);
    const [first, second] = ['one.txt', 'two.txt'].map((name) => path.join(folder, name));
    for (const file of [first, second]) copyFileSync(DUMP, file as string);
    await openFile(first as string, 'java-threaddump');
    await vscode.commands.executeCommand('logjam.showStacks');
    await until('the stacks', () => labels().includes('Stacks: one.txt'));
    const button = { selector: 'button[title="Follow the active editor"]:not([hidden])' };
    const click = () =>
      inWindow('click', button).then(
        () => true,
        () => false,
      );
    await until('the page', click, 60_000);
    await vscode.window.showTextDocument(vscode.Uri.file(second as string), { viewColumn: vscode.ViewColumn.One, preview: false });
    await until('the stacks of the other', () => labels().includes('Stacks: two.txt') && !labels().includes('Stacks: one.txt'));
  });

  it('the page of a rule opens', async () => {
    const { uri } = await openFile(path.join(folder, path.basename(DUMP)), 'java-threaddump');
    const [one] = await waitForDiagnostics(uri);
    const code = one?.code;
    assert.ok(typeof code === 'object', JSON.stringify(code));
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.match(page.getText(), /^# .+\n\n/);
  });
});
