import { type FlowChannel, type FlowNetwork, type FlowOperator, wiringOf } from './network.ts';

export interface TerminationParameters {
  /** Records of every source. */
  records: number;
  /** How often a record goes back through a tail before it is dropped there. */
  turns: number;
  /** Ticks between two records of a source. */
  pause: number;
}

/** A message of the termination protocol; records are not among them. Operators by index, -1 is the coordinator. */
export interface Message {
  tick: number;
  kind: /** A source has no further record but stays. */
    | 'completed'
    /** Status update, to an input vertex or on to the next task. */
    | 'status'
    /** The task's answer for the time since its last status update. */
    | 'idle'
    | 'working'
    /** To sources and heads: end the stream. */
    | 'stop'
    /** The operator has ended. */
    | 'ended';
  /** Number of the round; null where there is none. */
  round: number | null;
  from: number;
  to: number;
}

type Item = { kind: 'record'; turns: number } | { kind: 'status'; round: number } | { kind: 'end' };

interface Task {
  kind: FlowOperator['kind'];
  inputs: number[];
  outputs: number[];
  /** No record since the last status update. */
  idle: boolean;
  ended: boolean;
  /** Records a source still has. */
  left: number;
  completed: boolean;
  /** Status update to pass on, of a source or head. */
  ordered: number | null;
  stopped: boolean;
  /** Which output the next record takes: records take the ways in turn. */
  turn: number;
  /** Input to look at next. */
  next: number;
  silent: number;
}

const MAX_TICKS = 20_000;
const COORDINATOR = -1;

/**
 * Plays the end of a job tick by tick: every task works on one item a tick, queues have no bound (back-pressure has no
 * part in this), and a record takes one output, each in turn. A cycle without a head of its own gets one.
 */
export class TerminationRun {
  readonly messages: Message[] = [];
  /** By round, who was not idle. */
  readonly working: number[][] = [];
  lost = 0;
  tick = 0;
  /** The longest time that a head waited before its last feedback record came. */
  longestSilence = 0;
  readonly #parameters: TerminationParameters;
  readonly #protocol: boolean;
  readonly #wait: number;
  readonly #tasks: Task[];
  readonly #ends: { from: number; to: number; feedback: boolean }[];
  readonly #queues: Item[][];
  /** By channel: a status update was read here and the others are awaited. */
  readonly #aligned: boolean[];
  readonly #endSeen: boolean[];
  readonly #real: number;
  #round = 0;
  #replies = 0;
  #busy: number[] = [];
  #inFlight = 0;

