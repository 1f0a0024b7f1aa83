import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import type { Span } from '../../../common/span.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import type { AnalysedPlan, JobGraphAnalysis } from '../../../server/src/core/analysis/jobgraph/model.ts';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import type { Vertex } from '../../../server/src/core/jobgraph/vertex.ts';
import { jobGraphKind } from '../../../server/src/core/kinds/jobGraph.ts';

export const OPTIONS = { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT };

export function fixture(name: string): string {
  return readFileSync(at('test/fixtures/plans', name), 'utf8');
}

export async function analyse(text: string): Promise<JobGraphAnalysis> {
  return jobGraphKind.analyse({ uri: 'file:///a-name-that-says-nothing', text }, OPTIONS);
}

export async function primary(text: string): Promise<AnalysedPlan> {
  const analysis = await analyse(text);
  assert.ok(analysis.primary, `no plan: ${analysis.problems.map((problem) => problem.message).join('; ')}`);
  return analysis.primary;
}

export function vertex(plan: AnalysedPlan, id: string | number): Vertex {
  const found = plan.plan.vertices.find((candidate) => candidate.id === String(id));
  assert.ok(found, `no vertex ${id}`);
  return found;
}

export function textAt(text: string, span: Span | null): string {
  return span === null ? '' : text.slice(span.start, span.end);
}

/** A node of getExecutionPlan(): "id name parallelism <- 1:FORWARD 2:HASH", one a line; sources and sinks follow from the edges. */
export function executionPlan(lines: string): string {
  const rows = lines
    .trim()
    .split('\n')
    .map((line) => /^\s*(-?\d+) (.+?)(?: x(\d+))?(?: <- (.*))?$/.exec(line))
    .map((match) => {
      assert.ok(match, 'a line of the plan does not parse');
      return { id: Number(match[1]), name: match[2] ?? '', parallelism: Number(match[3] ?? 1), inputs: (match[4] ?? '').split(' ').filter(Boolean) };
    });
  const feeding = new Set(rows.flatMap((row) => row.inputs.map((input) => Number(input.split(':')[0]))));
  const nodes = rows.map(({ id, name, parallelism, inputs }) => ({
    id,
    type: name,
    pact: inputs.length === 0 ? 'Data Source' : feeding.has(id) ? 'Operator' : 'Data Sink',
    contents: name,
    parallelism,
    ...(inputs.length === 0
      ? {}
      : {
          predecessors: inputs.map((input) => {
            const [from, ship] = input.split(':');
            return { id: Number(from), ship_strategy: ship ?? 'FORWARD', side: 'second' };
          }),
        }),
  }));
  return JSON.stringify({ nodes }, null, 2);
}
