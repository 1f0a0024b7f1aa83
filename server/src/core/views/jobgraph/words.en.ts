import type { Change } from '../../analysis/jobgraph/planDiff.ts';
import type { Exchange, Ship, VertexKind } from '../../jobgraph/model.ts';
import { grouped, plural, shorten } from '../../wording.ts';

const kinds: Record<VertexKind, string> = {
  source: 'Source',
  operator: 'Operator',
  sink: 'Sink',
  'loop-head': 'Head of a loop',
  'loop-tail': 'Tail of a loop',
  iteration: 'Iteration',
};

const ships: Record<Ship, string> = {
  forward: 'each subtask sends to the subtask of the same number',
  hash: 'records go to the subtask that owns their key',
  rebalance: 'round robin over all subtasks',
  rescale: 'round robin over a fixed group of subtasks, without a full shuffle',
  shuffle: 'each record goes to a random subtask',
  global: 'all records go to the first subtask',
  broadcast: 'every record goes to every subtask',
  custom: 'a partitioner of the job decides',
  range: 'records go to the subtask that owns their range of keys',
};

const exchanges: Record<Exchange, string> = {
  pipelined: 'records flow while both sides run; the number of buffers has no bound of its own',
  pipelined_bounded: 'records flow while both sides run, through a bounded number of buffers: this is what back-pressure travels on',
  pipelined_approximate: 'records flow while both sides run; a reconnecting consumer may miss some',
  blocking: 'the consumer starts when the producer has finished',
  blocking_persistent: 'the consumer starts when the producer has finished; the result is kept',
  hybrid_full: 'the consumer may start before the producer has finished; all data is also written to disk',
  hybrid_selective: 'the consumer may start before the producer has finished; data spills only when memory is short',
};

const changes: Record<Change['what'], string> = {
  name: 'name',
  'chained-operators': 'chained operators',
  'ship-strategy': 'ship strategy',
  exchange: 'exchange',
  parallelism: 'parallelism',
  'max-parallelism': 'max parallelism',
  'loop-level': 'loop level',
  input: 'input',
};

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

function bytes(value: number): string {
  let unit = 0;
  let amount = value;
  for (; amount >= 1024 && unit < UNITS.length - 1; unit++) amount /= 1024;
  return `${unit === 0 ? amount : amount.toFixed(1)} ${UNITS[unit]}`;
}

const vertices = (count: number): string => plural(count, 'vertex', 'vertices');
const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
const loop = (name: string, tangled: boolean): string => `${tangled ? 'Interleaved loops' : 'Loop'} ${name}`;

