import type { Span } from '../../../../common/span.ts';
import type { ExceptionGroup } from '../../core/analysis/log/exceptionGroups.ts';
import type { Episode, Failure } from '../../core/analysis/log/failureModel.ts';
import type { LogAnalysis } from '../../core/analysis/log/model.ts';
import type { Execution, LogEvent, LogException, LogRecord, Throwable, TraceFrame } from '../../core/log/model.ts';
import type { Document } from '../types.ts';
import { TaskNames } from './taskNames.ts';

export type LogDocument = Document<LogAnalysis>;

/** What stands at an offset. */
export type LogElement =
  | { kind: 'frame'; span: Span; frame: TraceFrame; throwable: Throwable; exception: LogException }
  | { kind: 'throwable'; span: Span; throwable: Throwable; exception: LogException }
  | { kind: 'elided'; span: Span; throwable: Throwable; exception: LogException }
  | { kind: 'execution'; span: Span; execution: Execution }
  | { kind: 'record'; span: Span; record: LogRecord };

type Item = { kind: 'frame'; frame: TraceFrame; throwable: Throwable } | { kind: 'throwable' | 'elided'; throwable: Throwable };

interface Entry {
  span: Span;
  exception: LogException;
  item: Item;
}

/** All look-ups of one analysis, built once and answered by binary search. */
class LogElements {
  readonly groups = new Map<number, ExceptionGroup>();
  readonly executions = new Map<string, Execution>();
  /** Executions by record, for messages that name a task without an id. */
  readonly byRecord = new Map<number, Execution>();
  readonly events = new Map<number, LogEvent[]>();
  /** Failures by the record that tells of them, with what they belong to. */
  readonly failures = new Map<number, { failure: Failure; episode: Episode }>();
  readonly #entries: Entry[] = [];
  readonly #records: readonly LogRecord[];
  #sites: Map<string, Span[]> | null = null;
  readonly #names: TaskNames;

  constructor({ log, groups, failures }: LogAnalysis) {
    this.#records = log.reversed ? [...log.records].sort((a, b) => a.span.start - b.span.start) : log.records;
    for (const exception of log.exceptions) {
      const open: Throwable[] = [exception.top];
      for (let one = open.pop(); one !== undefined; one = open.pop()) {
        this.#entries.push({ span: one.headSpan, exception, item: { kind: 'throwable', throwable: one } });
        for (const frame of one.frames) this.#entries.push({ span: frame.span, exception, item: { kind: 'frame', frame, throwable: one } });
        if (one.elidedSpan !== null) this.#entries.push({ span: one.elidedSpan, exception, item: { kind: 'elided', throwable: one } });
        if (one.cause !== null) open.push(one.cause);
        open.push(...one.suppressed);
      }
    }
    this.#entries.sort((a, b) => a.span.start - b.span.start);
    this.#names = new TaskNames(log.executions);
    for (const group of groups) for (const member of group.members) this.groups.set(member.index, group);
    for (const execution of log.executions) {
      if (execution.id !== null) this.executions.set(execution.id, execution);
      for (const one of [...execution.states, ...execution.mentions]) if (one.record !== null) this.byRecord.set(one.record, execution);
    }
    for (const event of log.events) {
      if (event.record === null) continue;
      const known = this.events.get(event.record);
      if (known === undefined) this.events.set(event.record, [event]);
      else known.push(event);
    }
    for (const episode of failures.episodes)
      for (const failure of [episode.first, ...episode.rest]) if (failure.record !== null) this.failures.set(failure.record, { failure, episode });
  }

  at({ text }: LogDocument, offset: number): LogElement | null {
    const entry = lastAt(this.#entries, offset);
    if (entry !== undefined && offset <= entry.span.end && entry.span.end > entry.span.start) {
      const { span, exception, item } = entry;
      return item.kind === 'frame'
        ? { kind: 'frame', span, frame: item.frame, throwable: item.throwable, exception }
        : { kind: item.kind, span, throwable: item.throwable, exception };
    }
    const id = idAt(text, offset);
    const execution = id === null ? undefined : this.executions.get(id.text);
    if (id !== null && execution !== undefined) return { kind: 'execution', span: id.span, execution };
    const name = this.#names.at(text, offset);
    if (name !== null) return { kind: 'execution', ...name };
    const record = lastAt(this.#records, offset);
    if (record === undefined || offset > record.span.end) return null;
    const lineEnd = text.indexOf('\n', record.span.start);
    if (lineEnd !== -1 && offset > lineEnd) return null;
    return { kind: 'record', span: { start: record.span.start, end: lineEnd === -1 ? record.span.end : Math.min(lineEnd, record.span.end) }, record };
  }

  /** The execution that a place speaks of. */
  executionOf(element: LogElement): Execution | undefined {
    if (element.kind === 'execution') return element.execution;
    return element.kind === 'record' ? this.byRecord.get(element.record.index) : undefined;
  }

  /** Where a method stands in stack traces. */
  framesOf(frame: TraceFrame): readonly Span[] {
    if (this.#sites === null) {
      this.#sites = new Map();
      for (const { item } of this.#entries) {
        if (item.kind !== 'frame') continue;
        const key = `${item.frame.className}.${item.frame.method}`;
        const known = this.#sites.get(key);
        if (known === undefined) this.#sites.set(key, [item.frame.span]);
        else known.push(item.frame.span);
      }
    }
    return this.#sites.get(`${frame.className}.${frame.method}`) ?? [];
  }

  /** Every "... N more". */
  get elided(): Iterable<{ span: Span; exception: LogException }> {
    return this.#entries.filter(({ item }) => item.kind === 'elided');
  }

  get frames(): Iterable<{ frame: TraceFrame; exception: LogException }> {
    return this.#entries.flatMap(({ item, exception }) => (item.kind === 'frame' ? [{ frame: item.frame, exception }] : []));
  }
}

function lastAt<T extends { span: Span }>(items: readonly T[], offset: number): T | undefined {
  let low = 0;
  let high = items.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if ((items[middle] as T).span.start <= offset) low = middle + 1;
    else high = middle - 1;
  }
  return items[high];
}

/** The execution id around an offset. */
function idAt(text: string, offset: number): { text: string; span: Span } | null {
  const isPart = (at: number) => /[0-9a-f_]/.test(text[at] ?? '');
  let start = offset;
  while (start > 0 && offset - start < 100 && isPart(start - 1)) start--;
  let end = offset;
  while (end < text.length && end - offset < 100 && isPart(end)) end++;
  const id = text.slice(start, end);
  return /^[0-9a-f]{32}(?:_[0-9a-f]{32}_\d+_\d+)?$/.test(id) ? { text: id, span: { start, end } } : null;
}

const CACHE = new WeakMap<LogAnalysis, LogElements>();

export function elementsOf({ analysis }: LogDocument): LogElements {
  let elements = CACHE.get(analysis);
  if (elements === undefined) {
    elements = new LogElements(analysis);
    CACHE.set(analysis, elements);
  }
  return elements;
}