  constructor(network: FlowNetwork, parameters: TerminationParameters, mode: { protocol: boolean; wait: number }) {
    this.#parameters = parameters;
    this.#protocol = mode.protocol;
    this.#wait = mode.wait;
    const withHeads = addHeads(network);
    const { inputs, outputs } = wiringOf(withHeads);
    this.#real = network.operators.length;
    this.#ends = withHeads.channels;
    this.#tasks = withHeads.operators.map((operator, index) => {
      const orphan = operator.kind !== 'head' && (inputs[index] as number[]).length === 0;
      const alone = orphan && (outputs[index] as number[]).length === 0;
      return {
        kind: orphan ? 'source' : operator.kind,
        inputs: inputs[index] as number[],
        outputs: outputs[index] as number[],
        idle: true,
        ended: alone,
        left: operator.kind === 'source' ? parameters.records : 0,
        completed: false,
        ordered: null,
        stopped: false,
        turn: 0,
        next: 0,
        silent: 0,
      };
    });
    this.#queues = withHeads.channels.map(() => []);
    this.#aligned = withHeads.channels.map(() => false);
    this.#endSeen = withHeads.channels.map(() => false);
  }

  /** True when every task has ended. */
  play(): boolean {
    for (; this.tick < MAX_TICKS; this.tick++) {
      let moved = false;
      for (let task = 0; task < this.#tasks.length; task++) if (this.#work(task)) moved = true;
      if (this.#protocol) this.#coordinate();
      if (this.#tasks.every((task) => task.ended)) {
        this.lost += this.#inFlight;
        return true;
      }
      // With an endless wait the heads sit there for ever once all records are gone.
      if (!this.#protocol && !moved && this.#wait === 0 && this.#inFlight === 0 && this.#tasks.every((task) => task.left === 0)) return false;
    }
    return false;
  }

  /** Virtual heads speak for the operator they stand before. */
  #name(task: number): number {
    return task < this.#real ? task : (this.#ends[(this.#tasks[task] as Task).outputs[0] as number]?.to ?? task);
  }

  #tell(kind: Message['kind'], from: number, to: number, round: number | null): void {
    this.messages.push({
      tick: this.tick,
      kind,
      round,
      from: from === COORDINATOR ? from : this.#name(from),
      to: to === COORDINATOR ? to : this.#name(to),
    });
  }

  #work(index: number): boolean {
    const task = this.#tasks[index] as Task;
    if (task.ended) return false;
    if (task.kind === 'source') return this.#source(index, task);
    if (task.kind === 'head') return this.#head(index, task);
    return this.#readOne(index, task);
  }

  #source(index: number, task: Task): boolean {
    if (task.left > 0) {
      if (this.tick % this.#parameters.pause !== 0) return true;
      task.left--;
      this.#inFlight++;
      this.#give(task, { kind: 'record', turns: this.#parameters.turns });
      return true;
    }
    if (!this.#protocol) return this.#end(index, task);
    if (!task.completed) {
      task.completed = true;
      this.#tell('completed', index, COORDINATOR, null);
      return true;
    }
    return this.#obey(index, task);
  }

  /** Passes a status update on, or ends; what the coordinator asked for last. */
  #obey(index: number, task: Task): boolean {
    if (task.stopped) return this.#end(index, task);
    if (task.ordered === null) return false;
    const round = task.ordered;
    task.ordered = null;
    this.#passOn(index, task, round);
    return true;
  }

  #head(index: number, task: Task): boolean {
    if (this.#obey(index, task)) return true;
    const waiting = task.inputs.some((channel) => (this.#queues[channel] as Item[]).length > 0);
    if (!waiting) {
      task.silent++;
      if (this.#protocol || this.#wait === 0 || task.silent < this.#wait) return false;
      return this.#end(index, task);
    }
    return this.#readOne(index, task);
  }

  #readOne(index: number, task: Task): boolean {
    for (let step = 0; step < task.inputs.length; step++) {
      const at = (task.next + step) % task.inputs.length;
      const channel = task.inputs[at] as number;
      const queue = this.#queues[channel] as Item[];
      const item = queue[0];
      if (item === undefined || this.#aligned[channel] === true) continue;
      queue.shift();
      task.next = at + 1;
      if (item.kind === 'record') this.#record(task, item);
      else if (item.kind === 'status') this.#status(index, task, channel, item.round);
      else this.#endOf(index, task, channel);
      return true;
    }
    return false;
  }

  #record(task: Task, item: { kind: 'record'; turns: number }): void {
    task.idle = false;
    if (task.kind === 'head') {
      this.longestSilence = Math.max(this.longestSilence, task.silent);
      task.silent = 0;
    }
    const back = task.outputs.length > 0 && task.outputs.every((channel) => this.#ends[channel]?.feedback === true);
    if (task.outputs.length === 0 || (back && item.turns === 0)) {
      this.#inFlight--;
      return;
    }
    this.#give(task, item);
  }

  /** A record takes one way out; on a way back it has one turn less, and none left means that it ends here. */
  #give(task: Task, item: { kind: 'record'; turns: number }): void {
    for (let tries = 0; tries < task.outputs.length; tries++) {
      const channel = task.outputs[task.turn++ % task.outputs.length] as number;
      const feedback = this.#ends[channel]?.feedback === true;
      if (feedback && item.turns === 0) continue;
      if (this.#tasks[this.#ends[channel]?.to as number]?.ended === true) {
        this.#inFlight--;
        this.lost++;
        return;
      }
      (this.#queues[channel] as Item[]).push({ kind: 'record', turns: feedback ? item.turns - 1 : item.turns });
      return;
    }
    this.#inFlight--;
  }

  /** Aligns over all inputs; then answers and passes the update on, heads do not pass on what came back to them. */
  #status(index: number, task: Task, channel: number, round: number): void {
    this.#aligned[channel] = true;
    if (!task.inputs.every((input) => this.#aligned[input] === true)) return;
    for (const input of task.inputs) this.#aligned[input] = false;
    this.#replies++;
    if (!task.idle) this.#busy.push(this.#name(index));
    this.#tell(task.idle ? 'idle' : 'working', index, COORDINATOR, round);
    task.idle = true;
    if (task.kind !== 'head') this.#passOn(index, task, round);
  }

  #passOn(index: number, task: Task, round: number): void {
    for (const channel of task.outputs) {
      (this.#queues[channel] as Item[]).push({ kind: 'status', round });
      this.#tell('status', index, this.#ends[channel]?.to as number, round);
    }
  }

  #endOf(index: number, task: Task, channel: number): void {
    this.#endSeen[channel] = true;
    if (task.kind !== 'head' && task.inputs.every((input) => this.#endSeen[input] === true)) this.#end(index, task);
  }

  #end(index: number, task: Task): boolean {
    task.ended = true;
    if (index < this.#real) this.#tell('ended', index, index, null);
    for (const channel of task.outputs) (this.#queues[channel] as Item[]).push({ kind: 'end' });
    for (const channel of task.inputs) {
      const left = (this.#queues[channel] as Item[]).filter((item) => item.kind === 'record').length;
      this.lost += left;
      this.#inFlight -= left;
      this.#queues[channel] = [];
    }
    return true;
  }

  #coordinate(): void {
    const sources = this.#tasks.filter((task) => task.kind === 'source' && (task.outputs.length > 0 || !task.ended));
    if (this.#round === 0) {
      if (sources.every((task) => task.completed)) this.#startRound();
      return;
    }
    const asked = this.#tasks.filter((task) => task.kind !== 'source').length;
    if (this.#replies < asked) return;
    this.working.push(this.#busy.sort((a, b) => a - b));
    const done = this.#busy.length === 0;
    this.#replies = 0;
    this.#busy = [];
    if (!done) {
      this.#startRound();
      return;
    }
    this.#tasks.forEach((task, index) => {
      if ((task.kind !== 'source' && task.kind !== 'head') || task.stopped || task.ended) return;
      task.stopped = true;
      this.#tell('stop', COORDINATOR, index, null);
    });
  }

  #startRound(): void {
    this.#round++;
    this.#tasks.forEach((task, index) => {
      if ((task.kind !== 'source' && task.kind !== 'head') || task.ended) return;
      task.ordered = this.#round;
      this.#tell('status', COORDINATOR, index, this.#round);
    });
  }
}

/** Puts a head before every operator that feedback leads into directly. */
function addHeads(network: FlowNetwork): FlowNetwork {
  const operators = [...network.operators];
  const channels: FlowChannel[] = [];
  const heads = new Map<number, number>();
  for (const channel of network.channels) {
    if (!channel.feedback || operators[channel.to]?.kind === 'head') {
      channels.push(channel);
      continue;
    }
    let head = heads.get(channel.to);
    if (head === undefined) {
      head = operators.length;
      heads.set(channel.to, head);
      const of = operators[channel.to] as FlowOperator;
      operators.push({ name: `head before ${of.name}`, vertex: of.vertex, kind: 'head', gives: { least: 1, most: 1, mean: 1 }, budget: null });
      channels.push({ ...channel, from: head, feedback: false });
    }
    channels.push({ ...channel, to: head });
  }
  return { ...network, operators, channels };
}
