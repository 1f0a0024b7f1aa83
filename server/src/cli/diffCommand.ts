import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { analyse, diff } from '../core/index.ts';
import { UsageError } from './errors.ts';
import { oneText } from './inputs.ts';

/** `logjam diff A B`: what changed from one file to the other, both of the same kind. */
export async function diffCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { 'flink-version': { type: 'string', default: '' } } });
  const [first, second, more] = positionals;
  if (first === undefined || second === undefined || more !== undefined) throw new UsageError('diff takes exactly two files');
  const options = { settings: { ...DEFAULT_SETTINGS, 'logjam.flinkVersion': values['flink-version'] }, checkpoint: NO_CHECKPOINT };
  const one = await analyse(await oneText([first], 'diff'), options);
  const other = await analyse(await oneText([second], 'diff'), options);
  const text = diff(one, other);
  if (text === undefined) {
    throw new UsageError(
      one.kind === other.kind
        ? `two files of kind ${one.kind} cannot be compared`
        : `${first} is a ${one.kind}, ${second} a ${other.kind}: only files of one kind can be compared`,
    );
  }
  process.stdout.write(text);
  return 0;
}
