import { sameCause } from '../../analysis/log/causes.ts';
import type { CheckpointSubtask } from '../../analysis/log/checkpointBehind.ts';
import type {
  Cause,
  CauseFacts,
  Episode,
  EpisodeEvidence,
  EpisodeEvidenceFacts,
  Failed,
  FailedFacts,
  Failure,
  LostFacts,
  Thrown,
} from '../../analysis/log/failureModel.ts';
import type { CheckpointFailure } from '../../knowledge/checkpointFailures.ts';
import type { ConsequenceReason } from '../../knowledge/consequences.ts';
import { endKind } from '../../knowledge/processEnds.ts';
import { plainWords } from '../../knowledge/serviceAnswers.ts';
import { eventKind } from '../../log/events.ts';
import type { Damage } from '../../log/model.ts';
import { parseTaskName, shortTask } from '../../log/taskNames.ts';
import type { Incomplete, IncompleteFacts } from '../../log/traces/throwables.ts';
import { oneLine } from '../../text.ts';
import { capital, fitting, formatBytes, formatDuration, grouped, list, plural, type Saying, say, shorten, type Words } from '../../wording.ts';
import { briefThrown, firstSentence, innermost, squeezed, thrownWithin } from './brief.ts';

/** What is said of failures: by findings, and by the views and editor features above them. */

const FAILED: Words<FailedFacts> = {
  task: ({ name, subtask }) => `${subtask === null ? 'Task' : `Subtask ${subtask} of`} ${shortTask(name ?? '?')} failed`,
  process: ({ event }) => eventKind(event)?.title ?? event,
  worker: ({ id }) => `TaskManager ${id} ended`,
  missing: ({ process, id }) => `${process} ${id} is missed`,
  enumerator: ({ source }) => `The split enumerator of source ${source} failed`,
  shutdown: () => 'Shutdown of the process',
  'global-failure': () => 'The job as a whole failed',
  'job-reported': () => 'The job failed',
  'request-failed': () => 'A request to the REST API failed',
  'operator-error': ({ resource, state, error }) =>
    `The Kubernetes operator reports ${error === null ? 'an error' : `"${shorten(error, 60)}"`} of ${resource ?? 'a resource'} (${state})`,
  'restart-refused': ({ job }) => `The restart strategy gave up job ${job}`,
  'job-ended': ({ job }) => `Job ${job} ended as FAILED`,
  'job-switched': ({ job, from, to }) => `Job ${job} went from ${from} to ${to}`,
  exception: ({ message, named }) =>
    message !== null ? `Exception with "${message.slice(0, 100)}"` : named ? 'Exception in the text' : 'A stack trace',
};

/** "Subtask 3/4 of Map failed". */
export const failureTitle = ({ failed }: Failure): string => say(FAILED, failed);

const thrownText = ({ className, message }: { className: string; message: string }): string =>
  message === '' ? className : `${className}: ${message}`;

