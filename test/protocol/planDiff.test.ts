// The comparison of two plans over stdio: what both have in the second text, what is gone in the first.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/lib/paths.mjs';
import { type Json, LspClient } from './client.ts';

const ONE = 'file:///somewhere/one.json';
const OTHER = 'file:///somewhere/other.json';
const BEFORE = readFileSync(at('test/fixtures/plans/nested-loops.json'), 'utf8');
const SINK = /,\s*\{\s*"id" : 9,[\s\S]*?\}\s*\]\s*\}/;
const AFTER = `\n\n${BEFORE.replace('"type" : "refine"', '"type" : "deepen"').replace(SINK, '')}`;

describe('two plans over stdio', () => {
  let client: LspClient;

  before(async () => {
    client = new LspClient();
    await client.initialize();
    client.open(ONE, 'json', BEFORE);
    client.open(OTHER, 'json', AFTER);
  });
  after(() => client.stop());

  it('places every node in the text it is from', async () => {
    assert.notEqual(BEFORE.replace(SINK, ''), BEFORE);
    const graph = await client.request('logjam/diffGraph', { uri: ONE, other: OTHER });
    const removed = graph.nodes.filter(({ emphasis }: Json) => emphasis === 'removed');
    assert.deepEqual(
      removed.map(({ uri, label }: Json) => [uri, label]),
      [[ONE, 'Sink: result']],
    );
    for (const { uri, label, place } of graph.nodes as Json[]) {
      const lines = (uri === ONE ? BEFORE : AFTER).split('\n').slice(place.start.line, place.end.line + 1);
      assert.ok(lines.join('\n').includes(`"type" : "${label}"`), label);
    }
  });

  it('has no graph for a text of another kind', async () => {
    client.open('file:///notes', 'text', 'The meeting is at ten.\n');
    assert.equal(await client.request('logjam/diffGraph', { uri: ONE, other: 'file:///notes' }), null);
  });
});
