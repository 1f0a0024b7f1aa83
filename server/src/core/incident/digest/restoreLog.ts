import type { Span } from '../../../../../common/span.ts';
import type { LogException, LogModel, ProcessFacts, Throwable } from '../../log/model.ts';
import { offsetOf } from '../../log/zone.ts';
import type { LogDigest, ThinException, ThinFacts, ThinThrowable } from './model.ts';
import { frameOfText } from './thinFrames.ts';

/** Spans of a log that is restored count its lines. */
const lineSpan = (line: number): Span => ({ start: line, end: line });

const placed = <T extends { line: number }>(one: T): T & { span: Span } => ({ ...one, span: lineSpan(one.line) });

/** The log that a digest was made of, as far as it was kept: its spans count lines. */
export function restoreLog(digest: LogDigest): LogModel {
  const { layout, wrapper, recordCount, levels, exceptionsLeft, executionsLeft, eventCounts, from, to, clock, zone, reversed } = digest;
  return {
    layout,
    wrapper,
    recordCount,
    levels,
    exceptionsLeft,
    executionsLeft,
    eventCounts,
    from,
    to,
    clock,
    zone,
    utcOffset: offsetOf(digest),
    reversed,
    records: digest.records.map((record) => ({ ...placed(record), messageSpan: lineSpan(record.line) })),
    exceptions: digest.exceptions.map(exceptionOf),
    events: digest.events.map(placed),
    executions: digest.executions.map((one) => ({
      ...one,
      states: one.states.map(placed),
      mentions: one.mentions.map(placed),
      reported: one.reported === null ? null : placed(one.reported),
    })),
    jobs: digest.jobs.map((job) => ({ ...job, states: job.states.map(placed) })),
    process: factsOf(digest.process),
    clockSteps: digest.clockSteps.map(placed),
  };
}

function exceptionOf({ record, line, time, kind, chain: thin }: ThinException, index: number): LogException {
  const chain: Throwable[] = [];
  let cause: Throwable | null = null;
  for (const one of [...thin].reverse()) {
    cause = throwableOf(one, cause);
    chain.unshift(cause);
  }
  const top = chain[0] ?? throwableOf({ className: null, message: null, line, relation: 'top', frames: [] }, null);
  return { index, record, line, span: lineSpan(line), top, chain: chain.length === 0 ? [top] : chain, time, kind };
}

function throwableOf({ className, message, line, relation, frames }: ThinThrowable, cause: Throwable | null): Throwable {
  const span = lineSpan(line);
  return {
    className,
    message,
    headSpan: span,
    line,
    span,
    relation,
    frames: frames.map(frameOfText),
    gaps: [],
    elided: null,
    elidedSpan: null,
    cause,
    suppressed: [],
    circular: false,
    damage: null,
  };
}

function factsOf({ component, side, jdk, memory, jvmOptions, settings, flink, flinkVersions }: ThinFacts): ProcessFacts {
  const span = lineSpan(0);
  return {
    component,
    side,
    jdk: jdk === null ? null : { ...jdk, span },
    memory: memory.map((one) => ({ ...one, span })),
    jvmOptions: jvmOptions.map((text) => ({ text, span })),
    settings: settings.map((one) => ({ ...one, span })),
    flink: flink === null ? null : { ...flink, span },
    flinkConflict: flinkVersions.length === 0 ? null : { versions: [...flinkVersions], span },
  };
}
