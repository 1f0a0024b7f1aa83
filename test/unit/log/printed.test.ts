import assert from 'node:assert/strict';
import { read } from './helpers.ts';

const START = '2031-05-06 08:00:00,000 INFO  org.apache.flink.runtime.taskexecutor.TaskManagerRunner [] - Starting TaskManager with ResourceID: tm-1';
const OUT_OF_MEMORY = 'java.lang.OutOfMemoryError: Java heap space';
const UNCAUGHT = 'Exception: java.lang.OutOfMemoryError thrown from the UncaughtExceptionHandler in thread "main"';

describe('what a program prints of its data', () => {
  it('says nothing of the process that prints it', async () => {
    for (const printed of [
      `3> +I[7, ${UNCAUGHT}]`,
      `3> ${OUT_OF_MEMORY}`,
      `alerts:3> ${OUT_OF_MEMORY}`,
      `Print to System.out> ${OUT_OF_MEMORY}`,
      `+U[${OUT_OF_MEMORY}, 12]`,
      `(${OUT_OF_MEMORY},3)`,
      `{"error":"${OUT_OF_MEMORY}"}`,
      `| +I | ${OUT_OF_MEMORY} | 12 |`,
      '5> {"pod":"cart-1","reason":"OOMKilled"}',
      '5> Container killed on request. Exit code is 137',
      `pod-7: ${UNCAUGHT}`,
    ]) {
      const { failures, memory } = await read(`${START}\n${printed}\n`);
      assert.equal(failures.first, null, printed);
      assert.deepEqual(memory, [], printed);
    }
  });

  it('hides nothing that the process says itself', async () => {
    for (const said of [
      OUT_OF_MEMORY,
      `\n${UNCAUGHT}`,
      `Exception in thread "Source: a -> Map (1/1)#0" ${OUT_OF_MEMORY}`,
      'Terminating due to java.lang.OutOfMemoryError: Metaspace',
    ]) {
      const { failures } = await read(`${START}\n3> +I[7, ${UNCAUGHT}, ${OUT_OF_MEMORY}]\n${said}\n`);
      assert.equal(failures.first?.cause?.code === 'out-of-memory' || failures.first?.cause?.code === 'exception', true, said);
    }
  });
});
