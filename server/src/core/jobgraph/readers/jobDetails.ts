import type { JsonReader } from '../../unwrap/json/reader.ts';
import type { PlanBuilder } from '../builder.ts';
import type { VertexDraft } from '../vertexDraft.ts';

/** An entry of "vertices" of REST `/jobs/:id` (JobVertexDetailsInfo), with offsets into the plan's own text. */
export interface VertexDetails {
  id: string;
  rawName: string;
  start: number;
  end: number;
  idStart: number;
  idEnd: number;
  nameStart: number;
  nameEnd: number;
  parallelism: number | null;
  parallelismStart: number;
  parallelismEnd: number;
  maxParallelism: number | null;
  maxParallelismStart: number;
  maxParallelismEnd: number;
  slotSharingGroup: string | null;
  status: string | null;
  durationMs: number | null;
  metricsStart: number;
  metricsEnd: number;
}

export function readVertexDetails(reader: JsonReader): VertexDetails | null {
  reader.peek();
  const start = reader.pos;
  if (!reader.enterObject()) {
    reader.skip();
    return null;
  }
  const details: VertexDetails = {
    id: '',
    rawName: '',
    start,
    end: start,
    idStart: -1,
    idEnd: -1,
    nameStart: -1,
    nameEnd: -1,
    parallelism: null,
    parallelismStart: -1,
    parallelismEnd: -1,
    maxParallelism: null,
    maxParallelismStart: -1,
    maxParallelismEnd: -1,
    slotSharingGroup: null,
    status: null,
    durationMs: null,
    metricsStart: -1,
    metricsEnd: -1,
  };
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) readField(reader, details, key);
  details.end = reader.pos;
  return details;
}

function readField(reader: JsonReader, details: VertexDetails, key: string): void {
  switch (key) {
    case 'id':
      details.id = reader.string() ?? '';
      details.idStart = reader.start;
      details.idEnd = reader.stop;
      break;
    case 'name': {
      const raw = reader.rawString();
      if (raw === null) break;
      details.rawName = raw;
      details.nameStart = reader.start;
      details.nameEnd = reader.stop;
      break;
    }
    case 'parallelism':
      details.parallelism = positive(reader.number());
      details.parallelismStart = reader.start;
      details.parallelismEnd = reader.stop;
      break;
    case 'maxParallelism':
      details.maxParallelism = positive(reader.number());
      details.maxParallelismStart = reader.start;
      details.maxParallelismEnd = reader.stop;
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
      details.metricsStart = reader.pos;
      reader.skip();
      details.metricsEnd = reader.pos;
      break;
    default:
  }
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

/** Lays what "vertices" says over the vertices of the plan, by id; where ids are placeholders, by name. */
export function mergeDetails(builder: PlanBuilder, all: VertexDetails[]): void {
  const { vertices } = builder;
  const { byId } = builder;
  let byName: Map<string, VertexDraft> | null = null;
  for (const details of all) {
    const index = byId.get(details.id);
    let vertex = index === undefined ? undefined : vertices[index];
    if (vertex === undefined && index !== undefined) {
      byName ??= new Map(vertices.map((candidate) => [candidate.name, candidate]));
      vertex = byName.get(details.rawName);
    }
    vertex ??= builder.addVertex(details.id, details.start, details.end);
    apply(vertex, details);
  }
}

function apply(vertex: VertexDraft, details: VertexDetails): void {
  if (details.rawName !== '') {
    vertex.setRawName(details.rawName);
    vertex.placeName(details.nameStart, details.nameEnd);
  }
  vertex.placeDetails(details.start, details.end);
  if (!vertex.hasIdPlace) vertex.placeId(details.idStart, details.idEnd);
  if (details.parallelism !== null) {
    vertex.parallelism = details.parallelism;
    vertex.placeParallelism(details.parallelismStart, details.parallelismEnd);
  }
  vertex.maxParallelism = details.maxParallelism;
  vertex.placeMaxParallelism(details.maxParallelismStart, details.maxParallelismEnd);
  vertex.slotSharingGroup = details.slotSharingGroup;
  vertex.status = details.status;
  vertex.durationMs = details.durationMs;
  vertex.placeMetrics(details.metricsStart, details.metricsEnd);
}
