import type { Span } from '../../../../../common/span.ts';
import type { LogModel } from '../../log/model.ts';
import { judgeGc } from './gcJoin.ts';
import type { GcCase, GcQuestion } from './gcModel.ts';
import type { LogAnalysis } from './model.ts';

const MOST_CASES = 50;
/** heartbeat.timeout where the log does not print it. */
const HEARTBEAT_MS = 50_000;
const SAME_MS = 1000;

/** Every heartbeat that timed out and all memory that ran out; the same one is often printed several times. */
export function gcCases(analysis: LogAnalysis): GcCase[] {
  const { log, gc, memory } = analysis;
  const cases: GcCase[] = [];
  const add = (what: string, { time, line, span }: { time: number | null; line: number; span: Span }, question: Omit<GcQuestion, 'time'>) => {
    if (cases.length >= MOST_CASES) return;
    if (
      cases.some(
        (known) => known.what === what && (known.time === time || (known.time !== null && time !== null && Math.abs(known.time - time) < SAME_MS)),
      )
    )
      return;
    cases.push({ what, silence: question.silence !== null, time, line, span, ...judgeGc({ time, ...question }, gc) });
  };
  for (const { pool, event } of memory)
    if (pool.id === 'managed' || pool.id === 'heap') add(`${pool.title} was exhausted`, event, { silence: null, processes: 1 });
  const ms = heartbeatTimeout(log);
  for (const event of log.events) {
    if (event.id !== 'heartbeat-timeout') continue;
    const who = event.fields.who ?? 'TaskManager';
    const processes = log.events.filter(({ id, fields }) => id === 'start-banner' && fields.component?.includes(who) === true).length;
    add(`The heartbeat of ${who} ${event.fields.id ?? ''} timed out`, event, { silence: { who, ms }, processes: Math.max(1, processes) });
  }
  return cases;
}

/** heartbeat.timeout as the process printed its configuration. */
function heartbeatTimeout(log: LogModel): number {
  for (const { message } of log.records) {
    const match = /^Loading configuration property: heartbeat\.timeout, ['"]?(\d+)\s*(ms|s|min)?\b/.exec(message);
    if (match !== null) return Number(match[1]) * (match[2] === 's' ? 1000 : match[2] === 'min' ? 60_000 : 1);
  }
  return HEARTBEAT_MS;
}
