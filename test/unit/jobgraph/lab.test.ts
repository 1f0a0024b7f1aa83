import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { at } from '../../../scripts/lib/paths.mjs';
import { bodyOf } from '../../../server/src/core/analysis/jobgraph/scopes.ts';
import { detect } from '../../../server/src/core/detect.ts';
import { analyse, primary } from './helpers.ts';

const LAB = at('test/fixtures/flink/');

interface Recording {
  expected?: { loops?: { level: number; body: string[]; exits: string[] }[] };
}

/** Recordings of real clusters, by Flink version and scenario. */
const RECORDINGS = readdirSync(LAB, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((version) => readdirSync(`${LAB}${version.name}`).map((scenario) => `${version.name}/${scenario}`))
  .filter((folder) => existsSync(`${LAB}${folder}/recording.json`));

const read = (folder: string, file: string): string => readFileSync(`${LAB}${folder}/${file}`, 'utf8');
const PLANS = ['execution-plan.json', 'plan.json', 'job.json', 'compiled-plan.json'];

describe('plans of real Flink clusters', () => {
  const looping = RECORDINGS.filter((folder) => ((JSON.parse(read(folder, 'recording.json')) as Recording).expected?.loops?.length ?? 0) > 0);

  it('include one loop, nested loops and siblings', () => {
    assert.deepEqual([...new Set(looping.map((folder) => folder.split('/')[1]))].sort(), ['iterate', 'iterate-nested', 'iterate-siblings']);
  });

  for (const folder of looping) {
    const { expected } = JSON.parse(read(folder, 'recording.json')) as Recording;

    it(`${folder}: bodies, levels and exits are those of the program`, async () => {
      const { plan, loops } = await primary(read(folder, 'execution-plan.json'));
      const name = (index: number): string => plan.vertices[index]?.name ?? '';
      const found = loops.loops.map((loop) => {
        const body = bodyOf(loops, loop);
        const exits = plan.edges
          .filter((edge) => edge.kind === 'forward' && body.includes(edge.from) && !body.includes(edge.to))
          .map((edge) => name(edge.to));
        return {
          level: loop.level,
          body: body
            .map(name)
            .filter((text) => !text.startsWith('Iteration'))
            .sort(),
          exits: exits.sort(),
        };
      });
      const wanted = (expected?.loops ?? []).map(({ level, body, exits }) => {
        // The recording lists the operators that an outer loop runs itself or shares; the ends of inner loops come with these.
        const inner = (expected?.loops ?? []).filter(
          (other) => other.level > level && other.body.every((one) => body.includes(one) || other.body.some((shared) => body.includes(shared))),
        );
        return { level, body: [...new Set([...body, ...inner.flatMap((other) => other.body)])].sort(), exits: [...exits].sort() };
      });
      assert.deepEqual(found, wanted);
    });

    it(`${folder}: chained plans show the same levels, and nothing is called an error`, async () => {
      for (const file of ['plan.json', 'job.json']) {
        const analysis = await analyse(read(folder, file));
        assert.deepEqual(
          analysis.primary?.loops.loops.map(({ level }) => level),
          expected?.loops?.map(({ level }) => level),
          file,
        );
        assert.deepEqual(
          analysis.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
          [],
          file,
        );
      }
    });
  }

  it('give no error where Flink ran the job without complaint', async () => {
    let seen = 0;
    for (const folder of RECORDINGS) {
      for (const file of PLANS.filter((plan) => existsSync(`${LAB}${folder}/${plan}`))) {
        const text = read(folder, file);
        const analysis = await analyse(text);
        // Flink's answer for a job that failed before it had a graph.
        if (/"plan":\{\}|"nodes":\[\]/.test(text)) {
          assert.deepEqual([detect(text).kind, analysis.primary], ['job-graph', null], `${folder}/${file}`);
          assert.deepEqual(
            analysis.problems.map(({ code }) => code),
            ['job-without-graph'],
            `${folder}/${file}`,
          );
          continue;
        }
        assert.ok(analysis.primary, `${folder}/${file} was not read`);
        assert.deepEqual(analysis.problems, [], `${folder}/${file}`);
        assert.deepEqual(
          analysis.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
          [],
          `${folder}/${file}`,
        );
        seen++;
      }
    }
    assert.ok(seen > 20);
  });
});
