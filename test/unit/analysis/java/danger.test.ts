import assert from 'node:assert/strict';
import { reliefOf } from '../../../../server/src/core/analysis/java/danger.ts';
import { readJava } from '../../../../server/src/core/analysis/java/guarded.ts';

/** Members of a public class, and what takes the danger from the callback in them; "" when nothing does. */
const CASES: [string, string][] = [
  ['private final Object lock = new Object(); public void f(Buffer b) { synchronized (lock) { b.recycleBuffer(); } }', ''],
  ['void f(Buffer b) { synchronized (this) { switch (b.getDataType()) { case END_OF_DATA: b.recycleBuffer(); break; default: } } }', 'event-buffer'],
  ['void f(Buffer b) { synchronized (this) { switch (b.getDataType()) { case END_OF_DATA: break; default: b.recycleBuffer(); } } }', ''],
  ['void f(Buffer b) { synchronized (this) { if (!b.isBuffer()) { b.recycleBuffer(); } } }', 'event-buffer'],
  ['void f(Buffer b) { synchronized (this) { if (!b.isBuffer()) { g(); } else { b.recycleBuffer(); } } }', ''],
  [
    'void f(Event e) { synchronized (this) { Buffer b = EventSerializer.toBuffer(e, false); try { g(); } finally { b.recycleBuffer(); } } } void g() { }',
    'event-buffer',
  ],
  ['void f(Event e) { synchronized (this) { Buffer b = toBuffer(e); b.recycleBuffer(); } } Buffer toBuffer(Event e) { return null; }', ''],
  ['void f(BufferConsumer c) { synchronized (this) { Buffer b = c.build(); b.recycleBuffer(); } }', 'reference-count'],
  ['void f(BufferConsumer c, Buffer o) { synchronized (this) { Buffer b = c.build(); b = o; b.recycleBuffer(); } }', ''],
  ['void f(Buffer b) { synchronized (this) { b.retainBuffer(); b.recycleBuffer(); } }', 'reference-count'],
  [
    'List<Buffer> all; void f(BufferConsumer c) { synchronized (this) { all.add(c.build()); all.forEach(Buffer::recycleBuffer); } }',
    'reference-count',
  ],
  [
    'void releaseAll(Buffer b) { synchronized (this) { b.recycleBuffer(); } } public void notifyBufferAvailable(Buffer b) { if (channel.isReleased()) { return; } synchronized (this) { } }',
    'defused',
  ],
  [
    'void releaseAll(Buffer b) { synchronized (this) { b.recycleBuffer(); } } public boolean notifyBufferAvailable(Buffer b) { if (isReleased.get()) { return false; } synchronized (this) { } }',
    'defused',
  ],
  [
    'void releaseAll(Buffer b) { synchronized (this) { b.recycleBuffer(); } } public void notifyBufferAvailable(Buffer b) { /* synchronized */ synchronized (this) { if (channel.isReleased()) { return; } } }',
    '',
  ],
  [
    'void releaseSome(Buffer b) { synchronized (this) { b.recycleBuffer(); } } public void notifyBufferAvailable(Buffer b) { if (channel.isReleased()) { return; } }',
    '',
  ],
  ['private final Object lock = new Object(); void f(Buffer b) { synchronized (lock) { b.recycleBuffer(); } }', 'lock-not-shared'],
  [
    'private final Object lock = new Object(); void f(Buffer b) { synchronized (lock) { b.recycleBuffer(); } } public void notifyAll(int n) { synchronized (lock) { } }',
    '',
  ],
  [
    'private final Object lock = new Object(); void f(Buffer b) { synchronized (lock) { b.recycleBuffer(); } } Runnable r() { return () -> { synchronized (lock) { } }; }',
    '',
  ],
  ['public synchronized void run() { buffer.recycleBuffer(); } Buffer buffer;', 'lock-not-shared'],
  ['public synchronized void run() { buffer.recycleBuffer(); } Buffer buffer; synchronized void g() { }', ''],
];

describe('danger of a callback under a lock', () => {
  for (const [members, expected] of CASES) {
    it(`${expected || 'is there'}: ${members}`, () => {
      const model = readJava('', `public class A { ${members} }`);
      const [first] = model.guarded;
      assert.ok(first);
      assert.equal(reliefOf(model, first)?.code ?? '', expected);
    });
  }
});
