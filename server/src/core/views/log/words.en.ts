import type { GraphDocument } from '../../../../../common/graph.ts';
import type { LogFilter } from '../../../../../common/logFilter.ts';
import type { Speaker, Talk } from '../../analysis/log/componentTalk.ts';
import type { OutlookFacts, Stopped } from '../../analysis/log/outlook.ts';
import type { BackOffPrediction, Relation, RelationFacts, WrapPlace } from '../../analysis/log/relations.ts';
import type { Category, CategoryFacts } from '../../analysis/log/study.ts';
import type { FailureCategory } from '../../knowledge/failureCategories.ts';
import { MEMORY_POOLS } from '../../knowledge/memoryErrors.ts';
import { eventKind } from '../../log/events.ts';
import type { TraceFrame } from '../../log/model.ts';
import { shortTask } from '../../log/taskNames.ts';
import { formatStamp } from '../../log/time.ts';
import type { FlinkVersion } from '../../model.ts';
import { formatDuration, grouped, list, plural, say, shorten, type Words } from '../../wording.ts';

/** What reports, graphs and the texts of relations say. */

const SPEAKERS: Readonly<Record<Speaker, string>> = {
  'task-executor': 'TaskExecutor',
  'job-manager': 'JobManager',
  'checkpoint-coordinator': 'CheckpointCoordinator',
  'source-tasks': 'source tasks',
  task: 'task',
  'resource-manager': 'ResourceManager',
  'task-manager': 'TaskManager',
  'peer-task-manager': 'TaskManager (peer)',
  client: 'client',
  dispatcher: 'Dispatcher',
  tasks: 'tasks',
  'container-runtime': 'Kubernetes or YARN',
  'flink-process': 'Flink process',
  outside: 'somebody outside',
  'other-flink-process': 'another Flink process',
  'iteration-tail': 'iteration tail',
  'iteration-head': 'iteration head',
  process: 'process',
};

const TALK: Readonly<Record<Talk, (value: string) => string>> = {
  'reports-final-state': (value) => `reports the final state ${value}`,
  'submits-task': () => 'submits a task',
  'deploys-task': () => 'deploys a task',
  'cancels-task': () => 'cancels a task',
  'triggers-checkpoint': () => 'triggers a checkpoint',
  'declines-checkpoint': () => 'declines a checkpoint',
  registers: () => 'registers',
  'closes-connection': () => 'closes the connection',
  'loses-connection': () => 'exchanges data; the connection was lost',
  'asks-for-partition': () => 'asks for a partition',
  'misses-partition': () => 'asks for a partition that is not there',
  'registers-for-job': () => 'registers for a job',
  'asks-for-slot': () => 'asks for a slot',
  'offers-slots': () => 'offers its slots',
  'leaves-without-slots': () => 'leaves, as no slot of the job is left',
  'declares-slots': () => 'declares the slots it needs',
  'gets-no-slots': () => 'does not get the slots it needs',
  'submits-job': () => 'submits a job',
  'acknowledge-checkpoint': () => 'acknowledge a checkpoint',
  'answers-late': () => 'answers after the checkpoint has expired',
  'asks-for-task-manager': () => 'asks for a TaskManager',
  'tells-end-of-task-manager': () => 'reports that a TaskManager has ended',
  'kills-container': () => 'kills its container',
  'tells-to-stop': () => 'tells it to stop',
  'cannot-connect': () => 'cannot reach it by RPC',
  'feeds-back': () => 'feeds records back',
  'cannot-reach': () => 'cannot reach',
  'misses-heartbeats': () => 'expects heartbeats of',
};

/** "caught and wrapped at p.Sink.write:12 (the call itself is at :10)". */
export function wrapText({ method, line, call }: WrapPlace): string {
  const place = line === null ? method : `${method}:${line}`;
  return `caught and wrapped at ${place}${call === null ? '' : ` (the call itself is at :${call})`}`;
}

