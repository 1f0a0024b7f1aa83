import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { bodyOf } from '../../../../server/src/core/analysis/jobgraph/scopes.ts';
import { random } from '../../../../server/src/core/random.ts';
import { jobGraph } from '../../../../server/src/core/views/jobgraph/jobGraph.ts';
import { jobGraphReport } from '../../../../server/src/core/views/jobgraph/report.ts';
import { scopesGraph } from '../../../../server/src/core/views/jobgraph/scopesGraph.ts';
import { analyse, executionPlan } from '../../jobgraph/helpers.ts';

/** A graph without any sense: heads, tails and edges at random, in any direction. */
function anyGraph(seed: number): string {
  const next = random(seed);
  const pick = (n: number) => Math.floor(next() * n);
  const count = 3 + pick(14);
  const lines = ['1 Source: a'];
  for (let id = 2; id <= count; id++) {
    const kind = next();
    const name =
      kind < 0.15
        ? `IterationSource-${pick(4)}`
        : kind < 0.3
          ? `IterationSink-${pick(4)}`
          : kind < 0.35
            ? 'head-x'
            : kind < 0.4
              ? 'tail-y'
              : `op ${id}`;
    const inputs = Array.from({ length: pick(3) }, () => `${1 + pick(next() < 0.8 ? id - 1 : count)}:${['FORWARD', 'HASH', 'BROADCAST'][pick(3)]}`);
    lines.push(`${id} ${name} x${1 + pick(3)}${inputs.length === 0 ? '' : ` <- ${inputs.join(' ')}`}`);
  }
  return executionPlan(lines.join('\n'));
}

describe('any graph', () => {
  it('has a scope tree that agrees with its loops, whatever its edges', async () => {
    let loops = 0;
    let tangles = 0;
    for (let seed = 1; seed <= 1000; seed++) {
      const analysis = await analyse(anyGraph(seed));
      const { primary } = analysis;
      assert.ok(primary);
      const { loops: forest, plan } = primary;
      const bodies = forest.loops.map((loop) => new Set(bodyOf(forest, loop)));
      loops += forest.loops.length;
      tangles += forest.interleavings.length;
      const where = `seed ${seed}`;
      for (const [index, loop] of forest.loops.entries()) {
        const body = bodies[index] as Set<number>;
        assert.ok(body.has(loop.head) && body.has(loop.tail), `${where}: a loop holds its ends`);
        assert.equal(loop.level, loop.parent === null ? 1 : (forest.loops[loop.parent]?.level ?? 0) + 1, where);
        for (const feedback of loop.feedback) assert.equal(plan.edges[feedback]?.kind, 'feedback', where);
        if (loop.tangled) continue;
        for (const [other, one] of forest.loops.entries()) {
          if (other <= index || one.tangled) continue;
          const second = bodies[other] as Set<number>;
          const shared = [...body].filter((vertex) => second.has(vertex)).length;
          // Clean loops are apart or one holds the other; a vertex that is an end of two loops belongs to both.
          const bothEnds = [...body].every((vertex) => !second.has(vertex) || plan.vertices[vertex]?.kind.startsWith('loop-'));
          assert.ok(shared === 0 || shared === second.size || shared === body.size || bothEnds, `${where}: ${[...body]} and ${[...second]}`);
        }
      }
      for (const [vertex, innermost] of forest.innermost.entries()) {
        const scope = forest.scopes[vertex];
        assert.ok(scope?.equals(innermost === -1 ? forest.root : (forest.loops[innermost]?.scope ?? forest.root)), where);
      }
      // Forward edges follow the topological order: what is left without feedback has no cycle.
      for (const edge of plan.edges) {
        if (edge.kind === 'forward')
          assert.ok((forest.rank[edge.from] as number) < (forest.rank[edge.to] as number), `${where}: ${edge.from} > ${edge.to}`);
      }
      for (const graph of [jobGraph(analysis), scopesGraph(analysis)]) {
        const nodes = new Set(graph.nodes.map((node) => node.id));
        for (const edge of graph.edges) assert.ok(nodes.has(edge.from) && nodes.has(edge.to), where);
      }
      assert.ok(jobGraphReport(analysis, 'x').length > 10);
    }
    assert.ok(loops > 400 && tangles > 5, `${loops} loops, ${tangles} tangles`);
  });
});
