import type { FilePart } from '../log/files.ts';
import { joinWithRest } from '../log/joinRest.ts';
import type { LogModel } from '../log/model.ts';
import { rotationName } from '../log/rotation.ts';
import type { ClockFault } from '../problems.ts';
import { compare } from './digest/merge.ts';
import type { LogDigest, SourceOf, ThinException } from './digest/model.ts';
import { restoreLog } from './digest/restoreLog.ts';

export type LogSource = SourceOf<'flink-log'>;

/** Logs in the order in which they are read as one, and the clocks by which they are. */
export interface LogOrder {
  /** With dates, or all of them where none has. */
  logs: LogSource[];
  /** Nobody knows on which day they were written. */
  undated: LogSource[];
}

/** Files without times come after all others. */
const LAST = Number.MAX_SAFE_INTEGER;

const firstTime = ({ body }: LogSource): number => body.records.find(({ time }) => time !== null)?.time ?? body.from ?? LAST;

/** By the first time in each. */
export function orderLogs(sources: readonly LogSource[]): LogOrder {
  const dated = sources.some(({ body }) => body.clock === 'epoch');
  const undated = sources.filter(({ body }) => dated && body.clock === 'day');
  const logs = sources
    .filter((one) => !undated.includes(one))
    .map((source) => ({ source, first: firstTime(source) }))
    .sort((a, b) => a.first - b.first || compare(nameOf(a.source), nameOf(b.source)) || compare(a.source.id, b.source.id))
    .map(({ source }) => source);
  return { logs, undated };
}

/** By which a source is called: the first of its names. */
export const nameOf = ({ names }: { names: readonly string[] }): string => names[0] ?? '';

/** What one process wrote: the files of a rotation, in the order of time. */
export const segmentKey = (source: { names: readonly string[] }): string => rotationName(nameOf(source));

/**
 * The logs as one model whose offsets count lines, and where each file begins in it.
 *
 * @param rest the failures that the REST API tells, each document as a log
 * @param aheadOf how far the clock of a log is ahead, in ms
 * @returns `fault`: why those of the REST API are not in it
 */
export function joinedLog(
  logs: readonly LogSource[],
  rest: readonly LogSource[] = [],
  aheadOf: (source: LogSource) => number = () => 0,
): { log: LogModel; files: FilePart[]; fault: ClockFault | null } {
  const files: FilePart[] = [];
  let line = 0;
  const bodies = [...sewn(logs), ...rest.map(({ body }) => body)];
  const parts = [...logs, ...rest].map((source, index) => {
    const body = bodies[index] as LogDigest;
    const part = { log: restoreLog(body), offset: line, line, ahead: aheadOf(source) };
    files.push({ name: nameOf(source), uri: source.id, offset: line, line });
    line += body.lines + 1;
    return part;
  });
  return { ...joinWithRest(parts.slice(0, logs.length), parts.slice(logs.length)), files };
}

/** What a rotation has cut in two is put together again: the beginning of a segment goes to the last record of the one before. */
function sewn(logs: readonly LogSource[]): LogDigest[] {
  const last = new Map<string, number>();
  const bodies = logs.map(({ body }) => body);
  for (const [index, source] of logs.entries()) {
    const key = segmentKey(source);
    const before = last.get(key);
    last.set(key, index);
    if (before === undefined) continue;
    const [one, other] = sew(bodies[before] as LogDigest, bodies[index] as LogDigest);
    bodies[before] = one;
    bodies[index] = other;
  }
  return bodies;
}

/** Two segments that follow each other; unchanged where nothing hangs over. */
function sew(before: LogDigest, after: LogDigest): [LogDigest, LogDigest] {
  const head = after.opens.exception === null ? undefined : after.exceptions[after.opens.exception];
  const { record, exception } = before.ends;
  if (head === undefined || record === null || head.line >= after.opens.line) return [before, after];
  const rest = {
    ...after,
    exceptions: after.exceptions.map((one, at): ThinException => (at === after.opens.exception ? { ...one, kind: 'thread-stack' } : one)),
  };
  const open = exception === null ? undefined : before.exceptions[exception];
  if (open !== undefined) {
    const exceptions = before.exceptions.map((one) => (one === open ? { ...open, chain: continued(open.chain, head.chain) } : one));
    return [{ ...before, exceptions }, rest];
  }
  // The record's line ended the segment, and all of its trace is in the next one.
  const time = before.records.find(({ index }) => index === record)?.time ?? null;
  const line = Math.max(0, before.lines - 1);
  const moved: ThinException = { ...head, record, time, line, chain: head.chain.map((one) => ({ ...one, line })) };
  const index = before.exceptions.length;
  const hers = <T extends { record: number | null; exception: number | null }>(one: T): T =>
    one.record === record && one.exception === null ? { ...one, exception: index } : one;
  const executions = before.executions.map((one) =>
    one.exception === null && one.states.some((change) => change.to === 'FAILED' && change.record === record) ? { ...one, exception: index } : one,
  );
  return [{ ...before, exceptions: [...before.exceptions, moved], events: before.events.map(hers), executions }, rest];
}

/** Frames without the line that names their exception go on with those of the last one. */
function continued(chain: ThinException['chain'], more: ThinException['chain']): ThinException['chain'] {
  const [first, ...rest] = more;
  const last = chain.at(-1);
  if (first === undefined || last === undefined) return chain;
  if (first.className !== null) return [...chain, ...more];
  return [...chain.slice(0, -1), { ...last, frames: [...last.frames, ...first.frames] }, ...rest];
}
