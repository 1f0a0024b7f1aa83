// Processes of one machine that write into one folder: each of them hands out the logs of all, and a log grows while they are fetched.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import { digestOf, RECORDINGS } from '../../support/incidentFolder.ts';

const recorded = (name: string): string => readFileSync(`${RECORDINGS}/1.18.1/monitor-deadlock/${name}`, 'utf8');

/** A dump with no thread of a subtask, as the JobManager's is. */
function dumpOfMaster(): string {
  const { threadInfos } = JSON.parse(recorded('taskmanager-thread-dump.json')) as { threadInfos: { threadName: string }[] };
  return JSON.stringify({ threadInfos: threadInfos.filter(({ threadName }) => !threadName.includes('(1/1)')) });
}

describe('logs of a shared folder in a snapshot', () => {
  for (const [what, master] of [
    ['the same twice', 'jobmanager/jobmanager.log'],
    ['under other names', 'jobmanager/flink-standalonesession-0.log'],
  ] as const)
    it(`leave the dump of the JobManager with the log beside it: ${what}`, async () => {
      const log = recorded('jobmanager.log');
      const last = log.trimEnd().split('\n').at(-1) ?? '';
      const files: [string, string][] = [
        [master, `${log.trimEnd()}\n${last}\n`],
        [`taskmanagers/one/${master.split('/').at(-1)}`, log],
        ['taskmanagers/one/taskmanager.log', recorded('taskmanager.log')],
        ['jobmanager/thread-dump-1.json', dumpOfMaster()],
      ];
      const { processes, unresolved } = conclude(mergeAll(await Promise.all(files.map(([name, text]) => digestOf(name, text)))));
      assert.deepEqual(unresolved, []);
      const owner = processes.find(({ sources }) => sources.includes('jobmanager/thread-dump-1.json'));
      assert.equal(owner?.name, master);
      assert.equal(owner?.side, 'JM');
    });
});
