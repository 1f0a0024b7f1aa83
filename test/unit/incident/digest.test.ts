// Digests: small, the same in any partition and order, and a log concluded from digests is the log read as one.
import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { MAX_DIGEST, utf8Length } from '../../../server/src/core/incident/digest/fit.ts';
import { merge, mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import type { Digest } from '../../../server/src/core/incident/digest/model.ts';
import { NO_SOURCES } from '../../../server/src/core/incident/digest/none.ts';
import { joinedLog, type LogSource, orderLogs } from '../../../server/src/core/incident/logs.ts';
import { concludeLog } from '../../../server/src/core/kinds/concludeLog.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/core/kinds/index.ts';
import { analyseLogSet } from '../../../server/src/core/kinds/logSet.ts';
import { digestOf, digestsOf, filesIn, RECORDINGS, recordings } from '../../support/incidentFolder.ts';
import { failuresOf } from './failures.ts';

/** The digests of a few folders that have all kinds of files. */
const FOLDERS = ['2.3.0/convoy', '2.3.0/heap-out-of-memory', '2.3.0/monitor-deadlock', '1.13.1/taskmanager-killed'];

const logsOf = ({ sources }: Digest): LogSource[] => sources.filter((source) => source.kind === 'flink-log');

/** What a log concludes from a merged digest. */
function fromDigest(digest: Digest) {
  const { logs } = orderLogs(logsOf(digest));
  const { log, files } = joinedLog(logs);
  return concludeLog(log, DEFAULT_SETTINGS, { uri: '', files });
}

describe('digests', () => {
  for (const folder of FOLDERS) {
    it(`of ${folder} merge to the same bytes in any partition and order`, async () => {
      const digests = await digestsOf(filesIn(path.join(RECORDINGS, folder)));
      const whole = JSON.stringify(mergeAll(digests));
      fc.assert(
        fc.property(fc.array(fc.nat(digests.length - 1), { maxLength: 30 }), fc.infiniteStream(fc.nat(1_000_000)), (twice, random) => {
          // All of them, some twice, in any order, merged in any tree.
          let open = [...digests, ...twice.map((index) => digests[index] as Digest)];
          while (open.length > 1) {
            const one = open.splice(random.next().value % open.length, 1)[0] as Digest;
            const at = random.next().value % open.length;
            open = open.map((other, index) => (index === at ? merge(one, other) : other));
          }
          assert.equal(JSON.stringify(open[0]), whole);
        }),
        { numRuns: 25 },
      );
    });
  }

  describe('of more sources than there is room for', () => {
    let digests: Digest[];
    before(async () => {
      // A fleet: the files of a few folders many times, each copy with names, ids and a time of its own.
      const some = (await Promise.all(FOLDERS.map((folder) => digestsOf(filesIn(path.join(RECORDINGS, folder)))))).flat();
      digests = some.flatMap(({ sources, unread }, index) =>
        Array.from({ length: 60 }, (_, copy) => ({
          ...NO_SOURCES,
          sources: sources.map((source) => ({
            ...source,
            id: `${(copy * 7919 + index).toString(16).padStart(8, '0')}${source.id.slice(8)}`,
            names: source.names.map((name) => `${copy}/${name}`),
            since: source.since === null ? null : source.since + ((copy * 31) % 7) * 1000,
          })),
          unread,
        })),
      );
    });

    it('they merge to the same bytes in any partition and order', () => {
      const whole = mergeAll(digests);
      assert.deepEqual(new Set(whole.sources.map(({ form }) => form)), new Set(['full', 'thin']));
      assert.equal(whole.sources.length + whole.counted.length, digests.flatMap(({ sources }) => sources).length);
      const text = JSON.stringify(whole);
      assert.ok(text.length < 8 * 1024 * 1024, String(text.length));
      fc.assert(
        fc.property(fc.integer({ min: 2, max: 9 }), fc.infiniteStream(fc.nat(1_000_000)), (width, random) => {
          const draw = (below: number): number => random.next().value % below;
          const groups: Digest[][] = Array.from({ length: width }, () => []);
          // Some are read twice.
          for (const one of digests) for (let times = draw(9) === 0 ? 2 : 1; times > 0; times--) (groups[draw(width)] as Digest[]).push(one);
          let open = groups.map(mergeAll);
          while (open.length > 1) {
            const one = open.splice(draw(open.length), 1)[0] as Digest;
            const at = draw(open.length);
            open = open.map((other, index) => (index === at ? merge(other, one) : other));
          }
          assert.ok(JSON.stringify(open[0]) === text, 'another digest');
        }),
        { numRuns: 6 },
      );
    });
  });

  it('is neutral with nothing, and keeps all names of one file', async () => {
    const one = await digestOf('a.log', filesIn(path.join(RECORDINGS, '2.3.0/word-count')).find(({ name }) => name === 'jobmanager.log')?.text ?? '');
    const same = { ...one, sources: one.sources.map((source) => ({ ...source, names: ['copy of a.log'] })) };
    assert.deepEqual(merge(one, NO_SOURCES), one);
    assert.deepEqual(
      merge(one, same).sources.map(({ names }) => names),
      [['a.log', 'copy of a.log']],
    );
  });

  it('have at most 256 KB each, and count what they leave out', async () => {
    const lines: string[] = [];
    for (let i = 0; i < 4000; i++) {
      const time = `2026-11-20 10:${String(Math.floor(i / 400)).padStart(2, '0')}:${String(Math.floor(i / 8) % 50).padStart(2, '0')},${String(i % 1000).padStart(3, '0')}`;
      const id = i.toString(16).padStart(32, '0');
      lines.push(
        `${time} WARN  org.apache.flink.runtime.taskmanager.Task [] - map-${i % 97} (1/2)#${i} (${id}_cbc357ccb763df2852fee8c4fc7d55f2_0_${i}) switched from RUNNING to FAILED with failure cause:`,
        `java.io.IOException: disk ${i} is full`,
        ...Array.from({ length: 6 }, (_, at) => `\tat org.example.Job.step${at}(Job.java:${at + 1})`),
      );
    }
    const { sources } = await digestOf('big.log', lines.join('\n'));
    const [source] = sources as [LogSource];
    assert.ok(utf8Length(JSON.stringify(source.body)) <= MAX_DIGEST);
    assert.ok(source.left > 3000, String(source.left));
    assert.equal(source.body.executions.length + source.body.executionsLeft, 4000);
    assert.equal(source.body.recordCount, 4000);
    assert.equal(fromDigest({ ...NO_SOURCES, sources }).failures.first?.line, 0);
  });
});

describe('the logs of a folder, concluded from digests', () => {
  for (const folder of recordings().filter((name) => /^(?:1\.13\.1|2\.3\.0)\//.test(name))) {
    const files = filesIn(path.join(RECORDINGS, folder)).filter(({ name }) => /^(?:job|task)manager(?:-\d)?\.log$/.test(name));
    if (files.length === 0) continue;
    it(`${folder} fails as it does read as one`, async () => {
      const together = await analyseLogSet(
        files.map((file) => ({ ...file, uri: `file:///${file.name}` })),
        DEFAULT_OPTIONS,
      );
      const merged = fromDigest(mergeAll(await digestsOf(files)));
      assert.deepEqual(failuresOf(merged), failuresOf(together));
    });
  }
});

describe('the segments of a rotation', () => {
  /** Logs with failures and traces. */
  const CUT = ['2.3.0/failing-sink', '1.13.1/failing-sink', '2.3.0/cancel-does-not-react', '1.20.3/taskmanager-killed'];
  for (const folder of CUT) {
    const text = filesIn(path.join(RECORDINGS, folder)).find(({ name }) => name === 'taskmanager.log')?.text ?? '';
    const lines = text.trimEnd().split('\n');
    it(`of ${folder}, cut anywhere, name the same first failure as the whole log`, async function () {
      this.timeout(120_000);
      const whole = fromDigest(await digestOf('taskmanager.log', text)).failures.first;
      const cuts = fc.uniqueArray(fc.nat(lines.length - 1), { minLength: 1, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(cuts, async (at) => {
          const bounds = [0, ...at.sort((a, b) => a - b), lines.length];
          const parts = bounds.slice(1).map((end, index) => lines.slice(bounds[index], end).join('\n'));
          // Rotations cut between records of megabytes: a piece of a trace alone is no log to anybody.
          fc.pre(parts.every((part) => /^\d{4}-\d\d-\d\d /m.test(part)));
          const digests = await digestsOf(parts.map((part, index) => ({ name: `taskmanager.log.${parts.length - index}`, text: part })));
          const first = fromDigest(mergeAll(digests)).failures.first;
          assert.deepEqual(
            { failed: first?.failed, cause: first?.cause, time: first?.time },
            { failed: whole?.failed, cause: whole?.cause, time: whole?.time },
          );
        }),
        { numRuns: 20 },
      );
    });
  }
});