/** `thrown`: how an exception is written. */
const causes = (thrown: (one: Thrown) => string): Words<CauseFacts> => ({
  exception: ({ root, within }) => (within === null ? thrown(root) : `${thrown(root)} (in ${thrown(within)})`),
  'out-of-memory': ({ pool }) => `${thrown({ className: 'java.lang.OutOfMemoryError', message: pool ?? '' })}`,
  'container-killed': ({ limit, oom, exitCode }) => {
    if (limit !== null) return `container killed: over its ${limit} memory limit${exitCode === null ? '' : ` (exit code ${exitCode})`}`;
    if (oom) return 'container killed: OOMKilled';
    return exitCode === null ? 'container killed on request' : `container killed with SIGKILL (exit code ${exitCode})`;
  },
  'process-ended': ({ reason, exitCode, detail, master }) => {
    const title = endKind(reason).title;
    const code = exitCode === null || /exit codes? /.test(title) ? '' : ` (exit code ${exitCode})`;
    return `${master ? 'the ApplicationMaster' : 'the container'} ${title}${detail === null ? code : `: ${detail}`}`;
  },
  'jvm-crash': ({ signal, frame, library, wanted }) => {
    if (wanted !== null) return `the JVM got no memory from the operating system: ${wanted}`;
    const where = library ?? frame;
    return `the JVM crashed${signal === null ? '' : ` with ${signal}`}${where === null ? '' : ` in ${where}`}`;
  },
  python: ({ raised }) => `${thrown(raised)} (in Python)`,
  checkpoint: ({ id, expired, afterMs, root, reason }) => {
    const which = id === null ? 'the last checkpoint' : `checkpoint ${id}`;
    if (expired) return `${which} expired${afterMs === null ? '' : ` after ${formatDuration(afterMs)}`}`;
    return `${which} failed${root !== null ? `: ${thrown(root)}` : reason === null ? '' : `: ${reason}`}`;
  },
  'cancel-ignored': ({ task, at }) => `${task} does not react to its cancellation${at === null ? '' : `, in ${at}`}`,
  slots: ({ required, offered }) => `not enough slots: ${required} required, ${offered} offered`,
  'worker-refused': ({ root }) =>
    root === null ? 'TaskManagers were started and did not register' : `no TaskManager could be started: ${thrown(root)}`,
  'state-unmapped': ({ operator, path, maximum }) =>
    maximum === null
      ? `operator ${operator} of the restored state is not in the job${path === '' ? '' : ` (${path})`}`
      : `operator ${operator}: maximum parallelism ${maximum.restored} in the restored state, ${maximum.now} in the job`,
  'serializer-changed': ({ of, before, now }) => serializerText(of, before, now),
  'leadership-lost': ({ how, seconds, root }) => {
    const why = how === 'lease' ? `its lease was not renewed${seconds === null ? '' : ` for ${seconds} s`}` : 'the connection to ZooKeeper is gone';
    return `leadership lost${how === null ? '' : `: ${why}`}${root === null ? '' : ` (${thrown(root)})`}`;
  },
  signal: ({ name }) => `SIG${name ?? ''} from outside`,
});

function serializerText(of: string, before: string, now: string): string {
  return before === now
    ? `the ${of} was written by a ${before} that is not compatible with this one`
    : `the ${of} serializer changed from ${before} to ${now}, which is not compatible`;
}

const CAUSES = causes(thrownText);

/** "java.io.IOException: disk full". */
export const causeText = (cause: Cause): string => say(CAUSES, cause);

/** The memory that an OutOfMemoryError names; null for another exception. */
function poolOf({ root, within }: CauseFacts['exception']): string | null {
  const thrown = within ?? root;
  return /(?:^|\.)OutOfMemoryError$/.test(thrown.className) ? thrown.message : null;
}

