import assert from 'node:assert/strict';
import { analyse } from '../../../server/src/core/kinds/index.ts';

const thread = (
  name: string,
  method: string,
  id: number,
  wants: string,
  holds: string,
) => `"${name}" #${id} prio=5 os_prio=0 tid=0x00007f5c0c0d1${id} nid=0x5${id} waiting for monitor entry  [0x00007f5bf0bfe000]
   java.lang.Thread.State: BLOCKED (on object monitor)
	at org.shop.Orders.${method}(Orders.java:41)
	- waiting to lock <0x000000062b1a7${wants}> (a java.lang.Object)
	- locked <0x000000062b1a7${holds}> (a java.lang.Object)
	at org.shop.Orders.run(Orders.java:22)
`;
const WRITER = thread('orders-writer', 'write', 31, 'f18', 'f08');
const READER = thread('orders-reader', 'read', 32, 'f08', 'f18');

/** Lines that say that what follows is from another process. */
const SOURCES = [
  '=== tm-2 ===',
  '--- host b ---',
  '-------- tm-2.example.org --------',
  '******** host-b ********',
  '### pod flink-tm-1 ###',
  '## taskmanager-2',
  '**tm-2**',
  '[tm-2]',
  '<<< tm-2 >>>',
  'tm-2:',
  'host: b',
  'Node 2',
  'PID 812',
  '812:',
  'File: tm-2.txt',
  '10:01 tm-2',
  '==> tm2.jstack <==',
  'tm-2 | CHANGED | rc=0 >>',
  '$ kubectl exec pod-2 -- jstack 1',
  'kubectl exec pod-2 -- jstack 1',
  '[root@host2 ~]# jstack 812',
  'flink@tm-2:/opt/flink$ jstack 1',
  'ssh host2 jstack 77',
  '$ cat /tmp/tm2.txt',
  'tail -n 200 flink-taskmanager-2.out',
  'docker exec tm2 jcmd 1 Thread.print',
  '2031-05-05 10:00:00 host-b',
  '_10.0.0.2_',
];
/** Lines that leave it open. */
const OPEN = ['and on the second one:', 'this is the other one', '=== alpha ===', '## the second half', 'B:'];
/** Lines that say nothing of the kind. */
const NOTHING = [
  '',
  '-----',
  '...',
  '[snip]',
  '```',
  '{noformat}',
  'the thread that holds the other lock:',
  '=== orders-reader ===',
  '## Reader',
  '2031-05-05 10:00:00,123 INFO  org.shop.Orders [] - 17 orders read',
];

const deadlocksOf = async (text: string): Promise<{ dumps: number; found: string[] }> => {
  const analysis = await analyse({ uri: 'file:///a.txt', text });
  assert.ok(analysis.kind === 'thread-dump', analysis.kind);
  return { dumps: analysis.dumps.length, found: analysis.findings.filter(({ id }) => id === 'deadlock').map(({ certainty }) => certainty) };
};

describe('lines between two threads', () => {
  for (const gap of ['', '\n']) {
    const between = (line: string): string => `${WRITER}${gap}${line}\n${gap}${READER}`;
    const kind = gap === '' ? '' : ', between blank lines';
    for (const line of SOURCES)
      it(`${line}${kind}: two dumps, and nothing across them`, async () => {
        assert.deepEqual(await deadlocksOf(between(line)), { dumps: 2, found: [] });
      });
    for (const line of OPEN)
      it(`${line}${kind}: suspected`, async () => {
        assert.deepEqual(await deadlocksOf(between(line)), { dumps: 1, found: ['suspected'] });
      });
    for (const line of NOTHING)
      it(`"${line}"${kind}: one dump, proved`, async () => {
        assert.deepEqual(await deadlocksOf(between(line)), { dumps: 1, found: ['proved'] });
      });
  }

  it('a dump with its title is one, whatever a program prints into it', async () => {
    const text = `2031-05-05 10:00:00\nFull thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):\n\n${WRITER}\n17 orders were read\n\n${READER}\n`;
    assert.deepEqual(await deadlocksOf(text), { dumps: 1, found: ['proved'] });
  });

  it('a line within a stack is no seam', async () => {
    const text = `${WRITER.replace('\t- locked', 'tm-2:\n\t- locked')}\n${READER}`;
    assert.deepEqual(await deadlocksOf(text), { dumps: 1, found: ['proved'] });
  });
});

describe('threads in the cells of a table', () => {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const table = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join(',')).join('\n');
  it('of two hosts: two dumps, and nothing across them', async () => {
    const text = table([
      ['time', 'host', 'dump'],
      ['2031-05-05 10:00:00', 'tm-1', cell(WRITER)],
      ['2031-05-05 10:00:00', 'tm-2', cell(READER)],
    ]);
    assert.deepEqual(await deadlocksOf(text), { dumps: 2, found: [] });
  });
  it('of one host, each with its name: one dump', async () => {
    const text = table([
      ['time', 'host', 'name', 'dump'],
      ['2031-05-05 10:00:00.123', 'tm-1', 'orders-writer', cell(WRITER)],
      ['2031-05-05 10:00:00.124', 'tm-1', 'orders-reader', cell(READER)],
    ]);
    assert.deepEqual(await deadlocksOf(text), { dumps: 1, found: ['proved'] });
  });
});
