// What the product says about dumps of real Flink: the version is never wrong, and the deadlocks are those that were built in.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import type { ThreadDumpAnalysis } from '../../../server/src/core/analysis/threaddump/model.ts';
import { analyse } from '../../../server/src/core/kinds/index.ts';

const ROOT = at('test/fixtures/flink/');
const DUMP = /(?:jstack|jcmd|thread-dump|threadinfo)[\w-]*\.(?:txt|json)$/;

interface Recording {
  flink: string;
  expected: { deadlocks?: { kind: string; certainty?: string; threads: string[] }[] };
}

describe('dumps of recorded Flink', () => {
  for (const version of readdirSync(ROOT)) {
    for (const scenario of readdirSync(path.join(ROOT, version))) {
      const folder = path.join(ROOT, version, scenario);
      if (!existsSync(path.join(folder, 'recording.json'))) continue;
      const recording = JSON.parse(readFileSync(path.join(folder, 'recording.json'), 'utf8')) as Recording;
      for (const name of readdirSync(folder).filter((one) => DUMP.test(one))) {
        it(`${version}/${scenario}/${name}`, async () => {
          const text = readFileSync(path.join(folder, name), 'utf8');
          const analysis = (await analyse({ uri: `file:///${name}`, text })) as ThreadDumpAnalysis;
          assert.equal(analysis.kind, 'thread-dump');
          if (analysis.flinkVersion !== null) assert.ok(analysis.flinkVersion.candidates.includes(recording.flink), analysis.flinkVersion.range);
          if (!name.startsWith('jobmanager')) {
            const found = analysis.dumps.flatMap(({ deadlocks, waits }) =>
              deadlocks.map(({ threads }) => threads.map((party) => waits.parties[party]?.name).sort()),
            );
            assert.deepEqual(
              found,
              (recording.expected.deadlocks ?? []).map(({ threads }) => [...threads].sort()),
            );
          }
          const bugs = analysis.findings.flatMap(({ knownIssue }) => knownIssue ?? []);
          assert.deepEqual(bugs, scenario.startsWith('flink-22946') && version === '1.13.1' ? ['FLINK-22946'] : []);
        });
      }
    }
  }
});
