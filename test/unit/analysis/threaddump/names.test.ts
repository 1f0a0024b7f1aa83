import assert from 'node:assert/strict';
import { simpleName } from '../../../../server/src/core/analysis/threaddump/names.ts';
import { list, plural, quoted } from '../../../../server/src/core/wording.ts';

describe('words of the thread-dump messages', () => {
  for (const [className, expected] of [
    ['java.lang.Object', 'Object'],
    ['java/lang/Object', 'Object'],
    ['org.apache.flink.runtime.io.network.partition.consumer.BufferManager$AvailableBufferQueue', 'BufferManager$AvailableBufferQueue'],
    ['[[Ljava.lang.String;', 'String[][]'],
    ['[B', 'byte[]'],
    ['Top', 'Top'],
  ] as const) {
    it(`${className} is ${expected}`, () => assert.equal(simpleName(className), expected));
  }

  it('names are one line, and cut', () => {
    assert.equal(quoted('line one\nline two'), '"line one line two"');
    assert.equal(quoted('x'.repeat(100), 10), '"xxxxxxxxx…"');
  });

  it('lists say how many more', () => {
    assert.deepEqual([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c', 'd', 'e'])], ['', 'a', 'a and b', 'a, b, c and 2 more']);
    assert.deepEqual([plural(1, 'thread'), plural(2, 'thread')], ['1 thread', '2 threads']);
  });
});
