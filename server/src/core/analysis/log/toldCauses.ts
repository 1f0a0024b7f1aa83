import { eventKind } from '../../log/events.ts';
import { type LogEvent, type LogModel, recordAt, type StateChange, type Throwable } from '../../log/model.ts';
import { methodKey } from '../../log/traces/frames.ts';
import { causeOf } from './causes.ts';
import { LIBRARY } from './exceptionGroups.ts';
import type { Cause, Failure } from './failureModel.ts';
import { History } from './order.ts';

/** As a class, or as the text of what another exception was made of. */
const NO_SLOTS = /(?:^|[\s.])NoResourceAvailableException(?![\w$])/;
/** Slots are waited for no longer than that, as a rule. */
const WAITED = 15 * 60_000;

/** Causes that other records tell better than the exception of the failure does: its numbers, its place, its task. */
export class ToldCauses {
  readonly #log: LogModel;
  readonly #stuck: History<LogEvent>;
  readonly #refused: History<LogEvent>;
  readonly #required: History<LogEvent>;
  readonly #acquired: History<LogEvent>;
  readonly #unmapped = new Map<number, LogEvent>();

  constructor(log: LogModel) {
    const of = (id: string) => log.events.filter((event) => event.id === id);
    this.#log = log;
    // Where a log is cut, the stack of one may be missing.
    const stuck = of('cancel-stuck');
    const whole = stuck.filter((event) => this.#stack(event).length > 0);
    this.#stuck = new History(log, whole.length > 0 ? whole : stuck);
    this.#refused = new History(
      log,
      log.events.filter(({ id }) => id === 'worker-refused' || id === 'worker-unregistered'),
    );
    this.#required = new History(log, of('slots-required'));
    this.#acquired = new History(log, of('slots-acquired'));
    for (const event of of('state-unmapped')) if (event.exception !== null) this.#unmapped.set(event.exception, event);
  }

  /** Null: nothing tells it better. */
  of(failure: Failure): Cause | null {
    const chain: readonly Throwable[] = failure.exception === null ? [] : (this.#log.exceptions[failure.exception]?.chain ?? []);
    return this.#stuckTask(failure, chain) ?? this.#slots(failure, chain) ?? this.#state(failure) ?? serializerIn(chain);
  }

  #stuckTask(failure: Failure, chain: readonly Throwable[]): Cause | null {
    const killed = failure.failed.code === 'process' && failure.failed.facts.event === 'watchdog-kill';
    if (!killed && !chain.some(({ message }) => eventKind('watchdog-kill')?.pattern.test(message ?? '') === true)) return null;
    const event = this.#stuck.lastBefore(failure);
    if (event?.fields.task === undefined) return null;
    const stack = this.#stack(event);
    return { code: 'cancel-ignored', facts: { task: event.fields.task, at: stack.find((method) => !LIBRARY.test(method)) ?? stack[0] ?? null } };
  }

  #stack({ exception }: LogEvent): string[] {
    return exception === null ? [] : (this.#log.exceptions[exception]?.top.frames ?? []).map(methodKey);
  }

  #slots(failure: Failure, chain: readonly Throwable[]): Cause | null {
    if (!chain.some(({ className, message }) => NO_SLOTS.test(className ?? '') || NO_SLOTS.test(message ?? ''))) return null;
    const refused = this.#refusedWorker(failure);
    if (refused !== null) return refused;
    const required = slotsIn(this.#required.lastBefore(failure)?.fields.required);
    const acquired = this.#acquired.lastBefore(failure);
    if (required === null || acquired === undefined) return null;
    const offered = slotsIn(acquired.fields.acquired) ?? 0;
    return offered < required ? { code: 'slots', facts: { required, offered } } : null;
  }

