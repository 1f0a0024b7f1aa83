import { chainOf } from '../../jobgraph/chain.ts';
import type { Edge } from '../../jobgraph/edge.ts';
import type { Vertex } from '../../jobgraph/vertex.ts';
import { type Coded, shorten } from '../../wording.ts';
import type { JobView } from '../jobgraph/jobView.ts';
import type { Loop } from '../jobgraph/scopes.ts';
import { type Amplification, type FlowChannel, type FlowNetwork, type FlowOperator, type Policy, readAmplification, spilled } from './network.ts';

/** What the user may vary; texts as on the command line. */
export interface FlowParameters {
  /** "N" for all exchanges, "feedback=N" for all feedback queues, "FROM>TO=N" for one edge; N may be "unbounded". */
  capacities: string[];
  /** "OPERATOR=N", "OPERATOR=0.5", "OPERATOR=0..3"; the operator by id, name or a part of its name that only it has. */
  amplifications: string[];
  /** The same by vertex index. */
  gives?: ReadonlyMap<number, Amplification>;
  policy: Policy;
  /** Every feedback edge spills to disk. */
  spill: boolean;
  /** Records that each source takes from outside; null for no end. */
  records: number | null;
  feedbackBuffers: number;
}

export const DEFAULT_PARAMETERS: FlowParameters = {
  capacities: [],
  amplifications: [],
  policy: 'none',
  spill: false,
  records: null,
  feedbackBuffers: 8,
};

export interface FlowModel {
  network: FlowNetwork;
  /** Stated beside every answer, in this order. */
  assumptions: Assumption[];
  /** What is wrong with the parameters: unknown operators, numbers that are none. */
  errors: ParameterError[];
}

/** What a model takes for granted, of every plan or because of something in this one. */
export type Assumption = Coded<AssumptionFacts>;

export interface AssumptionFacts {
  /** An operator is one task; one subtask stands for all. */
  'one-task-an-operator': Record<string, never>;
  /** A buffer holds one record; a bounded exchange has this many. */
  'exclusive-buffers': { buffers: number };
  /** Records of each source; null for no end. */
  sources: { records: number | null };
  /** Records out for one in, by the names of operators; `copies` is how many of a broadcast are followed at most, null without one. */
  amplification: { guesses: AmplificationGuess[]; copies: number | null };
  'feedback-spills': Record<string, never>;
  'iterate-queue': Record<string, never>;
  'feedback-unbounded': Record<string, never>;
  supersteps: Record<string, never>;
  /** The first operator of a loop prefers feedback. */
  policy: { policy: Exclude<Policy, 'none'>; feedbackBuffers: number };
  'exchanges-unbounded': Record<string, never>;
  'not-chained': Record<string, never>;
  'plan-incomplete': Record<string, never>;
  'no-watermarks': Record<string, never>;
}

/** Groups of operator kinds whose amplification is guessed from the name. */
export type AmplificationGuess = 'expanding' | 'filtering' | 'aggregating' | 'joining';

export type ParameterError = Coded<ParameterErrorFacts>;

/** `text` is the parameter, or the part of it that is wrong, as it was given. */
export interface ParameterErrorFacts {
  'not-an-amplification': { text: string; most: number };
  'not-a-capacity': { text: string };
  'not-an-edge': { text: string };
  /** Two operators without an edge between them. */
  'no-such-edge': { from: string; to: string };
  'no-such-operator': { text: string };
  'ambiguous-operator': { text: string };
}

/** Exclusive buffers of a channel: taskmanager.network.memory.buffers-per-channel. */
const BUFFERS_PER_CHANNEL = 2;
const MAX_COPIES = 16;
const MAX_GIVES = 64;

const ONE: Amplification = { least: 1, most: 1, mean: 1 };
const MAYBE: Amplification = { least: 0, most: 1, mean: 0.5 };

/** By operator kind, told from the name; the first that fits. */
const BY_KIND: [RegExp, Amplification, AmplificationGuess][] = [
  [/flat ?map|correlate|unnest|explode|expand/i, { least: 2, most: 2, mean: 2 }, 'expanding'],
  [/filter/i, MAYBE, 'filtering'],
  [/window|aggregat|reduce|dedup|rank/i, MAYBE, 'aggregating'],
  [/join|process|match/i, { least: 0, most: 2, mean: 1 }, 'joining'],
];

/** The flow network of a plan. Never fails: what could not be understood is in `errors`, with the default used instead. */
export function networkOf(view: JobView, parameters: FlowParameters = DEFAULT_PARAMETERS): FlowModel {
  return new PlanNetwork(view, parameters).model();
}

