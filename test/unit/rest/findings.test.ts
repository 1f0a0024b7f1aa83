import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { analyse } from '../../../server/src/core/kinds/index.ts';
import { CHECKPOINT_FAILURES, checkpointFailure } from '../../../server/src/core/knowledge/checkpointFailures.ts';
import { MAX_MESSAGE } from '../../../server/src/core/model.ts';
import { TEXT_FORMS } from '../../../server/src/core/rest/textForms.ts';
import { restRules } from '../../../server/src/core/rules/rest/index.ts';
import { golden } from '../../support/golden.ts';

/** Constructed documents, and recordings of what they are about. */
const RECORDED = [
  '1.13.1/checkpoint-timeout/checkpoints.json',
  '1.18.1/checkpoint-never-acknowledged/checkpoints.json',
  '1.18.1/checkpoint-never-acknowledged/checkpoint-6-vertex-2.json',
  '1.18.1/checkpoint-never-acknowledged/checkpoint-6-vertex-3.json',
  '2.3.0/checkpoint-timeout/checkpoints.json',
  '2.3.0/convoy/backpressure-1.json',
  '2.3.0/convoy/backpressure-2.json',
  '2.3.0/hanging-initialisation/vertex-2.json',
  '2.3.0/slots-missing/backpressure-1.json',
  '2.3.0/history-archive/archive-job.json',
  '1.18.1/history-archive/archive-job.json',
  '2.3.0/failing-sink/exceptions.json',
  '2.3.0/checkpoint-never-acknowledged/overview.json',
  '2.3.0/checkpoint-never-acknowledged/config.json',
  '2.3.0/checkpoint-never-acknowledged/taskmanagers.json',
  '2.3.0/checkpoint-never-acknowledged/jobmanager-config.json',
  '2.3.0/checkpoint-never-acknowledged/metrics-2.json',
  '2.3.0/unaligned-checkpoints/checkpoints.json',
  '2.3.0/taskmanager-killed/checkpoints.json',
];

const constructed = readdirSync(at('test/fixtures/rest'))
  .filter((name) => name !== 'README.md')
  .map((name) => `test/fixtures/rest/${name}`);

describe('what is found in documents of REST APIs', () => {
  it('of constructed and recorded documents, with the words that stand at each place', async () => {
    const all: string[] = [];
    for (const file of [...constructed, ...RECORDED.map((name) => `test/fixtures/flink/${name}`)]) {
      const text = readFileSync(at(file), 'utf8');
      const analysis = await analyse({ uri: 'file:///document', text });
      assert.equal(analysis.kind, 'rest-document', file);
      assert.deepEqual(analysis.problems, [], file);
      all.push(`## ${file.replace(/^test\/fixtures\//, '')}: ${analysis.dialect}`);
      // What logs and job graphs tell is held by their own tests.
      const told = analysis.findings.filter(({ id }) => restRules.some((rule) => rule.id === id));
      all.push(...analysis.findings.filter((one) => !told.includes(one)).map(({ code }) => code));
      for (const { code, severity, certainty, message, details, evidence, missing, advice, at: place, related } of told) {
        assert.ok(message.length <= MAX_MESSAGE, message);
        const stands = JSON.stringify(text.slice(place.span.start, place.span.end).split('\n')[0]?.slice(0, 60));
        all.push(`${severity} ${certainty} ${code} at ${stands}`, `  ${message}`);
        all.push(...[...details, ...evidence, ...missing, ...advice].map((line) => `    ${line}`));
        all.push(...related.map((one) => `    beside: ${one.message}`));
      }
      all.push('');
    }
    golden('rest/findings.txt', all.join('\n'));
  });
});

describe('several documents in one text', () => {
  const at7 = (failure: string) =>
    JSON.stringify({
      counts: { completed: 6, failed: 1 },
      history: [
        { id: 7, status: 'FAILED', failure_message: failure },
        { id: 6, status: 'COMPLETED' },
      ],
    });
  const subtasks = readFileSync(at('test/fixtures/rest/checkpoint-start-delay.json'), 'utf8');
  const codes = async (text: string) => (await analyse({ uri: 'file:///bundle', text })).findings.map(({ code, severity }) => `${severity} ${code}`);

  it('who did not acknowledge a checkpoint is told by why it failed', async () => {
    assert.deepEqual(await codes(`GET /checkpoints\n${at7('Checkpoint expired before completing.')}\n${subtasks}`), [
      'warning checkpoints-fail',
      'error checkpoint-not-acknowledged',
      'warning slow-checkpoint',
    ]);
    assert.deepEqual(await codes(`GET /checkpoints\n${at7('The job has failed.')}\n${subtasks}`), ['warning slow-checkpoint']);
  });
});

describe('texts that tell the same as the API', () => {
  for (const form of TEXT_FORMS) {
    it(form.id, () => {
      for (const sample of form.samples) {
        assert.deepEqual(
          TEXT_FORMS.filter(({ sign }) => sign(sample)).map(({ id }) => id),
          [form.id],
          sample,
        );
      }
      for (const miss of form.nearMisses) assert.ok(!form.sign(miss), miss);
    });
  }
});

describe('why checkpoints failed', () => {
  for (const { reason, samples, nearMisses } of CHECKPOINT_FAILURES) {
    it(reason, () => {
      for (const sample of samples) assert.equal(checkpointFailure(sample), reason, sample);
      for (const miss of nearMisses) assert.notEqual(checkpointFailure(miss), reason, miss);
    });
  }
});
