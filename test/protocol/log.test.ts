// A log over stdio: what its traces leave out is one link away, for any editor.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/lib/paths.mjs';
import { type Json, LspClient } from './client.ts';

const LOG = 'file:///somewhere/taskmanager.log';
const TEXT = readFileSync(at('test/fixtures/logs/tm-managed-memory-1.12.2.log'), 'utf8');

describe('a log over stdio', () => {
  let client: LspClient;

  before(async () => {
    client = new LspClient();
    await client.initialize();
    client.open(LOG, 'flink-log', TEXT);
  });
  after(() => client.stop());

  it('"... 16 more" links to the whole trace', async () => {
    const links: Json[] = await client.request('textDocument/documentLink', { textDocument: { uri: LOG } });
    const lines = TEXT.split('\n');
    const link = links.find(({ range }) => lines[range.start.line]?.slice(range.start.character, range.end.character) === '... 16 more');
    const { text } = await client.request('workspace/textDocumentContent', { uri: link.target });
    assert.equal(text.match(/ \/\/ as in line \d+$/gm)?.length, 16);
  });

  it('a trace that is opened says nothing twice, but its frames can be asked for', async () => {
    const uri = await client.request('logjam/contentUri', { uri: LOG, name: 'trace', part: 0 });
    const { text } = await client.request('workspace/textDocumentContent', { uri });
    client.open(uri, 'flink-log', text);
    assert.deepEqual((await client.diagnostics(uri)).diagnostics, []);
    assert.deepEqual(await client.request('textDocument/codeLens', { textDocument: { uri } }), []);
    const line = text.split('\n').findIndex((one: string) => one.includes('LazyMemorySegmentPool.nextSegment'));
    const hover = await client.request('textDocument/hover', { textDocument: { uri }, position: { line, character: 20 } });
    assert.match(hover.contents.value, /LazyMemorySegmentPool\.nextSegment/);
  });
});
