import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/lib/paths.mjs';
import { applyEdits } from '../../server/src/core/analysis/java/edit/plan.ts';
import { LineIndex } from '../../server/src/core/text.ts';
import { type Json, LspClient } from './client.ts';

const URI = 'file:///src/ChannelBuffers.java';

describe('Java source in the language server', () => {
  const text = readFileSync(at('test/fixtures/java/ChannelBuffers.java'), 'utf8');
  let client: LspClient;
  before(async () => {
    client = new LspClient();
    await client.initialize({}, { initializationOptions: { commands: true } });
  });
  after(() => client.stop());

  const rangeAt = (source: string, mark: string): Json => {
    const start = new LineIndex(source).position(source.indexOf(mark));
    return { start, end: start };
  };
  const actions = (source: string, mark: string, only?: string[]): Promise<Json[]> => {
    return client.request('textDocument/codeAction', {
      textDocument: { uri: URI },
      range: rangeAt(source, mark),
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
  };
  const applied = (source: string, action: Json): string => {
    const index = new LineIndex(source);
    const edits = action.edit.documentChanges[0].edits.map(({ range, newText }: Json) => ({
      span: { start: index.offset(range.start), end: index.offset(range.end) },
      newText,
    }));
    return applyEdits(source, edits);
  };

  it('offers both fixes, each edit with its description', async () => {
    client.open(URI, 'java', text);
    const found = await actions(text, 'recycleBuffer();\n                    return 0');
    assert.deepEqual(
      found.filter(({ kind }) => kind === 'quickfix').map(({ title }) => title),
      ['Move recycleBuffer outside the synchronized block', 'Let the channel that waits for buffers keep the buffer itself (local remedy)'],
    );
    const [move] = found;
    for (const { annotationId } of move.edit.documentChanges[0].edits) assert.ok(move.edit.changeAnnotations[annotationId].label);
    assert.match(applied(text, move), /Buffer addOwn\(Buffer buffer, int required\)/);
  });

  it('applies at once what is safe', async () => {
    const [all] = await actions(text, 'package', ['source.fixAll']);
    const fixed = applied(text, all);
    assert.match(fixed, /List<Buffer> buffersToRecycle = new ArrayList<>\(\);\n {8}synchronized \(store\)/);
    assert.match(fixed, /int addOwn\(/);
  });

  it('says nothing about Java that does not use Flink', async () => {
    const uri = 'file:///src/Plain.java';
    const plain = text.replace(/^package .*$/m, 'package com.acme; // like org.apache.flink').replace(/^import org.*$/m, '');
    client.open(uri, 'java', plain);
    assert.deepEqual(
      await client.request('textDocument/codeAction', {
        textDocument: { uri },
        range: rangeAt(plain, 'recycleBuffer'),
        context: { diagnostics: [] },
      }),
      [],
    );
    assert.deepEqual(await client.request('textDocument/codeLens', { textDocument: { uri } }), []);
  });

  it('explains why it moves nothing, and shows where', async () => {
    const refused = text.replace('int addOwn', 'public int addOwn').replace('static final class Store', 'public static final class Store');
    client.notify('textDocument/didChange', { textDocument: { uri: URI, version: 2 }, contentChanges: [{ text: refused }] });
    const [why] = await actions(refused, 'recycleBuffer();\n                    return 0');
    assert.match(why.title, /^Why is recycleBuffer\(\) not moved out of the lock\? addOwn\(\) is public/);
    const [uri, first, ranges, message] = why.command.arguments;
    assert.equal(uri, URI);
    assert.deepEqual(first, ranges[0]);
    assert.equal(refused.split('\n')[first.start.line]?.slice(first.start.character, first.end.character), 'addOwn');
    assert.match(message, /is not moved out of the lock/);
  });
});
