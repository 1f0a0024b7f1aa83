import { unwrap } from '../unwrap/index.ts';
import { atOnce } from '../unwrap/steps.ts';
import { planReading } from './readable.ts';
import { OPERATOR_LIST } from './readers/operatorList.ts';

const HEADING =
  /^[ \t]*(?:\|[ \t]*)?(?:<!\[CDATA\[)?== (?:Abstract Syntax Tree|Optimized (?:Logical|Physical|Execution) Plan(?: With Advice)?|Physical Execution Plan) ==/m;
const NODES = /"nodes"\s*:\s*\[/;
/** Keys that, beside "nodes", no other kind of graph JSON uses. */
const NODE_KEYS = /"(?:pact|ship_strategy|optimizer_properties|operator_strategy|job_vertex_id|step_function|driver_strategy)"\s*:/;
const EXEC_TYPE = /"type"\s*:\s*"(?:stream|batch)-exec-/;
const EXEC_PLAN = [/"flinkVersion"\s*:/, /"nodes"\s*:/];
const JOB = /"jid"\s*:/;
const VERTICES = /"vertices"\s*:\s*\[/g;
const VERTEX_KEYS = /"(?:parallelism|status|name)"\s*:/;
/** A plan without a vertex, alone; and a job's document that has none. */
const EMPTY_PLAN = /^[\s\uFEFF]*\{\s*(?:"plan"\s*:\s*\{(?:[^{}[\]]{0,2000}"nodes"\s*:\s*\[\s*\])?\s*\}|"nodes"\s*:\s*\[\s*\])\s*\}\s*$/;
const NO_VERTICES = /"vertices"\s*:\s*\[\s*\]/;
const STATE = /"state"\s*:\s*"[A-Z]+"/;
/** Of the first vertex the keys stand within this many characters. */
const FIRST_VERTEX = 400;
const MAX_LISTS = 100;
const ESCAPED = [/[{nrt\s](?<!\\)\\+"(?:nodes|plan|jid)\\+"/, /(?<!\\)\\+"(?:pact|ship_strategy|optimizer_properties|parallelism)\\+"/];
/** Anything of a plan; where it is missing, packings need not be tried. */
const TRACE = /(?:["']|&quot;|&#34;)(?:nodes|jid|vertices)\b|== (?:Abstract Syntax Tree|Optimized|Physical (?:Execution )?Plan)/;

/** How much a sample looks like a job-graph: 0 not at all, 1 certain. */
export function detectJobGraph(sample: string): number {
  const bare = score(sample);
  if (bare >= 0.9 || !TRACE.test(sample)) return bare;
  const { source, packings } = atOnce(unwrap(sample, planReading));
  return packings.length === 0 ? bare : Math.max(bare, score(source.text));
}

function score(sample: string): number {
  if (HEADING.test(sample) || OPERATOR_LIST.test(sample)) return 0.9;
  const json = /^[\s\uFEFF]*[{[]/.test(sample);
  // Inside another text the plan is worth opening, but a log around it goes first.
  const whole = json ? 0.95 : 0.5;
  if (NODES.test(sample) && (NODE_KEYS.test(sample) || EXEC_TYPE.test(sample))) return whole;
  if (json && EXEC_PLAN.every((pattern) => pattern.test(sample))) return 0.8;
  if (JOB.test(sample) && hasVertices(sample)) return whole;
  if (json && (EMPTY_PLAN.test(sample) || (JOB.test(sample) && NO_VERTICES.test(sample) && STATE.test(sample)))) return whole;
  return ESCAPED.every((pattern) => pattern.test(sample)) ? 0.4 : 0;
}

function hasVertices(sample: string): boolean {
  let lists = 0;
  for (const { index, 0: opening } of sample.matchAll(VERTICES)) {
    const start = index + opening.length;
    if (VERTEX_KEYS.test(sample.slice(start, start + FIRST_VERTEX))) return true;
    if (++lists === MAX_LISTS) break;
  }
  return false;
}
