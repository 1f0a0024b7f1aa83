// A client asks for what the person has not opened, and in ways that no client should: nothing is read, and the server goes on.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { contentUri, setUri } from '../../common/virtual.ts';
import { LspClient } from './client.ts';

const RECORD = '2026-11-20 12:10:00,000 INFO  org.apache.flink.runtime.jobmaster.JobMaster [] - The secret is 4711.\n';
const AT = { line: 0, character: 0 };
const SEARCH = { text: 'secret', matchCase: false, from: 0, backwards: false };

describe('what was not opened, over stdio', () => {
  let top: string;
  let client: LspClient;
  const uriOf = (name: string) => URI.file(path.join(top, name)).toString();

  before(async () => {
    top = mkdtempSync(path.join(tmpdir(), 'logjam-reach-'));
    for (const folder of ['workspace', 'beside', 'named']) {
      mkdirSync(path.join(top, folder));
      writeFileSync(path.join(top, folder, 'job.log'), RECORD.repeat(20));
    }
    client = new LspClient();
    await client.initialize({}, { workspaceFolders: [{ uri: uriOf('workspace'), name: 'workspace' }] });
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    rmSync(top, { recursive: true });
  });

  /** Every request that names a file, with what it is answered where the file is read and where it is not. */
  const requests = (uri: string, fine: string): [method: string, params: object][] => [
    ['logjam/analysis', { uri }],
    ['logjam/look', { uri }],
    ['logjam/graph', { uri, view: 'calls' }],
    ['logjam/diffGraph', { uri, other: fine }],
    ['logjam/diffGraph', { uri: fine, other: uri }],
    ['logjam/nodeAt', { uri, view: 'calls', position: AT }],
    ['logjam/document', { uri, name: 'timeline' }],
    ['logjam/contentUri', { uri, name: 'report' }],
    ['logjam/contentUri', { uri: fine, name: 'comparison', other: uri }],
    ['logjam/analyseFile', { uri }],
    ['logjam/lines', { uri, from: 0, count: 10 }],
    ['logjam/findLine', { uri, ...SEARCH }],
    ['workspace/textDocumentContent', { uri: contentUri({ uri, name: 'report' }) }],
    ['workspace/textDocumentContent', { uri: contentUri({ uri, name: 'text' }) }],
    ['textDocument/hover', { textDocument: { uri }, position: AT }],
    ['textDocument/documentSymbol', { textDocument: { uri } }],
    ['textDocument/codeLens', { textDocument: { uri } }],
    ['textDocument/foldingRange', { textDocument: { uri } }],
    ['textDocument/semanticTokens/full', { textDocument: { uri } }],
    ['workspace/executeCommand', { command: 'logjam.fixFromDump', arguments: [uri, 'x'] }],
  ];

  it('is not read for any request, in any spelling', async () => {
    const fine = uriOf('workspace/job.log');
    const secret = uriOf('beside/job.log');
    const spellings = [
      secret,
      `${uriOf('workspace')}/../beside/job.log`,
      `${uriOf('workspace')}/%2e%2e/beside/job.log`,
      setUri([fine, secret]),
      setUri([uriOf('beside')]),
      contentUri({ uri: secret, name: 'text' }),
      'file:///etc/passwd',
      'file:///dev/zero',
      'file:///proc/self/environ',
    ];
    for (const spelling of spellings)
      for (const [method, params] of requests(spelling, fine)) {
        const answer = JSON.stringify(await client.request(method, params)) ?? '';
        assert.doesNotMatch(answer, /4711|JobMaster|root:|flink-log/, `${method} ${spelling}`);
      }
    assert.match((await client.request('logjam/analyseFile', { uri: secret })).error, /was not opened, so nothing of it is read/);
    assert.match((await client.request('logjam/analysis', { uri: secret })).problem, /was not opened/);
  }).timeout(20_000);

  it('is read once it is opened or named, and what lies in a named folder with it', async () => {
    const uri = uriOf('named/job.log');
    assert.equal((await client.request('logjam/analysis', { uri })).kind, 'unknown');
    client.opened(uriOf('named'));
    assert.equal((await client.request('logjam/analysis', { uri })).kind, 'flink-log');
    assert.match((await client.request('logjam/lines', { uri, from: 0, count: 1 })).lines[0], /4711/);
    assert.equal((await client.request('logjam/analysis', { uri: uriOf('beside/job.log') })).kind, 'unknown');
  });

  it('folders of the workspace come and go', async () => {
    const uri = uriOf('beside/job.log');
    const folder = { uri: uriOf('beside'), name: 'beside' };
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [folder], removed: [] } });
    assert.equal((await client.request('logjam/analysis', { uri })).kind, 'flink-log');
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [folder] } });
    assert.equal((await client.request('logjam/analysis', { uri })).kind, 'unknown');
    assert.equal((await client.request('logjam/analysis', { uri: uriOf('workspace/job.log') })).kind, 'flink-log');
  });

  it('an open document is answered for wherever it is', async () => {
    const uri = uriOf('beside/open.log');
    client.open(uri, 'flink-log', RECORD.repeat(20));
    assert.equal((await client.request('logjam/analysis', { uri })).kind, 'flink-log');
    client.notify('textDocument/didClose', { textDocument: { uri } });
    assert.equal((await client.request('logjam/analysis', { uri })).kind, 'unknown');
  });

  it('parameters that fit no request are refused by name, and notifications passed by', async () => {
    const uri = uriOf('workspace/job.log');
    const bad: unknown[] = [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { uri: 7 },
      { uri: null },
      { uri: {} },
      { uri: 'no uri' },
      { uri: `file:///${'x'.repeat(200_000)}` },
    ];
    for (const [method] of requests(uri, uri))
      if (method.startsWith('logjam/'))
        for (const params of bad)
          await assert.rejects(client.request(method, params), { code: -32602 }, `${method} ${JSON.stringify(params)?.slice(0, 50)}`);
    for (const [method, params] of [
      ['logjam/graph', { uri, view: '__proto__' }],
      ['logjam/graph', { uri, view: 'calls', focus: 7 }],
      ['logjam/nodeAt', { uri, view: 'calls', position: { line: -1, character: 0 } }],
      ['logjam/nodeAt', { uri, view: 'calls', position: { line: 0.5, character: 0 } }],
      ['logjam/document', { uri, name: 'constructor' }],
      ['logjam/document', { uri, name: 'icicle', parameters: { dump: -1 } }],
      ['logjam/document', { uri, name: 'simulation', parameters: { a: [] } }],
      ['logjam/contentUri', { uri, name: 'report', part: 1e300 }],
      ['logjam/lines', { uri, from: -1, count: 1 }],
      ['logjam/lines', { uri, from: 0, count: 'all' }],
      ['logjam/findLine', { uri, ...SEARCH, text: { source: '(a+)+' } }],
    ] as const)
      await assert.rejects(client.request(method, params), { code: -32602 }, `${method} ${JSON.stringify(params)}`);
    for (const method of ['logjam/opened', 'logjam/close', 'logjam/cancel', 'workspace/didChangeWorkspaceFolders'])
      for (const params of bad) client.notify(method, params);
    client.notify('logjam/opened', { uris: ['file:///etc', 7] });
    assert.equal((await client.request('logjam/look', { uri: 'file:///etc/passwd' })) ?? null, null);
    assert.equal((await client.request('logjam/analysis', { uri })).kind, 'flink-log');
  }).timeout(20_000);

  it('a link in the workspace is one of its files', async () => {
    symlinkSync(path.join(top, 'beside', 'job.log'), path.join(top, 'workspace', 'link.log'));
    assert.equal((await client.request('logjam/analysis', { uri: uriOf('workspace/link.log') })).kind, 'flink-log');
  });
});
