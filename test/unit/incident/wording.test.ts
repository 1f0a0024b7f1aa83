// Of a folder no cause is told in worse words than its own file tells it: what decides in the headline of the file stands in the verdict.
import assert from 'node:assert/strict';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import type { FoundDigest } from '../../../server/src/core/incident/digest/model.ts';
import { nameOf } from '../../../server/src/core/incident/logs.ts';
import { analyse, verdict as fileVerdict } from '../../../server/src/core/kinds/index.ts';
import { digestOf, digestsOfRecording, filesIn, recordings } from '../../support/incidentFolder.ts';

/** What makes the difference for who reads it: which exception, which bug, whose thread, what is waited for. */
const DECISIVE: readonly RegExp[] = [
  /\b\w+(?:Exception|Error)\b/,
  /\bFLINK-\d+\b/,
  /\bOperator [0-9a-f]{32}\b/,
  /\b(?:leadership lost|class initialiser deadlock|deadlock)\b/i,
  /\b(?:heap|metaspace|direct|managed memory)\b/i,
  /\b(?:own read lock|may hold the read lock itself|in a callback|from a pool|connection pool exhausted|alone in its pool)\b/i,
  /\b(?:the enumerator of|the upload of a checkpoint|the main thread of the \w+|stuck in fetch)\b/i,
  /\bwaits? (?:for an? [a-z]+|at a [a-z]+|to be notified)\b/,
  /\b(?:was evicted|was preempted|told to end|does not end|cancelled)\b/i,
];

/** Conclusions whose own words stand for what the file says: of a hang before the beginning the phase decides. */
const OWN: ReadonlySet<string> = new Set(['hanging-initialisation', 'convoy', 'lock-held']);

describe('the verdict on a folder', () => {
  for (const recording of recordings())
    it(`of ${recording} says no less than its file does`, async () => {
      const digests = await digestsOfRecording(recording);
      const digest = mergeAll(digests.map((one) => one.digest));
      const { verdict } = conclude(digest);
      if (verdict.health !== 'failing' || OWN.has(verdict.code)) return;
      const said = `${verdict.sentence} ${verdict.knownIssue ?? ''}`.toLowerCase();
      for (const { message } of findingsBehind(verdict.evidence[0]?.at ?? null, digest.sources)) {
        for (const pattern of DECISIVE) {
          const word = pattern.exec(message)?.[0].toLowerCase();
          if (word !== undefined) assert.ok(said.includes(word), `"${verdict.sentence}" lacks "${word}" of "${message}"`);
        }
      }
    });
});

describe('the verdict on a file alone, as on a folder', () => {
  for (const folder of ['test/fixtures/logs/cases', 'test/fixtures/rest', 'test/fixtures/yarn'])
    it(`says no less than the file does: ${folder}`, async () => {
      for (const { name, text } of filesIn(folder)) {
        const analysis = await analyse({ uri: `file:///${name}`, text });
        const worst = fileVerdict(analysis)?.finding;
        const sources = (await digestOf(name, text)).sources;
        if (worst == null || worst.certainty === 'unknown' || !/^(?:error|warning)$/.test(worst.severity) || sources.length === 0) continue;
        const { verdict } = conclude({ schema: 1, sources, counted: [], unread: [] });
        assert.equal(verdict.health, 'failing', `${name}: ${worst.message}`);
        const said = `${verdict.sentence} ${verdict.knownIssue ?? ''}`.toLowerCase();
        for (const pattern of DECISIVE) {
          const word = pattern.exec(worst.message)?.[0].toLowerCase();
          // In plain words it is slots that are missing.
          if (word === 'noresourceavailableexception' && verdict.code === 'slots-missing') continue;
          if (word !== undefined) assert.ok(said.includes(word), `${name}: "${verdict.sentence}" lacks "${word}" of "${worst.message}"`);
        }
      }
    });
});

/** The findings of a file at the place that is the first evidence of a verdict: they are of the same failure. */
function findingsBehind(
  at: { source: string; line: number } | null,
  sources: readonly { names: string[]; findings: FoundDigest[] }[],
): FoundDigest[] {
  const source = sources.find((one) => at !== null && nameOf(one as Parameters<typeof nameOf>[0]) === at.source);
  return (source?.findings ?? []).filter(({ line, severity, certainty }) => line === at?.line && severity !== 'hint' && certainty !== 'unknown');
}
