// A whole session of an editor that is not VS Code: a dump is opened, asked about, changed and closed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/lib/paths.mjs';
import { type Json, LspClient } from './client.ts';

const URI = 'file:///incident/dump.txt';
const TEXT = readFileSync(at('demo/1-deadlock/taskmanager-jstack.txt'), 'utf8');
const LINES = TEXT.split('\n');

/** The place of a text's n-th occurrence (from 0), `shift` characters on. */
function place(text: string, nth = 0, shift = 0) {
  let offset = -1;
  for (let i = 0; i <= nth; i++) offset = TEXT.indexOf(text, offset + 1);
  const before = TEXT.slice(0, offset).split('\n');
  return { line: before.length - 1, character: (before.at(-1) ?? '').length + shift };
}

const textAt = ({ start, end }: Json) => (start.line === end.line ? LINES[start.line]?.slice(start.character, end.character) : undefined);

describe('a thread dump over the protocol', () => {
  let client: LspClient;
  const ask = (method: string, params: object = {}) => client.request(method, { textDocument: { uri: URI }, ...params });

  before(async () => {
    client = new LspClient();
    await client.initialize({ textDocument: { publishDiagnostics: { relatedInformation: true } } });
    client.open(URI, 'java-threaddump', TEXT);
  });
  after(() => client.stop());

  it('has the deadlock as a diagnostic, with every place that proves it', async () => {
    const { diagnostics } = await client.diagnostics(URI);
    const deadlock = diagnostics.find(({ code }) => code === 'deadlock');
    assert.ok(deadlock, JSON.stringify(diagnostics));
    assert.equal(deadlock.severity, 1);
    assert.match(deadlock.message, /"Channel state writer Join \(1\/2\)#0"/);
    assert.equal(deadlock.relatedInformation?.length, 4);
    assert.match(textAt(deadlock.range) ?? '', /^- waiting to lock </);
  });

  it('hovers over a lock', async () => {
    const { contents } = await ask('textDocument/hover', { position: place('- waiting to lock <', 0, 22) });
    assert.match(JSON.stringify(contents), /Join \(1\/2\)#0|Join \\\\\(1/);
  });

  it('goes from a waiting line to the line where the lock is held', async () => {
    const waiting = place('- waiting to lock <', 0, 22);
    const lock = /<(0x[0-9a-f]+)>/.exec(LINES[waiting.line] ?? '')?.[1] ?? '';
    const answer = await ask('textDocument/definition', { position: waiting });
    const [target] = Array.isArray(answer) ? answer : [answer];
    const line = LINES[(target.targetSelectionRange ?? target.range).start.line] ?? '';
    assert.match(line, /- locked </);
    assert.ok(line.includes(lock), line);
  });

  it('finds all places of a lock', async () => {
    const waiting = place('- waiting to lock <', 0, 22);
    const lock = /<(0x[0-9a-f]+)>/.exec(LINES[waiting.line] ?? '')?.[1] ?? '';
    const found = await ask('textDocument/references', { position: waiting, context: { includeDeclaration: true } });
    assert.ok(found.length >= 2);
    for (const { range } of found) assert.ok((LINES[range.start.line] ?? '').includes(lock));
  });

  it('has an outline, folds, tokens, lenses, hints and links', async () => {
    const [symbols, folds, tokens, lenses, hints, links] = await Promise.all([
      ask('textDocument/documentSymbol'),
      ask('textDocument/foldingRange'),
      ask('textDocument/semanticTokens/full'),
      ask('textDocument/codeLens'),
      ask('textDocument/inlayHint', { range: { start: { line: 0, character: 0 }, end: { line: LINES.length, character: 0 } } }),
      ask('textDocument/documentLink'),
    ]);
    assert.match(JSON.stringify(symbols), /Channel state writer Join/);
    assert.ok(folds.length > 10);
    assert.equal(tokens.data.length % 5, 0);
    assert.ok(tokens.data.length > 0);
    assert.ok(lenses.length >= 2);
    assert.ok(hints.length >= 2);
    assert.ok(Array.isArray(links));
  });

  it('gives the lock-wait graph', async () => {
    const graph = await client.request('logjam/graph', { uri: URI, view: 'lock-wait' });
    assert.equal(graph.nodes.length, 4);
    assert.equal(graph.edges.length, 4);
  });

  it('follows a change: without its second thread there is no deadlock', async () => {
    const start = place('"Join (1/2)#0"');
    const end = { line: LINES.length, character: 0 };
    client.notify('textDocument/didChange', { textDocument: { uri: URI, version: 2 }, contentChanges: [{ range: { start, end }, text: '' }] });
    const { diagnostics } = await client.diagnostics(URI, 2);
    assert.deepEqual(
      diagnostics.filter(({ code }) => code === 'deadlock'),
      [],
    );
  });

  it('clears its diagnostics when the document is closed', async () => {
    const before = client.notifications.length;
    client.notify('textDocument/didClose', { textDocument: { uri: URI } });
    await client.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 0, character: 0 } });
    const last = client.notifications
      .slice(before)
      .filter(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === URI);
    assert.deepEqual(last.at(-1)?.params.diagnostics, []);
  });
});

describe('requests that come at a bad time', () => {
  it('are answered after the analysis, or cancelled at once', async () => {
    const client = new LspClient();
    await client.initialize();
    client.open(URI, 'java-threaddump', TEXT);
    const { id, response } = client.startRequest('textDocument/documentSymbol', { textDocument: { uri: URI } });
    const hover = client.request('textDocument/hover', { textDocument: { uri: URI }, position: place('- waiting to lock <', 0, 22) });
    client.notify('$/cancelRequest', { id });
    // Cancelled (-32800) or answered, when it was too late to cancel: never neither.
    await response.then(
      (symbols) => assert.ok(Array.isArray(symbols)),
      (error) => assert.equal(error.code, -32800),
    );
    assert.ok(await hover);
    await client.stop();
  });
});
