import { parseArgs } from 'node:util';
import { POLICIES } from '../core/analysis/flow/network.ts';
import { DEFAULT_PARAMETERS, type FlowParameters } from '../core/analysis/flow/networkOfPlan.ts';
import { DEFAULT_OPTIONS, simulate } from '../core/analysis/flow/simulation.ts';
import { viewOf } from '../core/analysis/jobgraph/jobView.ts';
import { queuePlot } from '../core/views/flow/plot.ts';
import { simulationJson, simulationText } from '../core/views/flow/report.ts';
import { FLOW_WORDS } from '../core/views/flow/words.ts';
import { say } from '../core/wording.ts';
import { oneOf } from './check.ts';
import { UsageError } from './errors.ts';
import { Inputs } from './inputs.ts';
import { SIMULATE_OPTIONS } from './options.ts';
import { err, out, outJson, save } from './terminal.ts';
import { wholeNumber } from './wholeNumber.ts';
import { INPUTS, USAGE, WORDS } from './words.ts';

/** `logjam simulate`: whether the job can stop for ever, what the policies cost, and how it ends. Exit code 1 for a deadlock. */
export async function simulateCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: SIMULATE_OPTIONS,
  });
  const format = oneOf('--format', values.format, ['text', 'json'] as const);
  const parameters: FlowParameters = {
    capacities: values.capacity,
    amplifications: values.amplify,
    policy: oneOf('--policy', values.policy, POLICIES),
    spill: values.spill,
    records: values.records === undefined ? null : wholeNumber('--records', values.records, 0, 60_000),
    feedbackBuffers: wholeNumber('--feedback-buffers', values['feedback-buffers'] ?? String(DEFAULT_PARAMETERS.feedbackBuffers), 1, 10_000),
  };
  const options = {
    bound: wholeNumber('--bound', values.bound ?? String(DEFAULT_OPTIONS.bound), 1, 10_000_000),
    seed: wholeNumber('--seed', values.seed ?? String(DEFAULT_OPTIONS.seed), 0, 2 ** 31),
    ticks: wholeNumber('--ticks', values.ticks ?? String(DEFAULT_OPTIONS.ticks), 200, 100_000),
  };
  const inputs = new Inputs(values);
  const file = await inputs.one(positionals, 'simulate');
  const { analysis } = file;
  if (analysis.kind !== 'job-graph') {
    throw new UsageError(USAGE.noJobGraph(file.name, analysis.kind === 'unknown' ? null : analysis.kind));
  }
  if (analysis.primary === null) throw new UsageError(USAGE.noGraph(file.name));
  const simulation = simulate(viewOf(analysis, analysis.primary), parameters, options);
  const [error] = simulation.model.errors;
  if (error !== undefined) throw new UsageError(say(FLOW_WORDS.errors, error));
  if (format === 'text') out(simulationText(simulation, file.name, values.steps));
  else outJson(simulationJson(simulation, file.name), 2);
  if (values.plot !== undefined) {
    const comparison = simulation.policiesSpilled ?? simulation.policies;
    if (comparison === null) err(WORDS.line(INPUTS.noPlot));
    else await save(values.plot, queuePlot(comparison));
  }
  return inputs.code(simulation.flow.verdict === 'deadlock' ? 1 : 0);
}
