import { random } from '../../../../server/src/core/random.ts';

interface PlanNode {
  id: number;
  type: string;
  pact: string;
  contents: string;
  parallelism: number;
  predecessors?: { id: number; ship_strategy: string; side: string }[];
}

export interface Forest {
  json: string;
  /** Loop id of the innermost loop by vertex id; null outside of loops. */
  innermost: Map<number, number | null>;
  /** Enclosing loop id by loop id. */
  parent: Map<number, number | null>;
}

/**
 * Writes a plan as a program with nested iterate() calls would give it, knowing which operator is in which loop.
 * Every operator of a body reaches the tail, as a loop's body is defined; the order of the nodes is shuffled.
 */
export function randomForest(seed: number): Forest {
  const next = random(seed);
  const chance = (p: number) => next() < p;
  const pick = (n: number) => Math.floor(next() * n);
  const nodes: PlanNode[] = [];
  const innermost = new Map<number, number | null>();
  const parent = new Map<number, number | null>();
  let ids = 0;
  let ends = 0;
  const add = (type: string, pact: string, inputs: number[], loop: number | null, id = ++ids): number => {
    const node: PlanNode = { id, type, pact, contents: type, parallelism: 2 };
    if (inputs.length > 0) {
      node.predecessors = [...new Set(inputs)].map((input) => ({ id: input, ship_strategy: chance(0.5) ? 'FORWARD' : 'HASH', side: 'second' }));
    }
    nodes.push(node);
    innermost.set(id, loop);
    return id;
  };
  const operator = (inputs: number[], loop: number | null) => add('Map', 'Operator', inputs, loop);

  const iterate = (inputs: number[], outer: number | null, depth: number): number[] => {
    const loop = ++ids;
    parent.set(loop, outer);
    const head = add(`IterationSource-${loop}`, 'Data Source', [], loop, --ends);
    const tail = --ends;
    const out = body([...inputs, head], loop, depth + 1);
    const feedback = chance(0.6) ? [operator(out, loop)] : out;
    add(`IterationSink-${loop}`, 'Data Sink', feedback, loop, tail);
    return [operator(out, outer)];
  };
  const body = (inputs: number[], loop: number | null, depth: number): number[] => {
    let streams = inputs;
    for (let steps = 1 + pick(3); steps > 0; steps--) {
      const kind = next();
      if (kind < 0.4 && depth < 4 && nodes.length < 60) streams = iterate(streams, loop, depth);
      else if (kind < 0.6) streams = [operator(streams, loop), operator(streams, loop)];
      else streams = [operator(streams, loop)];
    }
    // What comes straight from a head is no operator of the loop yet.
    return streams.some((stream) => stream < 0) || streams === inputs ? [operator(streams, loop)] : streams;
  };

  const sources = Array.from({ length: 1 + pick(2) }, () => add('Source: numbers', 'Data Source', [], null));
  let streams = sources;
  for (let count = 1 + pick(3); count > 0; count--) {
    streams = iterate(streams, null, 0);
    if (chance(0.5)) streams = [operator(streams, null)];
  }
  add('Sink: out', 'Data Sink', streams, null);
  for (let i = nodes.length - 1; i > 0; i--) {
    const j = pick(i + 1);
    [nodes[i], nodes[j]] = [nodes[j] as PlanNode, nodes[i] as PlanNode];
  }
  return { json: JSON.stringify({ nodes }, null, chance(0.5) ? 2 : 0), innermost, parent };
}
