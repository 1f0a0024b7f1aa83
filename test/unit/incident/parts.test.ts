// Clusters in one folder that have nothing in common: each has its verdict; everything else is one incident.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import type { Digest } from '../../../server/src/core/incident/digest/model.ts';
import { incidentReport } from '../../../server/src/core/incident/report.ts';
import { digestOfRecording, digestsOfRecording, recordings } from '../../support/incidentFolder.ts';

/** A recording below a folder. */
async function below(folder: string, recording: string): Promise<Digest[]> {
  const digests = await digestsOfRecording(recording);
  const renamed = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  return digests.map(({ digest }) => ({ ...digest, sources: digest.sources.map((source) => ({ ...source, names: source.names.map(renamed) })) }));
}

describe('two clusters in one folder', () => {
  it('have a verdict each, the same to the byte in any order, the gravest first', async () => {
    const digests = [...(await below('all/b', '1.20.3/taskmanager-killed')), ...(await below('all/a', '2.3.0/monitor-deadlock'))];
    const incident = conclude(mergeAll(digests));
    assert.equal(incident.verdict.code, 'deadlock');
    assert.deepEqual(
      incident.others.map(({ name, verdict }) => [name, verdict.code]),
      [['all/b', 'taskmanager-lost']],
    );
    assert.equal(incident.coverage.read.length, digests.length);
    const text = incidentReport(incident, 'all');
    assert.match(text, /^Another cluster is here, which has nothing in common with this one:\n\n- `b`: \*\*.*/m);
    fc.assert(
      fc.property(fc.shuffledSubarray(digests, { minLength: digests.length }), (shuffled) => {
        assert.equal(JSON.stringify(conclude(mergeAll(shuffled))), JSON.stringify(incident));
      }),
      { numRuns: 5 },
    );
  });

  it('name the same as each of them alone', async () => {
    for (const [one, other] of [
      ['1.13.1/word-count', '2.3.0/gc-thrash'],
      ['1.20.3/heap-out-of-memory', '1.20.3/healthy'],
    ] as const) {
      const both = conclude(mergeAll([...(await below('one', one)), ...(await below('other', other))]));
      const alone = await Promise.all([one, other].map(async (recording) => conclude(await digestOfRecording(recording)).verdict.code));
      assert.deepEqual([both.verdict.code, ...both.others.map(({ verdict }) => verdict.code)].sort(), alone.sort());
    }
  });

  it('whose files lie beside each other with one that fits both are one incident', async () => {
    const gc = (await digestsOfRecording('2.3.0/gc-thrash')).filter(({ name }) => name.includes('gc')).map(({ digest }) => digest);
    const logs = [...(await below('', '1.20.3/taskmanager-killed')), ...(await below('x', '2.3.0/gc-thrash'))];
    const named = logs.map((digest) => ({
      ...digest,
      sources: digest.sources.map((source) => ({ ...source, names: source.names.map((name) => name.replace('x/', 'b-')) })),
    }));
    const stray = gc.map((digest) => ({
      ...digest,
      sources: digest.sources.map((source) => ({ ...source, id: `f${source.id.slice(1)}`, names: ['heap.txt'] })),
    }));
    assert.ok(stray.length > 0);
    assert.deepEqual(conclude(mergeAll([...named, ...stray])).others, []);
  });

  for (const folder of recordings()) {
    it(`${folder} is one`, async () => {
      assert.deepEqual(conclude(await digestOfRecording(folder)).others, []);
    });
  }
});
