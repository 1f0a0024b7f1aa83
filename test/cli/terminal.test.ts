// What a file says reaches a terminal, or a program behind it, as text: no escape sequence, no bell, no turned direction.
import assert from 'node:assert/strict';
import { logjam } from './harness.ts';

const EVIL = '\u001b]8;;https://evil.example\u0007x\u001b[2J\u202e\u009b31m\u2066';
const thread = (name: string, state: string, lock: string) =>
  `"${name}" #12 prio=5 os_prio=0 tid=0x00007f1c2c0e1000 nid=0x1a waiting for monitor entry [0x00007f1c0d1fe000]\n   java.lang.Thread.State: BLOCKED (on object monitor)\n\tat org.example.${state}.b(A.java:12)\n\t- waiting to lock <0x00000000${lock}> (a org.example.Lock${EVIL})\n\t- locked <0x00000000${lock === '000000a1' ? '000000a2' : '000000a1'}> (a java.lang.Object)\n\n`;
const DUMP = `2024-01-01 10:00:00\nFull thread dump OpenJDK 64-Bit Server VM (17.0.9+9 mixed mode):\n\n${thread(`a${EVIL}`, 'A', '000000a1')}${thread(`b${EVIL}`, 'B', '000000a2')}`;
const LOG = `2024-01-01 10:00:00,000 WARN  org.apache.flink.runtime.taskmanager.Task [] - Map ${EVIL} (1/2)#0 (acc0759fada1f8a28b8fe4d6fba40d2e) switched from RUNNING to FAILED with failure cause: java.lang.RuntimeException: ${EVIL}\n\tat a.B.c(B.java:1)\n`;
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u;

describe('text of a file in a terminal', () => {
  for (const [kind, input, args] of [
    ['dump', DUMP, ['check', '-']],
    ['dump', DUMP, ['check', '-', '--format', 'json']],
    ['dump', DUMP, ['check', '-', '--format', 'ndjson']],
    ['dump', DUMP, ['check', '-', '--format', 'sarif']],
    ['dump', DUMP, ['graph', '-', '--format', 'dot']],
    ['dump', DUMP, ['graph', '-', '--format', 'svg']],
    ['dump', DUMP, ['report', '-']],
    ['log', LOG, ['check', '-']],
    ['log', LOG, ['check', '-', '--format', 'json']],
    ['log', LOG, ['report', '-']],
    ['log', LOG, ['relations', '-']],
  ] as const) {
    it(`is text: ${kind}, ${args.join(' ')}`, async () => {
      const { stdout, stderr } = await logjam([...args], { input });
      assert.ok(stdout.length > 0, stderr);
      assert.doesNotMatch(stdout, HIDDEN);
      assert.doesNotMatch(stderr, HIDDEN);
    });
  }
});