class PlanNetwork {
  readonly #view: JobView;
  readonly #parameters: FlowParameters;
  readonly #errors: ParameterError[] = [];
  readonly #guesses = new Set<AmplificationGuess>();
  #broadcasts = false;
  readonly #buffers: number;
  /** By feedback edge. */
  readonly #loops = new Map<number, Loop>();

  constructor(view: JobView, parameters: FlowParameters) {
    this.#view = view;
    this.#parameters = parameters;
    const configured = Number(view.context.configuration.get('taskmanager.network.memory.buffers-per-channel')?.value ?? Number.NaN);
    this.#buffers = Number.isInteger(configured) && configured > 0 ? configured : BUFFERS_PER_CHANNEL;
    for (const loop of view.loops.loops) for (const edge of loop.feedback) this.#loops.set(edge, loop);
  }

  model(): FlowModel {
    const operators = this.#view.plan.vertices.map((vertex) => this.#operator(vertex));
    const channels = this.#channels();
    this.#setAmplifications(operators);
    this.#setCapacities(operators, channels);
    const base: FlowNetwork = { operators, channels, policy: this.#parameters.policy, feedbackBuffers: this.#parameters.feedbackBuffers };
    return {
      network: this.#parameters.spill ? spilled(base) : base,
      assumptions: this.#assumptions(),
      errors: this.#errors,
    };
  }

  #operator(vertex: Vertex): FlowOperator {
    const { flow } = this.#view;
    const isSource = flow.incoming.start[vertex.index] === flow.incoming.start[vertex.index + 1];
    const kind =
      vertex.kind === 'loop-head' && this.#feedsBack(vertex.index)
        ? 'head'
        : vertex.kind === 'loop-tail'
          ? 'tail'
          : isSource && vertex.kind !== 'iteration' && !this.#feedsBack(vertex.index)
            ? 'source'
            : vertex.kind === 'sink'
              ? 'sink'
              : 'operator';
    return {
      name: shortName(vertex),
      vertex: vertex.index,
      kind,
      gives: kind === 'operator' ? this.#defaultGives(vertex) : ONE,
      budget: kind === 'source' ? this.#parameters.records : null,
    };
  }

