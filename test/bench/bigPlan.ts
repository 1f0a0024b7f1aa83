/** What a generated plan holds. */
export interface BigPlanOptions {
  vertices: number;
  /** Loops one after the other, each with `depth` loops inside one another. */
  loops: number;
  depth: number;
  /** Characters of an operator's description, as SQL jobs have them. */
  description: number;
}

/** About 50 MB, with descriptions as long as those of SQL. */
export const FIFTY_MEGABYTES: BigPlanOptions = { vertices: 25_000, loops: 0, depth: 0, description: 260 };
/** 10,000 vertices, of which 3,000 are the ends of 1,500 loops, three deep. */
export const TEN_THOUSAND: BigPlanOptions = { vertices: 10_000, loops: 500, depth: 3, description: 260 };

const TASKS = {
  CREATED: 0,
  SCHEDULED: 0,
  DEPLOYING: 0,
  INITIALIZING: 0,
  RUNNING: 4,
  FINISHED: 0,
  CANCELING: 0,
  CANCELED: 0,
  FAILED: 0,
  RECONCILING: 0,
};

/** A REST `/jobs/:id` document, pretty-printed, as a large SQL job with hand-made loops would give it. */
export function bigPlan(options: BigPlanOptions): string {
  const vertices: unknown[] = [];
  const nodes: unknown[] = [];
  const add = (name: string, inputs: string[]): string => {
    const index = vertices.length;
    const id = ((index * 2654435761) >>> 0).toString(16).padStart(8, '0').repeat(4);
    const parallelism = 4 + (index % 60);
    const metrics = {
      'read-bytes': index * 1414,
      'read-bytes-complete': true,
      'write-bytes': index * 1974,
      'write-bytes-complete': true,
      'read-records': index * 8,
      'read-records-complete': true,
      'write-records': index * 8,
      'write-records-complete': true,
      'accumulated-backpressured-time': index * 3,
      'accumulated-idle-time': index * 7,
      'accumulated-busy-time': index * 11,
    };
    vertices.push({
      id,
      name,
      maxParallelism: 128,
      parallelism,
      status: 'RUNNING',
      'start-time': 1656660288696 + index,
      'end-time': -1,
      duration: 42736,
      tasks: TASKS,
      metrics,
    });
    nodes.push({
      id,
      parallelism,
      operator: '',
      operator_strategy: '',
      description: `${name.replaceAll('>', '&gt;')}<br/>`,
      inputs: inputs.map((input, num) => ({ num, id: input, ship_strategy: num === 0 ? 'HASH' : 'REBALANCE', exchange: 'pipelined_bounded' })),
      optimizer_properties: {},
    });
    return id;
  };
  const sql = (index: number): string =>
    `Calc(select=[item_id, user_id_${index}, ${'CONCAT_WS(source, CAST(gender)) AS group_key, '.repeat(9)}`.slice(0, options.description);

  let stream = add('Source: orders', []);
  let number = 0;
  const loop = (input: string, level: number): string => {
    const id = ++number;
    const head = add(`IterationSource-${id}`, []);
    const entry = add(`step ${id}`, [input, head]);
    const inner = level < options.depth ? loop(entry, level + 1) : entry;
    const again = add(`again ${id}`, [inner]);
    add(`IterationSink-${id}`, [again]);
    return add(`done ${id}`, [inner]);
  };
  for (let count = 0; count < options.loops; count++) stream = loop(stream, 1);
  const recent = [stream];
  while (vertices.length < options.vertices - 1) {
    const far = recent[Math.max(0, recent.length - 9)] as string;
    recent.push(add(sql(vertices.length), recent.length > 9 ? [recent.at(-1) as string, far] : [recent.at(-1) as string]));
  }
  add('Sink: out', [recent.at(-1) as string]);
  return JSON.stringify({ jid: 'a'.repeat(32), name: 'big', state: 'RUNNING', vertices, plan: { jid: 'a'.repeat(32), name: 'big', nodes } }, null, 2);
}
