import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { report } from '../core/kinds/index.ts';
import { UsageError } from './errors.ts';
import { gcReports } from './gcReports.ts';
import { Inputs } from './inputs.ts';
import { SETTING_OPTIONS } from './settings.ts';
import { out } from './terminal.ts';

/** `logjam report`: the report page of a file as Markdown, to paste into a ticket; several logs or a folder are read as one. */
export async function reportCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: SETTING_OPTIONS });
  const inputs = new Inputs(values);
  const several = positionals.length > 1 || (await isFolder(positionals[0]));
  const loaded = several ? await inputs.together(positionals) : await inputs.one(positionals, 'report');
  if (loaded === null) {
    out(await gcReports(positionals, inputs));
    return inputs.code(0);
  }
  const { analysis, name } = loaded;
  const text = report(analysis, several ? positionals.join(', ') : name);
  if (text === null)
    throw new UsageError(
      `${name}: there is no report for ${analysis.kind === 'unknown' ? 'a file that Logjam does not know' : `a ${analysis.kind}`}`,
    );
  out(text);
  return inputs.code(0);
}

async function isFolder(path: string | undefined): Promise<boolean> {
  if (path === undefined || path === '-') return false;
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
