import type { Checkpoint } from '../checkpoint.ts';
import { decodeInto, items, type JsonNode, member } from '../unwrap/jsonTree.ts';
import { compose, Source, UnwrapBuilder } from '../unwrap/positionMap.ts';
import { readTextDumps, type TextDumps } from './textDump.ts';

/** `{"threadInfos":[{"threadName":…,"stringifiedThreadInfo":…}]}` of Flink's REST API (ThreadDumpInfo, since 1.11). */
export function isFlinkRest(root: JsonNode): boolean {
  return member(root, 'threadInfos')?.kind === 'array';
}

/** The strings are what ThreadInfo.toString prints: they are read as that text, with the way back into the JSON. */
export async function readFlinkRest(source: Source, root: JsonNode, checkpoint: Checkpoint): Promise<TextDumps> {
  const builder = new UnwrapBuilder(source.text);
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
