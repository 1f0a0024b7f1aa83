import type { Span } from '../../../../../common/span.ts';
import type { PlanBuilder } from '../builder.ts';
import { type JsonReader, MISSING } from '../jsonReader.ts';
import type { SourceText } from '../sourceText.ts';
import { emptyMetrics, type RawRange, type Vertex, type VertexMetrics } from '../vertex.ts';

/** An entry of "vertices" of REST `/jobs/:id` (JobVertexDetailsInfo). */
export interface VertexDetails {
  id: string;
  rawName: string;
  idSpan: Span;
  nameSpan: Span;
  span: Span;
  object: RawRange;
  parallelism: number | null;
  parallelismSpan: Span | null;
  maxParallelism: number | null;
  maxParallelismSpan: Span | null;
  slotSharingGroup: string | null;
  status: string | null;
  durationMs: number | null;
  metrics: VertexMetrics | null;
}

export function readVertexDetails(reader: JsonReader, source: SourceText): VertexDetails | null {
  reader.peek();
  const start = reader.pos;
  if (!reader.enterObject()) {
    reader.skip();
    return null;
  }
  const span = source.span(start, start);
  const details: VertexDetails = {
    id: '',
    rawName: '',
    idSpan: span,
    nameSpan: span,
    span,
    object: { start, end: start },
    parallelism: null,
    parallelismSpan: null,
    maxParallelism: null,
    maxParallelismSpan: null,
    slotSharingGroup: null,
    status: null,
    durationMs: null,
    metrics: null,
  };
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) readField(reader, source, details, key);
  details.object.end = reader.pos;
  details.span = source.span(start, reader.pos);
  return details;
}

function readField(reader: JsonReader, source: SourceText, details: VertexDetails, key: string): void {
  switch (key) {
    case 'id':
      details.id = reader.string() ?? '';
      details.idSpan = source.span(reader.start, reader.stop);
      break;
    case 'name': {
      const raw = reader.rawString();
      if (raw === null) break;
      details.rawName = raw;
      details.nameSpan = source.span(reader.start, reader.stop);
      break;
    }
    case 'parallelism':
      details.parallelism = positive(reader.number());
      details.parallelismSpan = source.span(reader.start, reader.stop);
      break;
    case 'maxParallelism':
      details.maxParallelism = positive(reader.number());
      details.maxParallelismSpan = source.span(reader.start, reader.stop);
      break;
    case 'slotSharingGroupId':
      details.slotSharingGroup = reader.string();
      break;
    case 'status':
      details.status = reader.string();
      break;
    case 'duration':
      details.durationMs = positive(reader.number());
      break;
    case 'metrics':
      details.metrics = readMetrics(reader);
      break;
    default:
  }
}

const METRICS: Record<string, keyof VertexMetrics> = {
  'read-bytes': 'readBytes',
  'write-bytes': 'writeBytes',
  'read-records': 'readRecords',
  'write-records': 'writeRecords',
  'accumulated-backpressured-time': 'backPressuredMs',
  'accumulated-idle-time': 'idleMs',
  'accumulated-busy-time': 'busyMs',
};

function readMetrics(reader: JsonReader): VertexMetrics | null {
  if (!reader.enterObject()) return null;
  const metrics = emptyMetrics();
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
    const name = METRICS[key];
    if (name === undefined) continue;
    const value = reader.scalar();
    // The busy time of sources that cannot measure it is printed as NaN.
    if (value !== MISSING && typeof value === 'number' && value >= 0) metrics[name] = value;
  }
  return metrics;
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

/** Lays what "vertices" says over the vertices of the plan, by id; where ids are placeholders, by name. */
export function mergeDetails(builder: PlanBuilder, all: VertexDetails[]): void {
  const { vertices } = builder.plan;
  const byId = new Map<string, Vertex | null>();
  for (const vertex of vertices) byId.set(vertex.id, byId.has(vertex.id) ? null : vertex);
  let byName: Map<string, Vertex> | null = null;
  for (const details of all) {
    let vertex = byId.get(details.id) ?? undefined;
    if (vertex === undefined && byId.has(details.id)) {
      byName ??= new Map(vertices.map((candidate) => [candidate.name, candidate]));
      vertex = byName.get(details.rawName);
    }
    vertex ??= builder.addVertex(details.id, details.object.start, details.object.end);
    apply(vertex, details);
  }
}

function apply(vertex: Vertex, details: VertexDetails): void {
  if (details.rawName !== '') {
    vertex.setRawName(details.rawName);
    vertex.nameSpan = details.nameSpan;
  }
  if (vertex.objects[0]?.start !== details.object.start) vertex.objects.push(details.object);
  else vertex.idSpan = details.idSpan;
  if (details.parallelism !== null) {
    vertex.parallelism = details.parallelism;
    vertex.parallelismSpan = details.parallelismSpan;
  }
  vertex.maxParallelism = details.maxParallelism;
  vertex.maxParallelismSpan = details.maxParallelismSpan;
  vertex.slotSharingGroup = details.slotSharingGroup;
  vertex.status = details.status;
  vertex.durationMs = details.durationMs;
  vertex.metrics = details.metrics;
}