/** Who is related to whom, and how. */
export interface RelationText {
  from: string;
  to: string;
  how: string;
}

const RELATIONS: { readonly [C in keyof RelationFacts]: (facts: RelationFacts[C]) => RelationText } = {
  call: ({ from, to, self }) => ({ from, to, how: self ? 'calls itself or an overload' : 'calls' }),
  operator: ({ from, to }) => ({ from, to, how: 'hands its records on to (chained in one task)' }),
  component: ({ from, to, talk, value }) => ({ from: SPEAKERS[from], to: SPEAKERS[to], how: TALK[talk](value) }),
  cause: ({ from, to, at }) => ({ from, to, how: wrapText(at) }),
  gc: ({ verdict, named }) => ({
    from: 'TaskManager',
    to: 'JVM garbage collector',
    how: `${named ? 'the message names slow garbage collection as a possibility (fixed text)' : 'a long collection would explain it'}: ${verdict}`,
  }),
};

export function relationText(relation: Relation): RelationText {
  const words = RELATIONS[relation.code] as (facts: Relation['facts']) => RelationText;
  return words(relation.facts);
}

/**
 * Where a relation comes from. Not a `Certainty`: what is stated and what is derived (computed from what is stated) are both
 * proved, and a reader who checks them looks in different places.
 */
export type Grounds = 'stated' | 'derived' | 'inferred';

export function groundsText({ certainty, printed }: Pick<Relation, 'certainty' | 'printed'>): Grounds {
  return certainty !== 'proved' ? 'inferred' : printed ? 'stated' : 'derived';
}

/** What a GC log would show if the back-off was at work. `dated`: the clock of the log has dates. */
export function predictionText({ version, backOffMs, asked, failed }: BackOffPrediction, dated: boolean): string {
  return `In ${version} the reservation sleeps 1 + 2 + … + 1024 ms = ${backOffMs} ms before it fails, so memory was asked for at ${formatStamp(asked, dated)} or before; a GC log would show up to 3 collections with cause System.gc() between then and ${formatStamp(failed, dated)}.`;
}

const KNOWN: Readonly<Record<FailureCategory, string>> = {
  memory: 'Memory',
  'stuck-cancellation': 'Stuck cancellation',
  python: 'Python worker or driver',
  'disk-full': 'Disk full',
  resources: 'Resources: not enough slots, quota or TaskManagers',
  authentication: 'Authentication or permissions',
  state: 'State: it cannot be restored by this program',
  classes: 'Classes: missing, or of another version',
  serialization: 'Serialization: a record cannot be read or written',
  'file-system': 'File system: its plugin is missing',
  connector: 'Connector or external system',
  'high-availability': 'High availability: leadership',
  'process-lost': 'Lost process',
  network: "Network between Flink's processes",
  checkpoint: 'Checkpoints and their storage',
  planner: 'Planner or program: it cannot be translated into a job',
  configuration: 'Configuration',
  deployment: 'Deployment by the Kubernetes operator',
  submission: 'Submission or start of the cluster',
  'user-code': 'Code of the job',
  flink: 'Flink itself',
};

const FAILURES: Readonly<Record<CategoryFacts['failure']['kind'], string>> = {
  task: 'Task failure',
  job: 'Job failure',
  process: 'Failure of a process',
  exception: 'Exception',
};

const CATEGORIES: Words<CategoryFacts> = {
  'out-of-memory': ({ pool }) => `Out of memory: ${MEMORY_POOLS[pool].title}`,
  known: ({ category }) => KNOWN[category],
  'container-out-of-memory': () => 'Out of memory: the container',
  consequence: () => 'Consequence of a failure elsewhere',
  failure: ({ kind }) => FAILURES[kind],
  none: () => 'None',
};

const methodText = ({ className, method, line }: TraceFrame): string => `${className}.${method}${line === null ? '' : `:${line}`}`;

