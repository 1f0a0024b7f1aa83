import { compareVersions } from '../../flinkVersion.ts';
import { CLIENTS, FAILURE_CATEGORIES, type FailureCategory, type NextStep, nextSteps } from '../../knowledge/failureCategories.ts';
import type { EndReason } from '../../knowledge/processEnds.ts';
import { serviceAnswer } from '../../knowledge/serviceAnswers.ts';
import { START_FAILURES, STARTING_MASTER, STARTING_WORKER, type StartFailure } from '../../knowledge/startFailures.ts';
import { isOfTwoLoaders } from '../../knowledge/twoLoaders.ts';
import type { LogException, TraceFrame } from '../../log/model.ts';
import { rootOf } from '../../log/traces/throwables.ts';
import type { FlinkVersion } from '../../model.ts';
import { LIBRARY } from './exceptionGroups.ts';
import type { Cause, Failed, Thrown } from './failureModel.ts';

/** Frames that say whose code threw. */
const MAX_FRAMES = 15;
/** Who asked for it stands far out. */
const MAX_FRAMES_SAID = 200;
/** Longer messages quote something else. */
const MAX_LENGTH = 4000;

const FLINK = /^org\.apache\.flink\./;
/** Well-known libraries whose code is nobody's own. */
const KNOWN =
  /^(?:org\.apache\.|com\.(?:fasterxml|google|amazonaws|mysql|esotericsoftware|mongodb|zaxxer|ververica|codahale|typesafe)\.|io\.(?:netty|debezium|fabric8|grpc|confluent)\.|org\.(?:rocksdb|slf4j|postgresql|codehaus|elasticsearch|jboss|json4s|springframework)\.|software\.amazon\.|kotlin\.|scala\.|reactor\.|okhttp3\.|oracle\.)/;

/** Where connectors and file systems keep a library of somebody else under a package of their own. */
const SHADED = /^(?:[\w$]+\.){1,10}?(?:shaded?|repackaged|relocated)\.(?:[\w$]+\.){0,4}?(?=(?:com|io|net|org|software)\.)/;

/** The name that a class had before. */
const unshaded = (className: string): string => className.replace(SHADED, '');

/** The kind of an exception, from its whole chain and from whose code threw it; null where nothing tells. */
export function exceptionCategory(exception: LogException): FailureCategory | null {
  const titles = titlesOf(exception);
  const named = namedIn(titles);
  const thrown = thrownIn(rootOf(exception).frames);
  // What wraps everything, such as the client's own exceptions, says less than whose code threw.
  if (named !== null && named !== 'submission') return named;
  if (serviceAnswer(titles) !== undefined) return 'connector';
  const own = ownFrame(exception);
  if (thrown !== null && !isOwn(thrown)) {
    const method = methodOf(thrown);
    const known = FAILURE_CATEGORIES.find(({ frames, category }) => frames?.test(method) && category !== 'submission');
    if (known !== undefined) return known.category;
  }
  if (own !== null) return 'user-code';
  const within = rootOf(exception).frames.slice(0, MAX_FRAMES).map(methodOf);
  const around = FAILURE_CATEGORIES.find(({ frames }) => frames !== undefined && within.some((method) => frames.test(method)));
  return around?.category ?? named ?? (thrown !== null && FLINK.test(unshaded(thrown.className)) ? 'flink' : null);
}

const methodOf = ({ className, method }: TraceFrame): string => `${unshaded(className)}.${method}`;

/** The kind that titles of exceptions name by themselves. */
const namedIn = (titles: readonly string[]): FailureCategory | null =>
  (titles.some(isOfTwoLoaders) ? 'classes' : null) ??
  FAILURE_CATEGORIES.find(({ pattern }) => pattern !== undefined && titles.some((title) => pattern.test(title)))?.category ??
  null;

const titlesOf = ({ chain }: LogException): string[] =>
  chain.map(({ className, message }) => `${unshaded(className ?? '')}: ${(message ?? '').slice(0, MAX_LENGTH)}`);

/** Categories that say less of a process that starts than why it does not. */
const VAGUE_AT_START: ReadonlySet<FailureCategory | null> = new Set<FailureCategory | null>(['network', 'connector', 'submission', 'flink', null]);

const START_OF_MASTER = /^\S*ClusterEntrypointException: Failed to initialize/;

/**
 * Why a process of Flink did not start, where its exception was thrown while it did; null where it was not, or where what it
 * failed of is a kind of its own (a plugin that is missing, rights, a class).
 */
export function startFailureOf(exception: LogException, failed: Failed): StartFailure | null {
  if (failed.code !== 'process') return null;
  const told = exceptionCategory(exception);
  if (!VAGUE_AT_START.has(told)) return null;
  const methods = exception.chain.flatMap(({ frames }) => frames.map(({ className, method }) => `${className}.${method}`));
  const titles = titlesOf(exception);
  const master = methods.some((method) => STARTING_MASTER.test(method)) || titles.some((title) => START_OF_MASTER.test(title));
  if (!master && failed.facts.event !== 'start-failed' && !methods.some((method) => STARTING_WORKER.test(method))) return null;
  const thrown = thrownIn(rootOf(exception).frames);
  const own = master && thrown !== null && FLINK.test(thrown.className);
  const found = START_FAILURES.find(
    ({ pattern, frames, ownAddress }) =>
      (ownAddress !== true || own) &&
      (titles.some((title) => pattern?.test(title) === true) || methods.some((method) => frames?.test(method) === true)),
  );
  // What an external system answered is more than that the cluster does not start.
  return found === undefined || (told === 'connector' && found === START_FAILURES.at(-1)) ? null : found;
}