/** Behind the name of the pool stand numbers, and from Flink sentences about what it may mean. */
function exhausted(pool: string): string {
  const [name = ''] = pool.split(/\. | \(/, 1);
  return name === '' ? 'out of memory' : `out of memory: ${name}`;
}

/** Where the root says nothing by itself, what it was wrapped into does. */
const BRIEF_CAUSES: Words<CauseFacts> = {
  ...causes(briefThrown),
  exception: (facts) => {
    const pool = poolOf(facts);
    if (pool !== null) return exhausted(pool);
    // Its message counts bytes and goes on about garbage collection.
    return /(?:^|\.)MemoryReservationException$/.test(facts.root.className)
      ? 'managed memory of the slot does not suffice'
      : briefThrown(facts.within ?? facts.root);
  },
  'out-of-memory': ({ pool }) => exhausted(pool ?? ''),
  'process-ended': (facts) => CAUSES['process-ended']({ ...facts, detail: facts.detail === null ? null : firstSentence(facts.detail) }),
  'cancel-ignored': ({ task, at }) =>
    `${shortTask(task)} ignores its cancellation${at === null ? '' : `, in ${at.replace(/^(?:[a-z_][\w]*\.)+/, '')}`}`,
  'serializer-changed': ({ of, before, now }) => serializerText(of, innermost(before), innermost(now)),
  'state-unmapped': ({ operator, maximum }) =>
    maximum === null
      ? `operator ${operator} of the restored state is not in the job`
      : `operator ${operator}: maximum parallelism was ${maximum.restored}, is ${maximum.now}`,
};

/** "IOException: disk full", for a first sentence; at most `room` characters. */
function briefCause(cause: Cause, room: number): string {
  const plain = cause.code === 'python' ? plainWords(thrownText(cause.facts.raised)) : null;
  if (plain !== null) return shorten(plain, room);
  const text = unended(oneLine(say(BRIEF_CAUSES, cause)));
  return isThrown(cause) && cause.code === 'exception'
    ? thrownWithin(cause.facts.within ?? cause.facts.root, text, room)
    : shorten(squeezed(text, room), room);
}

const CONSEQUENCES: Readonly<Record<ConsequenceReason, string>> = {
  cancelled: 'the subtask was cancelled',
  'peer-failed': 'the TaskManager at the other end failed first',
  'partition-missing': 'the producer of the partition had failed or was not there yet',
  'producer-failed': 'the producer of the partition failed first',
  'producer-disconnected': 'the connection to the producer is gone',
  'going-down': 'its process or its job was already going down',
  'peer-silent': 'the other process was silent',
  'peer-ended': 'the other process has ended',
  'peer-closed': 'the process at the other end closed the connection',
  'callee-gone': 'the process that was called is gone',
  interrupted: 'the thread was interrupted, as a rule by a cancellation',
  'slots-gone': 'the ResourceManager had removed its TaskManager from the cluster',
  'slots-lost': 'the slots of a TaskManager that was lost are missing',
  'restart-refused': 'the job had failed as often as its restart strategy allows',
  'lost-leadership': 'another JobManager has taken over the job',
  'being-torn-down': 'the task was being torn down already',
};

/** "the subtask was cancelled". */
export const consequenceText = (reason: ConsequenceReason): string => CONSEQUENCES[reason];

const LOST: Words<LostFacts> = {
  unreachable: ({ process, id }) => `${process} ${id} is no longer reachable`,
  silent: ({ process, id }) => `nothing is heard of ${process} ${id}`,
  disconnected: ({ peer }) => `the connection to TaskManager ${peer} is lost`,
};

const LOST_HEADLINES: Words<LostFacts> = {
  unreachable: ({ process, id }) => `Lost contact with ${process} ${id}`,
  silent: ({ process, id }) => `Lost contact with ${process} ${id}`,
  disconnected: ({ peer }) => `Lost the connection to TaskManager ${peer}`,
};

const MAX_CAUSE_LENGTH = 300;

/** What a crash report says beyond the first sentence. */
function crashText(cause: Cause): string {
  if (cause.code !== 'jvm-crash') return '';
  const { frame, memory } = cause.facts;
  return `${frame === null ? '' : `; problematic frame ${frame}`}${memory === null ? '' : `; memory: ${memory}`}`;
}

const EVIDENCE: Words<EpisodeEvidenceFacts> = {
  first: ({ failure }) => {
    const cause = failure.cause === null ? '' : `: ${shorten(causeText(failure.cause), MAX_CAUSE_LENGTH)}${crashText(failure.cause)}`;
    const title = failureTitle(failure);
    // The cause may say in other words that this failed.
    if (failure.seen && cause.toLowerCase().startsWith(`: ${title.toLowerCase()}`)) return capital(cause.slice(2));
    return failure.seen || cause !== '' ? `${title}${cause}` : `${title} before this line: only its final state is reported`;
  },
  further: ({ failure }) =>
    failure.consequence === null ? failureTitle(failure) : `${failureTitle(failure)}: ${consequenceText(failure.consequence)}`,
  cancelled: ({ count }) => `${count} subtask${count === 1 ? ' is' : 's are'} cancelled from here on`,
  lost: ({ lost }) => say(LOST, lost),
};

export const evidenceText = (evidence: EpisodeEvidence): string => say(EVIDENCE, evidence);

/** Nobody reads on in a first sentence that is longer. */
const MAX_SENTENCE_LENGTH = 100;
/** So much of it is left beside the longest word for a certainty. */
const MAX_HEADLINE_LENGTH = 89;

/** What failed first and why, in one sentence of at most 100 characters. */
export function verdictLine(episode: Episode): string {
  const { first, rest } = episode;
  const suspected = first.causeCertainty === 'suspected' && !dealtWith(first, rest) && !episode.symptomOnly ? ' (suspected)' : '';
  const lead = leadText(episode, 'First failure: ', MAX_SENTENCE_LENGTH - suspected.length - 1);
  return ended(`${lead}${suspected}`);
}

/** The same, and whom it struck and what followed. */
export const verdictText = (episode: Episode): string => [verdictLine(episode), ...episodeDetails(episode)].join(' ');

/** What is told in one finding: failures of one cause, the first of them the `number`th `of` all in the text. */
export interface FailureCount {
  number: number;
  of: number;
  /** So many have this cause. */
  count: number;
  /** Causes in the text. */
  causes: number;
}

/** What failed first and why, for a list of problems. */
export function episodeHeadline(episode: Episode, { number, of, count }: FailureCount): string {
  const often = count > 1 ? `, ${grouped(count)} times` : '';
  const before = number > 1 ? `Failure ${grouped(number)} of ${grouped(of)}: ` : '';
  const room = MAX_HEADLINE_LENGTH - often.length;
  const lead = before === '' ? leadText(episode, 'First failure: ', room) : `${before}${leadText(episode, '', room - before.length)}`;
  return `${lead}${often}`;
}

/** What the headline leaves out. */
export function countTexts({ number, of, count, causes }: FailureCount): string[] {
  if (of < 2) return [];
  return [
    ...(number === 1 ? [`${plural(of, 'failure')}, ${plural(causes, 'cause')}.`] : []),
    ...(count > 1 && causes > 1 ? [`${grouped(count)} of ${grouped(of)} failures have this cause.`] : []),
  ];
}

/** Whom a failure struck, and what followed from it; without what its headline says. */
export function episodeDetails(episode: Episode): string[] {
  const { cancelled } = episode;
  const parts = [...recoveryText(episode), ...restText(episode)];
  const alone = episode.rest.filter((one) => one.consequence === null);
  const same = alone.filter((one) => sameCause(one.cause, episode.first.cause));
  const own = alone.filter((one) => !same.includes(one));
  const consequences = episode.rest.length - alone.length;
  if (same.length > 0) parts.push(`${plural(same.length, 'other failure has', 'other failures have')} the same cause.`);
  if (consequences > 0) parts.push(`${plural(consequences, 'further failure')} followed from it.`);
  if (own.length > 0) {
    const [time, first] = [own[0]?.time ?? null, episode.first.time];
    const after = time !== null && first !== null && time >= first ? ` ${formatDuration(time - first)} later` : '';
    const causes = own.length === 1 ? 'a cause of its own' : 'causes of their own';
    parts.push(`${plural(own.length, 'other failure')} came${after} with ${causes}.`);
  }
  if (cancelled.length > 0) parts.push(`${plural(cancelled.length, 'subtask was', 'subtasks were')} cancelled.`);
  return parts;
}

/** The job went on by itself, which a headline of a failure hides. */
function recoveryText({ recovery, first }: Episode): string[] {
  if (recovery === null) return [];
  const { ms, checkpoints, failures } = recovery;
  // Of a leader that was lost the headline says so.
  const again = first.cause?.code === 'leadership-lost' ? 'It' : `The job runs ${failures > 1 ? 'after the last of its failures' : 'again'}: it`;
  const since = checkpoints === 1 ? 'a checkpoint has' : `${grouped(checkpoints)} checkpoints have`;
  return [`${again} was back within ${formatDuration(ms)}, and ${since} completed since.`];
}

/** The first sentence, without its full stop. `before`: what goes before a cause that is an exception. */
function leadText({ first, rest, symptomOnly, lost, recovery }: Episode, before: string, room: number): string {
  const sentence = (start: string, text: string, after = '') => `${start}${shorten(text, room - start.length - after.length)}${after}`;
  if (symptomOnly) {
    if (first.failed.code === 'missing') return sentence('Lost contact with ', missedName(first.failed.facts), READ_ITS_LOG);
    if (lost !== null) return sentence('', say(LOST_HEADLINES, lost), READ_ITS_LOG);
    return sentence('Only a consequence is in this text: ', first.consequence === null ? failureTitle(first) : consequenceText(first.consequence));
  }
  if (first.cause === null) {
    if (!first.seen) return sentence(before, subject(first), '; its cause came before this text');
    if (first.kind === 'exception') return sentence('', 'Stack trace without its exception line');
    const told = first.failed.code === 'operator-error' && first.failed.facts.error !== null;
    return sentence(before, subject(first), told ? '' : '; no exception is printed with it');
  }
  if (recovery !== null && first.cause.code === 'leadership-lost') {
    const end = '; the job runs again';
    return `${capital(briefCause(first.cause, room - end.length))}${end}`;
  }
  const start = dealtWith(first, rest) ? 'Exception: ' : isThrown(first.cause) ? before : '';
  const cause = briefCause(first.cause, room - start.length);
  return sentence(start, start === '' ? capital(cause) : cause);
}

const READ_ITS_LOG = '; read its log';

/** Causes that are named by an exception alone; the others say that something failed. */
const isThrown = (cause: Cause): boolean => cause.code === 'python' || (cause.code === 'exception' && poolOf(cause.facts) === null);

const missedName = ({ process, id }: { process: string; id: string }): string => `${process} ${id}`;

/** "subtask 3/4 of Map". */
const subject = (failure: Failure): string => {
  const title = failureTitle(failure).replace(/ failed$/, '');
  return title.slice(0, 1).toLowerCase() + title.slice(1);
};

const dealtWith = (first: Failure, rest: readonly Failure[]): boolean =>
  first.kind === 'exception' && first.causeCertainty === 'suspected' && rest.length === 0;

/** Whose part of a checkpoint failed. */
const checkpointOf = ({ checkpoint, task, subtask, host }: CheckpointSubtask): string =>
  `Checkpoint ${checkpoint} failed in subtask ${subtask} of ${shortTask(task)}${host === null ? '' : ` on ${host}`}.`;

/** What the first sentence leaves open: whom it struck, and how sure that is. */
function restText({ first, rest, symptomOnly, lost }: Episode): string[] {
  if (symptomOnly) {
    if (first.failed.code === 'missing') return ['Why it is gone is not in this text.'];
    const reason = first.consequence === null || lost === null ? '' : ` because ${consequenceText(first.consequence)}`;
    return [`${failureTitle(first)}${reason}.`, lost === null ? 'What failed first is not in this text.' : 'Why is not in this text.'];
  }
  if (first.cause === null) return [];
  const struck = [
    ...struckText(first),
    ...(first.checkpoint?.subtask == null ? [] : [checkpointOf(first.checkpoint.subtask)]),
    ...(first.about === undefined ? [] : [`It is about ${shorten(first.about, 200)}.`]),
  ];
  if (dealtWith(first, rest)) return [...struck, 'No subtask and no job fails in this text, so it may have been dealt with.'];
  if (first.causeCertainty === 'suspected') return [...struck, 'It was thrown shortly before; the text does not tie the two together.'];
  return struck;
}

/** A subtask runs in a thread of its name. */
function threadText(thread: string): string {
  const name = parseTaskName(thread);
  return name === null ? `It was in thread "${shorten(thread)}".` : `It ran subtask ${name.subtask}/${name.parallelism} of ${shortTask(name.task)}.`;
}

/** Nothing where the cause has said it already. */
function struckText(first: Failure): string[] {
  const { failed, cause } = first;
  if (failed.code === 'shutdown' || (failed.code === 'exception' && failed.facts.message === null)) return [];
  if (cause?.code === 'jvm-crash')
    return [
      ...(cause.facts.thread === null ? [] : [threadText(cause.facts.thread)]),
      ...(cause.facts.report === null ? [] : [`Its report: ${cause.facts.report}.`]),
    ];
  if (failed.code === 'process' && (cause?.code === 'out-of-memory' || cause?.code === 'container-killed')) return [];
  if (failed.code === 'exception') return [`It is printed with "${shorten(oneLine(failed.facts.message ?? ''), 100)}".`];
  return [`${failureTitle(first)}.`];
}

/** To go on after: without its own full stop. */
const unended = (text: string): string => text.replace(/(?<![\s.])[\s.]+$/, '');

const ended = (text: string): string => (/[!?…]$/.test(text) ? text : `${text}.`);

const DAMAGES: Readonly<Record<Damage, string>> = {
  'joined-frames': 'frames stand on one line or without "at"',
  'frames-left-out': 'frames were left out ("...")',
};

/** What is wrong with the text of a trace. */
export const damageText = (damage: Damage): string => DAMAGES[damage];

const INCOMPLETE: Words<IncompleteFacts> = {
  damaged: ({ how }) => `the text of this trace is damaged (${damageText(how)})`,
  uncounted: () => 'the text does not say how many frames are left out',
  'no-enclosing': () => 'the trace around it is not in the text',
  'enclosing-incomplete': () => 'the trace around it is incomplete itself',
  'enclosing-too-short': ({ frames }) => `the trace around it has only ${frames === 1 ? 'one frame' : `${frames} frames`}`,
  'enclosing-cut': () => 'frames were left out ("...") in the trace around it',
};

/** Why "... N more" is not filled in. */
export const incompleteText = (why: Incomplete): string => say(INCOMPLETE, why);

/** What is told of a state change that does not fit; `count`: of so many attempts. */
export interface TransitionFacts {
  illegal: { name: string; from: string; to: string; count: number };
  gap: { name: string; from: string; expected: string | null; count: number };
}

const whose = (name: string, count: number): string => (count > 1 ? `${grouped(count)} attempts` : name);

/** What is said of state changes that do not fit. */
export const TRANSITIONS: Words<TransitionFacts> = {
  illegal: ({ name, from, to, count }) => fitting([name], (one) => `Flink has no switch from ${from} to ${to}: ${whose(one, count)}`),
  gap: ({ name, from, expected, count }) => fitting([name], (one) => `Log gap: no ${from} after ${expected} for ${whose(one, count)}`),
};

/** "Map (3/4)". */
export const attemptName = (task: string | null, subtask: string | null): string =>
  `${shortTask(task ?? '?')}${subtask === null ? '' : ` (${subtask})`}`;

/** A failure that followed from another one; `count`: so many for the same reason. */
export interface ConsequenceMessageFacts {
  failed: Failed;
  consequence: ConsequenceReason;
  first: Failed;
  count: number;
}

/** `at`: the method where its thread stands; `own`: the one of the job that called it; `same`: all stacks are equal. */
export interface StuckFacts {
  task: string;
  at: string | null;
  own: string | null;
  stacks: number;
  same: boolean;
}

/** `lasts`: milliseconds to the end of the text; `refused`: checkpoints that were not triggered meanwhile. */
/** `first`, `last`: ids of the checkpoints; `completed`: of the last one that did. */
export type CheckpointsFailFacts = {
  failed: number;
  first: string;
  last: string;
  reason: CheckpointFailure;
  cause: Cause | null;
  completed: string | null;
  /** Their tasks tell of them, not the JobManager. */
  byTasks: boolean;
  /** One has completed since. */
  over: boolean;
  /** Whose part of the newest failed. */
  of: CheckpointSubtask | null;
  /** Subtasks that had not acknowledged, by task. */
  late: readonly { task: string; subtasks: readonly number[]; of: number | null }[];
};
export type CheckpointsSlowFacts = { count: number; longestMs: number; bytes: number };
export type CheckpointsNotTriggeredFacts = { task: string | null; count: number; ms: number };
export type NotFoundFacts = { who: string; address: string; attempts: number; lasts: number | null; why: string | null };
export type NeverRunsFacts = { task: string; subtasks: readonly string[]; state: string; lasts: number; refused: number };

/** What is told of a heartbeat that was lost in collections. */
export interface CollectorPauseFacts {
  process: string;
  id: string;
}

/** "Slow.map". */
const briefMethod = (method: string): string => method.split('.').slice(-2).join('.');

/** The findings that are made of their facts alone. */
const lateText = ({ task, subtasks, of }: CheckpointsFailFacts['late'][number]): string =>
  subtasks.length > 3
    ? `${subtasks.length}${of === null ? '' : ` of ${of}`} subtasks of "${task}"`
    : `${subtasks.length === 1 ? 'subtask' : 'subtasks'} ${list(subtasks.map(String))} of "${task}"`;

export const LOG_FINDINGS: {
  consequence: Saying<ConsequenceMessageFacts>;
  stuck: Saying<StuckFacts>;
  collectorPause: Saying<CollectorPauseFacts>;
  neverRuns: Saying<NeverRunsFacts>;
  notFound: Saying<NotFoundFacts>;
  checkpointsFail: Saying<CheckpointsFailFacts>;
  checkpointsSlow: Saying<CheckpointsSlowFacts>;
  checkpointsNotTriggered: Saying<CheckpointsNotTriggeredFacts>;
} = {
  consequence: {
    message: ({ failed, consequence, count }) => {
      const reason = CONSEQUENCES[consequence];
      return count > 1 ? `${grouped(count)} failures because ${reason}` : fitting([say(FAILED, failed)], (title) => `${title} because ${reason}`);
    },
    details: ({ first }) => [`What failed first: ${say(FAILED, first)}.`],
  },
  stuck: {
    message: ({ task, at, own }) => {
      const method = own ?? at;
      return method === null
        ? fitting([task], (name) => `${name} does not react to its cancellation`)
        : fitting([task, briefMethod(method)], (name, where) => `${name} does not react to its cancellation: in ${where}`);
    },
    details: ({ at, own, stacks, same }) => [
      ...(at === null ? [] : [`It stands in ${at}${own === null || own === at ? '' : `, called from ${own}`}.`]),
      ...(stacks < 2
        ? []
        : [same ? `All ${stacks} stacks are the same: it is stuck.` : `The ${stacks} stacks differ: it is slow rather than stuck.`]),
    ],
    missing: () => ['Which lock or condition it waits for: a thread dump (jstack -l) shows it.'],
  },
  neverRuns: {
    message: ({ task, state, lasts, refused }) =>
      fitting(
        [shortTask(task)],
        (name) => `${name} does not begin to run: ${state} for ${formatDuration(lasts)}${refused > 0 ? ', no checkpoint since' : ''}`,
      ),
    details: ({ subtasks, refused }) => [
      ...(subtasks.length === 0 ? [] : [`${subtasks.length === 1 ? 'Subtask' : 'Subtasks'} ${list(subtasks, 10)}.`]),
      ...(refused > 0 ? [`${plural(refused, 'checkpoint was', 'checkpoints were')} not triggered, because not all tasks run.`] : []),
    ],
    advice: () => [
      'Take a thread dump of its TaskManager: it shows where the task stands, in initializeState() or open(), or in restoring its state.',
    ],
    evidence: ({ state }) => [`No later state than ${state} is in the text, which goes on.`],
    missing: () => ['The rest of the log: whether it begins to run after all.'],
  },
  notFound: {
    message: ({ who, attempts, lasts }) =>
      `The ${who} is not found: ${attempts} attempts${lasts === null ? '' : ` in ${formatDuration(lasts)}`}, and none was answered`,
    details: ({ address }) => [`It is looked for at ${address}.`],
    advice: ({ who }) => [
      'From the machine of this process: does the name in the address resolve, is the port open (network policies, firewalls), and does a JobManager run there as leader?',
      ...(who === 'ResourceManager'
        ? ['Where the address comes from: jobmanager.rpc.address and jobmanager.rpc.port, or with high availability what its store says.']
        : []),
    ],
    evidence: ({ why }) => (why === null ? [] : [why]),
    missing: () => ['The log of the JobManager at that time: whether it ran, and which address it had.'],
  },
  checkpointsFail: {
    message: ({ failed, last, reason, cause, byTasks, over, late }, room) => {
      const which = failed === 1 ? `Checkpoint ${last}` : over || byTasks ? `${failed} checkpoints` : `The last ${failed} checkpoints`;
      if (reason === 'expired') {
        const [only] = late;
        if (only !== undefined && late.length === 1 && !over)
          return fitting(
            [shortTask(only.task)],
            (name) => `${which} expired: ${lateText({ ...only, task: name })} did not acknowledge in time`,
            room,
          );
        return `${which} expired before all subtasks had acknowledged${over ? '; a later one completed' : ''}`;
      }
      const what = `${which} failed`;
      return cause === null ? what : `${what}: ${briefCause(cause, room - what.length - 2)}`;
    },
    details: ({ failed, first, last, completed, byTasks, over, of, late }) => [
      ...(failed === 1
        ? []
        : over || byTasks
          ? [`Checkpoints ${first} to ${last} are the first and the last of them.`]
          : [`Checkpoints ${first} to ${last} failed one after the other.`]),
      ...(of === null ? [] : [checkpointOf(of)]),
      ...late.slice(0, 5).map((one) => `${capital(lateText(one))} had not acknowledged.`),
      byTasks
        ? 'No task failed of it: the job runs on, and with the next failure it goes back to the last checkpoint that completed.'
        : completed === null
          ? 'No checkpoint completes in this text.'
          : `The last one that completed is ${completed}.`,
    ],
    missing: ({ reason, byTasks, late }) =>
      reason !== 'expired'
        ? byTasks
          ? ['Whether others completed: only the log of the JobManager says it.']
          : []
        : late.length > 0
          ? ['What its thread was at: a thread dump of its TaskManager while a checkpoint is open.']
          : ['Which subtask did not acknowledge: /jobs/JOB/checkpoints/details/ID, or a thread dump while a checkpoint is open.'],
  },
  checkpointsSlow: {
    message: ({ count, longestMs, bytes }) =>
      `The last ${count} checkpoints took up to ${formatDuration(longestMs)} for at most ${formatBytes(bytes)}: barriers wait`,
    details: () => [
      'So little takes no storage that long: its barriers wait behind records, as under back-pressure, or for a task that is busy in one call.',
    ],
    missing: () => ['Where they wait: start delay and alignment in /jobs/JOB/checkpoints/details/ID, or a thread dump while a checkpoint is open.'],
  },
  checkpointsNotTriggered: {
    message: ({ task, count }) => {
      const times = plural(count, 'time');
      return task === null
        ? `No checkpoint is triggered, ${times} in a row: not all tasks run`
        : fitting([task], (name) => `No checkpoint is triggered, ${times} in a row: ${name} does not run`);
    },
    details: ({ ms }) => [`For ${formatDuration(ms)}, up to the end of this text.`],
    missing: () => ['What the task is at: its state in /jobs/JOB, and the log of its TaskManager.'],
  },
  collectorPause: {
    message: ({ process, id }) => fitting([id], (name) => `${process} ${name} missed its heartbeat: its JVM stood still in collections`),
  },
};

/** What would tell more about a failure. */
export const MISSING = {
  dependency: 'The log of the process that this one depends on: its failure came first.',
  earlier: 'The text before this line: the failure and its exception stand there.',
  exception: 'The exception: look into the log of the TaskManager that ran it.',
};

/** What stands at other places of a finding, and its fixes. */
export const LOG_NOTES = {
  evidence: (line: string, text: string) => `Line ${line}: ${text}`,
  failure: (number: number, title: string) => `Failure ${grouped(number)}: ${title}`,
  failedFirst: 'This failed first',
  before: (from: string, to: string) => `Before: ${from} to ${to}`,
  repeated: 'Printed again',
  standsAt: (title: string, meaning: string) => `${title}: ${meaning}`,
  firstOfThem: 'The first of them failed here',
  left: (count: number) => `${plural(count, 'more failure')} with other causes: see the report.`,
  copyExplanation: 'Copy the explanation',
  copyOption: (option: string) => `Copy the option ${option}`,
};

/** The class of an exception whose first line is missing. */
export const classText = (className: string | null): string => className ?? '(class not in the text)';

/** What is said of the places that show a known bug, and what would tell it for certain. */
export const ISSUE = {
  sign: 'A sign of it',
  version: 'The exact Flink version: not every version that fits the log has the bug.',
  dump: 'A thread dump of the process while it stands still.',
  confirm: (what: string): string => `What would show it: ${what}.`,
};
