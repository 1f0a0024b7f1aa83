import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { analyse, report } from '../core/index.ts';
import { UsageError } from './errors.ts';
import { oneText } from './inputs.ts';

/** `logjam report`: the report page of a file as Markdown, to paste into a ticket. */
export async function reportCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { 'flink-version': { type: 'string', default: '' } } });
  const file = await oneText(positionals, 'report');
  const settings = { ...DEFAULT_SETTINGS, 'logjam.flinkVersion': values['flink-version'] };
  const analysis = await analyse(file, { settings, checkpoint: NO_CHECKPOINT });
  const text = report(analysis, file.name);
  if (text === undefined)
    throw new UsageError(
      `${file.name}: there is no report for ${analysis.kind === 'unknown' ? 'a file that Logjam does not know' : `a ${analysis.kind}`}`,
    );
  process.stdout.write(text);
  return 0;
}
