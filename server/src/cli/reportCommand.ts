import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { report } from '../core/index.ts';
import { UsageError } from './errors.ts';
import { type Loaded, Loader } from './load.ts';

/** `logjam report`: the report page of a file as Markdown, to paste into a ticket; several logs or a folder are read as one. */
export async function reportCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { 'flink-version': { type: 'string', default: '' } } });
  const loader = new Loader({ ...DEFAULT_SETTINGS, 'logjam.flinkVersion': values['flink-version'] });
  const several = positionals.length > 1 || (await isFolder(positionals[0]));
  const { analysis, name } = several ? await together(loader, positionals) : await loader.one(positionals, 'report');
  const text = report(analysis, several ? positionals.join(', ') : name);
  if (text === undefined)
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

async function together(loader: Loader, paths: readonly string[]): Promise<Loaded> {
  const loaded = await loader.together(paths);
  if (loaded === null) throw new UsageError(`${paths.join(', ')}: no Flink log; the report on several files is about logs`);
  return loaded;
}
