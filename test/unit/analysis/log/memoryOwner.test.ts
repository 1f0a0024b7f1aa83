import assert from 'node:assert/strict';
import { analyse, report } from '../../../../server/src/core/kinds/index.ts';

const record = (thread: string, frames: readonly string[], what = 'Direct buffer memory'): string =>
  `2031-05-06 07:08:09,010 ERROR org.apache.flink.util.FatalExitExceptionHandler              [] - FATAL: Thread '${thread}' produced an uncaught exception. Stopping the process...\njava.lang.OutOfMemoryError: ${what}\n${frames.map((frame) => `\tat ${frame}(X.java:7)\n`).join('')}`;

const BITS = 'java.nio.Bits.reserveMemory';

const CASES: { name: string; text: string; has: RegExp; hasNot: RegExp }[] = [
  {
    name: 'a thread of the JobManager',
    text: record('jobmanager-io-thread-3', [BITS]),
    has: /jobmanager\.memory\.off-heap\.size/,
    hasNot: /taskmanager\.memory|framework off-heap/,
  },
  {
    name: 'frames of the JobManager',
    text: record('pool-7-thread-1', [BITS, 'org.apache.flink.runtime.checkpoint.PendingCheckpoint.finalizeCheckpoint']),
    has: /maxCachedBufferSize/,
    hasNot: /taskmanager\.memory/,
  },
  {
    name: 'the server of the REST API',
    text: record('pool-7-thread-1', [BITS, 'org.apache.flink.runtime.rest.handler.AbstractHandler.channelRead0']),
    has: /jobmanager\.memory\.off-heap\.size/,
    hasNot: /taskmanager\.memory/,
  },
  {
    name: 'frames of a task, whoever prints them',
    text: record('jobmanager-io-thread-3', [BITS, 'org.apache.flink.streaming.runtime.tasks.StreamTask.invoke']),
    has: /taskmanager\.memory\.task\.off-heap\.size/,
    hasNot: /jobmanager\.memory/,
  },
  {
    name: 'neither: options of both',
    text: record('pool-7-thread-1', [BITS]),
    has: /taskmanager\.memory\.task\.off-heap\.size[\s\S]*jobmanager\.memory\.off-heap\.size/,
    hasNot: /maxCachedBufferSize/,
  },
  {
    name: 'the heap of a JobManager',
    text: record('jobmanager-future-thread-1', ['java.util.Arrays.copyOf'], 'Java heap space'),
    has: /jobmanager\.memory\.heap\.size/,
    hasNot: /taskmanager\.memory|RocksDB/,
  },
];

describe('memory that ran out, by the process that it ran out in', () => {
  for (const { name, text, has, hasNot } of CASES) {
    it(name, async () => {
      const analysis = await analyse({ uri: 'file:///x', text });
      const said = `${report(analysis, 'x')}\n${JSON.stringify(analysis.findings.filter(({ id }) => id === 'memory-exhausted'))}`;
      assert.match(said, has);
      assert.doesNotMatch(said, hasNot);
    });
  }
});
