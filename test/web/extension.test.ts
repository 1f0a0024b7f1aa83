// The browser build of the extension and of the server, in a web worker.
import * as vscode from 'vscode';
import { assert, until } from './helpers.ts';

const DUMP = `2026-01-01 10:00:00
Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):

"left" #11 prio=5 os_prio=0 cpu=1.00ms elapsed=9.00s tid=0x00007f0000000010 nid=0x10 waiting for monitor entry  [0x00007f0000001000]
   java.lang.Thread.State: BLOCKED (on object monitor)
	at org.example.Pair.left(Pair.java:10)
	- waiting to lock <0x00000000e0000020> (a org.example.B)
	- locked <0x00000000e0000010> (a org.example.A)

"right" #12 prio=5 os_prio=0 cpu=1.00ms elapsed=9.00s tid=0x00007f0000000020 nid=0x11 waiting for monitor entry  [0x00007f0000002000]
   java.lang.Thread.State: BLOCKED (on object monitor)
	at org.example.Pair.right(Pair.java:20)
	- waiting to lock <0x00000000e0000010> (a org.example.A)
	- locked <0x00000000e0000020> (a org.example.B)

`;

describe('the extension in a browser', () => {
  let document: vscode.TextDocument;

  before(async () => {
    document = await vscode.workspace.openTextDocument({ content: DUMP, language: 'plaintext' });
    await vscode.window.showTextDocument(document);
  });

  it('runs in a web worker', () => {
    assert(typeof process === 'undefined' || process.versions?.node === undefined, 'there is no Node here');
    assert(typeof (globalThis as { importScripts?: unknown }).importScripts === 'function', 'this is a worker');
  });

  it('is activated by a plain text', async () => {
    const extension = vscode.extensions.getExtension('logjam.logjam');
    assert(extension, 'the extension is there');
    await until('the extension to be active', () => extension.isActive);
    assert(extension.extensionUri.scheme === 'http', `it comes from ${extension.extensionUri}`);
  });

  it('finds the deadlock', async () => {
    document = await until('the language', () => vscode.workspace.textDocuments.find((one) => one.languageId === 'java-threaddump'));
    const found = await until('diagnostics', () => {
      const list = vscode.languages.getDiagnostics(document.uri);
      return list.length > 0 && list;
    });
    assert(
      found.some(({ message, severity }) => severity === vscode.DiagnosticSeverity.Error && /deadlock/i.test(message)),
      JSON.stringify(found),
    );
  });

  it('answers a hover', async () => {
    const position = document.positionAt(document.getText().indexOf('0x00000000e0000020') + 3);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
    assert(hovers.length > 0, 'there is a hover');
  });
});
