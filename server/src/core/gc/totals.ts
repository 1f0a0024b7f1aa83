import type { Draft } from './draft.ts';
import type { GcDetails, GcStatistics } from './model.ts';
import type { GcName } from './names.ts';

/** Fewer points than this, or less time, make no trend. */
const ENOUGH_FOR_TREND = 6;
const TREND_MS = 5 * 60_000;
/** Stretches of time whose lowest heap is kept; when there are more, neighbours are joined. */
const MAX_STRETCHES = 128;
const MAX_NAMES = 50;

/** Counts what a log says line by line, so that the events need not be kept. */
export class GcTotals {
  #pauses = 0;
  #totalPauseMs = 0;
  #maxPauseMs = 0;
  #fullGcs = 0;
  #systemGcs = 0;
  #elapsed = 0;
  #times = 0;
  /** Heap after the last collection; NaN at the start of a JVM. */
  #left = Number.NaN;
  #allocated = 0;
  #sized = 0;
  #promoted = 0;
  #promotions = 0;
  #heapLeft: number | null = null;
  #capacity: number | null = null;
  readonly #all = new Floors();
  readonly #deep = new Floors();

  add({ kind, name, durationMs, before, after, capacity }: Draft): void {
    if (name?.explicit === true) this.#systemGcs++;
    if (kind === 'pause') {
      this.#pauses++;
      if (name?.full === true) this.#fullGcs++;
      if (durationMs >= 0) {
        this.#totalPauseMs += durationMs;
        if (durationMs > this.#maxPauseMs) this.#maxPauseMs = durationMs;
      }
    }
    if (name !== null) {
      name.count++;
      if (durationMs >= 0) {
        name.totalMs += durationMs;
        if (durationMs > name.maxMs) name.maxMs = durationMs;
      }
    }
    if (Number.isNaN(after)) return;
    this.#sized++;
    if (before > this.#left) this.#allocated += before - this.#left;
    this.#left = after;
    if (capacity > 0) this.#capacity = capacity;
    this.#all.add(this.#elapsed, after);
    if (kind !== 'cycle' && name?.full !== true) return;
    this.#deep.add(this.#elapsed, after);
    if (capacity > 0) this.#heapLeft = after / capacity;
  }

  /** Allocated while a collection ran beside the program. */
  allocated(size: number): void {
    this.#allocated += size;
  }

  /** What a young collection moved to the old generation. */
  promoted(size: number): void {
    this.#promotions++;
    this.#promoted += Math.max(0, size);
  }

  /** The time that has passed since the line before. */
  passed(ms: number): void {
    this.#times++;
    this.#elapsed += ms;
  }

  /** A JVM starts anew: its heap has nothing to do with the one before. */
  restarted(): void {
    this.#left = Number.NaN;
  }

  statistics(): GcStatistics {
    const spanMs = this.#times > 1 && this.#elapsed > 0 ? this.#elapsed : null;
    const rate = (amount: number, count: number) => (spanMs === null || count < 2 ? null : (amount / spanMs) * 1000);
    return {
      pauses: this.#pauses,
      totalPauseMs: round(this.#totalPauseMs),
      maxPauseMs: round(this.#maxPauseMs),
      fullGcs: this.#fullGcs,
      systemGcs: this.#systemGcs,
      spanMs,
      pauseShare: spanMs === null ? null : Math.min(1, this.#totalPauseMs / spanMs),
      allocationRate: rate(this.#allocated, this.#sized),
      promotionRate: rate(this.#promoted, this.#promotions),
      heapTrend: this.#trend().slope,
      heapLeft: this.#heapLeft,
    };
  }

  details(names: readonly GcName[]): GcDetails {
    const { fit, floors, deep } = this.#trend();
    return {
      byName: names
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.totalMs - a.totalMs || b.count - a.count)
        .slice(0, MAX_NAMES)
        .map(({ text, count, totalMs, maxMs }) => ({ name: text, count, totalMs: round(totalMs), maxMs })),
      floors: floors.list(),
      trendFit: fit,
      trendOfDeep: deep,
      capacity: this.#capacity,
    };
  }

  /** Full collections show what is really in use; where there are none, the lowest heap in each stretch comes near. */
  #trend(): { slope: number | null; fit: number | null; floors: Floors; deep: boolean } {
    const deep = this.#deep.trend();
    if (deep !== null) return { ...deep, floors: this.#deep, deep: true };
    const all = this.#all.trend();
    return { slope: all?.slope ?? null, fit: all?.fit ?? null, floors: this.#all, deep: false };
  }
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** The lowest value in each stretch of time, in a bounded number of stretches of equal length. */
class Floors {
  #stretch = 1000;
  #lowest: (number | undefined)[] = [];

  add(at: number, used: number): void {
    let index = Math.floor(at / this.#stretch);
    while (index >= MAX_STRETCHES) {
      this.#join();
      index = Math.floor(at / this.#stretch);
    }
    const known = this.#lowest[index];
    if (known === undefined || used < known) this.#lowest[index] = used;
  }

  #join(): void {
    this.#stretch *= 2;
    const joined: (number | undefined)[] = [];
    this.#lowest.forEach((used, index) => {
      const to = index >> 1;
      const known = joined[to];
      if (used !== undefined && (known === undefined || used < known)) joined[to] = used;
    });
    this.#lowest = joined;
  }

  list(): { at: number; used: number }[] {
    const result: { at: number; used: number }[] = [];
    this.#lowest.forEach((used, index) => {
      if (used !== undefined) result.push({ at: (index + 0.5) * this.#stretch, used });
    });
    return result;
  }

  /** Least squares, with the share of the variance that the line explains. */
  trend(): { slope: number; fit: number } | null {
    const points = this.list();
    const first = points[0];
    const last = points.at(-1);
    if (first === undefined || last === undefined || points.length < ENOUGH_FOR_TREND || last.at - first.at < TREND_MS) return null;
    const meanX = points.reduce((sum, { at }) => sum + at, 0) / points.length;
    const meanY = points.reduce((sum, { used }) => sum + used, 0) / points.length;
    let [xy, xx, yy] = [0, 0, 0];
    for (const { at, used } of points) {
      xy += (at - meanX) * (used - meanY);
      xx += (at - meanX) ** 2;
      yy += (used - meanY) ** 2;
    }
    if (xx === 0) return null;
    return { slope: (xy / xx) * 60_000, fit: yy === 0 ? 0 : (xy * xy) / (xx * yy) };
  }
}
