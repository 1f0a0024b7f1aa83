import { parseArgs } from 'node:util';
import { mapPlaces } from '../../../common/graph.ts';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { type Analysis, analyse, diff, diffGraph } from '../core/kinds/index.ts';
import { LineIndex } from '../core/text.ts';
import { oneOf } from './check.ts';
import { UsageError } from './errors.ts';
import { oneText } from './inputs.ts';
import { render } from './render.ts';

const FORMATS = ['text', 'svg', 'dot', 'json'] as const;

/** `logjam diff A B`: what changed from one file to the other, both of the same kind. */
export async function diffCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'flink-version': { type: 'string', default: '' }, format: { type: 'string', default: 'text' } },
  });
  const format = oneOf('--format', values.format, FORMATS);
  const [first, second, more] = positionals;
  if (first === undefined || second === undefined || more !== undefined) throw new UsageError('diff takes exactly two files');
  const options = { settings: { ...DEFAULT_SETTINGS, 'logjam.flinkVersion': values['flink-version'] }, checkpoint: NO_CHECKPOINT };
  const files = [await oneText([first], 'diff'), await oneText([second], 'diff')] as const;
  const one = await analyse(files[0], options);
  const other = await analyse(files[1], options);
  const text = format === 'text' ? diff(one, other) : await drawing(one, other, files, format);
  if (text === null) {
    throw new UsageError(
      one.kind === other.kind
        ? `two files of kind ${one.kind} cannot be compared`
        : `${first} is a ${one.kind}, ${second} a ${other.kind}: only files of one kind can be compared`,
    );
  }
  process.stdout.write(text);
  return 0;
}

/** The changes as a graph, where files of this kind have one. */
async function drawing(
  one: Analysis,
  other: Analysis,
  [first, second]: readonly [{ uri: string; text: string }, { text: string }],
  format: 'svg' | 'dot' | 'json',
): Promise<string | null> {
  const graph = diffGraph(one, other, first.uri);
  if (graph === null) return null;
  const before = new LineIndex(first.text);
  const after = new LineIndex(second.text);
  const removed = new Set(graph.nodes.filter((node) => node.uri !== undefined).map((node) => node.place));
  return render(
    mapPlaces(graph, (span) => (removed.has(span) ? before : after).range(span)),
    format,
  );
}
