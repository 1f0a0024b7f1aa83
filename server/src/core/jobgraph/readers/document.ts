import type { Checkpoint } from '../../checkpoint.ts';
import { problem } from '../../problems.ts';
import { decodedString } from '../../unwrap/json/escapes.ts';
import { JsonReader } from '../../unwrap/json/reader.ts';
import type { Source } from '../../unwrap/source.ts';
import { PlanBuilder } from '../builder.ts';
import type { ParsedJobGraph, PlanFormat } from '../model.ts';
import { type EdgeTargets, type InputProperties, readExecEdge, readExecNode } from './compiledPlan.ts';
import { type RootFields, readBackPressureField, readCheckpointField, readListItem } from './contextDocuments.ts';
import { mergeDetails, readVertexDetails, type VertexDetails } from './jobDetails.ts';
import { readPactNode } from './pactPlan.ts';
import { readRestNode } from './restPlan.ts';

/** Archives inside archives do not exist; strings inside strings up to this depth do. */
const MAX_DEPTH = 4;

/**
 * Reads one JSON document of any of the known shapes: a plan, a job document with a plan inside, an archive of documents,
 * or a document that only says something about the job. The shape is told by the keys, not by the place of the document.
 */
export class DocumentReader {
  readonly #source: Source;
  readonly #out: ParsedJobGraph;
  readonly #checkpoint: Checkpoint;
  readonly #depth: number;
  readonly reader: JsonReader;
  /** "/jobs/…" of an archive entry or of the line above the document. */
  readonly #path: string;

  constructor(source: Source, start: number, out: ParsedJobGraph, checkpoint: Checkpoint, path = '', depth = 0) {
    this.#source = source;
    this.reader = new JsonReader(source.text, start);
    this.#out = out;
    this.#checkpoint = checkpoint;
    this.#path = path;
    this.#depth = depth;
  }

  /** True when the document was one of ours. */
  async read(): Promise<boolean> {
    const before = this.#out.plans.length;
    const known = this.reader.atArray() ? await this.#list() : await this.#object(null);
    if (known || this.#out.plans.length > before) {
      for (const { code, facts, start, end } of this.reader.issues) this.#out.problems.push(problem(code, facts, this.#source.span(start, end)));
    }
    return known || this.#out.plans.length > before;
  }

