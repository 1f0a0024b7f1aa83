import assert from 'node:assert/strict';
import { settle } from '../../server/src/core/findings.ts';
import { analyse } from '../../server/src/core/kinds/index.ts';
import { type Draft, finding } from '../../server/src/core/model.ts';

const RULE = { id: 'some-rule', severity: 'warning' } as const;
const draft = (parts: Partial<Draft> & { variant?: string } = {}): Draft =>
  finding(RULE, { certainty: 'proved', message: 'A message.', span: { start: 10, end: 12 }, ...parts });
const marks = (...drafts: Draft[]): string[] => settle(drafts, 'file:///a').map(({ fingerprint }) => fingerprint);

const DUMP = (address: string, number: number) => `2021-04-07 19:01:27
Full thread dump OpenJDK 64-Bit Server VM (11.0.2+9 mixed mode):

${['A', 'B']
  .map(
    (
      name,
      i,
    ) => `"worker-${name}" #${number + i} prio=5 os_prio=0 cpu=1.00ms elapsed=2.00s tid=0x00007f0${address}${i}000 nid=0x1${i} waiting for monitor entry  [0x00007f0000000000]
   java.lang.Thread.State: BLOCKED (on object monitor)
	at app.Left.run(Left.java:10)
	- waiting to lock <0x00000000${address}${i}> (a app.One)
	- locked <0x00000000${address}${1 - i}> (a app.One)
`,
  )
  .join('\n')}`;

describe('findings', () => {
  it('know their file and their place in it, in a set of files', () => {
    const files = [
      { uri: 'file:///a', offset: 0 },
      { uri: 'file:///b', offset: 100 },
    ];
    const one = draft({ span: { start: 110, end: 112 }, related: [{ message: 'before', span: { start: 5, end: 6 } }] });
    const [found] = settle([one], 'file:///set', files);
    assert.deepEqual(found?.at, { document: 'file:///b', span: { start: 10, end: 12 } });
    assert.deepEqual(found?.related, [{ message: 'before', at: { document: 'file:///a', span: { start: 5, end: 6 } } }]);
    assert.deepEqual(settle([draft()], 'file:///a')[0]?.at, { document: 'file:///a', span: { start: 10, end: 12 } });
  });

  it('have the code of their rule, with the variant behind it', () => {
    assert.equal(draft().code, 'some-rule');
    assert.equal(draft({ variant: 'read-lock' }).code, 'some-rule-read-lock');
  });

  it('are known again by code and names, whatever the numbers, places and ids are', () => {
    const facts = { thread: 'Map (1/4)#0', address: '0x00007f3a00000010', waiters: 3 };
    const [mark] = marks(draft({ facts }));
    assert.match(mark ?? '', /^[0-9a-f]{16}$/);
    assert.deepEqual(marks(draft({ facts: { ...facts, address: '0x00007f3a99990010', waiters: 4 }, span: { start: 500, end: 501 } })), [mark]);
    assert.notDeepEqual(marks(draft({ facts: { ...facts, thread: 'Sink (1/4)#0' } })), [mark]);
    assert.notDeepEqual(marks(draft({ facts, variant: 'other' })), [mark]);
    assert.deepEqual(marks(draft({ facts, key: ['thread'] }), draft({ facts: { thread: facts.thread }, key: ['thread'] })).length, 2);
    assert.notDeepEqual(marks(draft({ facts: { class: 'Task2' } })), marks(draft({ facts: { class: 'Task3' } })));
  });

  it('of a kind are told apart by their number in the file', () => {
    const [first, second] = marks(draft(), draft());
    assert.equal(second, `${first}-2`);
  });

  it('of the same deadlock in another run have the same fingerprint', async () => {
    const of = async (text: string) => (await analyse({ uri: 'file:///a', text })).findings.map(({ id, fingerprint }) => `${id} ${fingerprint}`);
    const before = await of(DUMP('7296dfa', 30));
    assert.match(before.join(), /^deadlock /);
    assert.deepEqual(await of(`\n\n${DUMP('81c0aa0', 71)}`), before);
  });
});