/** The first frame that is not of the JDK. */
const thrownIn = (frames: readonly TraceFrame[]): TraceFrame | null =>
  frames.slice(0, MAX_FRAMES).find(({ className }) => !LIBRARY.test(className)) ?? null;

const NOT_OWN = [LIBRARY, FLINK, KNOWN, CLIENTS];

/** What the table planner generates has no package, no file and a number: "StreamExecCalc$12". */
const isGenerated = ({ className, file }: TraceFrame): boolean => file === null && /^[A-Z]\w*\$\d+$/.test(className);

const isOwn = (frame: TraceFrame): boolean =>
  !isGenerated(frame) && !NOT_OWN.some((known) => known.test(frame.className) || known.test(unshaded(frame.className)));

/** The innermost frame of the job's own code in the chain. */
export function ownFrame(exception: LogException): TraceFrame | null {
  for (const { frames } of [...exception.chain].reverse()) {
    const own = frames.find(isOwn);
    if (own !== undefined) return own;
  }
  return null;
}

const ENDS: Partial<Record<EndReason, FailureCategory>> = { 'start-failed': 'submission' };

/** The kind of a cause that is no exception of Java; null for those that are. */
export function causeCategory(cause: Cause): FailureCategory | null {
  switch (cause.code) {
    case 'process-ended':
      return cause.facts.master ? (ENDS[cause.facts.reason] ?? 'process-lost') : 'process-lost';
    case 'out-of-memory':
      return 'memory';
    case 'jvm-crash':
      return cause.facts.wanted === null ? 'process-lost' : 'memory';
    case 'signal':
      return 'process-lost';
    case 'python':
      return namedIn(titleOf(cause.facts.raised)) === 'classes' ? 'classes' : 'python';
    case 'checkpoint': {
      // The storage of checkpoints is no connector.
      const named = namedIn(titleOf(cause.facts.root));
      return named === null || named === 'connector' ? 'checkpoint' : named;
    }
    case 'cancel-ignored':
      return 'stuck-cancellation';
    case 'slots':
    case 'worker-refused':
      return 'resources';
    case 'state-unmapped':
    case 'serializer-changed':
      return 'state';
    case 'leadership-lost':
      return 'high-availability';
    default:
      return null;
  }
}

/** What is said of a cause, as knowledge of what to do next is asked. */
export interface Said {
  /** Of the exceptions ("class: message"), and what no exception says. */
  titles: string[];
  /** Where they were thrown, "class.method". */
  frames: string[];
}

/** @param behind what tells more of the cause than the exception that came of it */
export function saidOfCause(exception: LogException | undefined, cause: Cause | null, behind?: LogException): Said {
  const chain = behind?.chain ?? exception?.chain ?? [];
  return {
    titles: [...(exception === undefined ? [] : titlesOf(exception)), ...(cause === null ? [] : besideExceptions(cause))],
    frames: chain.flatMap(({ frames }) => frames.slice(0, MAX_FRAMES_SAID).map(methodOf)),
  };
}

const titleOf = (thrown: Thrown | null): string[] => (thrown === null ? [] : [`${thrown.className}: ${thrown.message}`]);

function besideExceptions(cause: Cause): string[] {
  switch (cause.code) {
    // It may have been thrown elsewhere than what the failure was printed with.
    case 'exception':
      return titleOf(cause.facts.root);
    case 'checkpoint':
      return [...titleOf(cause.facts.root), ...(cause.facts.reason === null ? [] : [cause.facts.reason])];
    case 'worker-refused':
      return titleOf(cause.facts.root);
    case 'python':
      return titleOf(cause.facts.raised);
    case 'jvm-crash':
      return cause.facts.wanted === null ? [] : [cause.facts.wanted];
    case 'leadership-lost':
      return [...titleOf(cause.facts.root), ...(cause.facts.how === null ? [] : [LEADERSHIP[cause.facts.how]])];
    default:
      return [];
  }
}

const LEADERSHIP = { lease: 'Renew deadline reached', zookeeper: 'Connection to ZooKeeper' } as const;

/** What to look at next for a category, in this version of Flink, where this is said of the cause. */
export const stepsFor = (category: FailureCategory, version: FlinkVersion | null, said: Said): string[] =>
  stepsAt(nextSteps(category), version, said);

/** The same, where a service may have answered: it is there, so that what to look at is what it says. */
export function answeredSteps(category: FailureCategory, version: FlinkVersion | null, said: Said): string[] {
  const answer = serviceAnswer(said.titles);
  if (answer === undefined) return stepsFor(category, version, said);
  return [answer.next, ...(answer.whole === true || category === 'connector' ? [] : stepsFor(category, version, said))];
}

/** Of steps, those that hold for this version of Flink and this cause. */
export function stepsAt(steps: readonly NextStep[], version: FlinkVersion | null, said: Said): string[] {
  const at = version?.candidates[0] ?? null;
  return steps
    .filter(({ from, before }) => {
      // What holds for older versions only stands twice otherwise, in two wordings.
      if (at === null) return before === undefined;
      return (from === undefined || compareVersions(at, from) >= 0) && (before === undefined || compareVersions(at, before) < 0);
    })
    .filter(({ where, unless }) => (where === undefined || says(said.titles, where)) && (unless === undefined || !says(said.titles, unless)))
    .filter(({ within, beyond }) => (within === undefined || says(said.frames, within)) && (beyond === undefined || !says(said.frames, beyond)))
    .map(({ text, unsure }) => (at === null ? (unsure ?? text) : text));
}

const says = (said: readonly string[], pattern: RegExp): boolean => said.some((text) => pattern.test(text));
