import type { Checkpoint } from '../checkpoint.ts';
import { decodeInto } from '../unwrap/json/escapes.ts';
import { items, type JsonNode, member } from '../unwrap/json/tree.ts';
import { compose, Source, SourceBuilder } from '../unwrap/source.ts';
import type { TextDumps } from './model.ts';
import { readTextDumps } from './textDump.ts';

/** `{"threadInfos":[{"threadName":…,"stringifiedThreadInfo":…}]}` of Flink's REST API (ThreadDumpInfo, since 1.11). */
export function isFlinkRest(root: JsonNode): boolean {
  return member(root, 'threadInfos')?.kind === 'array';
}

/** The strings are what ThreadInfo.toString prints: they are read as that text, with the way back into the JSON. */
export async function readFlinkRest(source: Source, root: JsonNode, checkpoint: Checkpoint): Promise<TextDumps> {
  const builder = new SourceBuilder(source.text);
  for (const info of items(member(root, 'threadInfos'))) {
    const text = member(info, 'stringifiedThreadInfo');
    if (text?.kind !== 'string') continue;
    if (builder.length > 0) builder.insert(text.start, '\n\n');
    decodeInto(builder, source.text, text.start, text.end);
  }
  const { text, map } = builder.build();
  const inner = new Source(text, compose(source.map, map));
  const result = await readTextDumps(inner, checkpoint);
  for (const dump of result.dumps) {
    dump.dialect = 'flink-rest';
    dump.span = source.span(root.start, root.end);
    dump.shows.synchronizers = true;
  }
  return result;
}
