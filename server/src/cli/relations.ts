import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS, type Settings } from '../../../common/settings.ts';
import { findRelations, relationsText } from '../core/analysis/relations.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { detect } from '../core/detect.ts';
import { parseGcLog } from '../core/gc/index.ts';
import type { GcLog } from '../core/gc/model.ts';
import { gcTrackOf } from '../core/log/gcTrack.ts';
import { analyseLog } from '../core/log/index.ts';
import { LineIndex } from '../core/text.ts';
import { oneOf } from './check.ts';
import { UsageError } from './errors.ts';
import { oneText, sources, textsOf, uriOf } from './inputs.ts';

/** `logjam relations`: which functions and processes the log relates, as "YES: …" or "NO: …" for every file. */
export async function relations(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'text' }, 'flink-version': { type: 'string', default: '' }, gc: { type: 'string', default: '' } },
  });
  const format = oneOf('--format', values.format, ['text', 'json'] as const);
  const settings: Settings = { ...DEFAULT_SETTINGS, 'logjam.flinkVersion': values['flink-version'] };
  const gc = values.gc === '' ? null : await gcLogOf(values.gc);
  const reports: unknown[] = [];
  for (const source of await sources(positionals)) {
    for (const { name, text } of await textsOf(source)) {
      const kind = detect(text).kind;
      if (kind !== 'flink-log') {
        if (source.named)
          throw new UsageError(`${name}: relations are read from logs, this is ${kind === 'unknown' ? 'no file that can be read' : `a ${kind}`}`);
        continue;
      }
      const analysis = await analyseLog({ uri: uriOf(source), text }, { settings, checkpoint: NO_CHECKPOINT });
      const lines = new LineIndex(text);
      const track = gc === null ? analysis.gc : gcTrackOf(gc, analysis.log, values.gc);
      if (gc !== null && track === null) process.stderr.write(`logjam: ${values.gc}: no time in it falls into that of ${name}\n`);
      const found = findRelations(analysis, (offset) => lines.lineOf(offset), track);
      if (format === 'text') process.stdout.write(relationsText(analysis, found, name));
      else {
        const { methods, edges } = found.calls;
        reports.push({
          path: name,
          answer: found.relations.some((one) => one.kind !== 'gc') ? 'YES' : 'NO',
          relations: found.relations,
          calls: { methods: methods.map((one) => one.key), edges: edges.map((one) => [one.from, one.to]) },
          gc: found.gc,
        });
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
