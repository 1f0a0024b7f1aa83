import assert from 'node:assert/strict';
import { capital } from '../../../../server/src/core/wording.ts';
import { read } from '../../log/helpers.ts';
import { fails, saidOf } from './failing.ts';

const FACTORY =
  "org.apache.flink.table.api.ValidationException: Could not find any factory for identifier 'pulsar' that implements 'org.apache.flink.table.factories.DynamicTableFactory' in the classpath.";
const frame = (method: string) => `\tat org.apache.flink.${method}(X.java:1)`;

describe('a sentence that begins with a name', () => {
  it('leaves it as it is', () => {
    assert.equal(capital('java.lang.OutOfMemoryError: Metaspace'), 'java.lang.OutOfMemoryError: Metaspace');
    assert.equal(capital('the job failed'), 'The job failed');
    assert.equal(capital('e.g. the job'), 'E.g. the job');
  });
});

describe('advice for the process that it is about', () => {
  it('a factory that is missing: in the SQL Gateway, or where the program is planned', async () => {
    const gateway = await saidOf(
      fails(
        FACTORY,
        frame('table.factories.FactoryUtil.discoverFactory'),
        frame('table.gateway.service.operation.OperationExecutor.executeStatement'),
      ),
    );
    assert.match(gateway.advice[0] ?? '', /lib\/ of the gateway.*ADD JAR/);
    assert.equal(gateway.verdict, "First failure: ValidationException: Could not find any factory for identifier 'pulsar'.");
    assert.doesNotMatch(gateway.advice.join('\n'), /resolve-order|ServicesResourceTransformer/);
    const program = await saidOf(
      fails(FACTORY, frame('table.factories.FactoryUtil.discoverFactory'), frame('client.program.PackagedProgram.callMainMethod')),
    );
    assert.match(program.advice[0] ?? '', /ServicesResourceTransformer/);
    assert.doesNotMatch(program.advice.join('\n'), /gateway|resolve-order/);
    const missing = await saidOf(fails('java.lang.ClassNotFoundException: org.example.Order'));
    assert.match(missing.advice.join('\n'), /resolve-order/);
  });

  const options = async (text: string) => (await read(text)).memory.flatMap((one) => one.options);
  it('the metaspace of a TaskManager by the logger that tells of it', async () => {
    const record = (logger: string) =>
      `2031-05-06 08:00:01,000 ERROR org.apache.flink.${logger} [] - Fatal error occurred.\njava.lang.OutOfMemoryError: Metaspace\n\tat java.lang.ClassLoader.defineClass1(Native Method)\n`;
    assert.deepEqual(await options(record('runtime.taskexecutor.TaskManagerRunner')), ['taskmanager.memory.jvm-metaspace.size']);
    assert.deepEqual(await options(record('util.FatalExitExceptionHandler')), [
      'taskmanager.memory.jvm-metaspace.size',
      'jobmanager.memory.jvm-metaspace.size',
    ]);
  });

  it('network buffers: memory of batch shuffles only where those lack it', async () => {
    const network = await options(fails('java.io.IOException: Insufficient number of network buffers: required 65, but only 38 available.'));
    assert.ok(network.includes('taskmanager.memory.network.max') && !network.some((one) => one.includes('batch')));
    assert.deepEqual(
      await options(
        fails(
          'java.util.concurrent.TimeoutException: Buffer request timeout, this means there is a fierce contention of the batch shuffle read memory, please increase it.',
        ),
      ),
      ['taskmanager.memory.framework.off-heap.batch-shuffle.size'],
    );
  });
});