  /** Whether a feedback edge leads into the vertex. */
  #feedsBack(vertex: number): boolean {
    return this.#view.loops.loops.some((loop) => loop.feedback.some((edge) => this.#view.edge(edge).to === vertex));
  }

  /** A chain gives what its operators give one after another. */
  #defaultGives(vertex: Vertex): Amplification {
    let { least, most, mean } = ONE;
    for (const part of chainOf(vertex.name, vertex.description)) {
      const known = BY_KIND.find(([pattern]) => pattern.test(part));
      if (known === undefined) continue;
      this.#guesses.add(known[2]);
      least *= known[1].least;
      most *= known[1].most;
      mean *= known[1].mean;
    }
    return most > MAX_GIVES ? { least: Math.min(least, MAX_GIVES), most: MAX_GIVES, mean: Math.min(mean, MAX_GIVES) } : { least, most, mean };
  }

  #channels(): FlowChannel[] {
    const { flow, plan } = this.#view;
    const channels: FlowChannel[] = [];
    for (let at = 0; at < flow.edge.length; at++) {
      const edge = this.#view.edge(flow.edge[at] as number);
      if (edge.kind === 'feedback') continue;
      channels.push(this.#channel(edge, flow.from[at] as number, flow.to[at] as number));
    }
    for (const edge of plan.edges) if (edge.kind === 'feedback') channels.push(this.#channel(edge, edge.from, edge.to));
    return channels;
  }

  #channel(edge: Edge, from: number, to: number): FlowChannel {
    const feedback = edge.kind === 'feedback';
    const parallelism = this.#view.vertex(to).parallelism ?? 1;
    const copies = edge.ship === 'broadcast' ? Math.max(1, Math.min(MAX_COPIES, parallelism)) : 1;
    if (copies > 1) this.#broadcasts = true;
    return { edge: edge.index, from, to, capacity: feedback ? this.#feedbackCapacity(edge) : this.#capacity(edge), feedback, copies };
  }

  #capacity(edge: Edge): number | null {
    switch (edge.exchange) {
      case 'blocking':
      case 'blocking_persistent':
      case 'hybrid_full':
      case 'hybrid_selective':
      case 'pipelined':
        return null;
      default:
        return this.#buffers;
    }
  }

  #feedbackCapacity(edge: Edge): number | null {
    switch (this.#loops.get(edge.index)?.origin) {
      case 'iterate':
        return 1;
      case 'cycle':
        return this.#capacity(edge);
      default:
        return null;
    }
  }

  #setAmplifications(operators: FlowOperator[]): void {
    for (const [vertex, gives] of this.#parameters.gives ?? []) (operators[vertex] as FlowOperator).gives = gives;
    for (const text of this.#parameters.amplifications) {
      const at = text.lastIndexOf('=');
      const gives = at < 0 ? null : readAmplification(text.slice(at + 1));
      if (gives === null || gives.most > MAX_GIVES) {
        this.#errors.push({ code: 'not-an-amplification', facts: { text, most: MAX_GIVES } });
        continue;
      }
      const found = this.#find(operators, text.slice(0, at));
      if (found !== null) found.gives = gives;
    }
  }

  #setCapacities(operators: FlowOperator[], channels: FlowChannel[]): void {
    for (const text of this.#parameters.capacities) {
      const at = text.lastIndexOf('=');
      const where = at < 0 ? '' : text.slice(0, at);
      const number = text.slice(at + 1).trim();
      const capacity = /^unbounded$/i.test(number) ? null : Number(number);
      if (number === '' || (capacity !== null && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= 10_000))) {
        this.#errors.push({ code: 'not-a-capacity', facts: { text } });
        continue;
      }
      const set = (fits: (channel: FlowChannel) => boolean): boolean => {
        const found = channels.filter(fits);
        for (const channel of found) channel.capacity = capacity;
        return found.length > 0;
      };
      // What has no bound of its own is left so when all exchanges are set.
      if (where === '') set((channel) => !channel.feedback && channel.capacity !== null);
      else if (where === 'feedback') set((channel) => channel.feedback);
      else {
        const [from, to] = where.split(/-?>/, 2);
        const producer = from === undefined || to === undefined ? undefined : this.#find(operators, from);
        const consumer = producer === null || to === undefined ? null : this.#find(operators, to);
        if (producer === undefined) this.#errors.push({ code: 'not-an-edge', facts: { text: where } });
        else if (producer !== null && consumer !== null) {
          const fits = (channel: FlowChannel) => operators[channel.from] === producer && operators[channel.to] === consumer;
          if (!set(fits)) this.#errors.push({ code: 'no-such-edge', facts: { from: producer.name, to: consumer.name } });
        }
      }
    }
  }

  #find(operators: FlowOperator[], name: string): FlowOperator | null {
    const wanted = name.trim();
    const { vertices } = this.#view.plan;
    const one = (fits: (vertex: Vertex) => boolean): FlowOperator | undefined => {
      const found = vertices.filter(fits);
      return found.length === 1 ? operators[found[0]?.index ?? -1] : undefined;
    };
    const part = wanted.toLowerCase();
    const found =
      one((vertex) => vertex.id === wanted) ?? one((vertex) => vertex.name === wanted) ?? one((vertex) => vertex.name.toLowerCase().includes(part));
    if (found !== undefined) return found;
    const several = vertices.some((vertex) => vertex.name.toLowerCase().includes(part));
    this.#errors.push({ code: several ? 'ambiguous-operator' : 'no-such-operator', facts: { text: wanted } });
    return null;
  }

  #assumptions(): Assumption[] {
    const { plan, loops } = this.#view;
    const { records, spill, policy, feedbackBuffers } = this.#parameters;
    const origins = new Set(loops.loops.map((loop) => loop.origin));
    const list: Assumption[] = [
      { code: 'one-task-an-operator', facts: {} },
      { code: 'exclusive-buffers', facts: { buffers: this.#buffers } },
      { code: 'sources', facts: { records } },
      { code: 'amplification', facts: { guesses: [...this.#guesses], copies: this.#broadcasts ? MAX_COPIES : null } },
    ];
    if (spill) list.push({ code: 'feedback-spills', facts: {} });
    else if (origins.has('iterate')) list.push({ code: 'iterate-queue', facts: {} });
    if (origins.has('flink-ml') || origins.has('statefun')) list.push({ code: 'feedback-unbounded', facts: {} });
    if (origins.has('step-function')) list.push({ code: 'supersteps', facts: {} });
    if (policy !== 'none') list.push({ code: 'policy', facts: { policy, feedbackBuffers } });
    if (plan.edges.some(({ exchange }) => exchange !== null && exchange !== 'pipelined_bounded' && exchange !== 'pipelined_approximate'))
      list.push({ code: 'exchanges-unbounded', facts: {} });
    if (plan.format === 'execution-plan' || plan.format === 'stream-graph') list.push({ code: 'not-chained', facts: {} });
    if (plan.unresolved.length > 0 || plan.truncated) list.push({ code: 'plan-incomplete', facts: {} });
    list.push({ code: 'no-watermarks', facts: {} });
    return list;
  }
}

/** Of a chain the first operator: the whole name would fill every sentence. */
function shortName(vertex: Vertex): string {
  const [first, more] = chainOf(vertex.name, vertex.description);
  return shorten(more === undefined ? vertex.name : `${first ?? vertex.name} …`, 60);
}
