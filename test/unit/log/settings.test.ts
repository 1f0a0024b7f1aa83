import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { read } from './helpers.ts';

describe('what a log says of its process and of its job by reporters', () => {
  const recording = (name: string) => readFileSync(at('test/fixtures/flink/2.3.0/event-reporter', name), 'utf8');

  it('the options as they were read, the last of a key', async () => {
    const text = recording('jobmanager.log');
    const { settings } = (await read(text)).log.process;
    const of = (name: string) => settings.find(({ key }) => key === name);
    assert.equal(of('heartbeat.timeout')?.value, '10000');
    assert.equal(of('execution.checkpointing.interval')?.value, '300 ms');
    const { span } = of('heartbeat.timeout') ?? {};
    assert.match(text.slice(span?.start, span?.end), /heartbeat\.timeout, 10000/);
    const quoted = await read(
      "2024-01-01 10:00:00,000 INFO  org.apache.flink.configuration.GlobalConfiguration [] - Loading configuration property: rest.port, '8082'\n",
    );
    assert.equal(quoted.log.process.settings[0]?.value, '8082');
  });

  it('spans with their attributes (FLIP-384), and that an event was reported (FLIP-481)', async () => {
    const { events } = (await read(recording('jobmanager.log'))).log;
    const checkpoints = events.filter(({ id, fields }) => id === 'reported-span' && fields['name'] === 'Checkpoint');
    assert.ok(checkpoints.length > 0);
    for (const { fields } of checkpoints) assert.match(fields['attributes'] ?? '', /checkpointId=\d+/);
    assert.ok(events.some(({ id }) => id === 'reported-event'));
  });
});