/** Where a task stands that does not react to its cancellation. `own`: the innermost frame that is not of the JDK. */
export function stuckText(task: string | null, top: TraceFrame | null, own: TraceFrame | null): string {
  const name = task === null ? 'The cancelled task' : `${shortTask(task)}, which was cancelled,`;
  if (top === null) return `${name} does not end: a thread dump shows where it stands.`;
  const called = own === null || own === top ? '' : `, called from ${methodText(own)}`;
  return `${name} stands in ${methodText(top)}${called}: code of the job there must end when it is interrupted; a thread dump shows what it waits for.`;
}

/** Sentences without their full stops, of which the first says it by itself; `line`: how a line is named. */
type OutlookWords = { readonly [C in keyof OutlookFacts]: (facts: OutlookFacts[C], line: (line: number) => string) => string[] };

const OUTLOOKS: OutlookWords = {
  healthy: ({ jobs, subtasks, checkpoints, stopped }, line) => {
    const signs = [
      ...(jobs > 0 ? [`${plural(jobs, 'job')} finished`] : []),
      ...(subtasks > 0 ? [`${plural(subtasks, 'subtask')} finished`] : []),
      ...(checkpoints > 0 ? [`${plural(checkpoints, 'checkpoint was', 'checkpoints were')} completed`] : []),
    ];
    return [`Nothing failed as far as this text goes: ${list(signs.slice(0, 2))}`, ...signs.slice(2), ...stoppedTexts(stopped, line)];
  },
  noted: ({ exceptions, first, severe, events }, line) => {
    const named = events.map(({ id, line: at }) => `"${eventKind(id)?.title ?? id}" (line ${line(at)})`);
    const counts = [...(exceptions > 0 ? [plural(exceptions, 'exception')] : []), ...(severe > 0 ? [plural(severe, 'ERROR record')] : [])];
    return [
      `No subtask, job or process fails in this text, but it holds ${list(counts.length > 0 ? counts : [plural(events.length, 'severe event')])}`,
      ...(first === null ? [] : [`The first: ${shorten(first.title, 160)}, line ${line(first.line)}`]),
      ...(named.length === 0 ? [] : [`It tells of ${list(named)}`]),
    ];
  },
  overcome: ({ ids, since, first }, line) => [
    `Nothing is wrong now: ${ids.length === 1 ? `checkpoint ${ids[0]}` : plural(ids.length, 'checkpoint')} failed, and ${since === 1 ? 'the next' : `the next ${since}`} completed`,
    ...(first === null ? [] : [`Why: ${shorten(first.title, 160)}, line ${line(first.line)}`]),
  ],
  standing: ({ task, state, lasts, line: at, tasks }, line) => [
    `${shorten(shortTask(task), 40)}${tasks > 1 ? ` and ${plural(tasks - 1, 'more task')} do` : ' does'} not begin to run: ${state} for ${formatDuration(lasts)}`,
    `See line ${line(at)}`,
    'No failure is reported',
  ],
  quiet: ({ records, ran, stopped }, line) => {
    const these = records === 1 ? 'this record' : `these ${records} records`;
    if (stopped !== null)
      return [`Told to stop from outside (${stopped.signal}); no failure is reported in ${these}`, ...stoppedTexts(stopped, line)];
    return [`No failure is reported in ${these}${ran > 0 ? `: ${plural(ran, 'subtask')} ran` : ''}`, 'Whether all is well does not show either'];
  },
  unread: () => ['No log record and no stack trace was recognised, so nothing can be said of failures'],
};

const stoppedTexts = (stopped: Stopped | null, line: (line: number) => string): string[] =>
  stopped === null
    ? []
    : [
        `Line ${line(stopped.line)}: ${stopped.signal}; who sent it (kubectl, an eviction, YARN, a rescaling) is in the events of the cluster, not in this log`,
      ];

