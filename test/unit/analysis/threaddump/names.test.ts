import assert from 'node:assert/strict';
import { simpleName } from '../../../../server/src/core/analysis/threaddump/names.ts';
import { list, placeCut, plural, quoted, threadCut, threadCuts } from '../../../../server/src/core/wording.ts';

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

  const queue = (number: number) => `ExecuteThread: '${number}' for queue: 'weblogic.kernel.Default'`;

  for (const [names, limit, expected] of [
    [['main', 'worker'], 20, ['main', 'worker']],
    [[queue(14), queue(7)], 24, ["ExecuteThread: '14' for…", "ExecuteThread: '7' for …"]],
    [
      ['source-of-the-orders-1-of-the-eu-region-worker', 'source-of-the-orders-2-of-the-eu-region-worker'],
      18,
      ['…-of-the-orders-1…', '…-of-the-orders-2…'],
    ],
    [['the same name', 'the same name'], 8, ['the s…me', 'the s…me']],
    [
      ['Source: kafka-of-the-orders -> Map (1/2)#0', 'Source: kafka-of-the-orders -> Map (2/2)#0'],
      20,
      ['Source: kaf… (1/2)#0', 'Source: kaf… (2/2)#0'],
    ],
  ] as const) {
    it(`${names.join(' and ')} stay apart in ${limit} characters`, () =>
      assert.deepEqual(
        threadCuts(names).map((cut) => cut(limit)),
        expected,
      ));
  }

  for (const [place, limit, expected] of [
    ['RatesJob$RateStore.refresh', 26, 'RatesJob$RateStore.refresh'],
    ['RatesJob$RateStore.refresh', 25, 'RateStore.refresh'],
    ['com.acme.RatesJob$RateStore.refresh', 30, 'RatesJob$RateStore.refresh'],
    ['Jobs$LedgerClient$1.post', 20, 'LedgerClient$1.post'],
    ['CuratorZookeeperClientOfTheOldKind.block', 24, 'CuratorZookeeper….block'],
    ['VisibleBufferedInputStream.readMore', 20, 'Visible….readMore'],
    ['HTTPServerConnection.read', 18, 'HTTPServer….read'],
    ['CuratorZookeeperClient.blockUntilConnectedOrTimedOut', 44, 'Curator….blockUntilConnectedOrTimedOut'],
    ['Client.blockUntilConnectedOrTimedOut', 30, 'Client.blockUntilConnectedOr…'],
  ] as const) {
    it(`${place} is ${expected} in ${limit} characters`, () => assert.equal(placeCut(place)(limit), expected));
  }

  for (const [name, limit, expected] of [
    ['with catalog -> priced: Writer', 29, 'with catalog -> …'],
    ['with catalog -> priced: Writer (2/2)#0', 36, 'with catalog -> … (2/2)#0'],
    ['Source: in -> Map -> Filter -> Sink: out (1/2)#0', 38, 'Source: in -> Map -> … (1/2)#0'],
    ['a source with a name as long as a sentence -> Map (1/2)#0', 29, 'a source with a name… (1/2)#0'],
  ] as const) {
    it(`${name} is ${expected} in ${limit} characters`, () => assert.equal(threadCut(name)(limit), expected));
  }

  it('lists say how many more', () => {
    assert.deepEqual([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c', 'd', 'e'])], ['', 'a', 'a and b', 'a, b, c and 2 more']);
    assert.deepEqual([plural(1, 'thread'), plural(2, 'thread')], ['1 thread', '2 threads']);
  });
});
