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
  expected: {
    deadlocks?: { kind: string; certainty?: string; threads: string[] }[];
    /** Threads that wait for something that is no lock, with the topmost frame of user code. */
    stuck?: { thread: string; frame: string }[];
    /** The process that has them; the TaskManager where it is not said. */
    stuckIn?: 'jobmanager';
    lockout?: { holder: string; waiter: string };
    backpressured?: string[];
  };
}

/** Findings about waits without a lock. */
const HIDDEN = new Set(['task-waits-in-user-code', 'lock-holder-waits', 'read-lock-upgrade', 'pool-may-wait-for-itself', 'resource-pool-exhausted']);
/** Incidents with a task that waits in user code, among other things. */
const WAITING = new Set(['checkpoint-never-acknowledged']);

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
              deadlocks.map(({ threads }) => threads.map((threadIndex) => waits.threads[threadIndex]?.name).sort()),
            );
            assert.deepEqual(
              found,
              (recording.expected.deadlocks ?? []).map(({ threads }) => [...threads].sort()),
            );
          }
          const hidden = analysis.findings.filter(({ id }) => HIDDEN.has(id));
          const { stuck, stuckIn = 'taskmanager' } = recording.expected;
          if (stuck === undefined || !name.startsWith(stuckIn)) assert.ok(hidden.length === 0 || WAITING.has(scenario), hidden[0]?.message);
          else {
            const [cause] = analysis.findings;
            assert.ok(cause !== undefined && HIDDEN.has(cause.id) && cause.certainty === 'suspected', cause?.message);
            for (const { thread, frame } of stuck) {
              const place = frame.slice(frame.lastIndexOf('.', frame.lastIndexOf('.') - 1) + 1);
              assert.ok(
                hidden.some(({ message, details, evidence }) => {
                  const told = [message, ...details, ...evidence].join('\n');
                  return told.includes(thread === 'Source Data Fetcher' ? 'stuck in fetch' : thread.replace(/-\d+$/, '')) && told.includes(place);
                }),
                `${thread} at ${place}`,
              );
            }
            // Flink's own dump does not show who waits for a class.
            const { lockout } = recording.expected;
            if (lockout !== undefined && !(name.endsWith('.json') && scenario === 'initialiser-uses-pool')) {
              const told = hidden.find(({ id }) => id === 'lock-holder-waits')?.facts;
              assert.ok(String(told?.['holder']).startsWith(lockout.holder) && String(told?.['waiter']).startsWith(lockout.waiter));
            }
            assert.ok(!analysis.findings.some(({ id }) => id === 'task-waits-for-lock'));
          }
          const bugs = analysis.findings.flatMap(({ knownIssue }) => knownIssue ?? []);
          assert.deepEqual(bugs, scenario.startsWith('flink-22946') && version === '1.13.1' ? ['FLINK-22946'] : []);
        });
      }
    }
  }
});
