import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { executionPlan } from '../unit/jobgraph/helpers.ts';
import { logjam, logjamJson } from './harness.ts';

const LOOP = executionPlan(`
  1 Source: numbers
  2 Map <- 1:FORWARD -3:REBALANCE
  4 Flat Map <- 2:FORWARD
  -3 IterationSource-2
  -4 IterationSink-2 <- 4:FORWARD
  6 Sink: out <- 4:FORWARD`);

interface Answer {
  assumptions: string[];
  channels: { from: number; to: number; capacity: number | null }[];
  flowControl: {
    verdict: string;
    trace: {
      shortest: boolean;
      steps: { text: string; fills: { channel: number; fill: number }[] }[];
      wait: { operator: number; channel: number }[];
    } | null;
    spilled: { verdict: string } | null;
  };
  policies: { asItIs: { runs: unknown[] } | null; spilled: { runs: unknown[] } | null; plot: string | null };
  termination: { order: number[][]; protocol: { rounds: number; lost: number; messages: { text: string }[] } | null };
}

describe('logjam simulate', () => {
  let folder = '';
  let plan = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-simulate-'));
    plan = path.join(folder, 'a-plan');
    writeFileSync(plan, LOOP);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('shows the way into a deadlock and the assumptions', async () => {
    const { code, stdout } = await logjam(['simulate', plan]);
    assert.equal(code, 1);
    assert.match(stdout, /Deadlock: reachable\./);
    assert.match(stdout, /With feedback that spills to disk it is impossible\./);
    assert.match(
      stdout,
      /It can block when R ≥ 1 record comes in from outside \(R: no end\), for any capacities and any policy: Flat Map emits more/,
    );
    assert.match(stdout, /Trace \(\d+ steps, the fewest possible\)\n {2}Phase 1 of 4: .* fills \(\d\) and stays full\. Steps 1 to \d+/);
    assert.doesNotMatch(stdout, / 1\. Source/);
    const told = await logjam(['simulate', plan, '--steps']);
    assert.match(told.stdout, / {5}1\. Source: numbers takes a record from outside\n/);
    assert.match(stdout, /Circular wait:\n(?: +.* waits for room in .*\n){4}/);
    assert.match(stdout, /ends after \d+ status rounds? and \d+ messages, nothing lost/);
    assert.match(stdout, /Assumptions\n {2}- Each operator is one task/);
  });

  it('answers the same as JSON', async () => {
    const { code, value } = await logjamJson<Answer>(['simulate', plan]);
    assert.equal(code, 1);
    const { verdict, trace, spilled } = value.flowControl;
    assert.deepEqual([verdict, trace?.shortest, spilled?.verdict], ['deadlock', true, 'impossible']);
    const fills = new Map(trace?.steps.at(-1)?.fills.map(({ channel, fill }) => [channel, fill]));
    assert.equal(trace?.wait.length, 4);
    for (const { channel } of trace?.wait ?? []) assert.equal(fills.get(channel), value.channels[channel]?.capacity, 'full');
    assert.equal(value.policies.asItIs?.runs.length, 3);
    assert.equal(value.policies.spilled?.runs.length, 3);
    assert.match(value.policies.plot ?? '', /^<svg /);
    assert.equal(value.termination.protocol?.lost, 0);
    assert.ok(value.assumptions.length > 4);
  });

  it('proves that spilling helps', async () => {
    const { code, stdout } = await logjam(['simulate', plan, '--spill', '--policy', 'feedback-first', '--ticks', '500']);
    assert.equal(code, 0);
    assert.match(stdout, /Deadlock: impossible within the model\..*proved by the structure/);
    assert.match(stdout, /Every feedback edge spills to disk/);
  });

  it('takes capacities, amplification and records', async () => {
    const args = ['simulate', plan, '--capacity', 'feedback=3', '--capacity', '2>4=5', '--amplify', 'Flat Map=1', '--records', '4'];
    const { code, value } = await logjamJson<Answer>(args);
    assert.equal(code, 0, 'four records do not fill it');
    assert.equal(value.flowControl.verdict, 'impossible');
    assert.deepEqual(value.channels.map(({ capacity }) => capacity).sort(), [2, 2, 2, 2, 3, 5]);
  });

  it('gives the same answer twice, and writes the plot', async () => {
    const svg = path.join(folder, 'plot.svg');
    const args = ['simulate', plan, '--seed', '5', '--ticks', '400', '--plot', svg];
    const one = await logjam(args);
    assert.deepEqual(await logjam(args), one);
    assert.match(readFileSync(svg, 'utf8'), /^<svg .*<\/svg>\n$/s);
  });

  for (const [what, more, message] of [
    ['an unknown operator', ['--amplify', 'Nobody=2'], /names no operator/],
    ['an unknown policy', ['--policy', 'luck'], /--policy/],
    ['a bound that is no number', ['--bound', 'x'], /--bound/],
  ] as const) {
    it(`ends with 2 for ${what}`, async () => {
      const { code, stderr, stdout } = await logjam(['simulate', plan, ...more]);
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.equal(stdout, '');
    });
  }

  it('ends with 2 for a file that is no plan', async () => {
    const { code, stderr } = await logjam(['simulate', 'README.md']);
    assert.equal(code, 2);
    assert.match(stderr, /flow control is answered for job graphs/);
  });
});
