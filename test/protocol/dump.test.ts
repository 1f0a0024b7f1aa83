// What any editor gets from a thread dump: diagnostics, navigation, lenses, actions, the graph and the report, over stdio.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/lib/paths.mjs';
import { type Json, LspClient } from './client.ts';

const URI = 'file:///somewhere/ticket';
const TEXT = readFileSync(at('test/fixtures/dumps/packed/flink-22946-jira.txt'), 'utf8');

describe('a thread dump over stdio', () => {
  let client: LspClient;
  const positionOf = (part: string): { line: number; character: number } => {
    const before = TEXT.slice(0, TEXT.indexOf(part)).split('\n');
    return { line: before.length - 1, character: (before.at(-1) as string).length };
  };
  const textAt = ({ start, end }: Json): string => (TEXT.split('\n')[start.line] as string).slice(start.character, end.character);
  const ask = (method: string, more: object = {}): Promise<Json> => client.request(method, { textDocument: { uri: URI }, ...more });

  before(async () => {
    client = new LspClient();
    await client.initialize();
    client.open(URI, 'text', TEXT);
  });
  after(() => client.stop());

  it('publishes the deadlock and the known bug, whatever the file type is called', async () => {
    const { diagnostics } = await client.diagnostics(URI);
    assert.deepEqual(diagnostics.map(({ code }) => code).sort(), ['deadlock', 'known-issue']);
  });

  it('says nothing about a text of another kind', async () => {
    client.open('file:///notes', 'text', 'The meeting is at ten.\n');
    assert.deepEqual((await client.diagnostics('file:///notes')).diagnostics, []);
  });

  it('navigates from the waiting line to the holder', async () => {
    const position = positionOf('0x00000007296dfa90');
    const [target] = await ask('textDocument/definition', { position });
    assert.equal(textAt(target.range), '0x00000007296dfa90');
    assert.notDeepEqual(target.range.start, position);
    assert.equal((await ask('textDocument/references', { position, context: { includeDeclaration: true } })).length, 2);
  });

  it('gives lenses, hints, folds, an outline, tokens and actions', async () => {
    const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    assert.ok((await ask('textDocument/codeLens')).some(({ command }: Json) => /Deadlock of 2 threads/.test(command.title)));
    assert.ok((await ask('textDocument/inlayHint', { range: all })).length > 0);
    assert.ok((await ask('textDocument/documentSymbol')).length > 0);
    assert.ok((await ask('textDocument/semanticTokens/full')).data.length > 0);
    const start = positionOf('0x00000007296dfa90');
    const actions = await ask('textDocument/codeAction', { range: { start, end: start }, context: { diagnostics: [] } });
    assert.ok(actions.some(({ title }: Json) => title === 'Upgrade Flink to 1.13.2'));
  });

  it('draws the graph with ranges, and finds the node of a place', async () => {
    const graph = await client.request('logjam/graph', { uri: URI, view: 'lock-wait' });
    assert.deepEqual(
      graph.nodes.map(({ emphasis }: Json) => emphasis),
      ['cycle', 'cycle', 'cycle', 'cycle'],
    );
    const node = await client.request('logjam/nodeAt', { uri: URI, view: 'lock-wait', position: positionOf('Channel state writer') });
    assert.ok(graph.nodes.some(({ id }: Json) => id === node));
    const lock = graph.nodes.find(({ kind }: Json) => kind === 'monitor');
    assert.match(textAt(lock.place), /^0x00000007296/);
  });

  it('serves the report as a virtual document', async () => {
    const { report, views } = await client.request('logjam/analysis', { uri: URI });
    assert.deepEqual(views, ['lock-wait']);
    const { text } = await client.request('workspace/textDocumentContent', { uri: report });
    assert.match(text, /\*\*Root cause\*\*: Recycling an exclusive buffer/);
    await assert.rejects(client.request('logjam/contentUri', { uri: URI, name: 'no-such-thing' }), { code: -32602 });
  });
});
