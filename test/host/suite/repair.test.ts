// From the deadlock in a dump to the edited source, the raised version and the changed option, and back by undo.
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { codeOf } from '../../support/diagnosticCode.ts';
import {
  codeActionsAt,
  fixture,
  openFile,
  positionOf,
  screenshot,
  until,
  waitForDiagnostics,
  workspaceFolder,
  writeWorkspaceFile,
} from '../helpers.ts';

const SOURCE = 'src/main/java/org/apache/flink/runtime/io/network/partition/consumer/BufferManager.java';

describe('repairing what a dump shows', () => {
  let dump: vscode.TextDocument;
  const inWorkspace = (name: string): vscode.Uri => vscode.Uri.file(path.join(workspaceFolder(), name));

  before(async () => {
    cpSync(fixture('java/workspace'), workspaceFolder(), { recursive: true });
    dump = await openFile(writeWorkspaceFile('incident', readFileSync(fixture('dumps/packed/flink-22946-jira.txt'), 'utf8')), 'java-threaddump');
    await waitForDiagnostics(dump.uri, (list) => list.length >= 2);
  });

  /** Runs the code action with this title at the first waiting line, as a click on it does. */
  async function run(title: RegExp): Promise<void> {
    await vscode.window.showTextDocument(dump);
    const at = positionOf(dump, 'waiting to lock <0x00000007296dfa90', 0, 20);
    const action = (await codeActionsAt(dump.uri, new vscode.Range(at, at))).find((one) => title.test(one.title));
    assert.ok(action?.command, String(title));
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }

  const textOf = (name: string): string | undefined =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === inWorkspace(name).toString())?.getText();

  it('moves recycleBuffer out of the lock, and undo brings it back', async () => {
    const before = readFileSync(inWorkspace(SOURCE).fsPath, 'utf8');
    await run(/^Move recycleBuffer/);
    const after = await until('the edited source', () => {
      const text = textOf(SOURCE);
      return text !== undefined && text !== before && text;
    });
    const synchronizedBlock = /synchronized \(bufferQueue\) \{[\s\S]*?\n {8}\}/.exec(after)?.[0] ?? '';
    assert.doesNotMatch(synchronizedBlock, /recycleBuffer/);
    assert.ok(after.indexOf('recycleBuffer', after.indexOf(synchronizedBlock) + synchronizedBlock.length) !== -1, 'the call comes after the block');
    assert.doesNotMatch(/int addExclusiveBuffer[\s\S]*?\n {8}\}/.exec(after)?.[0] ?? '', /recycleBuffer\(\)/);
    await until('the source to be shown', () => vscode.window.activeTextEditor?.document.uri.toString() === inWorkspace(SOURCE).toString());
    await screenshot('repair-source');
    await vscode.commands.executeCommand('undo');
    await until('the source as it was', () => textOf(SOURCE) === before);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('raises the version in the build file and keeps its comment', async () => {
    await run(/^Upgrade Flink to 1\.13\.2/);
    const pom = await until('the edited pom.xml', () => {
      const text = textOf('pom.xml');
      return text?.includes('1.13.2') && text;
    });
    assert.match(pom, /<!-- of the cluster -->\s*<flink\.version>1\.13\.2<\/flink\.version>/);
  });

  it('sets the option in the configuration and keeps the rest', async () => {
    await run(/^Set execution\.checkpointing\.unaligned: false/);
    const conf = await until('the edited flink-conf.yaml', () => {
      const text = textOf('conf/flink-conf.yaml');
      return text?.includes('unaligned: false') && text;
    });
    assert.match(conf, /# Flink of the orders team/);
    assert.match(conf, /execution\.checkpointing\.unaligned: false # for the evening peak/);
  });

  it('finds the call in the source by itself', async () => {
    const source = await openFile(inWorkspace(SOURCE));
    const found = await waitForDiagnostics(source.uri, (list) => list.some((one) => codeOf(one) === 'java-callback-under-lock'));
    const at = found[0] as vscode.Diagnostic;
    assert.equal(source.getText(at.range).includes('recycleBuffer'), true);
    const titles = (await codeActionsAt(source.uri, at.range)).map(({ title }) => title);
    assert.ok(
      titles.some((title) => /Move recycleBuffer/.test(title)),
      titles.join('; '),
    );
  });
});
