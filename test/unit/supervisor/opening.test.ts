// Large documents are opened with bytes that threads share: what is passed on so, what is not, and what comes of it.
import assert from 'node:assert/strict';
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { Documents } from '../../../server/src/supervisor/documents.ts';
import { FrameReader, frame } from '../../../server/src/supervisor/framing.ts';
import { type Message, packed } from '../../../server/src/supervisor/message.ts';
import { openingIn, wholeOf } from '../../../server/src/supervisor/opening.ts';

const URI = 'file:///lögs/a.log';
const TEXT = 'one "two" \\ three\n'.repeat(6000);
const head = { uri: URI, languageId: 'flink-log', version: 3 };
const didOpen = (document: object = { ...head, text: TEXT }): Message => ({
  jsonrpc: '2.0',
  method: 'textDocument/didOpen',
  params: { textDocument: document },
});
const bytesOf = (json: string) => Buffer.from(json);
const opening = (message: Message) => openingIn(bytesOf(JSON.stringify(message)));

/** What a reader hears of a message that comes in pieces. */
function heard(json: string): unknown[] {
  const all: unknown[] = [];
  const reader = new FrameReader(
    (message) => all.push(message),
    (code) => all.push(code),
  );
  const bytes = Buffer.concat([bytesOf(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n`), bytesOf(json)]);
  for (let at = 0; at < bytes.length; at += 50_000) reader.push(bytes.subarray(at, at + 50_000));
  return all;
}

describe('supervisor: large documents', () => {
  it('are passed on as bytes, with what is needed on the way beside them', () => {
    const [message] = heard(JSON.stringify(didOpen())) as [Message];
    assert.deepEqual(message.params, { textDocument: head });
    assert.ok(message.json instanceof Uint8Array && message.json.buffer instanceof SharedArrayBuffer);
    assert.deepEqual(wholeOf(message), didOpen());
  });

  it('are read at once where they are small', () => {
    assert.deepEqual(heard(JSON.stringify(didOpen({ ...head, text: 'small' }))), [didOpen({ ...head, text: 'small' })]);
  });

  it('are read at once where a client writes them in another way', () => {
    for (const message of [
      didOpen({ text: TEXT, ...head }),
      didOpen({ ...head, version: '3', text: TEXT }),
      didOpen({ languageId: 'flink-log', version: 3, text: TEXT }),
      { ...didOpen(), id: 1 },
      { ...didOpen(), method: 'textDocument/didChange' },
    ]) {
      assert.equal(opening(message), null);
      assert.deepEqual(heard(JSON.stringify(message)), [message]);
    }
    assert.equal(openingIn(bytesOf(`${JSON.stringify(didOpen())} `)), null);
  });

  it('are none where they are no JSON, or say something else behind their head', () => {
    const json = JSON.stringify(didOpen());
    for (const [place, put] of [
      ['three', '"three'],
      ['three', '\u0000three'],
      ['three', '\\x'],
      [TEXT.slice(0, 3), 'one","uri":"file:///other","x":"'],
      [TEXT.slice(0, 3), 'one","version":"4","x":"'],
    ] as const) {
      const found = openingIn(bytesOf(json.replace(place, put)));
      assert.notEqual(found, null);
      assert.equal(wholeOf(found as Message), null, put);
    }
    // A second method behind the first one is not what was admitted.
    const twice = openingIn(bytesOf(json.replace('"}}}', '"}},"method":"exit","x":{"y":{"z":"z"}}}')));
    assert.equal(wholeOf(twice as Message)?.method, 'textDocument/didOpen');
  });

  it('are opened anew as they are now', () => {
    const documents = new Documents();
    const message = opening(didOpen()) as Message;
    documents.follow(message);
    assert.equal(documents.versionOf(URI), 3);
    assert.ok(documents.lengthOf(URI) >= TEXT.length);
    assert.equal(documents.opening(URI), message);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
    documents.follow({
      jsonrpc: '2.0',
      method: 'textDocument/didChange',
      params: { textDocument: { uri: URI, version: 4 }, contentChanges: [{ range, text: 'zero' }] },
    });
    assert.deepEqual(documents.opening(URI), didOpen({ ...head, version: 4, text: `zero${TEXT.slice(3)}` }));
    documents.forget(URI);
    assert.equal(documents.opening(URI), null);
  });

  it('are what all changes make of them, however many, and however late the text is asked for', () => {
    const at = (character: number, text: string): object => ({ range: { start: { line: 0, character }, end: { line: 0, character } }, text });
    for (const first of [didOpen(), opening(didOpen()) as Message]) {
      const documents = new Documents();
      documents.follow(first);
      let wanted = TextDocument.create(URI, head.languageId, 3, TEXT);
      const change = (version: number, ...contentChanges: object[]): void => {
        documents.follow({ jsonrpc: '2.0', method: 'textDocument/didChange', params: { textDocument: { uri: URI, version }, contentChanges } });
        try {
          wanted = TextDocument.update(wanted, contentChanges as TextDocumentContentChangeEvent[], version);
        } catch {
          // What makes no sense changes nothing, and keeps nothing back of what comes after it.
        }
      };
      const isWanted = (): void => {
        const { text, version } = (documents.opening(URI) as { params: { textDocument: { text: string; version: number } } }).params.textDocument;
        assert.ok(text === wanted.getText(), `${text.slice(0, 100)}, wanted: ${wanted.getText().slice(0, 100)}`);
        assert.equal(version, wanted.version);
      };
      for (let version = 4; version < 2504; version++) change(version, at(version % 7, 'a'), at(1, 'b'));
      assert.equal(documents.versionOf(URI), 2503);
      assert.ok(documents.lengthOf(URI) >= TEXT.length + 5000);
      change(2504, { range: null, text: 7 });
      change(2505, { range: 'none', text: '' });
      change(2506, at(0, 'c'));
      isWanted();
      change(2507, { text: 'whole' });
      change(2508, at(5, '!'));
      isWanted();
      assert.equal(wanted.getText(), 'whole!');
    }
  });
});

describe('supervisor: messages of a thread', () => {
  it('come to the client as they were made', () => {
    const findings = { uri: URI, version: 1, diagnostics: [{ message: 'x'.repeat(10) }] };
    for (const message of [
      { jsonrpc: '2.0', id: 1, result: { contents: 'ü' } },
      { jsonrpc: '2.0', id: 'a', result: null },
      { jsonrpc: '2.0', id: null, error: { code: 1, message: 'no' } },
      { jsonrpc: '2.0', method: 'textDocument/publishDiagnostics', params: findings },
      { jsonrpc: '2.0', method: 'window/logMessage', params: { type: 1, message: 'said' } },
    ] as Message[]) {
      const [length, body] = frame(packed(message));
      assert.deepEqual(JSON.parse(Buffer.from(body).toString()), message);
      assert.equal(length, `Content-Length: ${body.length}\r\n\r\n`);
    }
    const { params } = packed({ jsonrpc: '2.0', method: 'textDocument/publishDiagnostics', params: findings });
    assert.deepEqual(params, { uri: URI, version: 1 });
  });
});
