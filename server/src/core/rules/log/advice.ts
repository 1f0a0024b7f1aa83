import { answeredSteps, ownFrame, saidOfCause, startFailureOf, stepsAt, stepsFor } from '../../analysis/log/category.ts';
import type { Episode, Failure } from '../../analysis/log/failureModel.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import { type Category, categoryOf } from '../../analysis/log/study.ts';
import { ELSEWHERE } from '../../knowledge/consequences.ts';
import { crashKind } from '../../knowledge/crashes.ts';
import type { LogEventKind } from '../../knowledge/logEventKind.ts';
import { type EndReason, endSteps } from '../../knowledge/processEnds.ts';
import { serviceAnswer } from '../../knowledge/serviceAnswers.ts';
import { eventKind } from '../../log/events.ts';
import type { LogModel } from '../../log/model.ts';
import { formatStamp } from '../../log/time.ts';
import { ownFrameText, ownLogText } from './adviceWords.ts';

const MAX_REMEDIES = 4;

/**
 * What to do about a failure that no memory explains, in the words of the knowledge base: the remedies of what its records
 * say, then what to look at next by its kind. Findings and reports give the same.
 */
export function adviceOf(analysis: LogAnalysis, episode: Episode): string[] {
  const own = categoryOf(analysis, episode);
  const next = nextOf(analysis, episode);
  // Of checkpoints that failed for a reason that is known, how many may fail is the lesser question.
  const known = episode.first.cause?.code === 'checkpoint' && own.code === 'known' && own.facts.category !== 'checkpoint';
  return [...new Set(known ? [...next, ...remedies(analysis, episode)] : [...remedies(analysis, episode), ...next])];
}

/**
 * For the failures, warnings apart, that the log speaks of: those of the episode, and behind the first of a log those of the
 * others. What only follows from the first needs no remedy of its own.
 */
function remedies(analysis: LogAnalysis, episode: Episode): string[] {
  const { failures, log } = analysis;
  const { first, rest, symptomOnly } = episode;
  const said = saidOfCause(undefined, first.cause).titles;
  const at = ({ record }: Failure): readonly string[] => (record === null ? [] : (eventsAt(log).get(record) ?? []));
  const own = at(first);
  const near = [...own, ...rest.filter(({ consequence }) => symptomOnly || consequence === null).flatMap(at)];
  const found = new Map<string, LogEventKind>();
  for (const id of [...near, ...(first === failures.first ? log.eventCounts.map((one) => one.id) : [])]) {
    const kind = eventKind(id);
    if (kind?.consequence === true && !symptomOnly && !own.includes(id)) continue;
    if (kind?.remedy === undefined || kind.id === 'cancel-stuck' || (kind.severity !== 'error' && kind.severity !== 'fatal')) continue;
    if (!found.has(kind.remedy)) found.set(kind.remedy, kind);
  }
  // What the cause itself says goes first; that there were no slots is what came of a failure that is none of slots.
  const kinds = [...found.values()];
  const ofCause = kinds.filter(({ anywhere, pattern }) => anywhere === true && said.some((text) => pattern.test(text)));
  const category = categoryOf(analysis, episode);
  const isOther = category.code === 'known' && category.facts.category !== 'resources';
  const followed = ({ group, id }: LogEventKind): boolean => group === 'slots' && (ofCause.length > 0 || (isOther && !own.includes(id)));
  const others = kinds.filter((kind) => !ofCause.includes(kind) && !followed(kind));
  return [...ofCause, ...others].flatMap(({ remedy }) => remedy ?? []).slice(0, MAX_REMEDIES);
}

const EVENTS = new WeakMap<LogModel, ReadonlyMap<number, readonly string[]>>();

/** Ids of events by their record. */
function eventsAt(log: LogModel): ReadonlyMap<number, readonly string[]> {
  const known = EVENTS.get(log);
  if (known !== undefined) return known;
  const found = new Map<number, string[]>();
  for (const { record, id } of log.events) {
    if (record === null) continue;
    const list = found.get(record);
    if (list === undefined) found.set(record, [id]);
    else list.push(id);
  }
  EVENTS.set(log, found);
  return found;
}

/** What to look at next, by the kind of the failure. */
function nextOf(analysis: LogAnalysis, episode: Episode): string[] {
  const { log, files } = analysis;
  const { first } = episode;
  const own = categoryOf(analysis, episode);
  const exception = first.exception === null ? undefined : log.exceptions[first.exception];
  const frame = own.code === 'known' && own.facts.category === 'user-code' && exception !== undefined ? ownFrame(exception) : null;
  return [
    ...(first.cause?.code === 'jvm-crash' && first.cause.facts.wanted === null ? [crashKind(first.cause.facts.library ?? '').next] : []),
    ...(first.cause?.code === 'process-ended' ? endSteps(first.cause.facts.reason, first.cause.facts.detail) : []),
    ...(frame === null ? [] : [ownFrameText(frame)]),
    // How the process ended is known: what would tell it is beside the point.
    ...(first.cause?.code === 'process-ended' && !first.cause.facts.master ? [] : stepsOf(analysis, first, own)),
    ...(files.length === 0 && !toldOutside(first) ? whereText(first, log) : []),
  ];
}

/** Ends that came from outside of the process: its own log says less of them than whoever ended it. */
const FROM_OUTSIDE: ReadonlySet<EndReason> = new Set<EndReason>([
  'evicted',
  'not-admitted',
  'deadline',
  'preempted',
  'disks-failed',
  'node-lost',
  'untracked',
  'unused',
  'sidecar',
  'not-started',
  'terminated',
  'deleted',
]);

const toldOutside = ({ cause }: Failure): boolean => cause?.code === 'process-ended' && FROM_OUTSIDE.has(cause.facts.reason);

function stepsOf({ log, flinkVersion }: LogAnalysis, { failed, cause, consequence, exception: index, checkpoint }: Failure, own: Category): string[] {
  const exception = index === null ? undefined : log.exceptions[index];
  const behind = checkpoint?.exception == null ? undefined : log.exceptions[checkpoint.exception];
  const said = saidOfCause(exception, cause, behind);
  const start = exception === undefined ? null : startFailureOf(exception, failed);
  if (own.code === 'known') {
    const { category } = own.facts;
    return start === null || serviceAnswer(said.titles) !== undefined
      ? answeredSteps(category, flinkVersion, said)
      : stepsAt(start.next, flinkVersion, said);
  }
  if (own.code !== 'consequence' || consequence === null) return [];
  return consequence === 'lost-leadership' ? stepsFor('high-availability', flinkVersion, said) : [ELSEWHERE];
}

/** Which log holds more: that of the TaskManager which the JobManager names. */
function whereText(first: Failure, log: LogModel): string[] {
  const place = first.execution === null ? null : (log.executions[first.execution]?.location ?? null);
  return place === null ? [] : [ownLogText(place, first.time === null ? '' : formatStamp(first.time, log.clock === 'epoch'))];
}