/** What graphs, reports and comparisons of job graphs say; a second language is a second table of its type. */
export const JOB_GRAPH_WORDS = {
  /** Of a plan without a name. */
  untitled: 'Job graph',
  kinds,
  ships,
  exchanges,
  feedback: 'feedback',
  percent,
  more: (count: number) => `and ${count} more`,
  parallelism: (value: number, max: number | null) => `parallelism ${value}${max === null ? '' : ` of at most ${max}`}`,
  level: (level: number) => `level ${level}`,

  /** A vertex as drawn. */
  card: {
    chained: (operator: string) => `→ ${operator}`,
    moreChained: (count: number) => `and ${count} more chained operators`,
    records: (read: number, written: number) => `${grouped(read)} records in, ${grouped(written)} out`,
    watermark: (time: string) => `watermark ${time}`,
    skew: (share: number) => `data skew ${share} %`,
    pending: 'pending',
    criticalPath: 'critical path',
    busy: 'busy',
    backPressured: 'back-pressured',
    idle: 'idle',
    /** The parts of its description, joined by commas. */
    named: (kind: VertexKind, name: string) => `${kinds[kind]} "${name}"`,
    operators: (count: number) => `${count} chained operators`,
    inLoop: (name: string, level: number) => `in loop ${name} at level ${level}`,
    notScheduled: 'not scheduled yet',
    onCriticalPath: 'on the critical path',
  },

  /** Names of what the details pane lists. */
  details: {
    id: 'Id',
    kind: 'Kind',
    type: 'Type',
    parallelism: 'Parallelism',
    maxParallelism: 'Max parallelism',
    slotSharingGroup: 'Slot sharing group',
    status: 'Status',
    scope: 'Scope',
    scopeValue: (scope: string, level: number) => `${scope} (level ${level})`,
    changelog: 'Changelog',
    recordsIn: 'Records in',
    recordsOut: 'Records out',
    recordsValue: (records: number, size: number) => `${grouped(records)} (${bytes(size)})`,
    load: 'Load',
    averages: 'averages since the start of the job',
    skew: 'Data skew',
    skewValue: (share: number) => `${share} %`,
    watermark: 'Low watermark',
    endOfInput: 'end of input',
    operator: (number: number) => `Operator ${number}`,
    moreOperators: 'More operators',
    description: 'Description',
    origin: 'Origin',
    restored: 'restored: Flink prints the two ends of a loop without the edge between them',
    input: 'Input',
    ship: 'Ship strategy',
    exchange: 'Exchange',
    dam: 'Dam behaviour',
    priority: 'Priority',
    changed: (what: Change['what']) => `Changed ${changes[what]}`,
    changedValue: (before: string | number, after: string | number) => `${before} → ${after}`,
  },

  edge: {
    feedback: (from: string, to: string, restored: boolean) => `Feedback from ${from} to ${to}${restored ? '; the plan leaves this edge out' : ''}.`,
    forward: (from: string, to: string, ship: string | null, exchange: string | null) =>
      `${ship ?? 'Edge'} from ${from} to ${to}${exchange === null ? '' : `, ${exchange}`}.`,
    onCriticalPath: 'on the critical path',
    crossing: { entry: 'entry', exit: 'exit', both: 'exit and entry' },
    crosses: (crossing: string) => `${crossing} of a loop`,
  },

  chain: {
    label: (operator: string, count: number) => `${operator} · ${count} chained`,
    description: (card: string, drawn: number | null) =>
      `${card} It runs as one task: records pass from operator to operator without an exchange. The document does not say which of them an output leaves from: it is drawn from the last.${drawn === null ? '' : ` The first ${drawn} are drawn.`}`,
    operator: (number: number, count: number, chain: string, operator: string) =>
      `Operator ${number} of ${count} in the chain "${chain}": ${operator}.`,
    hands: (from: string, to: string) => `${from} hands its records to ${to} within the task.`,
  },

  scopes: {
    title: (plan: string) => `Scopes of ${plan}`,
    noLoop: 'This plan has no loop: every operator has the default scope, level 0. The job view shows it.',
    label: (name: string, tangled: boolean, level: number) => `${loop(name, tangled)} · level ${level}`,
    description: (name: string, tangled: boolean, facts: { level: number; scope: string; members: number; head: string; tail: string }) =>
      `${loop(name, tangled)}, level ${facts.level}, scope ${facts.scope}, ${facts.members} vertices, from ${facts.head} to ${facts.tail}.`,
  },

  /** Of what a rule says that it cannot be so. */
  violation: {
    label: '✗ violation',
    detail: 'Violation',
    described: (description: string, message: string) => `${description.replace(/\.$/, '')}; violation: ${message}.`,
  },

  legend: {
    violation: 'Violation: breaks a rule of loops or exchanges; the details say which',
    source: 'Source',
    operator: 'Operator',
    vertex: 'Job vertex with chained operators',
    sink: 'Sink',
    'loop-head': 'Head: feedback comes in again',
    'loop-tail': 'Tail: feedback leaves',
    forward: 'Data flow, with ship strategy and exchange',
    feedback: 'Feedback',
    suspect: 'Bottleneck: busy, behind a back-pressured producer',
    critical: 'Critical path: the way with the most busy time',
    muted: 'Pending: not scheduled yet',
    added: 'Only in the second plan',
    removed: 'Only in the first plan',
    changed: 'Changed',
    chained: 'Chained: within one task, without an exchange',
  },

  notes: {
    noGraph: 'There is no job graph in this file that could be read.',
    title: (name: string, number: number, count: number) => (count > 1 ? `${name} (plan ${number} of ${count})` : name),
    severalPlans: (count: number, number: number) =>
      `The file has ${count} plans; this is number ${number}. Put the cursor into another one and open the graph from there.`,
    unresolved: (count: number) => `${count} inputs name no vertex of this plan, or several: their edges are missing.`,
    truncated: 'The text ends in the middle of this plan.',
    interleaved: 'Loops overlap without one holding the other; they are shown as one.',
    averages: 'Busy, back-pressured and idle are averages since the start of the job.',
    notShown: (count: number, all: number) => `${count} of ${all} vertices are not shown.`,
    criticalPath: (names: readonly string[], length: number) =>
      `Critical path by busy time: ${names.join(' → ')}${length > names.length ? ` → … (${length} vertices)` : ''}.`,
    pending: (count: number) => `${count} operators are pending: adaptive batch has not scheduled them yet.`,
  },

  /** The comparison of two plans. */
  diff: {
    unreadable: (first: boolean) => `${first ? 'The first' : 'The second'} file has no job graph that could be read.`,
    oneUnreadable: 'One of the files has no job graph that could be read.',
    none: 'No differences.',
    noneInGraph: 'The plans do not differ.',
    size: (format: string, counts: { vertices: number; edges: number; loops: number }) =>
      `${format}: ${vertices(counts.vertices)}, ${plural(counts.edges, 'edge')}, ${plural(counts.loops, 'loop')}`,
    vertices: 'Vertices',
    edges: 'Edges',
    vertex: (label: string, parallelism: number | null) => `${label}${parallelism === null ? '' : `, parallelism ${parallelism}`}`,
    change: ({ what, before, after }: Change) => `${changes[what]} ${shorten(String(before), 120)} -> ${shorten(String(after), 120)}`,
    shortChange: ({ what, before, after }: Change) => `${changes[what]} ${shorten(String(before), 40)} → ${shorten(String(after), 40)}`,
    added: 'added',
    removed: 'removed',
    changed: 'changed',
    title: (one: string, other: string) => {
      if (one === other) return one === '' ? 'Changes' : `Changes in ${shorten(one, 60)}`;
      return `Changes: ${shorten(one || 'first plan', 60)} → ${shorten(other || 'second plan', 60)}`;
    },
    counts: (parts: readonly { word: string; vertices: number; edges: number }[]) => {
      const told = parts.flatMap(({ word, vertices: some, edges }) => {
        const counted = [some === 0 ? '' : vertices(some), edges === 0 ? '' : plural(edges, 'edge')].filter((part) => part !== '');
        return counted.length === 0 ? [] : [`${counted.join(' and ')} ${word}`];
      });
      return `${told.join('; ')}.`;
    },
  },

  /** A plan as text, to be compared side by side. */
  text: {
    parallelism: (value: number) => `parallelism ${value}`,
    maxParallelism: (value: number) => `max ${value}`,
  },

  /** The report page, in Markdown; texts from the file are escaped already. */
  report: {
    unreadable: 'No job graph could be read from this text.',
    format: (format: string, plans: number, wrappers: readonly string[]) =>
      `- Format: ${format}${plans > 1 ? `, one of ${plans} plans in the file` : ''}${wrappers.length > 0 ? `, unwrapped from ${wrappers.join(', ')}` : ''}`,
    job: (name: string) => `- Job: ${name}`,
    state: (state: string) => `- State: ${state}`,
    mode: (mode: string) => `- Mode: ${mode}`,
    flink: (version: string) => `- Flink: ${version}`,
    size: (counts: { vertices: number; edges: number; loops: number }) =>
      `- ${counts.vertices} vertices, ${counts.edges} edges, ${counts.loops} loops`,
    pending: (count: number) => `- ${count} operators are pending`,
    unresolved: (count: number) => `- ${count} inputs name no vertex, or several`,
    problems: (count: number) => `- ${count} places of the text could not be read in full`,
    nothingFound: 'No finding in this plan',
    backPressured: (name: string, share: number) => `${name} is back-pressured ${percent(share)} of the time; the cause comes after it`,
    finding: (severity: string, certainty: string, message: string) => `**${severity}, ${certainty}**: ${message}`,
    loops: ['## Loops', '', '| Loop | Level | Head | Tail | Vertices |', '| --- | ---: | --- | --- | ---: |'],
    loop: (name: string, level: number, tangled: boolean) => `${'· '.repeat(level - 1)}${name}${tangled ? ' (interleaved)' : ''}`,
    load: '## Load',
    criticalPath: (names: readonly string[]) => `- Critical path by busy time: ${names.join(' → ')}`,
    morePath: (length: number) => `… (${length} vertices)`,
    bottlenecks: (names: readonly string[]) => (names.length === 0 ? '- No vertex holds up the ones before it' : `- Bottleneck: ${names.join(', ')}`),
    vertices: ['## Vertices', '', '| Id | Name | Parallelism | Level | Busy | Back-pressured |', '| --- | --- | ---: | ---: | ---: | ---: |'],
  },
};
