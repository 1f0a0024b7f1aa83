import type { LoopOrigin } from '../../jobgraph/loopNames.ts';
import { capital, fitting, formatDuration, plural, type Saying, shorten, type Words } from '../../wording.ts';
import type { AmplifierFact, CostFacts, FixFacts, IterateStanding, JobFacts, LoopFact, RelatedFacts, VertexFact } from './facts.ts';

/** What the rules of job graphs say; a second language is a second table of this type. */
export interface JobRuleWords {
  findings: { readonly [Code in keyof JobFacts]: Saying<JobFacts[Code]> };
  related: Words<RelatedFacts>;
  fixes: Words<FixFacts>;
  costs: Words<CostFacts>;
}

/** "name" (id), as a vertex is called in a sentence. */
export const vertexName = ({ name, id }: VertexFact): string => {
  const quoted = `"${shorten(name)}"`;
  return id === '' ? quoted : `${quoted} (${id.length > 12 ? id.slice(0, 8) : id})`;
};

/** loop 3, or for loops without a number: the loop at "name". */
const loopNamed = ({ origin }: LoopFact, name: string): string => (origin === 'iterate' ? `loop ${name}` : `the loop at "${name}"`);

const loop = (fact: LoopFact): string => loopNamed(fact, shorten(fact.name, 40));

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

const STANDINGS: Record<IterateStanding, (version: string) => string> = {
  'version-unknown': () => 'It is deprecated since Flink 1.19.',
  removed: (version) => `This is Flink ${version}, which does not have it any more.`,
  deprecated: (version) => `This is Flink ${version}, in which it is deprecated.`,
  works: (version) => `This is Flink ${version}, in which it works.`,
};

function amplifier(fact: AmplifierFact): string {
  if (fact.kind === 'broadcast') return `${vertexName(fact.from)} is broadcast to ${fact.subtasks ?? 'several'} subtasks inside the loop.`;
  if (fact.kind === 'ways-into-tail') return `${fact.count} ways lead into the tail.`;
  return `"${shorten(fact.name, 60)}" can give several records for one.`;
}

const MUST_BE_EQUAL = 'Feedback goes from subtask to subtask of the same number, so both must be equal.';

const pairedByOrder = ({ origin }: LoopFact): string[] => (origin === 'iterate' ? [] : ['Head and tail are paired by order.']);

