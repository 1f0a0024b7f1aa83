// The extension starts by itself when a file that it knows is opened, whatever its name.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  activated,
  fixture,
  hasWindow,
  hoverAt,
  inWindow,
  openFile,
  positionOf,
  root,
  screenshot,
  select,
  waitForDiagnostics,
  writeWorkspaceFile,
} from '../helpers.ts';

const DUMP = fixture('flink/1.13.1/flink-22946/jstack-l.txt');

describe('opening a thread dump', () => {
  let document: vscode.TextDocument;

  before(async () => {
    // A name that says nothing: the content alone decides.
    document = await openFile(writeWorkspaceFile('download(1)', readFileSync(DUMP, 'utf8')), 'java-threaddump');
  });

  it('activates the extension', async () => {
    const { packageJSON, extensionPath } = await activated();
    assert.equal(packageJSON.version, JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version);
    // When a .vsix is tested, it is the installed extension that runs and not this folder.
    assert.equal(extensionPath === root, process.env['LOGJAM_INSTALLED'] === undefined);
  });

  it('shows the deadlock as errors', async () => {
    const found = await waitForDiagnostics(document.uri);
    const errors = found.filter((one) => one.severity === vscode.DiagnosticSeverity.Error);
    assert.ok(errors.length > 0, JSON.stringify(found));
    const first = errors[0] as vscode.Diagnostic;
    assert.match(first.message, /deadlock/i);
    assert.equal(first.source, 'logjam');
    assert.ok((first.relatedInformation?.length ?? 0) > 0, 'the other members are related information');
    select(first.range.start);
    await screenshot('start-deadlock');
  });

  it('says on hover what a lock is waited for', async () => {
    const text = await hoverAt(document.uri, positionOf(document, '- waiting to lock <', 0, 19));
    assert.match(text, /wait/i);
  });

  it('says in the status bar or the problems what is wrong', async function () {
    if (!hasWindow) this.skip();
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    await inWindow('waitForText', { text: 'deadlock' });
  });

  it('leaves other text files alone', async () => {
    const notes = await openFile(writeWorkspaceFile('notes.txt', 'Notes of Tuesday.\n\n- locked out of the office\n'));
    // Texts are looked at one after another: when the problems of a later one are there, this one has had its turn.
    const later = await openFile(writeWorkspaceFile('later', document.getText()), 'java-threaddump');
    await waitForDiagnostics(later.uri);
    assert.equal(notes.languageId, 'plaintext');
    assert.deepEqual(vscode.languages.getDiagnostics(notes.uri), []);
  });
});
