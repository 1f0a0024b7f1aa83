import type { JsonReader } from '../../unwrap/json/reader.ts';
import type { PlanBuilder } from '../builder.ts';
import type { DeclaredLoop } from '../model.ts';
import type { VertexDraft } from '../vertexDraft.ts';
import { readInputs } from './inputs.ts';
import { enterNode, readId, readParallelism } from './node.ts';

/** Step functions inside step functions; deeper ones are skipped. */
const MAX_NESTING = 64;

/**
 * A node of the formats with "pact": StreamGraph JSON (JSONGenerator) and the batch optimizer plan
 * (PlanJSONDumpGenerator), whose iterations are nodes with a nested "step_function" written before their own id.
 */
export function readPactNode(reader: JsonReader, builder: PlanBuilder, container: number | null = null, depth = 0): void {
  const vertex = enterNode(reader, builder);
  if (vertex === null) return;
  vertex.container = container;
  const step = new StepFunction(vertex);
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
    switch (key) {
      case 'id':
        readId(reader, vertex);
        break;
      case 'type':
        readType(reader, builder, vertex);
        break;
      case 'pact':
        readPact(reader.rawString() ?? '', vertex);
        break;
      case 'contents': {
        const raw = reader.rawString();
        if (raw === null) break;
        vertex.setRawDescription(raw);
        if (!vertex.hasName) vertex.placeName(reader.start, reader.stop);
        break;
      }
      case 'parallelism':
        readParallelism(reader, vertex);
        break;
      case 'predecessors':
        readInputs(reader, builder, vertex.index);
        break;
      case 'step_function':
        if (depth >= MAX_NESTING || !reader.enterArray()) break;
        step.members = [];
        while (reader.nextItem()) {
          const next = builder.plan.vertices.length;
          readPactNode(reader, builder, vertex.index, depth + 1);
          // Damage puts into the list what is no node.
          if (builder.plan.vertices.length > next) step.members.push(next);
        }
        break;
      case 'partial_solution':
      case 'next_partial_solution':
      case 'workset':
      case 'solution_set':
      case 'next_workset':
      case 'solution_delta':
        step.ends.set(key, reader.string() ?? '');
        break;
      default:
    }
  }
  vertex.placeEnd(reader.pos);
  step.declare(builder);
}

function readType(reader: JsonReader, builder: PlanBuilder, vertex: VertexDraft): void {
  const raw = reader.rawString();
  if (raw === null) return;
  if (builder.plan.format === 'batch-plan') {
    if (raw === 'source' || raw === 'sink') vertex.kind = raw;
    return;
  }
  vertex.setRawName(raw);
  vertex.placeName(reader.start, reader.stop);
}

function readPact(pact: string, vertex: VertexDraft): void {
  vertex.operatorType = pact;
  if (pact === 'Data Source') vertex.kind = 'source';
  else if (pact === 'Data Sink') vertex.kind = 'sink';
}

class StepFunction {
  readonly #iteration: VertexDraft;
  members: number[] | null = null;
  readonly ends = new Map<string, string>();

  constructor(iteration: VertexDraft) {
    this.#iteration = iteration;
  }

  declare(builder: PlanBuilder): void {
    if (this.members === null) return;
    this.#iteration.kind = 'iteration';
    const pairs: [string, string][] = [];
    for (const [tail, head] of [
      ['next_partial_solution', 'partial_solution'],
      ['next_workset', 'workset'],
      ['solution_delta', 'solution_set'],
    ] as const) {
      const tailId = this.ends.get(tail);
      const headId = this.ends.get(head);
      if (tailId !== undefined && headId !== undefined) pairs.push([tailId, headId]);
    }
    const flavour: DeclaredLoop['flavour'] = this.ends.has('workset') ? 'delta' : this.ends.has('partial_solution') ? 'bulk' : 'stream';
    builder.declareLoop({ iteration: this.#iteration.index, feedback: [], members: this.members, flavour }, pairs);
  }
}
