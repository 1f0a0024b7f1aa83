import type { Source } from '../../unwrap/source.ts';
import { PlanBuilder } from '../builder.ts';
import { noPlaces } from '../edge.ts';
import type { JobPlan } from '../model.ts';
import type { VertexDraft } from '../vertexDraft.ts';

/**
 * EXPLAIN of Confluent Cloud: a tree of names with numbers under "== Physical Plan ==" (which other engines print as
 * well, without the numbers), and what belongs to each number under "== Physical Details ==".
 */
export const OPERATOR_LIST = /^[ \t]*== Physical Plan ==[ \t]*\r?\n\s*Stream\w+ \[\d+\]/m;

const PLAN = '== Physical Plan ==';
const DETAILS = '== Physical Details ==';
const NODE = /^([ :|]*(?:[:+]- )?)([A-Z]\w*) \[(\d+)\]$/;
const DETAIL = /^\[(\d+)\] [A-Z]\w*$/;
const FIELD = /^[A-Z][\w ]{1,40}: ./;

interface Line {
  start: number;
  text: string;
}

/** Every such tree from an offset on. */
export function readOperatorLists(source: Source, from: number): JobPlan[] {
  const plans: JobPlan[] = [];
  const { text } = source;
  for (let at = text.indexOf(PLAN, from); at !== -1; ) {
    const next = text.indexOf(PLAN, at + PLAN.length);
    const end = next === -1 ? text.length : next;
    const details = text.indexOf(DETAILS, at);
    const described = details === -1 || details > end ? new Map<string, string>() : readDetails(text, details + DETAILS.length, end);
    const plan = readTree(source, at, details === -1 || details > end ? end : details, described);
    if (plan !== null) plans.push(plan);
    at = next;
  }
  return plans;
}

function readTree(source: Source, at: number, end: number, details: ReadonlyMap<string, string>): JobPlan | null {
  const builder = new PlanBuilder('explain-tree', source, at);
  builder.plan.title = 'Physical Plan';
  const above: { column: number; vertex: VertexDraft; inputs: number }[] = [];
  let last = at;
  for (const line of linesOf(source.text, at + PLAN.length, end)) {
    const node = NODE.exec(line.text);
    if (node === null) {
      if (line.text.trim() !== '' && builder.plan.vertices.length > 0) break;
      continue;
    }
    const [, lead = '', name = '', number = ''] = node;
    const from = line.start + lead.length;
    last = line.start + line.text.length;
    const vertex = builder.addVertex(number, from, last);
    vertex.setRawName(`${name} [${number}]`);
    vertex.setRawDescription(details.get(number) ?? name);
    vertex.placeName(from, last);
    vertex.operatorType = name;
    if (/(?:Scan|Values)$/.test(name)) vertex.kind = 'source';
    else if (/Sink$/.test(name)) vertex.kind = 'sink';
    while (above.length > 0 && (above.at(-1)?.column ?? 0) >= lead.length) above.pop();
    const consumer = above.at(-1);
    if (consumer !== undefined) builder.addEdge(vertex.index, consumer.vertex.index, consumer.inputs++, null, null, noPlaces(from, last));
    above.push({ column: lead.length, vertex, inputs: 0 });
  }
  return builder.plan.vertices.length === 0 ? null : builder.finish(last);
}

/** "[5] StreamJoin" and the lines "Changelog mode: retract" behind it, by number. */
function readDetails(text: string, start: number, end: number): Map<string, string> {
  const details = new Map<string, string>();
  let number: string | null = null;
  for (const line of linesOf(text, start, end)) {
    const head = DETAIL.exec(line.text);
    if (head !== null) {
      number = head[1] ?? '';
      details.set(number, line.text);
    } else if (number !== null && FIELD.test(line.text)) details.set(number, `${details.get(number)}\n${line.text}`);
    else if (line.text.startsWith('== ')) break;
  }
  return details;
}

function* linesOf(text: string, from: number, end: number): Generator<Line> {
  for (let start = text.indexOf('\n', from) + 1; start > 0 && start < end; ) {
    const next = text.indexOf('\n', start);
    const stop = next === -1 ? end : Math.min(next, end);
    yield { start, text: text.slice(start, stop).trimEnd() };
    start = next + 1;
  }
}
