import type { JsonReader } from '../../unwrap/json/reader.ts';
import type { PlanBuilder } from '../builder.ts';
import { type Edge, noPlaces } from '../edge.ts';

/** Per input of a node: what DeadlockBreakupProcessor looks at. */
export interface InputProperty {
  dam: Edge['dam'];
  priority: number | null;
}

/** What a node of a compiled plan says about its inputs, until the edges are read. */
export type InputProperties = Map<string, InputProperty[]>;

/** A node of COMPILE PLAN JSON: "stream-exec-join_1" and the like; edges are in a list of their own. */
export function readExecNode(reader: JsonReader, builder: PlanBuilder, properties: InputProperties): void {
  reader.peek();
  const start = reader.pos;
  if (!reader.enterObject()) {
    reader.skip();
    return;
  }
  const vertex = builder.addVertex('', start, start);
  const inputs: InputProperty[] = [];
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
    switch (key) {
      case 'id':
        vertex.id = reader.string() ?? '';
        vertex.placeId(reader.start, reader.stop);
        break;
      case 'type': {
        const type = reader.string();
        vertex.operatorType = type;
        if (type?.startsWith('batch-exec-')) builder.plan.mode = 'batch';
        else if (type?.startsWith('stream-exec-')) builder.plan.mode ??= 'streaming';
        break;
      }
      case 'description': {
        const raw = reader.rawString();
        if (raw === null) break;
        vertex.setRawDescription(raw);
        vertex.setRawName(raw.replace(/\(.*/s, ''));
        vertex.placeName(reader.start, reader.stop);
        break;
      }
      case 'inputProperties':
        if (!reader.enterArray()) break;
        while (reader.nextItem()) if (reader.atObject()) inputs.push(readProperty(reader));
        break;
      default:
    }
  }
  vertex.placeEnd(reader.pos);
  const type = vertex.operatorType ?? '';
  if (/-scan|-values/.test(type)) vertex.kind = 'source';
  else if (/-sink/.test(type)) vertex.kind = 'sink';
  properties.set(vertex.id, inputs);
}

function readProperty(reader: JsonReader): InputProperty {
  const property: InputProperty = { dam: null, priority: null };
  reader.enterObject();
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
    if (key === 'damBehavior') {
      const dam = reader.string()?.toLowerCase();
      property.dam = dam === 'pipelined' || dam === 'end_input' || dam === 'blocking' ? dam : null;
    } else if (key === 'priority') property.priority = reader.number();
  }
  return property;
}

/** Vertices by id with the number of edges seen so far: edges come in the order of the target's inputs. */
export type EdgeTargets = Map<string, { to: number; inputs: number }>;

/** An entry of "edges": source, target, shuffle, shuffleMode. */
export function readExecEdge(reader: JsonReader, builder: PlanBuilder, targets: EdgeTargets, properties: InputProperties): void {
  reader.peek();
  const start = reader.pos;
  if (!reader.enterObject()) return;
  const places = noPlaces(start, start);
  let source = '';
  let target = '';
  let ship: string | null = null;
  let exchange: string | null = null;
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
    if (key === 'source') {
      source = reader.string() ?? '';
      places.idStart = reader.start;
      places.idEnd = reader.stop;
    } else if (key === 'target') target = reader.string() ?? '';
    else if (key === 'shuffleMode') {
      exchange = reader.string();
      places.exchangeStart = reader.start;
      places.exchangeEnd = reader.stop;
    } else if (key === 'shuffle' && reader.enterObject()) {
      for (let inner = reader.nextKey(); inner !== null; inner = reader.nextKey()) {
        if (inner !== 'type') continue;
        ship = reader.string();
        places.shipStart = reader.start;
        places.shipEnd = reader.stop;
      }
    }
  }
  places.end = reader.pos;
  const known = targets.get(target);
  if (known === undefined) return;
  const input = known.inputs++;
  const property = properties.get(target)?.[input];
  const edge = builder.addInput(source, known.to, input, ship, exchange, places);
  edge.dam = property?.dam ?? null;
  edge.priority = property?.priority ?? null;
}
