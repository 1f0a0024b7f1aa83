import type { Amplification, FlowNetwork, FlowOperator, Policy } from '../../../../server/src/core/analysis/flow/network.ts';

const exactly = (count: number): Amplification => ({ least: count, most: count, mean: count });

export interface Sketch {
  /** "source", "head", "tail", "sink" or anything else; a source may have a budget: "source 3". Gives: "flat*2", "filter*0..1". */
  operators: string[];
  /** "0>1 2" from, to and capacity; "~" before it for feedback, "inf" for no bound. */
  channels: string[];
  policy?: Policy;
  feedbackBuffers?: number;
}

/** A network from a sketch of one line an operator and a channel. */
export function sketch({ operators, channels, policy = 'none', feedbackBuffers = 8 }: Sketch): FlowNetwork {
  return {
    operators: operators.map((text): FlowOperator => {
      const match = /^([\w -]+?)(?: (\d+))?(?:\*(\d+)(?:\.\.(\d+))?)?$/.exec(text);
      const kind = match?.[1] ?? '';
      const least = Number(match?.[3] ?? 1);
      const most = Number(match?.[4] ?? least);
      return {
        name: text,
        vertex: -1,
        kind: kind === 'source' || kind === 'head' || kind === 'tail' || kind === 'sink' ? kind : 'operator',
        gives: { least, most, mean: (least + most) / 2 },
        budget: match?.[2] === undefined ? null : Number(match[2]),
      };
    }),
    channels: channels.map((text) => {
      const match = /^(~?)(\d+)>(\d+) (\d+|inf)$/.exec(text);
      return {
        edge: -1,
        from: Number(match?.[2]),
        to: Number(match?.[3]),
        capacity: match?.[4] === 'inf' ? null : Number(match?.[4]),
        feedback: match?.[1] === '~',
        copies: 1,
      };
    }),
    policy,
    feedbackBuffers,
  };
}

/** iterate() around a FlatMap that gives two for one, one of its outputs fed back: FLIP-15's reason for spilling. */
export function classic(feedback: string, gives = '2'): FlowNetwork {
  return sketch({
    operators: ['source', 'entry', `flat map*${gives}`, 'tail', 'head', 'sink'],
    channels: ['0>1 2', '4>1 2', '1>2 2', '2>3 2', '2>5 2', `~3>4 ${feedback}`],
  });
}

/** Small networks with one or two loops, forks and joins, filters and amplifiers, finite and endless sources. */
export function randomNetwork(next: () => number): FlowNetwork {
  const pick = (count: number) => Math.floor(next() * count);
  const of = <T>(...choices: T[]): T => choices[pick(choices.length)] as T;
  const operators: FlowOperator[] = [];
  const channels: FlowNetwork['channels'] = [];
  const add = (kind: FlowOperator['kind'], gives = exactly(1), budget: number | null = null): number => {
    operators.push({ name: `${kind} ${operators.length}`, vertex: -1, kind, gives, budget });
    return operators.length - 1;
  };
  const link = (from: number, to: number, capacity: number | null, feedback = false): void => {
    channels.push({ edge: -1, from, to, capacity, feedback, copies: next() < 0.05 ? 2 : 1 });
  };
  const gives = () => of(exactly(1), exactly(1), exactly(2), exactly(0), { least: 0, most: 1, mean: 0.5 });
  const capacity = () => of(1, 1, 2);
  const policy = of<Policy>('none', 'none', 'feedback-first', 'feedback-when-used');

  let stream = add('source', exactly(1), of(null, 1, 2, 3, 5));
  const between = (from: number): number => {
    const to = add('operator', gives());
    link(from, to, capacity());
    return to;
  };
  if (next() < 0.3) stream = between(stream);
  for (let loops = next() < 0.15 ? 2 : 1; loops > 0; loops--) {
    const entry = add('operator', gives());
    link(stream, entry, capacity());
    // A second way to the entry, so that whoever brings the records may be held up at one of them.
    if (next() < 0.2) link(between(stream), entry, capacity());
    let last = entry;
    if (next() < 0.6) last = between(last);
    const back = next() < 0.05 ? null : 1;
    if (next() < 0.5) {
      const head = add('head');
      link(head, entry, capacity());
      link(last, head, back, true);
    } else link(last, entry, back, true);
    if (next() < 0.25 && last !== entry) link(entry, last, capacity());
    stream = last;
  }
  if (next() < 0.5) link(stream, add('sink'), capacity());
  return { operators, channels, policy, feedbackBuffers: of(1, 2, 8) };
}
