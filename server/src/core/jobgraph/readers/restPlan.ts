import type { JsonReader } from '../../unwrap/json/reader.ts';
import type { PlanBuilder } from '../builder.ts';
import { readInputs } from './inputs.ts';
import { enterNode, readId, readParallelism } from './node.ts';

/** A node of a REST plan (JsonPlanGenerator) or of "stream-graph" (2.0+): one job vertex, or one operator. */
export function readRestNode(reader: JsonReader, builder: PlanBuilder): void {
  const vertex = enterNode(reader, builder);
  if (vertex === null) return;
  let jobVertex: string | null = null;
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
    switch (key) {
      case 'id':
        readId(reader, vertex);
        break;
      case 'description': {
        const raw = reader.rawString();
        if (raw === null) break;
        vertex.setRawDescription(raw);
        vertex.placeName(reader.start, reader.stop);
        break;
      }
      case 'operator': {
        const raw = reader.rawString();
        // Filled for DataSet jobs and stream graphs only; "" elsewhere.
        if (raw && builder.plan.format === 'stream-graph') vertex.setRawName(raw);
        else if (raw) vertex.setRawOperator(raw);
        break;
      }
      case 'parallelism':
        readParallelism(reader, vertex);
        break;
      case 'inputs':
        readInputs(reader, builder, vertex.index);
        break;
      case 'job_vertex_id':
        jobVertex = reader.string();
        break;
      default:
    }
  }
  vertex.placeEnd(reader.pos);
  if (builder.plan.format === 'stream-graph') {
    vertex.scheduled = jobVertex !== null && jobVertex !== '';
    vertex.jobVertexId = vertex.scheduled ? jobVertex : null;
  }
}
