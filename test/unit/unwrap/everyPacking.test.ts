import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { type Analysis, analyse } from '../../../server/src/core/kinds/index.ts';
import { WRAPS } from './wrap.ts';

/** Small examples of every kind, each with findings. */
const EXAMPLES: Record<string, string> = {
  'thread dump': readFileSync(at('test/fixtures/dumps/monitors-jdk17.jstack-l.txt'), 'utf8'),
  'Flink log': readFileSync(at('test/fixtures/logs/tm-managed-memory-1.12.2.log'), 'utf8'),
  'GC log': readFileSync(at('test/fixtures/gc/parallel-out-of-memory-jdk17.log'), 'utf8'),
  'job graph': readFileSync(at('demo/4-iteration/execution-plan.json'), 'utf8'),
  'REST answer': JSON.stringify(JSON.parse(readFileSync(at('demo/3-back-pressure/job.json'), 'utf8')), null, 2),
  'REST exceptions': JSON.stringify(JSON.parse(readFileSync(at('test/fixtures/flink/2.3.0/failing-sink/exceptions.json'), 'utf8')), null, 2),
  'expired checkpoints': JSON.stringify(
    JSON.parse(readFileSync(at('test/fixtures/flink/2.3.0/checkpoint-timeout/checkpoints.json'), 'utf8')),
    null,
    2,
  ),
  'pods of Kubernetes': readFileSync(at('test/fixtures/rest/pods.json'), 'utf8'),
  'a described pod': readFileSync(at('test/fixtures/rest/describe-pod.txt'), 'utf8'),
  EXPLAIN: readFileSync(at('test/fixtures/plans/explain-stages.txt'), 'utf8'),
  'Java source': readFileSync(at('test/fixtures/java/ChannelBuffers.java'), 'utf8'),
  'a job in Java': readFileSync(at('test/fixtures/java/OrdersJob.java'), 'utf8'),
};

/** Packings that keep every line, so that they hold any kind. */
const PACKINGS = [
  'crlf',
  'docker json-file',
  'json with spaces',
  'one json document',
  'hits of a log store',
  'cri',
  'cri in parts',
  'testcontainers',
  'syslog prefix',
  'compose prefix',
  'kubectl prefix',
  'kubectl timestamps',
  'gh run view --log',
  'GitLab CI',
  'Jenkins',
  'quoted in a mail',
  'a fence',
  'csv',
  'csv with semicolons',
  'csv, one field',
  'html escaped',
  'html page',
  'json string',
  'ansi',
  'carriage returns alone',
  'a byte order mark',
  'string literals',
  'docker json around compose',
  'zeros of utf-16',
];

const word = (text: string, start: number): string => /^[\w.-]{0,10}/.exec(text.slice(start, start + 40).replaceAll('\0', ''))?.[0] ?? '';

/** What must not change: the findings, and the words at which they stand. */
function essence(text: string, { kind, findings }: Analysis): unknown {
  return { kind, findings: findings.map(({ id, at: { span } }) => `${id} at ${word(text, span.start)}`) };
}

describe('every kind in every packing', () => {
  for (const [kind, plain] of Object.entries(EXAMPLES)) {
    for (const packing of PACKINGS) {
      it(`${kind}: ${packing}`, async () => {
        const packed = WRAPS[packing]?.(plain) ?? '';
        const expected = await analyse({ uri: 'file:///plain', text: plain });
        const found = await analyse({ uri: 'file:///packed', text: packed });
        assert.deepEqual(essence(packed, found), essence(plain, expected));
      });
    }
  }
});
