import type { JsonReader } from '../../unwrap/json/reader.ts';
import type { PlanBuilder } from '../builder.ts';
import type { VertexDraft } from '../vertexDraft.ts';

/** What the nodes of all plan formats have in common. */

/** Enters the object of a node as a new vertex; null, and past it, where there is no object. */
export function enterNode(reader: JsonReader, builder: PlanBuilder): VertexDraft | null {
  reader.peek();
  const start = reader.pos;
  if (reader.enterObject()) return builder.addVertex('', start, start);
  reader.skip();
  return null;
}

export function readId(reader: JsonReader, vertex: VertexDraft): void {
  vertex.id = reader.string() ?? '';
  // An empty id has no characters to point at: its key has.
  if (reader.start === reader.stop) vertex.placeId(reader.keyStart, reader.keyStop);
  else vertex.placeId(reader.start, reader.stop);
}

export function readParallelism(reader: JsonReader, vertex: VertexDraft): void {
  const value = reader.number();
  // -1 stands for "default" or "not decided yet"; batch plans say "default" in words.
  vertex.parallelism = value !== null && value > 0 ? value : null;
  vertex.placeParallelism(reader.start, reader.stop);
}
