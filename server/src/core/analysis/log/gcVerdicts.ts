import type { Span } from '../../../../../common/span.ts';
import type { LogModel } from '../../log/model.ts';
import { judgeGc } from './gcJoin.ts';
import type { GcCase, GcQuestion, GcSubject } from './gcModel.ts';
import { sideOfProcess } from './gcOwner.ts';
import type { LogAnalysis } from './model.ts';

const MAX_CASES = 50;
/** heartbeat.timeout where the log does not print it. */
const HEARTBEAT_MS = 50_000;
const SAME_MS = 1000;

/** Every heartbeat that timed out and all memory that ran out; the same one is often printed several times. */
export function gcCases(analysis: LogAnalysis): GcCase[] {
  const { log, gc, memory } = analysis;
  const cases: GcCase[] = [];
  const add = (subject: GcSubject, { time, line, span }: { time: number | null; line: number; span: Span }, question: Omit<GcQuestion, 'time'>) => {
    if (cases.length >= MAX_CASES) return;
    if (
      cases.some(
        (known) =>
          isSame(known.subject, subject) && (known.time === time || (known.time !== null && time !== null && Math.abs(known.time - time) < SAME_MS)),
      )
    )
      return;
    cases.push({ subject, time, line, span, ...judgeGc({ time, ...question }, gc) });
  };
  for (const { pool, event } of memory)
    if (pool === 'managed' || pool === 'heap') add({ code: 'memory', facts: { pool } }, event, { silence: null, processes: 1, others: false });
  const ms = heartbeatTimeout(log);
  for (const event of log.events) {
    if (event.id !== 'heartbeat-timeout') continue;
    const who = event.fields.who ?? 'TaskManager';
    const started = log.events.flatMap(({ id, fields }) => (id === 'start-banner' ? [sideOfProcess(fields.component ?? '')] : []));
    const processes = started.filter((side) => side === sideOfProcess(who)).length;
    add({ code: 'heartbeat', facts: { process: who, id: event.fields.id ?? '' } }, event, {
      silence: { who, ms },
      processes: Math.max(1, processes),
      others: processes < started.length,
    });
  }
  return cases;
}

function isSame(one: GcSubject, other: GcSubject): boolean {
  if (one.code === 'memory') return other.code === 'memory' && one.facts.pool === other.facts.pool;
  return other.code === 'heartbeat' && one.facts.process === other.facts.process && one.facts.id === other.facts.id;
}

/** heartbeat.timeout as the process printed its configuration. */
function heartbeatTimeout({ process }: LogModel): number {
  const set = process.settings.find(({ key }) => key === 'heartbeat.timeout');
  const match = /^(\d{1,12})\s*(ms|s|min)?\b/.exec(set?.value ?? '');
  if (match !== null) return Number(match[1]) * (match[2] === 's' ? 1000 : match[2] === 'min' ? 60_000 : 1);
  return HEARTBEAT_MS;
}
