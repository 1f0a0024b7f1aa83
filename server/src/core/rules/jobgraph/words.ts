import type { LoopOrigin } from '../../jobgraph/loopNames.ts';
import { capital, plural, shorten, type Words } from '../../wording.ts';
import type { AmplifierFact, CostFacts, FixFacts, IterateStanding, JobFacts, LoopFact, RelatedFacts, VertexFact } from './facts.ts';

/** What the rules of job graphs say; a second language is a second table of this type. */
export interface JobRuleWords {
  findings: { readonly [Code in keyof JobFacts]: Saying<JobFacts[Code]> };
  related: Words<RelatedFacts>;
  fixes: Words<FixFacts>;
  costs: Words<CostFacts>;
}

/** A finding in words, all of them made of its facts. */
export interface Saying<Facts> {
  message(facts: Facts): string;
  /** What speaks for it. */
  evidence?(facts: Facts): string[];
  /** What would confirm or refute it. */
  missing?(facts: Facts): string[];
}

/** "name" (id), as a vertex is called in a sentence. */
export const vertexName = ({ name, id }: VertexFact): string => {
  const quoted = `"${shorten(name)}"`;
  return id === '' ? quoted : `${quoted} (${id.length > 12 ? id.slice(0, 8) : id})`;
};

/** "loop 3", or for loops without a number: the loop at "name". */
const loop = ({ name, origin }: LoopFact): string => (origin === 'iterate' ? `loop ${name}` : `the loop at "${shorten(name, 40)}"`);

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;

const ORIGINS: Record<LoopOrigin, string> = {
  iterate: 'DataStream.iterate()',
  'flink-ml': 'a flink-ml iteration',
  statefun: 'Stateful Functions',
  'step-function': 'a step function of the plan',
  cycle: 'a cycle of the document',
};

/** Ends that are paired without a common number in their names. */
const isGuessed = ({ origin }: LoopFact): boolean => origin === 'flink-ml' || origin === 'statefun';

const STANDINGS: Record<IterateStanding, (version: string | null) => string> = {
  'version-unknown': () => 'is deprecated since Flink 1.19 and removed in 2.0',
  removed: (version) => `does not exist in Flink ${version}: it was removed in 2.0`,
  deprecated: (version) => `is deprecated in Flink ${version} and removed in 2.0`,
  works: (version) => `works in Flink ${version}, but is deprecated from 1.19 and removed in 2.0`,
};

function amplifier(fact: AmplifierFact): string {
  if (fact.kind === 'broadcast') return `${vertexName(fact.from)} is broadcast to ${fact.subtasks ?? 'several'} subtasks inside the loop.`;
  if (fact.kind === 'ways-into-tail') return `${fact.count} ways lead into the tail.`;
  return `"${shorten(fact.name, 60)}" can give several records for one.`;
}

function feedbackScope({ scope, inside }: JobFacts['feedback-across-scopes']): string {
  const where = scope === null ? 'outside of every loop' : `in ${loop(scope.loop)}, level ${scope.level}`;
  const hint = inside ? 'Leave the inner loop first.' : 'Only what comes from the head can be fed back to it.';
  return `which is ${where}, not in the loop itself. ${hint}`;
}

const feedbackEqual = (parallelism: number, head: number): string =>
  `has parallelism ${parallelism}, but the head has ${head}. Feedback goes from subtask to subtask of the same number, so both must be equal.`;

const pairedByOrder = ({ origin }: LoopFact): string[] => (origin === 'iterate' ? [] : ['Head and tail are paired by order.']);

