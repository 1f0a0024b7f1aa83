import assert from 'node:assert/strict';
import { LineIndex } from '../../../../server/src/core/text.ts';
import { wholeTrace } from '../../../../server/src/core/views/log/wholeTrace.ts';
import { fixture, read } from '../../log/helpers.ts';

/** The first trace of a text, written out. */
async function whole(text: string): Promise<string> {
  const lines = new LineIndex(text);
  return wholeTrace(await read(text), 0, (offset) => lines.lineOf(offset)) ?? '';
}

const OUTER = ['a.OuterException: x', '\tat p.A.one(A.java:1)', '\tat p.B.two(B.java:2)', '\tat p.C.three(C.java:3) ~[c.jar:1.0]'];

/** The lines behind the head of the inner exception. */
async function inner(...lines: string[]): Promise<string[]> {
  const out = (await whole([...OUTER, ...lines].join('\n'))).trimEnd().split('\n');
  return out.slice(out.findIndex((line) => line.includes('b.InnerException')) + 1);
}

describe('a stack trace written out', () => {
  it('every frame that is left out stands in it, with the line that has it', async () => {
    const text = fixture('tm-managed-memory-1.12.2.log');
    const out = await whole(text);
    assert.match(out, /^Stack trace of line 9, .*: frames that the text leaves out \(16\) are marked with the line that has them\.\n\n/);
    assert.doesNotMatch(out, /\d more/);
    const source = text.split('\n');
    const marked = [...out.matchAll(/^\tat (.*?) \/\/ as in line (\d+)$/gm)];
    assert.equal(marked.length, 16);
    for (const [, frame = '', line] of marked) assert.ok(source[Number(line) - 1]?.includes(frame), `${frame} is in line ${line}`);
  });

  it('reads as the same trace, complete', async () => {
    const text = fixture('tm-managed-memory-1.12.2.log');
    const [before, after] = [await read(text), await read(await whole(text))];
    const classes = (analysis: typeof before) => analysis.log.exceptions[0]?.chain.map((one) => [one.className, one.message]);
    assert.deepEqual(classes(after), classes(before));
    assert.ok(after.log.exceptions[0]?.chain.every((one) => one.elided === null));
  });

  it('causes follow their own, suppressed ones are indented', async () => {
    const out = await whole(
      [...OUTER, '\tSuppressed: s.SideException', '\t\tat q.S.side(S.java:9)', '\t\t... 2 more', 'Caused by: b.InnerException', '\t... 3 more'].join(
        '\n',
      ),
    );
    assert.equal(
      out.split('\n').slice(2).join('\n'),
      [
        ...OUTER,
        '\tSuppressed: s.SideException',
        '\t\tat q.S.side(S.java:9)',
        '\t\tat p.B.two(B.java:2) // as in line 3',
        '\t\tat p.C.three(C.java:3) ~[c.jar:1.0] // as in line 4',
        'Caused by: b.InnerException',
        '\tat p.A.one(A.java:1) // as in line 2',
        '\tat p.B.two(B.java:2) // as in line 3',
        '\tat p.C.three(C.java:3) ~[c.jar:1.0] // as in line 4',
        '',
      ].join('\n'),
    );
  });

  for (const [what, lines, said] of [
    [
      'a number that is missing',
      ['Caused by: b.InnerException', '\t... more'],
      '\t... more // not completed: the text does not say how many frames are left out',
    ],
    [
      'more frames than there are',
      ['Caused by: b.InnerException', '\t... 4 more'],
      '\t... 4 more // not completed: the trace around it has only 3 frames',
    ],
    [
      'frames that somebody left out before',
      ['\t...', 'Caused by: b.InnerException', '\t... 2 more'],
      '\t... 2 more // not completed: frames were left out ("...") in the trace around it',
    ],
  ] as const)
    it(`${what}: not completed, and why`, async () => assert.deepEqual(await inner(...lines), [said]));

  it('frames that were left out above those in common do not matter', async () => {
    const text = [OUTER[0], OUTER[1], '\t...', OUTER[2], OUTER[3], 'Caused by: b.InnerException', '\t... 2 more'].join('\n');
    assert.match(await whole(text), /InnerException\n\tat p\.B\.two\(B\.java:2\) \/\/ as in line 4\n\tat p\.C\.three/);
  });

  it('a circular reference ends', async () => {
    assert.match(
      await whole([...OUTER, 'Caused by: [CIRCULAR REFERENCE: a.OuterException: x]'].join('\n')),
      /^Caused by: \[CIRCULAR REFERENCE: a\.OuterException/m,
    );
  });

  it('is null where there is none', async () =>
    assert.equal(
      wholeTrace(await read('2026-01-01 00:00:00,000 INFO  x - y'), 0, () => 0),
      null,
    ));
});
