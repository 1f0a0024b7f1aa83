import { parseArgs } from 'node:util';
import { mapPlaces } from '../../../common/graph.ts';
import { diff, diffFacts, diffGraph } from '../core/kinds/index.ts';
import { oneOf } from './check.ts';
import { UsageError } from './errors.ts';
import { Inputs, type Loaded } from './inputs.ts';
import { DIFF_OPTIONS } from './options.ts';
import { render } from './render.ts';
import { out } from './terminal.ts';
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
  const text = format === 'text' ? diff(one, other) : await drawing(before, after, format);
  if (text === null) {
    throw new UsageError(USAGE.notAlike(first, one.kind, second, other.kind));
  }
  out(text);
  return inputs.code(0);
}

/** The changes as a graph, where files of this kind have one; else as JSON alone. */
async function drawing(before: Loaded, after: Loaded, format: 'svg' | 'dot' | 'json'): Promise<string | null> {
  const graph = diffGraph(before.analysis, after.analysis, before.uri);
  if (graph === null) {
    const facts = format === 'json' ? diffFacts(before.analysis, after.analysis) : null;
    return facts === null ? null : `${JSON.stringify(facts, null, 2)}\n`;
  }
  const removed = new Set(graph.nodes.filter((node) => node.uri !== undefined).map((node) => node.place));
  return render(
    mapPlaces(graph, (span) => (removed.has(span) ? before : after).index.range(span)),
    format,
  );
}
