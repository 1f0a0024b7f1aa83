import { parseArgs } from 'node:util';
import { mapPlaces } from '../../../common/graph.ts';
import { diff, diffFacts, diffGraph } from '../core/kinds/index.ts';
import { oneOf } from './check.ts';
import { UsageError } from './errors.ts';
import { Inputs, type Loaded } from './inputs.ts';
import { DIFF_OPTIONS } from './options.ts';
import { render } from './render.ts';
import { out, outJson } from './terminal.ts';
import { USAGE } from './words.ts';

const FORMATS = ['text', 'svg', 'dot', 'json'] as const;

/** `logjam diff A B`: what changed from one file to the other, both of the same kind. */
export async function diffCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: DIFF_OPTIONS,
  });
  const format = oneOf('--format', values.format, FORMATS);
  const [first, second, more] = positionals;
  if (first === undefined || second === undefined || more !== undefined) throw new UsageError(USAGE.twoFiles);
  const inputs = new Inputs(values);
  const before = await inputs.one([first], 'diff');
  const after = await inputs.one([second], 'diff');
  const [one, other] = [before.analysis, after.analysis];
  const done = format === 'text' ? written(diff(one, other)) : await draw(before, after, format);
  if (!done) throw new UsageError(USAGE.notAlike(first, one.kind, second, other.kind));
  return inputs.code(0);
}

function written(text: string | null): boolean {
  if (text !== null) out(text);
  return text !== null;
}

/** The changes as a graph, where files of this kind have one; else as JSON alone. False where there is neither. */
async function draw(before: Loaded, after: Loaded, format: 'svg' | 'dot' | 'json'): Promise<boolean> {
  const graph = diffGraph(before.analysis, after.analysis, before.uri);
  if (graph === null) {
    const facts = format === 'json' ? diffFacts(before.analysis, after.analysis) : null;
    if (facts !== null) outJson(facts, 2);
    return facts !== null;
  }
  const removed = new Set(graph.nodes.filter((node) => node.uri !== undefined).map((node) => node.place));
  const placed = mapPlaces(graph, (span) => (removed.has(span) ? before : after).index.range(span));
  if (format === 'json') outJson(placed, 2);
  else out(await render(placed, format));
  return true;
}
