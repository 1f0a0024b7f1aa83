import assert from 'node:assert/strict';
import { analyse } from '../../../../server/src/core/kinds/index.ts';

const record = (second: number, message: string, level = 'INFO') =>
  `2031-05-06 08:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')},000 ${level}  org.apache.flink.runtime.taskexecutor.TaskExecutor [] - ${message}\n`;
const asked = (second: number, who = 'ResourceManager') =>
  record(
    second,
    `Could not resolve ${who} address pekko.tcp://flink@jm:6123/user/rpc/x_*, retrying in 10000 ms: Could not connect to rpc endpoint under address pekko.tcp://flink@jm:6123/user/rpc/x_*.`,
  );
const FOUND =
  'Successful registration at resource manager pekko.tcp://flink@jm:6123/user/rpc/x_* under registration id 0123456789abcdef0123456789abcdef.';

const CASES: [string, string, string[]][] = [
  [
    'again and again',
    [0, 10, 20, 30].map((at) => asked(at)).join(''),
    ['The ResourceManager is not found: 4 attempts in 30.0 s, and none was answered'],
  ],
  [
    'of a job',
    [0, 10, 20].map((at) => asked(at, 'JobManager')).join(''),
    ['The JobManager is not found: 3 attempts in 20.0 s, and none was answered'],
  ],
  ['twice, as while a cluster starts', asked(0) + asked(10), []],
  ['found after all', asked(0) + asked(10) + asked(20) + record(30, FOUND), []],
  [
    'lost again',
    record(0, FOUND) + asked(5) + asked(15) + asked(25),
    ['The ResourceManager is not found: 3 attempts in 20.0 s, and none was answered'],
  ],
  ['long before the end of the text', asked(0) + asked(10) + asked(20) + record(300, 'Received task Map (1/1)#0.'), []],
];

describe('a process that another one does not find', () => {
  for (const [what, text, expected] of CASES)
    it(what, async () => {
      const analysis = await analyse({ uri: 'file:///tm.log', text });
      assert.deepEqual(
        analysis.findings.map(({ message }) => message),
        expected,
      );
    });

  it('once it has given up, that is the failure', async () => {
    const gaveUp = record(
      40,
      'Fatal error occurred in TaskExecutor pekko.tcp://flink@tm:6122/user/rpc/taskmanager_0.\norg.apache.flink.runtime.taskexecutor.exceptions.RegistrationTimeoutException: Could not register at the ResourceManager within the specified maximum registration duration PT5M. This indicates a problem with this instance. Terminating now.\n\tat org.apache.flink.runtime.taskexecutor.TaskExecutor.registrationTimeout(TaskExecutor.java:1660)',
      'ERROR',
    );
    const { findings } = await analyse({ uri: 'file:///tm.log', text: asked(0) + asked(10) + asked(20) + gaveUp });
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['first-failure'],
    );
  });
});
