import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS, type Settings } from '../../../common/settings.ts';
import { gcCases } from '../core/analysis/gcVerdicts.ts';
import { findRelations, type Relations, relationsText } from '../core/analysis/relations.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { detect } from '../core/detect.ts';
import { parseGcLog } from '../core/gc/index.ts';
import type { GcLog } from '../core/gc/model.ts';
import { fileAt } from '../core/log/files.ts';
import { joinGc } from '../core/log/gcTrack.ts';
import { analyseLog } from '../core/log/index.ts';
import { analyseLogSet, type LogFile } from '../core/log/logSet.ts';
import type { LogAnalysis } from '../core/log/model.ts';
import { LineIndex } from '../core/text.ts';
import { oneOf } from './check.ts';
import { UsageError } from './errors.ts';
import { oneText, sources, textsOf, uriOf } from './inputs.ts';

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
  const options = { settings, checkpoint: NO_CHECKPOINT };
  const gc = values.gc === '' ? null : await gcLogOf(values.gc);
  const { logs, gcLogs } = await logsOf(positionals);
  const reports: unknown[] = [];
  const tell = (name: string, analysis: LogAnalysis, lineOf: (offset: number) => number) => {
    if (gc !== null) {
      analysis.gc = joinGc([{ gc, source: values.gc }], analysis.log);
      analysis.gcCases = gcCases(analysis);
      for (const { source, why } of analysis.gc.unjoined) process.stderr.write(`logjam: ${source}: not joined with ${name}, ${why}\n`);
    }
    const found = findRelations(analysis, lineOf);
    if (format === 'text') process.stdout.write(relationsText(analysis, found, name));
    else reports.push(jsonOf(name, found));
  };
  if (values.together && logs.length > 0) {
    const analysis = await analyseLogSet(logs, options, gcLogs);
    const indices = new Map([...logs, ...gcLogs].map(({ name, text }) => [name, new LineIndex(text)]));
    tell(analysis.files.map((file) => file.name).join(', '), analysis, (offset) => {
      const file = fileAt(analysis.files, offset);
      return file === undefined ? 0 : file.line + (indices.get(file.name)?.lineOf(offset - file.offset) ?? 0);
    });
  } else {
    for (const { name, uri, text } of logs) {
      const lines = new LineIndex(text);
      tell(name, await analyseLog({ uri, text }, options), (offset) => lines.lineOf(offset));
    }
  }
  if (format === 'json') process.stdout.write(`${JSON.stringify({ schema: 1, files: reports }, null, 2)}\n`);
  return 0;
}

/** The logs among the files that were named or found in folders, and the GC logs beside them. */
export async function logsOf(args: readonly string[]): Promise<{ logs: LogFile[]; gcLogs: LogFile[] }> {
  const logs: LogFile[] = [];
  const gcLogs: LogFile[] = [];
  for (const source of await sources(args)) {
    for (const { name, text } of await textsOf(source)) {
      const { kind } = detect(text);
      const file = { name, uri: uriOf(source), text };
      if (kind === 'flink-log') logs.push(file);
      else if (kind === 'gc-log') gcLogs.push(file);
      else if (source.named)
        throw new UsageError(`${name}: relations are read from logs, this is ${kind === 'unknown' ? 'no file that can be read' : `a ${kind}`}`);
    }
  }
  return { logs, gcLogs };
}

function jsonOf(name: string, found: Relations): unknown {
  const { methods, edges } = found.calls;
  return {
    path: name,
    answer: found.relations.some((one) => one.kind !== 'gc') ? 'YES' : 'NO',
    relations: found.relations,
    calls: { methods: methods.map((one) => one.key), edges: edges.map((one) => [one.from, one.to]) },
    gc: found.gc,
    gcCases: found.gcCases.map(({ what, line, verdict, text, evidence }) => ({ what, line, verdict, text, evidence })),
  };
}

/** The GC log of the JVM that wrote the logs. */
async function gcLogOf(path: string): Promise<GcLog> {
  const { text } = await oneText([path], 'relations --gc');
  if (detect(text).kind !== 'gc-log') throw new UsageError(`${path}: not a GC log that can be read`);
  return parseGcLog(text, NO_CHECKPOINT);
}
