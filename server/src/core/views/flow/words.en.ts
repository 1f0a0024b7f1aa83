import type { BlockingCondition, Supply } from '../../analysis/flow/condition.ts';
import type { CycleAnswer, FlowReason, Verdict } from '../../analysis/flow/deadlockSearch.ts';
import type { FlowStep } from '../../analysis/flow/machine.ts';
import type { Policy } from '../../analysis/flow/network.ts';
import type { AmplificationGuess, AssumptionFacts, ParameterErrorFacts } from '../../analysis/flow/networkOfPlan.ts';
import type { Message } from '../../analysis/flow/terminationRun.ts';
import { grouped, plural, type Words } from '../../wording.ts';

const ticks = (value: number): string => plural(value, 'tick');
const records = (value: number): string => plural(value, 'record');
const states = (count: number): string => `${grouped(count)} states`;

const guesses: Record<AmplificationGuess, string> = {
  expanding: 'FlatMap, Correlate, Expand: 2',
  filtering: 'Filter: 0 or 1',
  aggregating: 'Window, Aggregate, Reduce: 0 or 1',
  joining: 'Join, Process: 0 to 2',
};

const assumptions: Words<AssumptionFacts> = {
  'one-task-an-operator': () =>
    'Each operator is one task that works on one record at a time; its subtasks are taken to be alike, so that one stands for all. Skew is not modelled.',
  'exclusive-buffers': ({ buffers }) =>
    `A buffer holds one record. A bounded exchange has ${buffers} buffers: the exclusive ones of a channel, which Flink guarantees; floating ones are not counted on.`,
  sources: ({ records: count }) => (count === null ? 'Sources always have a further record.' : `Each source has ${count} records.`),
  amplification: ({ guesses: found, copies }) => {
    const special = found.map((guess) => guesses[guess]);
    if (copies !== null) special.push(`a broadcast record becomes one for every subtask that gets it (${copies} at most are followed)`);
    return `Output records per input, to every output: 1${special.length > 0 ? `; by the operator's name ${special.join('; ')}` : ''}. User code may do otherwise.`;
  },
  'feedback-spills': () => 'Every feedback edge spills to disk, and the disk does not fill up.',
  'iterate-queue': () =>
    'The feedback queue of iterate() holds one record (StreamIterationHead, ArrayBlockingQueue(1)), without a wait time that would drop records.',
  'feedback-unbounded': () =>
    'Feedback queues of flink-ml and Stateful Functions have no bound of their own; until FLINK-32704 those of flink-ml are in the heap.',
  supersteps: () => 'Batch iterations go in supersteps; what is fed back is kept in memory or on disk without a bound.',
  policy: ({ policy, feedbackBuffers }) =>
    `The first operator of a loop prefers feedback ${policy === 'feedback-first' ? 'whenever there is any' : `while ${feedbackBuffers} records or more (or as many as fit) wait in the feedback queue`}.`,
  'exchanges-unbounded': () =>
    'Exchanges of type pipelined, blocking and hybrid have no bound of their own: network memory and disks are taken as endless, and stages that wait for their producers to end are not modelled.',
  'not-chained': () => 'Operators are not chained: between any two there is an exchange. A chain holds fewer records.',
  'plan-incomplete': () => 'The plan is incomplete: edges that could not be read are missing here.',
  'no-watermarks': () => 'Watermarks, checkpoint barriers and timers take no buffers and hold no input back.',
};

const errors: Words<ParameterErrorFacts> = {
  'not-an-amplification': ({ text, most }) => `"${text}" is not an amplification: OPERATOR=N, OPERATOR=0.5 or OPERATOR=0..3, at most ${most}`,
  'not-a-capacity': ({ text }) => `"${text}" is not a capacity: N, feedback=N or FROM>TO=N with N from 1 to 10000 or "unbounded"`,
  'not-an-edge': ({ text }) => `"${text}" names no edge: FROM>TO by ids or names`,
  'no-such-edge': ({ from, to }) => `there is no edge from ${from} to ${to}`,
  'no-such-operator': ({ text }) => `"${text}" names no operator of this plan`,
  'ambiguous-operator': ({ text }) => `"${text}" names several operators; give the id`,
};

const reasons: Record<FlowReason, (stateCount: number) => string> = {
  'no-cycle': () => 'The job has no cycle, so no operator can wait for itself: proved by the structure.',
  'every-cycle-unbounded': () => 'Every cycle has a channel without a bound, so no operator can wait for itself: proved by the structure.',
  'all-states-seen': (count) => `All states that matter were looked at (${grouped(count)}) and none holds a circular wait.`,
  'states-left': (count) => `${states(count)} were looked at without a circular wait; there are more than the bound, or the size of the job, allows.`,
  'structure-blocks': () => 'A circular wait can be reached: it follows from the structure of a loop.',
  'structure-keeps-free': () => 'It follows from the structure: no loop can be filled.',
  reached: (count) => `A circular wait can be reached (${states(count)} looked at).`,
};