const findings: JobRuleWords['findings'] = {
  'batch-diamond': {
    message: ({ vertex, producer }) =>
      fitting([vertex.name, producer.name], (name, from) => `"${name}" can deadlock: it reads one of two inputs from "${from}" to its end first`),
    details: ({ vertex, producer }) => [
      `Both inputs of ${vertexName(vertex)} come from ${vertexName(producer)}, without a blocking exchange on the one that is read later: its buffers fill, and producer and consumer wait for each other.`,
    ],
    evidence: () => ['The inputs differ in priority, and the way to the later one is pipelined throughout.'],
    missing: () => ['What the planner changes when it turns this plan into a job.'],
  },
  'blocking-exchange-in-loop': {
    message: ({ exchange, from, to, loop: around }) =>
      fitting(
        [from.name, to.name, around.name],
        (a, b, name) => `${exchange} exchange on ${loopNamed(around, name)}, from "${a}" to "${b}": it never opens`,
      ),
    details: ({ from, to }) => [`${vertexName(to)} waits for the end of ${vertexName(from)}, which the loop keeps running.`],
  },
  'blocking-exchange-in-loop-hybrid': {
    message: ({ exchange, from, to, loop: around }) =>
      fitting([from.name, to.name, around.name], (a, b, name) => `${exchange} exchange on ${loopNamed(around, name)}, from "${a}" to "${b}"`),
    details: () => ['Hybrid shuffle is meant for bounded jobs.'],
  },
  bottleneck: {
    message: ({ vertex: slow, busy, producer, backPressured }) =>
      fitting(
        [slow.name, producer.name],
        (name, before) => `"${name}" is the bottleneck: busy ${percent(busy)}, "${before}" before it back-pressured ${percent(backPressured)}`,
      ),
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
    message: ({ from, to, subtasks }) =>
      fitting([from.name, to.name], (a, b) => `Every record of "${a}" is sent ${subtasks} times, to each subtask of "${b}"`),
  },
  'custom-partitioner-unaligned': {
    message: ({ edges }) => `Flink refuses unaligned checkpoints over a custom partitioner (${plural(edges, 'edge')})`,
    details: () => ['They can be forced; the job then cannot be rescaled with any guarantee.'],
  },
  'custom-partitioner-unaligned-forced': {
    message: ({ edges }) => `Unaligned checkpoints are forced over a custom partitioner (${plural(edges, 'edge')})`,
    details: () => ['The job runs, but cannot be rescaled with any guarantee.'],
  },
  'duplicate-names': {
    message: ({ name, count }) => fitting([name], (one) => `${count} operators are called "${one}"`),
    advice: () => ['Give each a name and, if it has state, a uid of its own.'],
    evidence: () => ['The names are equal.'],
    missing: () => ['The uids: plans do not contain them.', 'Whether the operators have state.'],
  },
  'event-time-in-loop': {
    message: ({ vertex: operator, loop: around }) =>
      fitting(
        [operator.name, around.name],
        (name, within) => `"${name}" in ${loopNamed(around, within)} needs event time, which feedback does not move`,
      ),
    details: () => ['Records that come back may be late for it.'],
    evidence: ({ word }) => [`Its name contains "${shorten(word, 30)}".`],
    missing: () => ['Whether it works on event time or processing time.'],
  },
  'feedback-across-scopes': {
    message: ({ loop: fed, vertex, scope }) =>
      fitting([vertex.name, fed.name, scope?.loop.name ?? ''], (name, of, other) => {
        const where = scope === null ? 'outside of every loop' : `in ${loopNamed(scope.loop, other)}, level ${scope.level}`;
        return `The feedback of ${loopNamed(fed, of)} comes from "${name}", ${where}`;
      }),
    details: () => ['Feedback has to come from the loop itself.'],
    advice: ({ inside }) => [inside ? 'Leave the inner loop first.' : 'Only what comes from the head can be fed back to it.'],
  },
  'feedback-dropped': {
    message: ({ waitMs }) => `iterate(${waitMs}) drops feedback when the head is back-pressured for ${formatDuration(waitMs)}`,
    details: () => ['Neither an exception nor a line in the log says so.'],
    evidence: () => ['The code stands beside a plan with a loop.'],
    missing: () => ['Whether the head is ever back-pressured for that long.'],
  },
  'feedback-partitioned-differently': {
    message: ({ vertex: entry, loop: around, input, feedback }) =>
      fitting(
        [entry.name, around.name, input, feedback],
        (name, within, first, then) => `"${name}" gets the input of ${loopNamed(around, within)} by ${first}, its feedback by ${then}`,
      ),
    details: () => ['With keyed state, records that come back meet the wrong subtask.'],
    evidence: ({ input, feedback, parallelism }) => [`${input} against ${feedback} at parallelism ${parallelism}.`],
    missing: () => ['Whether the operator keeps keyed state.'],
  },
  'forward-changes-parallelism': {
    message: ({ from, fromParallelism, to, toParallelism }) =>
      fitting([from.name, to.name], (a, b) => `FORWARD from "${a}" (parallelism ${fromParallelism}) to "${b}" (parallelism ${toParallelism})`),
    details: () => ['Forward partitioning cannot change the parallelism.'],
  },
  'iterate-removed': {
    message: ({ loops }) => `${plural(loops, 'loop uses', 'loops use')} DataStream.iterate(), removed in Flink 2.0; use flink-ml iterations`,
    details: ({ standing, version }) => [STANDINGS[standing](version ?? '')],
    advice: () => ['Move to flink-ml iterations, Stateful Functions or a Kafka topic (FLINK-36355).'],
  },
  'job-graph-cycle': {
    message: ({ from, to }) => fitting([from.name, to.name], (a, b) => `The input from "${a}" into "${b}" closes a cycle of job vertices`),
    details: () => ['Flink cannot have written it: a JobGraph has no cycles.'],
  },
  'loop-bounded-feedback': {
    message: ({ loop: around, amplifiers }) =>
      fitting([around.name], (name) =>
        amplifiers.length > 0
          ? `${capital(loopNamed(around, name))} can stop: its body multiplies records, and its buffers are bounded`
          : `${capital(loopNamed(around, name))} stops if its body emits more records than it receives`,
      ),
    details: () => ['Every buffer on it is bounded: once all are full, nothing moves again.'],
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
      fitting([around.name, source.name], (name, still) => `${capital(loopNamed(around, name))} has ended while "${still}" still runs`),
    details: () => ['Its wait for feedback timed out, and later feedback is lost.'],
    evidence: ({ logged }) => (logged ? ['A log line beside the plan reports the head as FINISHED.'] : []),
    missing: ({ logged }) => (logged ? ['Whether plan and log are of the same moment.'] : []),
  },
  'loop-ends-apart': {
    message: ({ loop: around }) =>
      fitting([around.name], (name) => `Head and tail of ${loopNamed(around, name)} are in different slot sharing groups`),
    details: ({ headGroup, tailGroup }) => [
      `The head is in group ${shorten(headGroup, 60)}, the tail in ${shorten(tailGroup, 60)}, but both must run in the same slot.`,
    ],
  },
  'loop-found': {
    message: ({ loop: found, level, between }) =>
      fitting(
        [found.name],
        (name) =>
          `${capital(loopNamed(found, name))} from ${ORIGINS[found.origin]}, level ${level}, with ${plural(between, 'vertex', 'vertices')} inside`,
      ),
    details: ({ head, tail }) => [`Its head is ${vertexName(head)}, its tail ${vertexName(tail)}.`],
    evidence: ({ loop: found }) =>
      isGuessed(found) ? ['Head and tail are paired by their names, order and parallelism; the names carry no common number.'] : [],
  },
  'loop-half-open': {
    message: ({ vertex: end, missing, other }) =>
      fitting([end.name, other], (name, gone) => `"${name}" has no ${missing}: there is no ${gone} in this plan`),
    details: () => ['The file is a part of the plan, or the iteration was never closed.'],
    evidence: ({ truncated }) => (truncated ? ['The plan ends in the middle.'] : []),
    missing: ({ truncated }) => (truncated ? ['The rest of the plan.'] : []),
  },
  'loop-loses-feedback': {
    message: ({ loops }) => `Checkpoints do not contain the feedback of ${plural(loops, 'loop')}: a restore loses it`,
    details: ({ intervalMs, exactlyOnce }) => [
      `Checkpoints are taken every ${formatDuration(intervalMs)}; records on their way from tail to head are in none${exactlyOnce ? ', despite exactly-once mode' : ''}.`,
    ],
  },
  'loop-never-ends': {
    message: ({ loop: around }) =>
      fitting([around.name], (name) => `All sources have finished, but the head of ${loopNamed(around, name)} still runs`),
    details: () => ['Without a wait time it never ends.'],
    evidence: () => ['Every source is FINISHED, the head is RUNNING.'],
    missing: () => ['The argument of iterate(): with a wait time the loop may end soon.', 'Whether records still circulate.'],
  },
  'loop-never-ends-bounded': {
    message: () => 'iterate() without a wait time keeps this bounded job RUNNING for ever',
    details: () => ['All its sources end; the loop does not.'],
    evidence: () => ['The names of all sources are those of bounded ones.'],
  },
  'loop-parallelism-mismatch': {
    message: ({ loop: around, parallelism, headParallelism }) =>
      fitting([around.name], (name) => `The tail of ${loopNamed(around, name)} has parallelism ${parallelism}, the head ${headParallelism}`),
    details: () => [MUST_BE_EQUAL],
    evidence: ({ loop: around }) => pairedByOrder(around),
  },
  'loop-parallelism-mismatch-before-tail': {
    message: ({ loop: around, producer, parallelism, headParallelism }) =>
      fitting(
        [producer.name, around.name],
        (name, within) => `"${name}" before the tail of ${loopNamed(around, within)} has parallelism ${parallelism}, the head ${headParallelism}`,
      ),
    details: () => [MUST_BE_EQUAL],
    evidence: ({ loop: around }) => pairedByOrder(around),
  },
  'loop-side-entrance': {
    message: ({ vertex: outside, loop: around, entered }) =>
      fitting(
        [outside.name, around.name, entered.name],
        (from, name, to) => `"${from}" enters ${loopNamed(around, name)} at "${to}", not through its entry`,
      ),
    advice: () => ["Join it with the loop's input before the loop begins."],
  },
  'loop-stuck-in-dump': {
    message: ({ loop: around }) =>
      fitting(
        [around.name],
        (name) => `${capital(loopNamed(around, name))} is blocked: its tail waits for the feedback queue, its head for a buffer`,
      ),
    details: ({ tail, head }) => [
      `In the thread dump beside this plan "${shorten(tail)}" waits for the feedback queue, and "${shorten(head)}" for a buffer.`,
    ],
    evidence: () => ['Head and tail of the same subtask wait for each other over bounded queues.'],
    missing: () => ['A second dump some seconds later with the same threads at the same place.'],
  },
  'loop-unaligned-checkpoints': {
    message: () => 'Flink refuses unaligned checkpoints for a job with a loop',
    details: () => ['They can be forced; the job then cannot be rescaled with any guarantee.'],
  },
  'loop-unaligned-checkpoints-forced': {
    message: () => 'Unaligned checkpoints are forced for a job with a loop',
    details: () => ['The job runs, but cannot be rescaled with any guarantee.'],
  },
  'loop-without-entry': {
    message: ({ loop: around }) => fitting([around.name], (name) => `${capital(loopNamed(around, name))} has no entry: no source reaches its body`),
    details: () => ['Nothing can ever circulate in it.'],
  },
  'loop-without-exit': {
    message: ({ loop: around }) =>
      fitting([around.name], (name) => `${capital(loopNamed(around, name))} has no exit: no path leads from its body to a sink outside`),
    details: () => ['Records never leave it.'],
    evidence: () => ['No forward edge leaves the body for a sink.'],
    missing: ({ operators }) => (operators ? [] : ['Whether an operator of the body writes somewhere by itself.']),
  },
  'loops-interleaved': {
    message: ({ loops, count, vertices }) => {
      const more = count > loops.length ? ` and ${count - loops.length} more` : '';
      return fitting(
        loops.map(({ name }) => name),
        (...names) =>
          `${capital(loops.map((one, index) => loopNamed(one, names[index] ?? one.name)).join(' and '))}${more} overlap in ${plural(vertices, 'vertex', 'vertices')}`,
      );
    },
    details: () => ['Neither holds the other, as nested loops do.'],
    advice: () => ['Close the inner loop before the outer one.'],
  },
  'max-parallelism-too-small': {
    message: ({ vertex: narrow, parallelism, maxParallelism }) =>
      fitting([narrow.name], (name) => `"${name}" can hardly be rescaled: parallelism ${parallelism}, at most ${maxParallelism}`),
    details: () => ['Its key groups spread unevenly over the subtasks.'],
  },
  'max-parallelism-too-small-beyond': {
    message: ({ vertex: narrow, parallelism, maxParallelism }) =>
      fitting([narrow.name], (name) => `"${name}" has parallelism ${parallelism}, more than its maximum of ${maxParallelism}`),
  },
  'needless-rebalance': {
    message: ({ from, to, parallelism }) =>
      fitting([from.name, to.name], (a, b) => `REBALANCE from "${a}" to "${b}", both at parallelism ${parallelism}`),
    details: () => ['A full shuffle over the network, which FORWARD would spare, unless it is to even out skew.'],
    evidence: () => ['Both sides have the same parallelism.'],
    missing: () => ['Whether the input is skewed.'],
  },
  'network-buffers': {
    message: ({ needed, limit, available }) =>
      fitting([limit], (text) => `Each TaskManager needs about ${plural(needed, 'network buffer')}, but ${text} hold ${available}`),
    evidence: ({ buffers, taskManagers, slots, widest }) => [
      `${buffers} buffers for all channels and gates: 2 a channel, 8 a gate.`,
      `${taskManagers} TaskManagers of ${slots} slots for ${widest} subtasks.`,
    ],
    missing: () => ['How the scheduler spreads the subtasks.'],
  },
  'scope-levels-skipped': {
    message: ({ from, fromLevel, to, toLevel }) =>
      fitting(
        [from.name, to.name],
        (a, b) => `The edge from "${a}" (level ${fromLevel}) to "${b}" (level ${toLevel}) skips ${plural(Math.abs(fromLevel - toLevel) - 1, 'loop')}`,
      ),
    advice: ({ fromLevel, toLevel }) => [`Go through the ${toLevel > fromLevel ? 'entry' : 'exit'} of each loop.`],
  },
  'serial-bottleneck': {
    message: ({ vertex: narrow }) => fitting([narrow.name], (name) => `"${name}" has parallelism 1 between parallel operators`),
    details: () => ['All records pass through one subtask.'],
    evidence: ({ before, after }) => [`Parallelism ${before} before it and ${after} after it.`],
    missing: () => ['How many records arrive there.'],
  },
  'serial-bottleneck-global': {
    message: ({ vertex: narrow, parallelism }) =>
      fitting([narrow.name], (name) => `The GLOBAL edge into "${name}" sends all records to the first of its ${parallelism} subtasks`),
    evidence: () => ['GLOBAL uses the first subtask only.'],
    missing: () => ['How many records arrive there.'],
  },
  'join-without-key': {
    message: ({ vertex: join }) => fitting([join.name], (name) => `"${name}" has no equality between its inputs: one subtask gets all records`),
    details: () => ['A higher parallelism changes nothing.'],
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
    'slower-checkpoints': () => 'Checkpoints take longer under back-pressure.',
    'no-rescaling': () => 'The job cannot be rescaled from such a checkpoint with any guarantee.',
    'process-memory': () => 'Taken from the memory of the process: raise taskmanager.memory.process.size as well.',
    'flink-ml-library': () => 'Needs the flink-ml-iteration library.',
    'file-only-key-by': () => 'Changes the file only, to try what follows; the job needs the same keyBy on the iteration stream.',
    'file-only-rebalance': () => 'Changes the file only; the job needs .rebalance() in its code.',
    'file-only-parallelism': () => 'Changes the file only, to try what follows; the job needs .setParallelism in its code.',
  },
};

/** What to put in place of DataStream.iterate(): flink-ml's unbounded iteration (FLIP-176). */
export const SKELETON = `DataStreamList results =
    Iterations.iterateUnboundedStreams(
        DataStreamList.of(initial),   // variable streams: come back as feedback
        DataStreamList.of(data),      // data streams: the loop only reads them
        (variables, inputs) -> {
          DataStream<T> step = variables.<T>get(0).connect(inputs.<S>get(0)).process(new Step());
          return new IterationBodyResult(
              DataStreamList.of(step.filter(new Again())),
              DataStreamList.of(step.filter(new Done())));
        });
`;
