import { ownFrame, saidOfCause, startFailureOf, stepsAt, stepsFor } from '../../analysis/log/category.ts';
import type { Episode, Failure } from '../../analysis/log/failureModel.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import { type Category, categoryOf } from '../../analysis/log/study.ts';
import { ELSEWHERE } from '../../knowledge/consequences.ts';
import { crashKind } from '../../knowledge/crashes.ts';
import { endKind } from '../../knowledge/processEnds.ts';
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
  return [...new Set([...remedies(analysis, episode), ...nextOf(analysis, episode)])];
}

/**
 * For the failures, warnings apart, that the log speaks of: those of the episode, and behind the first of a log those of the
 * others. What only follows from the first needs no remedy of its own.
 */
function remedies({ failures, log }: LogAnalysis, { first, rest, symptomOnly }: Episode): string[] {
  const at = ({ record }: Failure): readonly string[] => (record === null ? [] : (eventsAt(log).get(record) ?? []));
  const own = at(first);
  const near = [...own, ...rest.filter(({ consequence }) => symptomOnly || consequence === null).flatMap(at)];
  const found = new Set<string>();
  for (const id of [...near, ...(first === failures.first ? log.eventCounts.map((one) => one.id) : [])]) {
    const kind = eventKind(id);
    if (kind?.consequence === true && !symptomOnly && !own.includes(id)) continue;
    if (kind?.remedy === undefined || kind.id === 'cancel-stuck' || (kind.severity !== 'error' && kind.severity !== 'fatal')) continue;
    found.add(kind.remedy);
  }
  return [...found].slice(0, MAX_REMEDIES);
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
    ...(first.cause?.code === 'process-ended' ? [endKind(first.cause.facts.reason).next] : []),
    ...(frame === null ? [] : [ownFrameText(frame)]),
    ...stepsOf(analysis, first, own),
    ...(files.length === 0 ? whereText(first, log) : []),
  ];
}

function stepsOf({ log, flinkVersion }: LogAnalysis, { failed, cause, consequence, exception: index }: Failure, own: Category): string[] {
  const exception = index === null ? undefined : log.exceptions[index];
  const said = saidOfCause(exception, cause);
  const start = exception === undefined ? null : startFailureOf(exception, failed);
  const answer = serviceAnswer(said);
  // A service that answers is there: what to look at is what it says.
  if (answer !== undefined && own.code === 'known')
    return [answer.next, ...(own.facts.category === 'connector' ? [] : stepsFor(own.facts.category, flinkVersion, said))];
  if (own.code === 'known') return start === null ? stepsFor(own.facts.category, flinkVersion, said) : stepsAt(start.next, flinkVersion, said);
  if (own.code !== 'consequence' || consequence === null) return [];
  return consequence === 'lost-leadership' ? stepsFor('high-availability', flinkVersion, said) : [ELSEWHERE];
}

/** Which log holds more: that of the TaskManager which the JobManager names. */
function whereText(first: Failure, log: LogModel): string[] {
  const place = first.execution === null ? null : (log.executions[first.execution]?.location ?? null);
  return place === null ? [] : [ownLogText(place, first.time === null ? '' : formatStamp(first.time, log.clock === 'epoch'))];
}