const findings: JobRuleWords['findings'] = {
  'batch-diamond': {
    message: (facts) =>
      `${vertexName(facts.vertex)} reads one input to its end before the other, and both come from ${vertexName(facts.producer)} without a blocking exchange on the one read later: they wait for each other.`,
    evidence: () => ['The inputs differ in priority, and the way to the later one is pipelined throughout.'],
    missing: () => ['What the planner changes when it turns this plan into a job.'],
  },
  'blocking-exchange-in-loop': {
    message: ({ exchange, from, to, loop: around }) =>
      `The ${exchange} exchange from ${vertexName(from)} to ${vertexName(to)} lies on ${loop(around)}: its consumer waits for the end of a producer that the loop keeps running.`,
  },
  'blocking-exchange-in-loop-hybrid': {
    message: ({ exchange, from, to, loop: around }) =>
      `The ${exchange} exchange from ${vertexName(from)} to ${vertexName(to)} lies on ${loop(around)}; hybrid shuffle is meant for bounded jobs.`,
  },
  bottleneck: {
    message: ({ vertex: slow, busy, producer, backPressured }) =>
      `${vertexName(slow)} is the bottleneck: busy ${percent(busy)}, while ${vertexName(producer)} before it is back-pressured ${percent(backPressured)}.`,
    evidence: ({ busy, accumulated }) => [
      `Busy ${percent(busy)}, not back-pressured itself.`,
      accumulated ? 'Averages over the whole run of the job.' : 'Ratios of the moment the document was taken.',
    ],
    missing: ({ own }) => [
      'The skew over subtasks: one hot key looks the same from here.',
      'What its threads do: more subtasks help where they compute, not where they wait for a slow call or a server that does not answer. A thread dump of its TaskManager shows it.',
      ...(own ? ['Where its parallelism is set: it is not that of most operators here, so parallelism.default does not change it.'] : []),
    ],
  },
  'broadcast-fan-out': {
    message: ({ from, to, subtasks }) => `Every record of ${vertexName(from)} is sent ${subtasks} times, to each subtask of ${vertexName(to)}.`,
  },
  'custom-partitioner-unaligned': {
    message: ({ edges }) => `${plural(edges, 'edge')} with a custom partitioner and unaligned checkpoints: Flink refuses this unless it is forced.`,
  },
  'custom-partitioner-unaligned-forced': {
    message: ({ edges }) =>
      `${plural(edges, 'edge')} with a custom partitioner and unaligned checkpoints: forced, so the job runs but cannot be rescaled with any guarantee.`,
  },
  'duplicate-names': {
    message: ({ name, count }) => `${count} operators are called "${shorten(name, 60)}". Give each a name and, if it has state, a uid of its own.`,
    evidence: () => ['The names are equal.'],
    missing: () => ['The uids: plans do not contain them.', 'Whether the operators have state.'],
  },
  'event-time-in-loop': {
    message: ({ vertex: operator, loop: around }) =>
      `${vertexName(operator)} is in ${loop(around)} and looks like an event-time operator. Feedback does not move event time, so records that come back may be late for it.`,
    evidence: ({ word }) => [`Its name contains "${shorten(word, 30)}".`],
    missing: () => ['Whether it works on event time or processing time.'],
  },
  'feedback-across-scopes': {
    message: (facts) => `The feedback of ${loop(facts.loop)} comes from ${vertexName(facts.vertex)}, ${feedbackScope(facts)}`,
  },
  'feedback-dropped': {
    message: ({ waitMs }) => `iterate(${waitMs}) drops feedback without a word when the head is back-pressured for more than ${waitMs} ms.`,
    evidence: () => ['The code stands beside a plan with a loop.'],
    missing: () => ['Whether the head is ever back-pressured for that long.'],
  },
  'feedback-partitioned-differently': {
    message: ({ vertex: entry, loop: around, input, feedback }) =>
      `${vertexName(entry)} gets the input of ${loop(around)} by ${input} and its feedback by ${feedback}: with keyed state, records that come back meet the wrong subtask.`,
    evidence: ({ input, feedback, parallelism }) => [`${input} against ${feedback} at parallelism ${parallelism}.`],
    missing: () => ['Whether the operator keeps keyed state.'],
  },
  'forward-changes-parallelism': {
    message: ({ from, fromParallelism, to, toParallelism }) =>
      `FORWARD from ${vertexName(from)} with parallelism ${fromParallelism} to ${vertexName(to)} with parallelism ${toParallelism}: forward partitioning cannot change the parallelism.`,
  },
  'iterate-removed': {
    message: ({ loops, standing, version }) =>
      `DataStream.iterate(), used by ${plural(loops, 'loop')} of this plan, ${STANDINGS[standing](version)}. Move to flink-ml iterations, Stateful Functions or a Kafka topic (FLINK-36355).`,
  },
  'job-graph-cycle': {
    message: ({ from, to }) =>
      `The input from ${vertexName(from)} into ${vertexName(to)} closes a cycle of job vertices, which Flink cannot have written.`,
  },
  'loop-bounded-feedback': {
    message: ({ loop: around, amplifiers }) =>
      `${capital(loop(around))} can block itself: every buffer on it is bounded${amplifiers.length > 0 ? ', and its body multiplies records' : ''}. When more comes out of the body than goes in, all fill up and nothing moves again.`,
    evidence: ({ loop: { origin }, exchangesNamed, amplifiers }) => [
      exchangesNamed
        ? 'All exchanges on a way from head to tail are bounded.'
        : 'The plan names no exchanges; streaming jobs use pipelined_bounded by default.',
      origin === 'flink-ml' ? 'flink-ml can spill feedback to disk since FLINK-32704.' : 'The feedback queue holds one record a subtask.',
      ...amplifiers.map(amplifier),
    ],
    missing: () => ['How many records the body gives for each it takes.'],
  },
  'loop-ended-early': {
    message: ({ loop: around, source }) =>
      `${capital(loop(around))} has ended while ${vertexName(source)} still runs: its wait for feedback timed out, and later feedback is lost.`,
    evidence: ({ logged }) => (logged ? ['A log line beside the plan reports the head as FINISHED.'] : []),
    missing: ({ logged }) => (logged ? ['Whether plan and log are of the same moment.'] : []),
  },
  'loop-ends-apart': {
    message: ({ loop: around }) => `Head and tail of ${loop(around)} are in different slot sharing groups, but must run in the same slot.`,
  },
  'loop-found': {
    message: ({ loop: found, level, between, head, tail }) =>
      `${capital(loop(found))} from ${ORIGINS[found.origin]}, level ${level}, with ${plural(between, 'vertex', 'vertices')} between ${vertexName(head)} and ${vertexName(tail)}.`,
    evidence: ({ loop: found }) =>
      isGuessed(found) ? ['Head and tail are paired by their names, order and parallelism; the names carry no common number.'] : [],
  },
  'loop-half-open': {
    message: ({ vertex: end, missing, other }) =>
      `${vertexName(end)} has no ${missing}: there is no ${other} in this plan. The file is a part of the plan, or the iteration was never closed.`,
    evidence: ({ truncated }) => (truncated ? ['The plan ends in the middle.'] : []),
    missing: ({ truncated }) => (truncated ? ['The rest of the plan.'] : []),
  },
  'loop-loses-feedback': {
    message: ({ intervalMs, loops, exactlyOnce }) =>
      `Checkpoints every ${intervalMs} ms do not contain the feedback of ${plural(loops, 'loop')}: records on their way back are lost on a restore${exactlyOnce ? ', despite exactly-once mode' : ''}.`,
  },
  'loop-never-ends': {
    message: ({ loop: around }) => `All sources have finished, and the head of ${loop(around)} still runs: without a wait time it never ends.`,
    evidence: () => ['Every source is FINISHED, the head is RUNNING.'],
    missing: () => ['The argument of iterate(): with a wait time the loop may end soon.', 'Whether records still circulate.'],
  },
  'loop-never-ends-bounded': {
    message: () => 'iterate() without a wait time never ends, and all sources of this job are bounded: the job will stay RUNNING for ever.',
    evidence: () => ['The names of all sources are those of bounded ones.'],
  },
  'loop-parallelism-mismatch': {
    message: ({ loop: around, tail, parallelism, headParallelism }) =>
      `The tail of ${loop(around)}, ${vertexName(tail)}, ${feedbackEqual(parallelism, headParallelism)}`,
    evidence: ({ loop: around }) => pairedByOrder(around),
  },
  'loop-parallelism-mismatch-before-tail': {
    message: ({ loop: around, producer, parallelism, headParallelism }) =>
      `The operator before the tail of ${loop(around)}, ${vertexName(producer)}, ${feedbackEqual(parallelism, headParallelism)}`,
    evidence: ({ loop: around }) => pairedByOrder(around),
  },
  'loop-side-entrance': {
    message: ({ vertex: outside, loop: around, entered }) =>
      `${vertexName(outside)} enters ${loop(around)} sideways at ${vertexName(entered)}, not through its entry. Join it with the loop's input before the loop begins.`,
  },
  'loop-stuck-in-dump': {
    message: ({ loop: around, tail, head }) =>
      `${capital(loop(around))} is blocked in the thread dump beside this plan: "${tail}" waits for the feedback queue, "${head}" for a buffer.`,
    evidence: () => ['Head and tail of the same subtask wait for each other over bounded queues.'],
    missing: () => ['A second dump some seconds later with the same threads at the same place.'],
  },
  'loop-unaligned-checkpoints': {
    message: () => 'Unaligned checkpoints are on and the job has a loop: Flink refuses this unless it is forced.',
  },
  'loop-unaligned-checkpoints-forced': {
    message: () => 'Unaligned checkpoints are forced for a job with a loop: it runs, but cannot be rescaled with any guarantee.',
  },
  'loop-without-entry': {
    message: ({ loop: around }) => `${capital(loop(around))} has no entry: no source outside reaches its body, so nothing can ever circulate.`,
  },
  'loop-without-exit': {
    message: ({ loop: around }) => `${capital(loop(around))} has no exit: no path leads from its body to a sink outside, so records never leave it.`,
    evidence: () => ['No forward edge leaves the body for a sink.'],
    missing: ({ operators }) => (operators ? [] : ['Whether an operator of the body writes somewhere by itself.']),
  },
  'loops-interleaved': {
    message: ({ loops, count, vertices }) =>
      `${loops.map(loop).join(' and ')}${count > loops.length ? ` and ${count - loops.length} more` : ''} overlap in ${plural(vertices, 'vertex', 'vertices')}, and neither holds the other. Close the inner loop before the outer one.`,
  },
  'max-parallelism-too-small': {
    message: ({ vertex: narrow, parallelism, maxParallelism }) =>
      `${vertexName(narrow)} has parallelism ${parallelism} and a maximum of ${maxParallelism}: it can hardly be rescaled, and its key groups spread unevenly.`,
  },
  'max-parallelism-too-small-beyond': {
    message: ({ vertex: narrow, parallelism, maxParallelism }) =>
      `${vertexName(narrow)} has parallelism ${parallelism}, more than its maximum of ${maxParallelism}.`,
  },
  'needless-rebalance': {
    message: ({ from, to, parallelism }) =>
      `REBALANCE from ${vertexName(from)} to ${vertexName(to)}, both at parallelism ${parallelism}: a full shuffle that FORWARD would spare, unless it evens out skew.`,
    evidence: () => ['Both sides have the same parallelism.'],
    missing: () => ['Whether the input is skewed.'],
  },
  'network-buffers': {
    message: ({ needed, taskManagers, limit, available }) =>
      `The plan needs about ${plural(needed, 'network buffer')} in each of ${plural(taskManagers, 'TaskManager')}, but ${limit} hold ${available}.`,
    evidence: ({ buffers, taskManagers, slots, widest }) => [
      `${buffers} buffers for all channels and gates: 2 a channel, 8 a gate.`,
      `${taskManagers} TaskManagers of ${slots} slots for ${widest} subtasks.`,
    ],
    missing: () => ['How the scheduler spreads the subtasks.'],
  },
  'scope-levels-skipped': {
    message: ({ from, fromLevel, to, toLevel }) =>
      `The edge from ${vertexName(from)} at level ${fromLevel} to ${vertexName(to)} at level ${toLevel} skips ${Math.abs(fromLevel - toLevel) - 1} level of loops. Go through the ${toLevel > fromLevel ? 'entry' : 'exit'} of each loop.`,
  },
  'serial-bottleneck': {
    message: ({ vertex: narrow }) => `${vertexName(narrow)} has parallelism 1 between parallel operators: all records pass through one subtask.`,
    evidence: ({ before, after }) => [`Parallelism ${before} before it and ${after} after it.`],
    missing: () => ['How many records arrive there.'],
  },
  'serial-bottleneck-global': {
    message: ({ vertex: narrow, parallelism }) =>
      `The GLOBAL edge into ${vertexName(narrow)} sends everything to the first of its ${parallelism} subtasks.`,
    evidence: () => ['GLOBAL uses the first subtask only.'],
    missing: () => ['How many records arrive there.'],
  },
  'join-without-key': {
    message: ({ vertex: join }) =>
      `${vertexName(join)} has no equality between its inputs: all records of both go to one subtask, whatever the parallelism.`,
    evidence: () => ['Both inputs come through an exchange with distribution=[single].'],
    missing: () => ['How many records the inputs have.'],
  },
};

