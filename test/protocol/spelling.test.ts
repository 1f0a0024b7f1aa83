// One file in several spellings of its uri, and uris that are no files.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { setUri } from '../../common/virtual.ts';
import { at } from '../../scripts/lib/paths.mjs';
import { LspClient } from './client.ts';

const RECORDING = 'test/fixtures/flink/1.20.3/heap-out-of-memory';
const LOG = readFileSync(at(RECORDING, 'taskmanager.log'), 'utf8');

describe('spellings of uris, over stdio', () => {
  let folder: string;
  let client: LspClient;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam ä ß #1 100% 日本 '));
    for (const name of ['jobmanager.log', 'taskmanager.log']) copyFileSync(at(RECORDING, name), path.join(folder, name));
    client = new LspClient();
    await client.initialize({}, { workspaceFolders: [{ uri: URI.file(folder).toString(), name: 'incident' }] });
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  /** As few escapes as there can be, as some editors write it. */
  const sparse = (name: string): string => `file://${path.join(folder, name).replaceAll('%', '%25').replaceAll('#', '%23')}`;

  it('what is told of a set is told of an open file as the client spells it', async () => {
    const open = sparse('taskmanager.log');
    const listed = URI.file(path.join(folder, 'taskmanager.log')).toString();
    assert.notEqual(open, listed);
    client.open(open, 'flink-log', LOG);
    await client.diagnostics(open, 1);
    await client.request('logjam/analysis', { uri: setUri([URI.file(folder).toString()]) });
    const told = client.notifications.filter(({ method }) => method === 'textDocument/publishDiagnostics').map(({ params }) => params.uri);
    assert.ok(told.includes(open));
    assert.ok(!told.includes(listed), 'no file is told of twice');
  });

  it('what the editor shows counts, whatever the spelling by which it is asked for', async () => {
    const open = sparse('jobmanager.log');
    client.open(open, 'flink-log', 'nothing that is known\n');
    await client.diagnostics(open, 1);
    const { kind } = await client.request('logjam/analysis', { uri: URI.file(path.join(folder, 'jobmanager.log')).toString() });
    assert.equal(kind, (await client.request('logjam/analysis', { uri: open })).kind);
  });

  for (const odd of [
    'file://host/share/x.log',
    'file:///tmp/%2F/x.log',
    'file:///tmp/%E9%FF.log',
    'untitled:Untitled-1',
    'vscode-vfs://github/a/b/x.log',
    'x.log',
    'file:///tmp/%00.log',
  ])
    it(`a document that is called ${odd} has its lenses, hovers and problems`, async () => {
      client.open(odd, 'flink-log', LOG);
      const textDocument = { uri: odd };
      assert.ok((await client.diagnostics(odd, 1)).diagnostics.length > 0);
      assert.ok((await client.request('textDocument/codeLens', { textDocument })).length > 0);
      assert.ok((await client.request('textDocument/documentSymbol', { textDocument })).length > 0);
      await client.request('textDocument/hover', { textDocument, position: { line: 3, character: 40 } });
    });

  it('what is not there, or cannot be, is an answer and no failure', async () => {
    for (const missing of [`${URI.file(folder)}/jobmanager.log/x.log`, `${URI.file(folder)}/%2F.log`, 'file://host/share/y.log']) {
      const answer = await client.request('logjam/analysis', { uri: missing });
      assert.ok(answer === null || answer.kind === 'unknown', missing);
    }
  });
});