  /** Why there was no TaskManager to have slots of. */
  #refusedWorker(failure: Failure): Cause | null {
    const event = this.#refused.lastBefore(failure);
    if (event === undefined || (event.time !== null && failure.time !== null && failure.time - event.time > WAITED)) return null;
    const cause = event.exception === null ? null : causeOf(this.#log.exceptions[event.exception]);
    const root = cause?.code === 'exception' ? cause.facts.root : null;
    return root === null && event.id === 'worker-refused' ? null : { code: 'worker-refused', facts: { root } };
  }

  #state({ exception }: Failure): Cause | null {
    const fields = exception === null ? undefined : this.#unmapped.get(exception)?.fields;
    if (fields?.operator === undefined) return null;
    const { operator, path = '', old, now } = fields;
    const maximum = old === undefined || now === undefined ? null : { restored: Number(old), now: Number(now) };
    return { code: 'state-unmapped', facts: { operator, path, maximum } };
  }
}

/** StateMigrationException of the state backends, which print serializers as objects. */
const SERIALIZER =
  /\bnew (?<of>state|key|namespace) serializer \((?<now>[^\n]{1,1000}?)\) must (?:not be incompatible|be compatible) with the (?:old|previous) (?:state|key|namespace) serializer \((?<before>[^\n]{1,1000}?)\)\.?(?:\n|$)/;
const IDENTITY = /@[\da-f]{1,8}$/;

function serializerIn(chain: readonly Throwable[]): Cause | null {
  for (const { message } of chain) {
    const { of, now, before } = SERIALIZER.exec(message ?? '')?.groups ?? {};
    if (of === undefined || now === undefined || before === undefined) continue;
    return { code: 'serializer-changed', facts: { of, before: before.replace(IDENTITY, ''), now: now.replace(IDENTITY, '') } };
  }
  return null;
}

/** The sum of "numberOfRequiredSlots=8" in a list of requirements; null: none is named. */
function slotsIn(requirements: string | undefined): number | null {
  const counts = [...(requirements ?? '').matchAll(/numberOfRequiredSlots=(\d{1,6})/g)].map(([, count]) => Number(count));
  return counts.length === 0 ? (/^\[\s*\]$/.test(requirements ?? '') ? 0 : null) : counts.reduce((sum, count) => sum + count, 0);
}

/** What is told of leadership within this time before a job is suspended is why. */
const BEFORE = 3 * 60_000;
const AFTER = 5000;
const LEADERSHIP: ReadonlySet<string> = new Set(['lease-lost', 'zookeeper-lost', 'leadership-revoked']);

/** Why a job was suspended, where that is told: its JobManager is no longer leader. Null: it was stopped in order. */
export function leadershipLost(log: LogModel, change: StateChange): { cause: Cause; exception: number | null } | null {
  const near = log.events.filter(
    ({ id, time, line }) =>
      LEADERSHIP.has(id) &&
      (time === null || change.time === null ? line < change.line : time >= change.time - BEFORE && time <= change.time + AFTER),
  );
  if (near.length === 0) return null;
  const lease = near.find(({ id }) => id === 'lease-lost');
  const keeper = near.find(({ id }) => id === 'zookeeper-lost');
  // What the renewal failed with stands in an error of its own before.
  const renewal = log.exceptions.findLast(
    ({ kind, time, line, record }) =>
      kind === 'trace' && line < change.line && (time === null || change.time === null || time >= change.time - BEFORE) && isOfElection(log, record),
  );
  const thrown = lease === undefined ? null : causeOf(renewal);
  return {
    cause: {
      code: 'leadership-lost',
      facts: {
        how: lease !== undefined ? 'lease' : keeper !== undefined ? 'zookeeper' : null,
        seconds: lease?.fields.seconds === undefined ? null : Number(lease.fields.seconds),
        root: thrown?.code === 'exception' ? thrown.facts.root : null,
      },
    },
    exception: thrown === null ? null : (renewal?.index ?? null),
  };
}

function isOfElection(log: LogModel, record: number | null): boolean {
  const logger = record === null ? null : (recordAt(log, record)?.logger ?? null);
  return logger?.endsWith('LeaderElector') === true;
}
