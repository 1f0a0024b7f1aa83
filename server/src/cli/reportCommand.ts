import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { report } from '../core/kinds/index.ts';
import { UsageError } from './errors.ts';
import { gcReports } from './gcReports.ts';
import { Loader } from './load.ts';

/** `logjam report`: the report page of a file as Markdown, to paste into a ticket; several logs or a folder are read as one. */
export async function reportCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { 'flink-version': { type: 'string', default: '' } } });
  const settings = { ...DEFAULT_SETTINGS, 'logjam.flinkVersion': values['flink-version'] };
  const loader = new Loader(settings);
  const several = positionals.length > 1 || (await isFolder(positionals[0]));
  const loaded = several ? await loader.together(positionals) : await loader.one(positionals, 'report');
  if (loaded === null) {
    process.stdout.write(await gcReports(positionals, settings));
    return 0;
  }
  const { analysis, name } = loaded;
  const text = report(analysis, several ? positionals.join(', ') : name);
  if (text === null)
    throw new UsageError(
      `${name}: there is no report for ${analysis.kind === 'unknown' ? 'a file that Logjam does not know' : `a ${analysis.kind}`}`,
    );
  process.stdout.write(text);
  return 0;
}

async function isFolder(path: string | undefined): Promise<boolean> {
  if (path === undefined || path === '-') return false;
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