  async #list(): Promise<boolean> {
    const { reader } = this;
    reader.enterArray();
    let known = false;
    while (reader.nextItem()) {
      if (this.#checkpoint.due()) await this.#checkpoint.pause();
      if (!reader.atObject()) continue;
      const start = reader.pos;
      if (readListItem(reader, this.#source, this.#out.context, vertexOfPath(this.#path))) {
        known = true;
        continue;
      }
      reader.pos = start;
      if (await this.#object(null)) known = true;
    }
    return known;
  }

  /** `outer`: the job document that this object is the "plan" of. */
  async #object(outer: JobParts | null): Promise<boolean> {
    const { reader } = this;
    reader.peek();
    const start = reader.pos;
    if (!reader.enterObject()) {
      reader.skip();
      return false;
    }
    const parts = new JobParts(start);
    const fields: RootFields = { keys: new Set(), checkpoints: null, backPressure: null };
    let known = false;
    for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
      fields.keys.add(key);
      switch (key) {
        case 'jid':
          parts.jobId = reader.string();
          break;
        case 'name':
          parts.title = reader.string();
          break;
        case 'type':
        case 'job-type':
          parts.type ??= reader.string();
          break;
        case 'state':
          parts.state = reader.string();
          break;
        case 'flinkVersion':
          parts.flinkVersion = reader.string();
          if (parts.flinkVersion) {
            this.#out.context.flinkVersion ??= { text: parts.flinkVersion, evidence: 'plan', span: this.#source.span(reader.start, reader.stop) };
          }
          break;
        case 'pending-operators':
          parts.pendingOperators = reader.number();
          break;
        case 'plan':
          if (outer === null && reader.atObject()) {
            parts.planned = true;
            known = (await this.#object(parts)) || known;
          } else known = (await this.#inString('json-string')) || known;
          break;
        case 'json':
        case 'jsonPlan':
        case 'body':
        case 'log':
          known = (await this.#inString('json-string')) || known;
          break;
        case 'stream-graph':
          known = (await this.#streamGraph()) || known;
          break;
        case 'nodes':
          await this.#nodes(outer ?? parts);
          break;
        case 'edges':
          await this.#edges(parts);
          break;
        case 'vertices':
          await this.#vertices(parts);
          break;
        case 'archive':
          known = (await this.#archive()) || known;
          break;
        default:
          readCheckpointField(reader, this.#source, fields, key, start);
          readBackPressureField(reader, this.#source, fields, key, start);
      }
    }
    if (outer !== null) {
      outer.adopt(parts);
      return false;
    }
    return this.#finish(parts, fields) || known;
  }

  #finish(parts: JobParts, fields: RootFields): boolean {
    const { reader } = this;
    const { context } = this.#out;
    if (parts.builder === null && parts.details !== null) parts.builder = new PlanBuilder('rest-job', this.#source, parts.start);
    if (parts.builder !== null) {
      const { plan } = parts.builder;
      if (parts.details !== null) {
        plan.format = 'rest-job';
        mergeDetails(parts.builder, parts.details);
      }
      plan.title = parts.title ?? plan.title;
      plan.jobId = parts.jobId;
      plan.state = parts.state;
      plan.flinkVersion = parts.flinkVersion;
      plan.pendingOperators = parts.pendingOperators;
      plan.truncated = reader.truncated;
      if (parts.type === 'STREAMING') plan.mode = 'streaming';
      else if (parts.type === 'BATCH') plan.mode = 'batch';
      plan.span = { ...plan.span, start: this.#source.span(parts.start, parts.start).start };
      this.#out.plans.push(parts.builder.finish(reader.pos));
      return true;
    }
    const span = this.#source.span(parts.start, reader.pos);
    if (parts.planned || (parts.jobId !== null && fields.keys.has('vertices')) || (fields.keys.size === 1 && fields.keys.has('nodes'))) {
      this.#out.withoutGraph ??= { title: parts.title, state: parts.state, span };
      return true;
    }
    if (fields.checkpoints !== null && fields.keys.has('mode') && (fields.keys.has('interval') || fields.keys.has('timeout'))) {
      context.checkpoints = { ...fields.checkpoints, span };
      return true;
    }
    if (
      fields.backPressure !== null &&
      fields.keys.has('subtasks') &&
      (fields.keys.has('backpressureLevel') || fields.keys.has('backpressure-level'))
    ) {
      context.backPressure.set(vertexOfPath(this.#path), { ...fields.backPressure, span });
      return true;
    }
    return false;
  }

  async #nodes(parts: JobParts): Promise<void> {
    const { reader } = this;
    if (!reader.enterArray()) return;
    const from = reader.pos;
    const format = formatOf(reader, parts.flinkVersion !== null);
    reader.pos = from;
    reader.truncated = false;
    if (format === null) {
      while (reader.nextItem()) reader.skip();
      return;
    }
    const builder = new PlanBuilder(format, this.#source, parts.start);
    parts.builder = builder;
    while (reader.nextItem()) {
      if (this.#checkpoint.due()) await this.#checkpoint.pause();
      if (!reader.atObject()) reader.skip();
      else if (format === 'compiled-plan') readExecNode(reader, builder, parts.properties);
      else if (format === 'rest-plan') readRestNode(reader, builder);
      else readPactNode(reader, builder);
    }
    if (format === 'execution-plan') builder.plan.mode = null;
    if (format === 'batch-plan') builder.plan.mode = 'batch';
  }

  async #edges(parts: JobParts): Promise<void> {
    const { reader } = this;
    const { builder } = parts;
    if (builder === null || builder.plan.format !== 'compiled-plan' || !reader.enterArray()) return;
    const targets: EdgeTargets = new Map(builder.plan.vertices.map((vertex) => [vertex.id, { to: vertex.index, inputs: 0 }]));
    while (reader.nextItem()) {
      if (this.#checkpoint.due()) await this.#checkpoint.pause();
      readExecEdge(reader, builder, targets, parts.properties);
    }
  }

  async #vertices(parts: JobParts): Promise<void> {
    const { reader } = this;
    if (!reader.enterArray()) return;
    const details: VertexDetails[] = [];
    while (reader.nextItem()) {
      if (this.#checkpoint.due()) await this.#checkpoint.pause();
      const one = readVertexDetails(reader);
      if (one !== null && (one.id !== '' || one.rawName !== '')) details.push(one);
    }
    if (details.length > 0) parts.details = details;
  }

  async #streamGraph(): Promise<boolean> {
    const { reader } = this;
    reader.peek();
    const start = reader.pos;
    if (!reader.enterObject()) return false;
    const builder = new PlanBuilder('stream-graph', this.#source, start);
    builder.plan.title = 'Stream graph';
    for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
      if (key !== 'nodes' || !reader.enterArray()) continue;
      while (reader.nextItem()) {
        if (this.#checkpoint.due()) await this.#checkpoint.pause();
        readRestNode(reader, builder);
      }
    }
    if (builder.plan.vertices.length === 0) return false;
    this.#out.plans.push(builder.finish(reader.pos));
    return true;
  }

  async #archive(): Promise<boolean> {
    const { reader } = this;
    if (!reader.enterArray()) return false;
    let known = false;
    while (reader.nextItem()) {
      if (!reader.enterObject()) continue;
      let path = '';
      for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
        if (key === 'path') path = reader.string() ?? '';
        else if (key === 'json') known = (await this.#inString('history-archive', path)) || known;
      }
    }
    return known;
  }

  /** A document inside a JSON string. */
  async #inString(wrapper: string, path = this.#path): Promise<boolean> {
    const { reader } = this;
    const raw = reader.rawString();
    if (raw === null || this.#depth >= MAX_DEPTH || !/^\s*[{[]/.test(raw)) return false;
    const inner = decodedString(this.#source, reader.start, reader.stop);
    const known = await new DocumentReader(inner, 0, this.#out, this.#checkpoint, path, this.#depth + 1).read();
    if (known && !this.#out.wrappers.includes(wrapper)) this.#out.wrappers.push(wrapper);
    return known;
  }
}

/** What belongs to one job while its document is read; plan, vertices and names come in any order. */
class JobParts {
  readonly start: number;
  builder: PlanBuilder | null = null;
  details: VertexDetails[] | null = null;
  title: string | null = null;
  jobId: string | null = null;
  type: string | null = null;
  state: string | null = null;
  flinkVersion: string | null = null;
  pendingOperators: number | null = null;
  /** A "plan" is in it, were it an empty one. */
  planned = false;
  readonly properties: InputProperties = new Map();

  constructor(start: number) {
    this.start = start;
  }

  /** Takes over what the nested "plan" object said. */
  adopt(plan: JobParts): void {
    this.builder = this.builder ?? plan.builder;
    this.title ??= plan.title;
    this.jobId ??= plan.jobId;
    this.type ??= plan.type;
  }
}

/** Which format a "nodes" list is in, by the keys of its first nodes; null when it is none of ours. */
function formatOf(reader: JsonReader, compiled: boolean): PlanFormat | null {
  let pact = false;
  for (let seen = 0; seen < 8 && reader.nextItem(); seen++) {
    if (!reader.enterObject()) continue;
    for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
      switch (key) {
        case 'optimizer_properties':
        case 'inputs':
        case 'operator_strategy':
        case 'description':
          return compiled ? 'compiled-plan' : 'rest-plan';
        case 'inputProperties':
          return 'compiled-plan';
        case 'partial_solution':
        case 'workset':
        case 'driver_strategy':
        case 'global_properties':
          return 'batch-plan';
        case 'type': {
          const type = reader.string() ?? '';
          if (/^(stream|batch)-exec-/.test(type)) return 'compiled-plan';
          if (/^(source|sink|pact|bulk_iteration|workset_iteration)$/.test(type)) return 'batch-plan';
          break;
        }
        case 'pact':
        case 'predecessors':
          pact = true;
          break;
        default:
      }
    }
  }
  return pact ? 'execution-plan' : null;
}

function vertexOfPath(path: string): string {
  return /\/vertices\/([0-9a-f]{32})/.exec(path)?.[1] ?? '';
}
