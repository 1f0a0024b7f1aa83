// Before anything is opened that concerns Flink, no server runs. By its name this file is the first of the suite.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { codeOf } from '../../support/diagnosticCode.ts';
import { activated, openFile, until, waitForDiagnostics, writeWorkspaceFile } from '../helpers.ts';

/** Processes of the language server that this extension host has started. */
function servers(): number {
  const list = execFileSync('ps', ['-A', '-o', 'ppid=,args='], { encoding: 'utf8' }).split('\n');
  return list.filter((line) => Number.parseInt(line, 10) === process.pid && /dist.server.node\.js/.test(line)).length;
}

describe('a Java project without Flink', () => {
  let source: vscode.TextDocument;

  before(async function () {
    if (process.platform === 'win32') this.skip();
    await openFile(writeWorkspaceFile('data.json', '{ "name": "orders", "size": 3 }'));
    await openFile(writeWorkspaceFile('todo.txt', 'Read what the team has written.\n'));
    const text =
      'package com.acme;\n\n// Not for org.apache.flink.\nclass Pool {\n    synchronized void give(Slab slab) {\n        slab.recycleBuffer();\n    }\n}\n';
    source = await openFile(writeWorkspaceFile('Pool.java', text), 'java');
    await activated();
  });

  it('has no server', () => {
    assert.equal(servers(), 0);
    assert.deepEqual(vscode.languages.getDiagnostics(source.uri), []);
  });

  it('has one as soon as a file imports a class of Flink', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(source.uri, new vscode.Position(1, 0), '\nimport org.apache.flink.runtime.io.network.buffer.Buffer;\n');
    await vscode.workspace.applyEdit(edit);
    await until('a server', () => servers() === 1);
    const [found] = await waitForDiagnostics(source.uri);
    assert.equal(found && codeOf(found), 'java-callback-under-lock');
  });

  it('says nothing about the files that do not use Flink', async () => {
    const plain = await openFile(writeWorkspaceFile('Slabs.java', source.getText().replace(/^import.*\n/m, '')), 'java');
    // The server answers in order: what comes after it has been looked at, and so has this one.
    const later = await openFile(writeWorkspaceFile('Later.java', source.getText()), 'java');
    await waitForDiagnostics(later.uri);
    assert.deepEqual(vscode.languages.getDiagnostics(plain.uri), []);
  });
});
