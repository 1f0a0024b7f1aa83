// What a page says is taken only when it is one of its messages.
import assert from 'node:assert/strict';
import { fromAnyPage, fromGraph, fromIcicle, fromLargeFile } from '../../../common/webview.ts';

const PLACE = { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } };
const GOOD: [(message: unknown) => unknown, unknown][] = [
  [fromAnyPage, { type: 'ready' }],
  [fromAnyPage, { type: 'reveal', uri: null, place: PLACE, keepFocus: true }],
  [fromAnyPage, { type: 'reveal', uri: 'file:///a', place: { ...PLACE, uri: 'file:///b' }, keepFocus: false }],
  [fromAnyPage, { type: 'save', name: 'locks', format: 'svg', encoding: 'utf8', data: '<svg/>' }],
  [fromGraph, { type: 'switch' }],
  [fromGraph, { type: 'formChanged', values: { parallelism: 3, policy: 'fifo' } }],
  [fromIcicle, { type: 'switch' }],
  [fromLargeFile, { type: 'lines', request: 1, from: 0, count: 400, follow: true }],
  [fromLargeFile, { type: 'find', request: 1, wanted: { text: 'FAILED', matchCase: false, from: 0, backwards: false } }],
  [fromLargeFile, { type: 'open', what: 'report' }],
];
const BAD: [(message: unknown) => unknown, unknown][] = [
  ...[fromAnyPage, fromGraph, fromIcicle, fromLargeFile].flatMap((read) =>
    [null, 7, 'ready', [], {}, { type: 7 }, { type: '__proto__' }, { type: 'run', command: 'rm' }].map((message): [typeof read, unknown] => [
      read,
      message,
    ]),
  ),
  [fromAnyPage, { type: 'switch' }],
  [fromAnyPage, { type: 'reveal', uri: 7, place: PLACE, keepFocus: true }],
  [fromAnyPage, { type: 'reveal', uri: 'etc/passwd', place: PLACE, keepFocus: true }],
  [fromAnyPage, { type: 'reveal', uri: null, place: { ...PLACE, start: { line: -1, character: 0 } }, keepFocus: true }],
  [fromAnyPage, { type: 'reveal', uri: null, place: { ...PLACE, end: { line: Number.NaN, character: 0 } }, keepFocus: true }],
  [fromAnyPage, { type: 'reveal', uri: null, place: PLACE }],
  [fromAnyPage, { type: 'save', name: 'a', format: 'exe', encoding: 'utf8', data: '' }],
  [fromAnyPage, { type: 'save', name: 'a'.repeat(2000), format: 'svg', encoding: 'utf8', data: '' }],
  [fromAnyPage, { type: 'save', name: 'a', format: 'svg', encoding: 'utf8', data: { length: 1 } }],
  [fromGraph, { type: 'formChanged', values: { a: {} } }],
  [fromGraph, { type: 'formChanged', values: { a: Number.POSITIVE_INFINITY } }],
  [fromLargeFile, { type: 'lines', request: 1, from: -1, count: 400, follow: true }],
  [fromLargeFile, { type: 'lines', request: 1, from: 0.5, count: 400, follow: true }],
  [fromLargeFile, { type: 'lines', request: 1, from: 0, count: 1e300, follow: true }],
  [fromLargeFile, { type: 'find', request: 1, wanted: { text: 'x'.repeat(20_000), matchCase: false, from: 0, backwards: false } }],
  [fromLargeFile, { type: 'open', what: 'workbench.action.terminal.new' }],
  [fromLargeFile, { type: 'open', what: 'constructor' }],
];

describe('messages of pages', () => {
  it('are taken as they are where they fit', () => {
    for (const [read, message] of GOOD) assert.deepEqual(read(message), message, JSON.stringify(message));
  });

  it('are none where they do not', () => {
    for (const [read, message] of BAD) assert.equal(read(message), null, JSON.stringify(message)?.slice(0, 200));
  });

  it('leave out what belongs to no message', () => {
    assert.deepEqual(fromAnyPage({ type: 'ready', more: 1 }), { type: 'ready' });
  });
});
