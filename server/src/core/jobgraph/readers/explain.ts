import type { Source } from '../../unwrap/source.ts';
import { PlanBuilder } from '../builder.ts';
import { noPlaces } from '../edge.ts';
import type { JobPlan, PlanAdvice } from '../model.ts';
import type { VertexDraft } from '../vertexDraft.ts';
import { readStages } from './stages.ts';

/** A "== … ==" section of EXPLAIN text. */
export interface Section {
  title: string;
  headingStart: number;
  start: number;
  end: number;
}

const HEADING =
  /^[ \t]*(?:\|[ \t]*)?(?:<!\[CDATA\[)?== (Abstract Syntax Tree|Optimized (?:Logical|Physical|Execution) Plan(?: With Advice)?|Physical Execution Plan|Optimized Plan) ==/gm;

/** Sections from an offset on in the order of the text; one ends where the next begins. */
export function explainSections(text: string, from: number): Section[] {
  const sections: Section[] = [];
  const heading = new RegExp(HEADING);
  heading.lastIndex = from;
  for (let match = heading.exec(text); match !== null; match = heading.exec(text)) {
    const last = sections.at(-1);
    if (last !== undefined) last.end = match.index;
    const after = match.index + match[0].length;
    sections.push({ title: match[1] ?? '', headingStart: match.index, start: after, end: text.length });
  }
  return sections;
}

interface Line {
  start: number;
  /** Without wrapper and trailing blanks. */
  text: string;
}

function* linesOf(source: Source, section: Section): Generator<Line> {
  const { text } = source;
  let at = text.indexOf('\n', section.start);
  while (at !== -1 && at + 1 < section.end) {
    const start = at + 1;
    const next = text.indexOf('\n', start);
    const stop = next === -1 || next > section.end ? section.end : next;
    const raw = text.slice(start, stop).replace(/(?<![\s|])[\s|]+$/, '');
    // SQL Client draws the text inside a table cell.
    const lead = /^\|\s?/.exec(raw)?.[0].length ?? 0;
    yield { start: start + lead, text: raw.slice(lead) };
    at = next;
  }
}

const NODE = /^((?:[ :|]{3})*(?:[:+]- )?| *)([A-Z%][\w$%]*)(?=\(|$|:|%)/;
const ADVICE = /^advice\[(\d+)\]: \[(\w+)\] (.*)$/;

/** Reads one section: trees of operators, "Stage" text, or nothing when it is JSON. */
export function readSection(source: Source, section: Section): JobPlan | null {
  const lines = [...linesOf(source, section)];
  if (section.title === 'Physical Execution Plan') return readStages(source, section, lines);
  const builder = new PlanBuilder('explain-tree', source, section.headingStart);
  const { plan } = builder;
  plan.title = section.title;
  const oldStyle = !lines.some((line) => /^[ :|]*[:+]- /.test(line.text));
  const stack: { depth: number; vertex: VertexDraft; inputs: number }[] = [];
  const reused = new Map<string, VertexDraft>();
  const references: { id: string; to: VertexDraft; input: number; start: number; end: number }[] = [];
  let end = section.start;
  for (const line of lines) {
    const advice = ADVICE.exec(line.text);
    if (advice !== null) {
      plan.advice.push(toAdvice(source, line, advice));
      end = line.start + line.text.length;
      continue;
    }
    // What follows is a second copy of a part of the plan.
    if (line.text.startsWith('related rel plan:') || line.text.includes(']]>') || line.text.startsWith('```')) break;
    const node = NODE.exec(line.text);
    if (node === null) {
      if (line.text.trim() !== '' && plan.vertices.length > 0 && !/^(No available advice|\s*$)/.test(line.text)) break;
      continue;
    }
    const prefix = node[1] ?? '';
    const depth = oldStyle ? Math.floor(prefix.length / 2) : Math.floor(prefix.length / 3);
    while (stack.length > 0 && (stack.at(-1)?.depth ?? -1) >= depth) stack.pop();
    const consumer = stack.at(-1);
    const from = line.start + prefix.length;
    end = line.start + line.text.length;
    const input = consumer === undefined ? 0 : consumer.inputs++;
    const reference = /^Reused\(reference_id=\[(\d+)\]\)/.exec(line.text.slice(prefix.length));
    if (reference !== null && consumer !== undefined) {
      references.push({ id: reference[1] ?? '', to: consumer.vertex, input, start: from, end });
      continue;
    }
    const vertex = addNode(builder, line.text.slice(prefix.length), from, end);
    const reuse = /reuse_id=\[(\d+)\]/.exec(line.text);
    if (reuse !== null) reused.set(reuse[1] ?? '', vertex);
    if (consumer !== undefined) connect(builder, vertex, consumer.vertex, input, from, end);
    stack.push({ depth, vertex, inputs: 0 });
  }
  for (const { id, to, input, start, end: stop } of references) {
    const vertex = reused.get(id);
    if (vertex !== undefined) connect(builder, vertex, to, input, start, stop);
    else plan.unresolved.push({ to: to.index, id, reason: 'unknown', span: source.span(start, stop) });
  }
  return plan.vertices.length === 0 ? null : builder.finish(end);
}

function addNode(builder: PlanBuilder, text: string, start: number, end: number): VertexDraft {
  const vertex = builder.addVertex(`n${builder.plan.vertices.length + 1}`, start, end);
  const name = /^[\w$%]+/.exec(text)?.[0] ?? text;
  vertex.setRawName(name);
  vertex.setRawDescription(text);
  vertex.placeName(start, start + name.length);
  vertex.operatorType = name;
  if (/Scan|^Values|^LogicalValues|^%/.test(name)) vertex.kind = 'source';
  else if (/^(Logical)?(Legacy)?Sink/.test(name)) vertex.kind = 'sink';
  vertex.changelogMode = /changelogMode=\[([^[\]]*)\]/.exec(text)?.[1] ?? null;
  return vertex;
}

function connect(builder: PlanBuilder, producer: VertexDraft, consumer: VertexDraft, input: number, start: number, end: number): void {
  // An Exchange node is the shuffle between its input and its consumer.
  const ship = /^Exchange\(distribution=\[(\w+)/.exec(producer.description)?.[1] ?? null;
  const exchange = ship === null ? null : (/shuffle_mode=\[(\w+)\]/.exec(producer.description)?.[1] ?? null);
  const places = noPlaces(start, end);
  if (ship !== null) Object.assign(places, { shipStart: start, shipEnd: end });
  if (exchange !== null) Object.assign(places, { exchangeStart: start, exchangeEnd: end });
  builder.addEdge(producer.index, consumer.index, input, ship, exchange, places);
}

function toAdvice(source: Source, line: Line, match: RegExpExecArray): PlanAdvice {
  return {
    number: Number(match[1]),
    level: match[2] ?? '',
    text: match[3] ?? '',
    span: source.span(line.start, line.start + line.text.length),
  };
}