const verdicts: Record<Verdict, (facts: { reason: string; bound: number }) => string> = {
  impossible: ({ reason }) => `Deadlock: impossible within the model. ${reason}`,
  undecided: ({ reason, bound }) => `Deadlock: undecided at the bound of ${states(bound)}. ${reason}`,
  deadlock: ({ reason }) => `Deadlock: reachable. ${reason}`,
};

/** What feedback that spills to disk changes. */
const spilled: Record<Verdict, string> = {
  impossible: 'With feedback that spills to disk it is impossible.',
  deadlock: 'Spilling the feedback edges does not help: the circular wait runs over other edges as well.',
  undecided: 'Whether spilling the feedback edges helps is undecided at the bound.',
};

const methods: Record<CycleAnswer['method'], string> = {
  structure: 'it follows from the structure; states were looked at for a trace only',
  isolated: 'the cycle alone, with records always at hand where they can come in: all states',
  exact: 'everything that the cycle depends on',
  reduced: 'made smaller without changing the answer: operators that only hand on became places of a buffer',
  walk: 'walks that flood the job',
  none: 'given up at the bound',
};

const policies: Record<Policy, { name: string; choice: string; column: string }> = {
  none: { name: 'no policy', choice: 'either input', column: 'none' },
  'feedback-first': { name: 'feedback first', choice: 'feedback first', column: 'feedback first' },
  'feedback-when-used': {
    name: 'feedback first while its buffers are used up',
    choice: 'feedback first while its buffers are used up',
    column: 'while used up',
  },
};

const steps: Record<FlowStep['kind'], (who: string, from: string, to: string, feedback: boolean) => string> = {
  emit: (who) => `${who} takes a record from outside`,
  take: (who, from) => `${who} takes a record from ${from}`,
  put: (who, _from, to, feedback) => `${who} puts a record into the ${feedback ? 'feedback queue' : 'buffers'} to ${to}`,
};

const messages: Record<Message['kind'], (from: string, to: string, round: number | null) => string> = {
  completed: (from) => `${from} has no further record`,
  status: (from, to, round) => `status ${round} from ${from} to ${to}`,
  idle: (from, _to, round) => `${from} answers "idle" to status ${round}`,
  working: (from, _to, round) => `${from} answers "working" to status ${round}`,
  stop: (_from, to) => `the coordinator stops ${to}`,
  ended: (from) => `${from} ends`,
};

/** When a cycle of bounded channels blocks, as a formula: R records from outside, C places in its channels, O operators. */
const conditions: {
  [Kind in BlockingCondition['kind']]: (condition: Extract<BlockingCondition, { kind: Kind }>, facts: { operator: string; supply: string }) => string;
} = {
  grows: (_, { operator, supply }) =>
    `It can block when R ≥ 1 record comes in from outside (R: ${supply}), for any capacities and any policy: ${operator} emits more records into the loop than it takes from it, so they fill any number of buffers.`,
  fills: ({ places, operators }, { supply }) =>
    `It can block when R ≥ C + O = ${places} + ${operators} = ${places + operators} records come in from outside (R: ${supply}): each operator emits one record into the loop for each that it takes, so nothing else fills its C places and O operators.`,
  'kept-free': () =>
    'It cannot block, for any capacities: each operator emits one record into the loop for each that it takes, and one that prefers feedback never takes the record that would fill the last place.',
  'no-entry': () => 'It cannot block: no record from outside comes into it.',
};

