import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS, type Settings } from '../../../common/settings.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { analyse, report } from '../core/index.ts';
import { analyseLogSet } from '../core/log/logSet.ts';
import { logReport } from '../core/log/report/index.ts';
import { UsageError } from './errors.ts';
import { oneText } from './inputs.ts';
import { logsOf } from './relations.ts';

/** `logjam report`: the report page of a file as Markdown, to paste into a ticket; several logs or a folder are read as one. */
export async function reportCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { 'flink-version': { type: 'string', default: '' } } });
  const settings = { ...DEFAULT_SETTINGS, 'logjam.flinkVersion': values['flink-version'] };
  if (positionals.length > 1 || (await isFolder(positionals[0]))) {
    process.stdout.write(await togetherReport(positionals, settings));
    return 0;
  }
  const file = await oneText(positionals, 'report');
  const analysis = await analyse(file, { settings, checkpoint: NO_CHECKPOINT });
  const text = report(analysis, file.name);
  if (text === undefined)
    throw new UsageError(
      `${file.name}: there is no report for ${analysis.kind === 'unknown' ? 'a file that Logjam does not know' : `a ${analysis.kind}`}`,
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

/** JobManager, TaskManagers and rotated files as one stream, with the GC log beside them. */
async function togetherReport(paths: readonly string[], settings: Settings): Promise<string> {
  const { logs, gcLogs } = await logsOf(paths);
  if (logs.length === 0) throw new UsageError(`${paths.join(', ')}: no Flink log; the report on several files is about logs`);
  const analysis = await analyseLogSet(logs, { settings, checkpoint: NO_CHECKPOINT }, gcLogs);
  return logReport(analysis, paths.join(', '));
}
