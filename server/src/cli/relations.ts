import { parseArgs } from 'node:util';
import type { LogAnalysis } from '../core/analysis/log/model.ts';
import { findRelations } from '../core/analysis/log/relations.ts';
import { detect } from '../core/detect.ts';
import { faultText } from '../core/problems.ts';
import { relationsJson } from '../core/views/log/relationsJson.ts';
import { relationsText } from '../core/views/log/relationsText.ts';
import type { GcFile } from '../workspace/engine.ts';
import { oneOf } from './check.ts';
import { UsageError } from './errors.ts';
import { Inputs, type Loaded, urisOf } from './inputs.ts';
import { RELATIONS_OPTIONS } from './options.ts';
import { err, out, outJson } from './terminal.ts';
import { INPUTS, USAGE, WORDS } from './words.ts';

/** `logjam relations`: which functions and processes the logs relate, as "YES: …" or "NO: …", for every file or together. */
export async function relations(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: RELATIONS_OPTIONS,
  });
  const format = oneOf('--format', values.format, ['text', 'json'] as const);
  if (values.together && values.gc !== '') throw new UsageError(USAGE.gcTogether);
  const inputs = new Inputs(values);
  const gc = values.gc === '' ? [] : [await gcLogOf(values.gc, inputs)];
  const reports: unknown[] = [];
  const tell = async (loaded: Loaded, analysis: LogAnalysis) => {
    const { name } = loaded;
    if (gc.length > 0) for (const { source, fault } of analysis.gc.unjoined) err(WORDS.line(INPUTS.notJoined(source, name, faultText(fault))));
    const found = await inputs.places.withLines(loaded, (lineOf) => findRelations(analysis, lineOf));
    if (format === 'text') out(relationsText(analysis, found, name));
    else reports.push(relationsJson(analysis, found, name));
  };
  const one = values.together ? await inputs.together(positionals) : null;
  if (one !== null) await tell(one, one.analysis);
  else {
    for (const source of await inputs.sources(positionals)) {
      for await (const loaded of inputs.each(source, { gc })) {
        const { analysis } = loaded;
        const { kind } = analysis;
        if (analysis.kind === 'flink-log') await tell(loaded, analysis);
        else if (source.named && kind !== 'gc-log')
          inputs.fail(
            loaded.name,
            new Error(`relations are read from logs, this is ${kind === 'unknown' ? 'not a file that can be read' : `a ${kind}`}`),
          );
      }
    }
  }
  if (format === 'json') outJson({ schema: 1, files: reports }, 2);
  return inputs.code(0);
}

/** The GC log of the JVM that wrote the logs. */
async function gcLogOf(path: string, { workspace }: Inputs): Promise<GcFile> {
  const [uri = ''] = urisOf([path]);
  const text = (await workspace.texts(uri, path).catch(() => null))?.texts[0]?.text;
  if (text === undefined || detect(text).kind !== 'gc-log') throw new UsageError(USAGE.noGcLog(path));
  return { uri, name: path };
}