export const JOB_RULE_WORDS: JobRuleWords = {
  findings,
  related: {
    'common-producer': () => 'The common producer',
    'later-input': () => 'The input that is read later',
    head: ({ loop: of }) => `Head of ${loop(of)}`,
    'head-at-level': ({ loop: of, level }) => `Head of ${loop(of)}, level ${level}`,
    tail: ({ loop: of }) => `Tail of ${loop(of)}`,
    'another-loop': ({ loop: other }) => `Also ${loop(other)}`,
    'loop-of-plan': ({ loop: one }) => `A loop of the plan: ${one.name}`,
    'back-pressured': ({ ratio }) => `Back-pressured ${percent(ratio)}`,
    unaligned: () => 'Unaligned checkpoints are on',
    option: ({ name }) => name,
    'checkpoint-configuration': () => 'Checkpoint configuration',
    'custom-partitioner': () => 'Another custom partitioner',
    'same-name': () => 'The same name',
    'input-comes-by': ({ ship }) => `The input comes by ${ship}`,
    parallelism: ({ parallelism }) => `Parallelism ${parallelism}`,
    'head-parallelism': ({ parallelism }) => `The head has parallelism ${parallelism}`,
    'cycle-leads-here': () => 'The cycle leads back to here',
    status: ({ status }) => status,
    'still-running': () => 'Still RUNNING',
    'logged-finished': () => 'The log says FINISHED',
    'tail-group': ({ group }) => `The tail is in group ${group}`,
    'bounded-source': () => 'A bounded source',
    'tail-waits': () => 'The tail waits for the feedback queue',
    'head-waits': () => 'The head waits for a buffer',
    'in-both': ({ vertex: shared }) => `${vertexName(shared)} is in both`,
    slots: ({ slots }) => `${slots} slots a TaskManager`,
    level: ({ level }) => `At level ${level}`,
    'single-exchange': () => 'All records go to one subtask',
  },
  fixes: {
    copy: ({ text }) => `Copy ${text}`,
    'copy-flink-ml': () => 'Copy a flink-ml iteration in place of iterate()',
    'set-option': ({ key, value }) => `Set ${key}: ${value}`,
    'set-ship': ({ ship }) => `Set the ship strategy in this plan to ${ship}`,
    'set-feedback-ship': ({ ship }) => `Set the ship strategy of the feedback in this plan to ${ship}`,
    'set-parallelism': ({ parallelism }) => `Set the parallelism in this plan to ${parallelism}`,
  },
  costs: {
    'every-operator': () => 'Changes every operator without a parallelism of its own.',
    'slower-checkpoints': () => 'Checkpoints take longer under back-pressure.',
    'no-rescaling': () => 'The job cannot be rescaled from such a checkpoint with any guarantee.',
    'process-memory': () => 'Taken from the memory of the process: raise taskmanager.memory.process.size as well.',
    'flink-ml-library': () => 'Needs the flink-ml-iteration library.',
    'file-only-key-by': () => 'Changes the file only, to try what follows; the job needs the same keyBy on the iteration stream.',
    'file-only-rebalance': () => 'Changes the file only; the job needs .rebalance() in its code.',
    'file-only-parallelism': () => 'Changes the file only, to try what follows; the job needs .setParallelism in its code.',
  },
};
