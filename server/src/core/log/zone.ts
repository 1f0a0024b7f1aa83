import type { ClockFault } from '../problems.ts';
import type { LogException, LogModel, UtcOffset } from './model.ts';

/** Zones differ from UTC by multiples of this. */
const ZONE_STEP = 15 * 60_000;
const MAX_ZONE = 14 * 60 * 60_000;
/** What one moment is told of by both: a busy process writes its record so much later, or a clock is so much ahead. */
const SAME_MOMENT = { least: -5000, most: 5000 };
/** A rival that explains this share of what the best difference explains makes it uncertain. */
const RIVAL = 0.5;
const MAX_TEXT = 300;

/**
 * The difference of two zones, in ms, when one clock shows something `differenceMs` later than the other: whole quarters of an hour, the
 * rest being what the later record is late. Null where no zone would do.
 */
export function zoneDifference(differenceMs: number, late: { least: number; most: number }): number | null {
  const ms = Math.round((differenceMs - (late.least + late.most) / 2) / ZONE_STEP) * ZONE_STEP + 0;
  const rest = differenceMs - ms;
  return Math.abs(ms) > MAX_ZONE || rest < late.least || rest > late.most ? null : ms;
}

/** All differences of zones that there are, in ms. */
export function* zoneDifferences(): Generator<number> {
  for (let ms = -MAX_ZONE; ms <= MAX_ZONE; ms += ZONE_STEP) yield ms;
}

/**
 * How far a log without a zone is ahead of UTC, by its own words: "Triggering checkpoint 5 … @ 1764437658861" has the time since 1970
 * (CheckpointCoordinator). Null where none says it, or they contradict each other.
 */
export function offsetOf({ clock, zone, events }: Pick<LogModel, 'clock' | 'zone'> & { events: readonly TimedEvent[] }): UtcOffset | null {
  if (clock !== 'epoch' || zone !== null) return null;
  let found: number | null = null;
  let count = 0;
  for (const { id, time, fields } of events) {
    if (id !== 'checkpoint-triggered' || time === null || fields['at'] === undefined) continue;
    const ms = zoneDifference(time - Number(fields['at']), SAME_MOMENT);
    if (ms === null) continue;
    if (found !== null && ms !== found) return null;
    found = ms;
    count++;
  }
  return found === null ? null : { minutes: found / 60_000, by: 'checkpoints', events: count };
}

type TimedEvent = Pick<LogModel['events'][number], 'id' | 'time' | 'fields'>;

/**
 * How far a log without a zone is ahead of UTC, by the failures that it shares with answers of the REST API (read as a log in UTC). Of
 * several differences that would do none is taken.
 */
export function sharedOffset(log: LogModel, rest: LogModel): UtcOffset | ClockFault {
  const told = failuresIn(log);
  const explained = new Map<number, number>();
  for (const { keys, time } of restFailures(rest)) {
    // The attempt of a subtask fails once; the same exception may come again and again.
    const key = keys.find((one) => told.has(one));
    const differences = new Set((told.get(key ?? '') ?? []).map((at) => zoneDifference(at - time, SAME_MOMENT)));
    for (const ms of differences) if (ms !== null) explained.set(ms, (explained.get(ms) ?? 0) + 1);
  }
  const [best, second] = [...explained].sort((a, b) => b[1] - a[1]);
  if (best === undefined) return { code: 'no-shared-failure', facts: {} };
  if (second !== undefined && second[1] >= RIVAL * best[1]) {
    const rivals = [...explained].flatMap(([ms, count]) => (count >= RIVAL * best[1] ? [ms / 60_000] : []));
    return { code: 'ambiguous-zone', facts: { fromMinutes: Math.min(...rivals), toMinutes: Math.max(...rivals) } };
  }
  return { minutes: best[0] / 60_000, by: 'failures', events: best[1] };
}

/** When each failure is told, by what names it. */
function failuresIn(log: LogModel): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const add = (key: string, time: number | null) => {
    if (time === null) return;
    const times = found.get(key);
    if (times === undefined) found.set(key, [time]);
    else times.push(time);
  };
  for (const { task, subtask, parallelism, attempt, states } of log.executions)
    if (task !== null && attempt !== null)
      for (const { to, time } of states) if (to === 'FAILED') add(attemptKey(task, subtask, parallelism, attempt), time);
  for (const exception of log.exceptions) for (const key of exceptionKeys(exception)) add(key, exception.time);
  return found;
}

/** The failures of the REST API, each with what may name it in a log, the most certain first. */
function restFailures(rest: LogModel): { keys: string[]; time: number }[] {
  const attempts = new Map<number, string>();
  for (const { task, subtask, parallelism, attempt, reported } of rest.executions)
    if (task !== null && attempt !== null && reported !== null && reported.record !== null)
      attempts.set(reported.record, attemptKey(task, subtask, parallelism, attempt));
  return rest.exceptions.flatMap((exception) => {
    const own = exception.record === null ? undefined : attempts.get(exception.record);
    const keys = exceptionKeys(exception);
    return exception.time === null ? [] : [{ keys: own === undefined ? keys : [own, ...keys], time: exception.time }];
  });
}

const attemptKey = (task: string, subtask: number | null, parallelism: number | null, attempt: number): string =>
  `attempt ${task} (${subtask}/${parallelism})#${attempt}`;

/** An exception is the same where its outermost and its innermost throwable say the same. */
function exceptionKeys({ top, chain, kind }: LogException): string[] {
  if (kind !== 'trace' || top.className === null) return [];
  const root = chain.at(-1) ?? top;
  const text = ({ className, message }: typeof top) => `${className}: ${(message ?? '').slice(0, MAX_TEXT)}`;
  return [`exception ${text(top)}\n${text(root)}`];
}