/** What flow control says, by code; a second language is a second table of its type. Names are those of operators. */
export const FLOW_WORDS = {
  conditions,
  /** Records from outside that can come in. */
  supply: ({ records: count, exact }: Supply) => (count === null ? 'no end' : `${exact ? '' : 'at least '}${count}`),
  condition: (names: string, text: string) => `${names}: ${text}`,
  assumptions,
  errors,
  reasons,
  verdicts,
  spilled,
  policies,
  steps,
  coordinator: 'the coordinator',
  noBound: 'no bound',
  channel: (from: string, to: string, feedback: boolean) => `${feedback ? 'feedback ' : ''}${from} → ${to}`,

  trace: {
    length: (count: number, shortest: boolean, atLeast: number) =>
      shortest ? `The shortest trace has ${count} steps.` : `A trace of ${count} steps leads into it; none has fewer than ${atLeast}.`,
    circle: (names: readonly string[]) => `In the end ${names.join(' → ')} wait in a circle, each for room in the buffers to the next.`,
    heading: (count: number, shortest: boolean, atLeast: number) =>
      `Trace (${count} steps, ${shortest ? 'the fewest possible' : `none has fewer than ${atLeast}`})`,
    title: 'How the job gets stuck',
    more: (count: number) => `and ${count} more steps`,
    /** `from` and `to` count steps from 1. */
    phase: (phase: { number: number; count: number; channel: string; capacity: number | null; from: number; to: number; records: number }) =>
      `Phase ${phase.number} of ${phase.count}: ${phase.channel} fills (${phase.capacity ?? '∞'}) and stays full. ${phase.from === phase.to ? `Step ${phase.from}` : `Steps ${phase.from} to ${phase.to}`}${phase.records === 0 ? '' : `, ${records(phase.records)} from outside`}.`,
    circularWait: 'Circular wait:',
    waits: (who: string, channel: string) => `${who} waits for room in ${channel}`,
    end: (names: readonly string[]) => `Deadlock: ${names.join(' → ')} → each waits for room in the buffers to the next`,
    waitsForRoom: 'waits for room',
  },

  /** How one cycle was decided. */
  cycle: (names: string, verdict: Verdict, method: CycleAnswer['method'], count: number, size: CycleAnswer['size']) =>
    `${names}: ${verdict}; ${states(count)} of ${size.operators} operators and ${size.channels} channels (${methods[method]})`,
  andMore: (names: readonly string[], more: number) => `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,

  comparison: {
    none: 'Policies: no loop has an input of its own, so nothing can starve.',
    heading: (seed: number) => `Policies (seed ${seed}; one record an operator and tick)`,
    columns: [
      'Feedback',
      'Policy',
      'Longest wait of new records',
      'Loop latency (most)',
      'Taken in / 100 ticks',
      'Out / 100 ticks',
      'Spilled at peak',
      'End',
    ],
    feedback: (spills: boolean): string => (spills ? 'spills' : 'as it is'),
    ticks,
    latency: (mean: number, most: number) => `${mean.toFixed(1)} (${most}) ticks`,
    noneWentRound: 'none went round',
    end: (ran: number, stoppedAt: number | null) => (stoppedAt === null ? `ran ${ran} ticks` : `stands still from tick ${stoppedAt}`),
  },

  /** The same as rows of a narrow table. */
  table: {
    policy: 'Policy',
    feedback: (spills: boolean): string => (spills ? 'Feedback that spills' : 'Feedback as it is'),
    end: (ran: number, stoppedAt: number | null) => (stoppedAt === null ? `runs ${ran} ticks` : `stuck at ${stoppedAt}`),
    longestWait: 'Longest wait of new records',
    latency: 'Loop latency, mean (most)',
    takenIn: 'Taken in per 100 ticks',
    delivered: 'Out per 100 ticks',
    spilledPeak: 'Spilled at peak',
  },

  plot: {
    title: 'Records in the feedback queues over time, by policy',
    caption: 'records in the feedback queues over time',
    ticks: (count: number) => `${grouped(count)} ticks`,
    value: grouped,
  },

  termination: {
    heading: 'Termination',
    noLoop: (rows: readonly string[], steps: number) =>
      `No loop: when all sources are done the operators end in topological order: ${rows.join(' → ')}${steps > rows.length ? ` → … (${steps} steps)` : ''}.`,
    tooLarge: (operators: number) => `The end was not played: ${operators} operators are too many.`,
    protocol: (end: { rounds: number; messages: number; lost: number } | null) =>
      `With the protocol of FLIP-15: ${end === null ? 'was given up before the end.' : `ends after ${plural(end.rounds, 'status round')} and ${end.messages} messages, ${end.lost === 0 ? 'nothing' : records(end.lost)} lost.`}`,
    /** `working`: names of those that were not idle, "" for none. */
    round: (round: number, working: string) =>
      `Round ${round}: ${working === '' ? 'all idle; sources and heads are stopped' : `working: ${working}`}.`,
    released: 'Released Flink has no such protocol. A loop of iterate() without a wait time never ends.',
    waits: (lossy: readonly { lost: number; wait: number }[], clean: number | null, longestSilence: number) => {
      const told = lossy.map(({ wait, lost }) => `${records(lost)} lost with a wait of ${ticks(wait)}`);
      if (clean !== null) told.push(`nothing lost with ${ticks(clean)}`);
      return `A loop of iterate(wait) ends when no feedback came for that time, whatever is still on its way: here ${told.join(', ')} (the longest silence was ${ticks(longestSilence)}).`;
    },
    played: (count: number, turns: number, pause: number) =>
      `Played with ${count} records of each source, one every ${pause} ticks, that go back ${turns} times at most and take one way out of each operator, through queues without a bound.`,
    message: (tick: number, message: Message, from: string, to: string) => `tick ${tick}: ${messages[message.kind](from, to, message.round)}`,
  },

  model: {
    heading: 'Model',
    operator: (kind: string, name: string, gives: string) => `${kind.padEnd(8)} ${name}: ${gives} out for 1 in`,
    moreOperators: (count: number) => `and ${count} more operators`,
    channel: (capacity: string, channel: string) => `capacity ${capacity}: ${channel}`,
    moreChannels: (count: number) => `and ${count} more channels`,
    assumptionsHeading: 'Assumptions',
    assumptions: (list: readonly string[]) => `Assumptions: ${list.join(' ')}`,
  },

  form: {
    title: 'Flow control',
    policy: 'A loop reads first',
    spill: 'Feedback spills to disk',
    yes: 'yes',
    no: 'no',
    feedback: 'Feedback queue size',
    capacity: 'Buffers per exchange',
    records: 'Records per source (0: endless)',
    gives: (name: string, least: number, most: number) => `${name}: output records per input${least === most ? '' : ` (${least} to ${most})`}`,
    seed: 'Seed of the simulation',
  },
};
