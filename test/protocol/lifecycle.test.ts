import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/lib/paths.mjs';
import { LspClient } from './client.ts';

describe('the language server over stdio', () => {
  it('starts, says who it is, and ends in good order', async () => {
    const client = new LspClient();
    const { serverInfo, capabilities } = await client.initialize();
    assert.equal(serverInfo?.name, 'logjam');
    assert.equal(serverInfo?.version, JSON.parse(readFileSync(at('package.json'), 'utf8')).version);
    assert.ok(capabilities['hoverProvider']);
    assert.equal(await client.stop(), 0);
  });

  it('answers an unknown request with an error and goes on', async () => {
    const client = new LspClient();
    await client.initialize();
    await assert.rejects(client.request('logjam/noSuchThing'), { code: -32601 });
    client.open('file:///notes.txt', 'plaintext', 'nothing to see here\n');
    assert.equal(
      await client.request('textDocument/hover', { textDocument: { uri: 'file:///notes.txt' }, position: { line: 0, character: 3 } }),
      null,
    );
    await client.stop();
  });

  it('answers a request for a document that is not open', async () => {
    const client = new LspClient();
    await client.initialize();
    assert.equal(
      await client.request('textDocument/hover', { textDocument: { uri: 'file:///not-open' }, position: { line: 0, character: 0 } }),
      null,
    );
    await client.stop();
  });
});
