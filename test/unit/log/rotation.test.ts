import assert from 'node:assert/strict';
import { rotatedBeside, rotationName } from '../../../server/src/core/log/rotation.ts';

describe('files of a rotation', () => {
  for (const name of [
    'taskmanager.log',
    'taskmanager.log.1',
    'taskmanager.log.12.gz',
    'taskmanager.log-20261120',
    'taskmanager.log.2026-11-20',
    'taskmanager.log.2026-11-20-1.zip',
    'taskmanager.2026-11-20.log',
    'taskmanager-2026-11-20-1.log.gz',
  ])
    it(`${name} is of taskmanager.log`, () => assert.equal(rotationName(name), 'taskmanager.log'));

  it('numbers before the ending tell processes apart', () => {
    const all = [
      'flink-taskexecutor-0-host.log',
      'flink-taskexecutor-1-host.log',
      'flink-taskexecutor-0-host.log.1',
      'gc.log.0',
      'taskmanager-1.log',
    ];
    assert.deepEqual(rotatedBeside('flink-taskexecutor-0-host.log', all), ['flink-taskexecutor-0-host.log.1']);
    assert.deepEqual(rotatedBeside('taskmanager-2.log', all), []);
  });
});
