import assert from 'node:assert/strict';
import type { Policy } from '../../../../server/src/core/analysis/flow/network.ts';
import { comparePolicies, compareSpilled, type PolicyRun } from '../../../../server/src/core/analysis/flow/starvation.ts';
import { queuePlot } from '../../../../server/src/core/views/flow/plot.ts';
import { classic, sketch } from './networks.ts';

function byPolicy(runs: PolicyRun[] | undefined): Record<Policy, PolicyRun> {
  assert.ok(runs);
  return Object.fromEntries(runs.map((run) => [run.policy, run])) as Record<Policy, PolicyRun>;
}

describe('starvation and cost of the policies', () => {
  it('gives the same figures for the same seed, and others for another', () => {
    const network = classic('1', '0..1');
    const one = compareSpilled(network, 7, 1500);
    assert.deepEqual(one, compareSpilled(network, 7, 1500));
    assert.notDeepEqual(one?.runs, compareSpilled(network, 8, 1500)?.runs);
  });

  it('stands still where the feedback edge is bounded and the loop amplifies', () => {
    const comparison = comparePolicies(classic('1'), 1, 1500);
    assert.equal(comparison?.spill, false);
    for (const run of comparison?.runs ?? []) {
      assert.notEqual(run.stoppedAt, null, run.policy);
      assert.equal(run.spilledPeak, 0, run.policy);
    }
  });

  it('starves new records under feedback-first when the loop gives more than it takes, and spills under every policy', () => {
    const runs = byPolicy(compareSpilled(classic('1'), 1, 2000)?.runs);
    assert.ok(runs['feedback-first'].longestWait > 1900, 'one wait almost as long as the run');
    assert.ok(runs.none.longestWait < 20, 'without a policy new records get their turn');
    for (const run of Object.values(runs)) {
      assert.equal(run.stoppedAt, null);
      assert.ok(run.spilledPeak > 500, run.policy);
    }
  });

  it('keeps what FLIP-15 says of both policies when the loop calms down', () => {
    const runs = byPolicy(compareSpilled(classic('1', '0..1'), 3, 4000)?.runs);
    const latency = (policy: Policy) => runs[policy].loopLatency.mean;
    // "lowers latency per iterative operation" and "discourages spilling"; the other one is in between.
    assert.ok(latency('feedback-first') < latency('feedback-when-used'), 'feedback-first has the lowest latency per loop step');
    assert.ok(latency('feedback-when-used') < latency('none'), 'no policy has the highest');
    assert.ok(runs['feedback-first'].spilledPeak <= runs['feedback-when-used'].spilledPeak);
    assert.ok(runs['feedback-when-used'].spilledPeak <= runs.none.spilledPeak);
    assert.ok(runs.none.longestWait <= runs['feedback-when-used'].longestWait);
    assert.ok(runs['feedback-when-used'].longestWait <= runs['feedback-first'].longestWait);
  });

  it('counts a loop step from entry to entry', () => {
    // One record alone: entry, head and back take a tick each at most, and at least one of them.
    const network = sketch({ operators: ['source 1', 'entry', 'tail', 'head'], channels: ['0>1 2', '3>1 2', '1>2 2', '~2>3 inf'] });
    const run = byPolicy(comparePolicies(network, 1, 400)?.runs).none;
    assert.ok(run.loopLatency.count > 100);
    assert.ok(run.loopLatency.mean >= 1 && run.loopLatency.most <= 3, JSON.stringify(run.loopLatency));
    assert.equal(run.spilledPeak, 0);
  });

  it('has nothing to compare without a loop, or in a loop without other input', () => {
    assert.equal(comparePolicies(sketch({ operators: ['source', 'sink'], channels: ['0>1 2'] }), 1), null);
    assert.equal(comparePolicies(sketch({ operators: ['a', 'b'], channels: ['0>1 2', '~1>0 1'] }), 1), null);
  });

  it('draws the queues as one curve a policy, told apart by dashes and names', () => {
    const comparison = compareSpilled(classic('1'), 1, 1000);
    assert.ok(comparison);
    const svg = queuePlot(comparison);
    assert.equal(svg.match(/<polyline /g)?.length, 3);
    assert.equal(new Set(svg.match(/<polyline [^>]*?points/g)?.map((one) => /stroke-dasharray="[^"]*"/.exec(one)?.[0] ?? 'solid')).size, 3);
    for (const name of ['no policy', 'feedback first', 'feedback first while']) assert.ok(svg.includes(`>${name}`), name);
    const heights = [...svg.matchAll(/points="([^"]*)"/g)].map(([, points]) => (points ?? '').split(' ').map((point) => Number(point.split(',')[1])));
    for (const [index, run] of comparison.runs.entries()) {
      assert.equal(heights[index]?.length, run.queue.length);
      assert.ok((heights[index]?.at(-1) ?? 0) < (heights[index]?.[0] ?? 0), 'a growing queue climbs');
    }
  });
});