/** What is said where nothing is known to have failed: sentences without their full stops. */
export function outlookTexts<C extends keyof OutlookFacts>(outlook: { code: C; facts: OutlookFacts[C] }, line: (line: number) => string): string[] {
  return OUTLOOKS[outlook.code](outlook.facts, line);
}

export function categoryText(category: Category): string {
  return `${say(CATEGORIES, category)}${category.stuck ? ', followed by a cancellation that got stuck' : ''}.`;
}

/** The answer of `logjam relations`. */
export const RELATED = {
  /** Where a relation comes from, and its lines. */
  source: (grounds: Grounds, lines: readonly string[], count: number) =>
    `${{ stated: 'stated in the log', derived: 'derived from the log', inferred: 'inferred, not stated' }[grounds]}; line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}${count > lines.length ? `, ${count} times in all` : ''}`,
  ends: (from: string, to: string) => `${from} -> ${to}`,
  how: (from: string, to: string, how: string) => `${from} -> ${to}: ${how}`,
  no: (name: string) => `NO: ${name}`,
  why: (facts: string) => `${facts} No stack trace, no chained operators and no message that relates two components.`,
  yes: (text: string) => `YES: ${text}`,
  facts: (records: number, executions: number, traces: number, version: FlinkVersion | null, java: string | null) =>
    `${[
      plural(records, 'record'),
      plural(executions, 'execution'),
      ...(traces > 0 ? [plural(traces, 'stack trace')] : []),
      ...(version === null ? [] : [`Flink ${version.range} (${version.evidence === 'jar-tag' ? 'jar tags' : version.evidence})`]),
      ...(java === null ? [] : [`Java ${java}`]),
    ].join(', ')}.`,
  firstFailure: (line: string, when: string | null, text: string) => `First failure: line ${line}${when === null ? '' : `, ${when}`}: ${text}`,
  operators: 'Operators (data flow within a task, not calls)',
  components: 'Components',
  causes: 'Exceptions (cause -> what it was wrapped in)',
  calls: (methods: number, edges: number, self: number, frames: number) =>
    `Calls: ${methods} methods, ${edges} edges${self === 0 ? '' : ` (${self} from a method to itself or an overload)`}, ${frames} frames`,
  callsBetween: (calls: number, methods: number) => `${calls} calls between ${methods} methods`,
  incomplete: (places: number) =>
    `Frames behind "... more" could not be completed in ${plural(places, 'place')}: the text is damaged or the number is missing.`,
  collector: (verdict: string, conclusion: string) => `TaskManager -> JVM garbage collector: ${verdict}. ${conclusion}`,
  otherCase: (line: string, subject: string, verdict: string, conclusion: string) => `Line ${line}, ${subject}: ${verdict}. ${conclusion}`,
  memory: (line: string, shortage: string, sum: string | null) => `Memory (line ${line}): ${shortage}${sum === null ? '' : ` ${sum}.`}`,
  check: (text: string) => `Check: ${text}`,
  more: (count: number) => `; ${count} more`,
  moreListed: (count: number) => `… and ${count} more`,
  cancelled: (ms: number, subtask: string | null, task: string) =>
    ` (${formatDuration(ms)} after the failure of ${subtask === null ? task : `subtask ${subtask}`} was reported)`,
};

/** Records of a log that a filter keeps. */
export const FILTERED = {
  head: (kept: number, of: number, name: string, filter: LogFilter): string =>
    `${grouped(kept)} of ${plural(of, 'record')} of ${name}: ${filterText(filter)}`,
  unread: (file: string): string => `${file} cannot be read any more`,
  /** Lines from 1; of a file that is read page by page. */
  page: (kept: number, name: string, filter: LogFilter, lines: { from: number; to: number; of: number }): string =>
    `${plural(kept, 'record')} in lines ${grouped(lines.from)} to ${grouped(lines.to)} of ${grouped(lines.of)} of ${name}: ${filterText(filter)}`,
  more: (line: number): string => `More from line ${line} on`,
};

