// The main job: the ticket of FLINK-22946 as Jira shows it, opened by a person.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { codeOf } from '../../support/diagnosticCode.ts';
import {
  codeActionsAt,
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

const TICKET = fixture('dumps/packed/flink-22946-jira.txt');
const LOCKS = ['0x00000007296dfa90', '0x00000007296bc450'];

describe('the ticket of FLINK-22946, one line a stack', () => {
  let document: vscode.TextDocument;
  const textAt = (range: vscode.Range): string => document.getText(range);
  const firstOf = (result: vscode.Location | vscode.LocationLink | undefined): vscode.Range => {
    assert.ok(result);
    return 'targetRange' in result ? (result.targetSelectionRange ?? result.targetRange) : result.range;
  };

  before(async () => {
    document = await openFile(writeWorkspaceFile('ticket', readFileSync(TICKET, 'utf8')), 'java-threaddump');
    await waitForDiagnostics(document.uri);
  });

  it('has one cycle and one known bug, on the right characters', async () => {
    const found = await waitForDiagnostics(document.uri, (list) => list.length >= 2);
    const errors = found.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.deepEqual(errors.map(codeOf).sort(), ['deadlock', 'known-issue']);
    const deadlock = errors.find((one) => codeOf(one) === 'deadlock') as vscode.Diagnostic;
    const places = (deadlock.relatedInformation ?? []).map(({ location }) => textAt(location.range));
    assert.deepEqual(places, [LOCKS[0], LOCKS[0], LOCKS[1], LOCKS[1]]);
    const bug = errors.find((one) => codeOf(one) === 'known-issue') as vscode.Diagnostic;
    assert.match(bug.message, /FLINK-22946/);
    assert.match(bug.message, /^FLINK-22946: .*; fixed in 1\.13\.2$/);
    assert.equal(textAt(bug.range), LOCKS[0]);
    select(deadlock.range.start);
    await screenshot('dump-ticket');
  });

  it('goes from the waiting line to the holder and back', async () => {
    const waiting = positionOf(document, `waiting to lock <${LOCKS[0]}`, 0, 20);
    const held = firstOf((await definitionsAt(document.uri, waiting))[0]);
    assert.equal(textAt(held), LOCKS[0]);
    assert.equal(held.start.isEqual(positionOf(document, `locked <${LOCKS[0]}`, 0, 8)), true);
    const back = firstOf((await definitionsAt(document.uri, held.start))[0]);
    assert.equal(back.start.isEqual(positionOf(document, `waiting to lock <${LOCKS[0]}`, 0, 17)), true);
  });

  it('lists every mention of a lock', async () => {
    const found = await referencesAt(document.uri, positionOf(document, `locked <${LOCKS[1]}`, 0, 10));
    assert.deepEqual(
      found.map(({ range }) => textAt(range)),
      [LOCKS[1], LOCKS[1]],
    );
  });

  it('explains thread, frame and lock on hover', async () => {
    const thread = (await hoverAt(document.uri, positionOf(document, 'Channel state writer', 0, 3))).replaceAll('\\', '');
    assert.match(thread, /channel state writer of Join\(xxxxxx\) \(34\/256\), attempt 1/);
    assert.match(thread, /Deadlock/);
    const frame = await hoverAt(document.uri, positionOf(document, 'BufferManager.notifyBufferAvailable', 0, 20));
    assert.match(frame, /credit queue|buffers/i);
    assert.match(await hoverAt(document.uri, positionOf(document, LOCKS[0] as string, 0, 4)), /AvailableBufferQueue/);
  });

  it('outlines the dump and puts a lens on the members', async () => {
    const symbols = await symbolsOf(document.uri);
    assert.match(symbols[0]?.name ?? '', /^FLINK-22946: /);
    const dump = symbols.find(({ name }) => name === 'Thread dump');
    assert.match(dump?.children[0]?.name ?? '', /Deadlock of 2 threads/);
    const lenses = await lensesOf(document.uri);
    assert.equal(lenses.filter(({ command }) => /this thread waits for/.test(command?.title ?? '')).length, 2);
  });

  it('offers the graph, the repair and the upgrade', async () => {
    const position = positionOf(document, LOCKS[0] as string, 0, 2);
    const titles = (await codeActionsAt(document.uri, new vscode.Range(position, position))).map(({ title }) => title);
    for (const wanted of [
      /lock-wait graph/,
      /Move recycleBuffer outside the synchronized block in BufferManager\.java/,
      /Upgrade Flink to 1\.13\.2/,
      /execution\.checkpointing\.unaligned: false/,
    ]) {
      assert.ok(
        titles.some((title) => wanted.test(title)),
        `${wanted} in ${titles.join('; ')}`,
      );
    }
    assert.equal(new Set(titles).size, titles.length, 'nothing is offered twice');
  });

  it('draws the cycle', async function () {
    if (!hasWindow) this.skip();
    await vscode.commands.executeCommand('logjam.showLockGraph');
    await inWindow('waitFor', { selector: '.nodes .node', timeout: 30_000 });
    await inWindow('waitForText', { text: 'Channel state writer', timeout: 30_000 });
    await screenshot('dump-graph');
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
  });

  it('opens a report that can be pasted into a ticket', async () => {
    const answer = await vscode.commands.executeCommand('logjam.openReport');
    assert.equal(answer, undefined);
    const tab = await until('the report', () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label.startsWith('Report: ')),
    );
    if (hasWindow) await inWindow('waitForText', { text: 'Root cause', timeout: 30_000 });
    await screenshot('dump-report');
    await vscode.window.tabGroups.close(tab);
  });
});
