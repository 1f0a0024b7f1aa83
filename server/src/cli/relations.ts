import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS, type Settings } from '../../../common/settings.ts';
import { joinGc } from '../core/analysis/log/gcTrack.ts';
import { gcCases } from '../core/analysis/log/gcVerdicts.ts';
import type { LogAnalysis } from '../core/analysis/log/model.ts';
import { findRelations } from '../core/analysis/log/relations.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { detect } from '../core/detect.ts';
import type { GcLog } from '../core/gc/model.ts';
import { parseGcLog } from '../core/kinds/gcLog.ts';
import { faultText } from '../core/rules/log/collectorWords.ts';
import { relationsJson } from '../core/views/log/relationsJson.ts';
import { relationsText } from '../core/views/log/relationsText.ts';
import { oneOf } from './check.ts';
import { UsageError } from './errors.ts';
import { oneText, sources } from './inputs.ts';
import { type Loaded, Loader, notALog } from './load.ts';

/** `logjam relations`: which functions and processes the logs relate, as "YES: …" or "NO: …", for every file or together. */
export async function relations(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      'flink-version': { type: 'string', default: '' },
      gc: { type: 'string', default: '' },
      together: { type: 'boolean', default: false },
    },
  });
  const format = oneOf('--format', values.format, ['text', 'json'] as const);
  const settings: Settings = { ...DEFAULT_SETTINGS, 'logjam.flinkVersion': values['flink-version'] };
  const loader = new Loader(settings);
  const gc = values.gc === '' ? null : await gcLogOf(values.gc);
  const reports: unknown[] = [];
  const tell = async (loaded: Loaded, analysis: LogAnalysis) => {
    const { name } = loaded;
    if (gc !== null) {
      analysis.gc = joinGc([{ gc, source: values.gc }], analysis.log);
      analysis.gcCases = gcCases(analysis);
      for (const { source, fault } of analysis.gc.unjoined) process.stderr.write(`logjam: ${source}: not joined with ${name}, ${faultText(fault)}\n`);
    }
    const found = await loader.places.withLines(loaded, (lineOf) => findRelations(analysis, lineOf));
    if (format === 'text') process.stdout.write(relationsText(analysis, found, name));
    else reports.push(relationsJson(analysis, found, name));
  };
  const one = values.together ? await loader.together(positionals) : null;
  if (one !== null) await tell(one, one.analysis);
  else {
    for (const source of await sources(positionals)) {
      for await (const loaded of loader.all(source)) {
        const { name, analysis } = loaded;
        if (analysis.kind === 'flink-log') await tell(loaded, analysis);
        else if (source.named && analysis.kind !== 'gc-log') throw notALog(name, analysis.kind);
      }
    }
  }
  if (format === 'json') process.stdout.write(`${JSON.stringify({ schema: 1, files: reports }, null, 2)}\n`);
  return 0;
}

/** The GC log of the JVM that wrote the logs. */
async function gcLogOf(path: string): Promise<GcLog> {
  const { text } = await oneText([path], 'relations --gc');
  if (detect(text).kind !== 'gc-log') throw new UsageError(`${path}: not a GC log that can be read`);
  return parseGcLog(text, NO_CHECKPOINT);
}