const filterText = ({ level, thread, subtask, from, to }: LogFilter): string =>
  [
    ...(level === undefined ? [] : [`level ${level} or worse`]),
    ...(thread === undefined ? [] : [`thread ${thread}`]),
    ...(subtask === undefined ? [] : [`subtask ${subtask}`]),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(to === undefined ? [] : [`to ${to}`]),
  ].join(', ');

/** A stack trace written out. */
export const TRACE = {
  asInLine: (line: number) => `// as in line ${line}`,
  incomplete: (elided: number | null, why: string) => `... ${elided === null ? '' : `${elided} `}more // not completed: ${why}`,
  left: (count: number) => `${count} more exceptions of this trace are left out.`,
  title: (isStack: boolean, line: number, time: string, filled: number) =>
    `${isStack ? 'Stack of a thread' : 'Stack trace'} of line ${line}${time === '' ? '' : `, ${time}`}: ${filled === 0 ? 'nothing is left out in the text' : `frames that the text leaves out (${filled}) are marked with the line that has them`}.`,
  unnamed: '(the line that names the exception is not in the text)',
};

/** The graph of calls. */
export const CALLS = {
  title: (traces: number): string => (traces === 1 ? 'Calls in one stack trace' : 'Calls in the stack traces'),
  empty: 'There is no stack trace in this log, so there are no calls to show.',
  call: (from: string, to: string, self: boolean, traces: number) =>
    `${from} calls ${self ? 'itself or an overload' : to}, in ${plural(traces, 'stack trace')}.`,
  methodsLeft: (count: number) => `${count} methods that stand in fewer traces are left out.`,
  incomplete: (places: number) =>
    `In ${plural(places, 'place')} "... more" could not be completed (damaged text or no number), so calls may be missing.`,
  alike: 'Equal traces are represented by one of each group.',
  traces: (count: number) => `${count} traces`,
  method: (method: string, traces: number, root: boolean) =>
    `${method}, in ${plural(traces, 'stack trace')}${root ? '; a root cause was thrown here' : ''}.`,
  class: 'Class',
  methodName: 'Method',
  from: 'From',
  jar: (name: string, version: string) => `${name} (${version})`,
  exception: (name: string, root: boolean) => `${name}${root ? ', a root cause' : ''}.`,
  throws: 'throws',
  thrown: (method: string, exception: string) => `${method} made ${exception}.`,
  wrapped: 'wrapped into',
  wrapping: (inner: string, outer: string) => `${inner} was wrapped into ${outer}.`,
  legend: [
    { for: 'method', text: 'A method in a stack trace' },
    { for: 'exception', text: 'An exception, at the method that made it' },
    { for: 'calls', text: 'Calls; the number is that of traces that show it' },
    { for: 'causes', text: 'Made here, or wrapped into' },
    { for: 'suspect', text: 'Where a root cause was thrown' },
    { for: 'muted', text: 'JDK and other libraries' },
  ] satisfies GraphDocument<unknown>['legend'],
};

/** The call tree. */
export const ICICLE = {
  title: 'Stack traces by calls',
  unit: 'stack traces',
  facets: ['Exception', 'Root cause'],
  empty: 'There is no stack trace in this log.',
  member: (line: string, name: string) => `line ${line}: ${name}`,
  thread: 'stack of a thread',
  unknown: 'unknown',
  tracesLeft: (merged: number, of: number) => `The first ${merged} of ${of} traces are merged.`,
  cut: 'Deep stacks are cut: there are too many different frames.',
  endEarly: (count: number) => `${count} stacks end early: "... more" could not be completed.`,
};

/** Whether the collector had the part that it may have had. */
export const GC_VERDICTS: Readonly<Record<RelationFacts['gc']['verdict'], string>> = {
  confirmed: 'confirmed',
  refuted: 'refuted',
  unclear: 'unclear',
  'not covered': 'not covered',
};
