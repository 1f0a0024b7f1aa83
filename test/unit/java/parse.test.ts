// What a damaged text costs, and that it is said where the parser gave up.
import assert from 'node:assert/strict';
import { parseJava, unread } from '../../../server/src/core/java/parse.ts';
import { analyse } from '../../../server/src/core/kinds/index.ts';

const METHOD = '  void give() {\n    synchronized (store) {\n      buffer.recycleBuffer();\n    }\n  }\n';
const around = (body: string): string =>
  `package org.apache.flink.sample;\nimport org.apache.flink.runtime.io.network.buffer.Buffer;\nclass Store {\n  private final Object store = new Object();\n  private Buffer buffer;\n${body}}\n`;
/** What takes the parser's recovery some twenty steps for each character. */
const DAMAGED = 'x ( ] case } " if ( + = new \n';

describe('Java that is damaged', () => {
  it('is given up when recovering takes too many steps, and what stands before is told', async () => {
    const text = around(METHOD + DAMAGED.repeat(4000) + METHOD);
    const { givenUp } = parseJava(text);
    assert.equal(givenUp?.why, 'damaged');
    const { findings, problems } = await analyse({ uri: 'file:///Store.java', text });
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['java-callback-under-lock'],
    );
    assert.match(problems.map(({ message }) => message).join('\n'), /^From line \d+ on this is not looked at: it cannot be read as Java\./);
    // No edit is offered, only the reason why.
    assert.deepEqual(
      findings.flatMap(({ fixes }) => fixes.map(({ kind }) => kind)),
      ['show'],
    );
  });

  it('takes steps in proportion to its length', () => {
    const shares = [4000, 8000].map((times) => {
      const text = around(METHOD + DAMAGED.repeat(times));
      return (parseJava(text).givenUp?.at ?? text.length) / text.length;
    });
    assert.ok((shares[0] as number) < 0.9 && Math.abs((shares[0] as number) - (shares[1] as number)) < 0.3, `${shares}`);
  });

  it('is read to its end where it is short', () => {
    const text = around(METHOD + DAMAGED.repeat(40) + METHOD);
    assert.equal(parseJava(text).givenUp, null);
  });

  it('is given up where brackets are nested deeper than anybody writes', () => {
    const text = around(`${METHOD}  int x = ${'('.repeat(300)}1${')'.repeat(300)};\n${METHOD}`);
    const source = parseJava(text);
    assert.equal(source.givenUp?.why, 'nested');
    assert.deepEqual(
      unread(source).map(({ message }) => message),
      ['From line 11 on this is not looked at: it cannot be read as Java, nested more than 200 deep.'],
    );
  });

  it('counts brackets in comments and strings for nothing', () => {
    assert.equal(parseJava(around(`  // ${'('.repeat(300)}\n  String s = "${'['.repeat(300)}";\n${METHOD}`)).givenUp, null);
  });
});
