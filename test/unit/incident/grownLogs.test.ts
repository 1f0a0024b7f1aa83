// A log that was copied, and copied again later while its process wrote on.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import { digestOf, RECORDINGS } from '../../support/incidentFolder.ts';

const recorded = (name: string): string => readFileSync(`${RECORDINGS}/2.3.0/failing-sink/${name}`, 'utf8');
const processesOf = async (files: [string, string][]) => conclude(mergeAll(await Promise.all(files.map(([name, text]) => digestOf(name, text)))));

describe('copies of one log that has grown meanwhile', () => {
  const master = recorded('jobmanager.log');
  const worker: [string, string] = ['taskmanager.log', recorded('taskmanager.log')];
  const part = (share: number) => master.slice(0, Math.round(master.length * share));

  it('are one process, and nothing is told twice', async () => {
    const once = await processesOf([['jm-1005.log', master], worker]);
    for (const copies of [[0.5], [0.3, 0.7]]) {
      const twice = await processesOf([
        ...copies.map((share, at): [string, string] => [`jm-100${at}.log`, part(share)]),
        ['jm-1005.log', master],
        worker,
      ]);
      assert.deepEqual(twice.processes, once.processes);
      assert.deepEqual(
        twice.findings.map(({ message }) => message),
        once.findings.map(({ message }) => message),
      );
    }
  });

  it('but not where the shorter one says something else', async () => {
    const other = part(0.5).replaceAll('RUNNING', 'FINISHED');
    const { processes } = await processesOf([['jm-1000.log', other], ['jm-1005.log', master], worker]);
    assert.equal(processes.length, 3);
  });
});
