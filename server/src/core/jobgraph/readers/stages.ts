import type { Source } from '../../unwrap/source.ts';
import { PlanBuilder } from '../builder.ts';
import { noPlaces } from '../edge.ts';
import type { JobPlan } from '../model.ts';
import type { VertexDraft } from '../vertexDraft.ts';

const STAGE = /^(\t*)(?!\t)\s*(?:Stage (\d*) )?: (Data Source|Data Sink|Operator|[A-Z][\w ]+)$/;
const FIELD = /^\s*(?! )([\w./()]+(?: [\w./()]+)*) : (.*)$/s;

/**
 * The text form of a physical plan up to 1.12 (PlanAsExplain, "Stage N : Operator"). The indentation only counts
 * the stages printed so far, so edges are known for one chain from one source to at most one sink, not otherwise.
 */
export function readStages(
  source: Source,
  section: { title: string; headingStart: number; start: number },
  lines: { start: number; text: string }[],
): JobPlan | null {
  if (!lines.some((line) => STAGE.test(line.text))) return null;
  const builder = new PlanBuilder('explain-stages', source, section.headingStart);
  const { plan } = builder;
  plan.title = section.title;
  const ships = new Map<number, { text: string; start: number; end: number }>();
  const exchanges = new Map<number, { text: string; start: number; end: number }>();
  let vertex: VertexDraft | null = null;
  let end = section.start;
  for (const line of lines) {
    const stage = STAGE.exec(line.text);
    if (stage !== null) {
      const from = line.start + (stage[1]?.length ?? 0);
      end = line.start + line.text.length;
      vertex = builder.addVertex(stage[2] ?? '', from, end);
      vertex.operatorType = stage[3] ?? null;
      if (stage[3] === 'Data Source') vertex.kind = 'source';
      else if (stage[3] === 'Data Sink') vertex.kind = 'sink';
      vertex.setRawName(stage[3] ?? '');
      continue;
    }
    const field = FIELD.exec(line.text);
    if (field === null || vertex === null) {
      if (line.text.trim() !== '' && vertex !== null) break;
      continue;
    }
    const value = field[2] ?? '';
    end = line.start + line.text.length;
    const place = { text: value, start: end - value.length, end };
    vertex.placeEnd(end);
    if (field[1] === 'content') {
      vertex.setRawName(value);
      vertex.setRawDescription(value);
      vertex.placeName(place.start, place.end);
    } else if (field[1] === 'ship_strategy') ships.set(vertex.index, place);
    else if (field[1] === 'exchange_mode') exchanges.set(vertex.index, place);
  }
  connectChain(builder, ships, exchanges);
  return builder.finish(end);
}

type WrittenValues = Map<number, { text: string; start: number; end: number }>;

function connectChain(builder: PlanBuilder, ships: WrittenValues, exchanges: WrittenValues): void {
  const { vertices, unresolved } = builder.plan;
  const sources = vertices.filter((vertex) => vertex.kind === 'source').length;
  const sinks = vertices.filter((vertex) => vertex.kind === 'sink').length;
  const chain = sources === 1 && sinks <= 1 && vertices[0]?.kind === 'source';
  for (const vertex of vertices) {
    if (vertex.kind === 'source') continue;
    const ship = ships.get(vertex.index);
    const exchange = exchanges.get(vertex.index);
    if (!chain) {
      unresolved.push({ to: vertex.index, id: null, reason: 'blank', span: vertex.span });
      continue;
    }
    const [object] = vertex.objects;
    const places = noPlaces(object?.start ?? 0, object?.end ?? 0);
    if (ship !== undefined) Object.assign(places, { idStart: ship.start, idEnd: ship.end, shipStart: ship.start, shipEnd: ship.end });
    if (exchange !== undefined) Object.assign(places, { exchangeStart: exchange.start, exchangeEnd: exchange.end });
    builder.addEdge(vertex.index - 1, vertex.index, 0, ship?.text ?? null, exchange?.text ?? null, places);
  }
}
