import type { Draft } from './draft.ts';
import type { GcEvent, GcLog, GcRun, TroubleKind } from './model.ts';
import { GcNames } from './names.ts';
import { PauseTable } from './pauseTable.ts';
import { GcTotals } from './totals.ts';

/** Events kept of a log; above it those that are neither notable nor long are let go. */
const MAX_EVENTS = 50_000;
const MAX_TROUBLES = 2000;
const MAX_RUNS = 1000;
/** The clock of one JVM never goes back by more than what threads need to print their lines. */
const BACK_MS = 1000;

/** Takes what the readers of the two forms find, and makes the model of it. */
export class GcRecorder {
  readonly totals = new GcTotals();
  readonly names = new GcNames();
  readonly log: GcLog;
  readonly #pauses = new PauseTable();
  /** Shorter events are not kept. */
  #least = 0;
  /** Last times of the JVM at hand; NaN where not printed. */
  #wall = Number.NaN;
  #uptime = Number.NaN;
  #run: GcRun | null = null;
  /** A JVM started since the last event: another sign of its start says nothing new. */
  #fresh = true;
  /** The longest pause since the threads were stopped last. */
  #longest = 0;

  constructor() {
    this.log = {
      dialect: 'unified',
      collector: null,
      jvm: null,
      collections: 0,
      events: [],
      eventsLeft: 0,
      pauses: this.#pauses,
      pauseClock: null,
      troubles: [],
      troubleCounts: {},
      unfinished: null,
      runs: [],
      zoneMinutes: null,
      statistics: this.totals.statistics(),
      details: this.totals.details([]),
    };
  }

  /** The times of a line, NaN for what is not printed. Returns true when they show that another JVM writes now. */
  seen(wall: number, uptime: number): boolean {
    if (this.#run === null) {
      this.#begin(wall, uptime);
      this.totals.passed(0);
      return false;
    }
    if (uptime < this.#uptime - BACK_MS) {
      this.restart(wall, uptime);
      return true;
    }
    const passed = uptime - this.#uptime;
    const walled = wall - this.#wall;
    this.totals.passed(passed > 0 ? passed : Number.isNaN(passed) && walled > 0 ? walled : 0);
    if (!(wall <= this.#wall) && !Number.isNaN(wall)) this.#wall = wall;
    if (!(uptime <= this.#uptime) && !Number.isNaN(uptime)) this.#uptime = uptime;
    if (this.#run.started === null && !Number.isNaN(wall - uptime)) this.#run.started = wall - uptime;
    return false;
  }

  restart(wall: number, uptime: number): void {
    this.#end();
    this.log.unfinished = null;
    this.totals.restarted();
    this.#begin(wall, uptime);
  }

  #begin(wall: number, uptime: number): void {
    const time = { wall: known(wall), uptime: known(uptime) };
    this.#wall = wall;
    this.#uptime = uptime;
    this.#run = { started: known(wall - uptime), from: time, to: time };
    this.#fresh = true;
    if (this.log.runs.length < MAX_RUNS) this.log.runs.push(this.#run);
  }

  #end(): void {
    if (this.#run !== null) this.#run.to = { wall: known(this.#wall), uptime: known(this.#uptime) };
  }

  /** A JVM tells of itself as it does at its start. True when it is another one than that of the lines before. */
  announced(wall: number, uptime: number): boolean {
    if (this.#fresh) return false;
    this.restart(wall, uptime);
    return true;
  }

  collection(): void {
    this.#fresh = false;
    this.log.collections++;
  }

  event(draft: Draft): void {
    this.#fresh = false;
    this.totals.add(draft);
    const { durationMs } = draft;
    if (draft.kind === 'pause' && durationMs >= 0) {
      if (durationMs > this.#longest) this.#longest = durationMs;
      this.log.pauseClock ??= Number.isNaN(draft.wall) ? 'uptime' : 'wall';
      const time = this.log.pauseClock === 'wall' ? draft.wall : draft.uptime;
      if (!Number.isNaN(time)) this.#pauses.add(draft.timedAtEnd ? time - durationMs : time, durationMs);
    }
    if (durationMs < this.#least && draft.kind === 'pause' && draft.name?.full !== true) {
      this.log.eventsLeft++;
      return;
    }
    this.log.events.push(draft.event());
    if (this.log.events.length > MAX_EVENTS) this.#thin();
  }

  /** All threads stood still; the stop for a collection is told by the collection itself. */
  stopped(draft: Draft): void {
    const longest = this.#longest;
    this.#longest = 0;
    if (longest <= draft.durationMs * 0.5) this.event(draft);
  }

  trouble(kind: TroubleKind, text: string, start: number, end: number): void {
    const { troubles, troubleCounts } = this.log;
    troubleCounts[kind] = (troubleCounts[kind] ?? 0) + 1;
    if (troubles.length < MAX_TROUBLES) troubles.push({ kind, text, span: { start, end } });
  }

  #thin(): void {
    const { events } = this.log;
    const lengths = Float64Array.from(events, ({ durationMs }) => durationMs ?? 0).sort();
    this.#least = lengths[lengths.length >> 1] as number;
    let room = MAX_EVENTS >> 1;
    const kept = events.filter((event) => {
      if (room <= 0 || !(isNotable(event) || (event.durationMs ?? 0) > this.#least)) return false;
      room--;
      return true;
    });
    this.log.eventsLeft += events.length - kept.length;
    this.log.events = kept;
  }

  finish(): GcLog {
    this.#end();
    this.log.statistics = this.totals.statistics();
    this.log.details = this.totals.details(this.names.all);
    return this.log;
  }
}

function isNotable({ full, explicit, kind }: GcEvent): boolean {
  return full || explicit || kind !== 'pause';
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
