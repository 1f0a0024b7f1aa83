import { type Bytes, isDigit, isNumeric, numberIn } from './bytes.ts';

const COLON = 0x3a;
const SPACE = 0x20;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const MAX_DECORATIONS = 12;
/** "2026-11-20T12:02:10.023+0000" */
const ISO_LENGTH = 28;

/** The times at the beginning of a line of a GC log; NaN for what is not printed. */
export class Stamps {
  /** Epoch ms. */
  wall = Number.NaN;
  /** ms since the JVM's start. */
  uptime = Number.NaN;
  /** Minutes east of Greenwich, as last printed. */
  zoneMinutes = Number.NaN;
  /** The date read last, as a number of its digits, and its beginning in epoch ms. */
  #date = -1;
  #day = 0;

  /** Decorations of unified logging: "[2026-11-20T12:02:10.023+0000][0.004s]", "[1234ms]", "[1700000000000ms]". */
  readDecorations(bytes: Bytes, start: number, end: number): void {
    this.wall = Number.NaN;
    this.uptime = Number.NaN;
    for (let at = start, n = 0; at < end && bytes[at] === OPEN && n < MAX_DECORATIONS; n++) {
      const digit = isDigit(bytes[at + 1]);
      let close = at + 1;
      if (digit && bytes[at + 5] === 0x2d && bytes[at + 1 + ISO_LENGTH] === CLOSE) {
        const wall = this.#iso(bytes, at + 1);
        if (Number.isNaN(this.wall)) this.wall = wall;
        close += ISO_LENGTH;
      } else {
        while (close < end && bytes[close] !== CLOSE) close++;
        if (digit) this.#decoration(bytes, at + 1, close);
      }
      if (!Number.isNaN(this.wall) && !Number.isNaN(this.uptime)) return;
      at = close + 1;
    }
  }

  #decoration(bytes: Bytes, start: number, end: number): void {
    let at = start;
    while (isNumeric(bytes[at])) at++;
    const unit = bytes[at];
    const last = at + 1 === end;
    const milli = unit === 0x6d && bytes[at + 1] === 0x73 && at + 2 === end;
    const nano = unit === 0x6e && bytes[at + 1] === 0x73 && at + 2 === end;
    if (!(unit === 0x73 && last) && !milli && !nano) return;
    const value = numberIn(bytes, start, at);
    if (milli && value > 1e12) {
      if (Number.isNaN(this.wall)) this.wall = value;
    } else if (Number.isNaN(this.uptime)) this.uptime = milli ? value : nano ? value / 1e6 : Math.round(value * 1000);
  }

  /**
   * What Java 8 puts before an entry: "2026-11-20T12:02:10.023+0000: 0.004: ", also only one of both, and "#3: ".
   * `end` is where the entry begins; what stands before the times does not matter. False when there are none.
   */
  readBefore(bytes: Bytes, start: number, end: number): boolean {
    this.wall = Number.NaN;
    this.uptime = Number.NaN;
    let at = end;
    for (let part = 0; part < 3; part++) {
      let stop = at;
      while (stop > start && bytes[stop - 1] === SPACE) stop--;
      if (stop - 1 <= start || bytes[stop - 1] !== COLON) break;
      stop--;
      let from = stop;
      while (from > start && isNumeric(bytes[from - 1])) from--;
      if (from === stop) break;
      const before = from > start ? bytes[from - 1] : SPACE;
      if (before === 0x23) {
        // "#3": the id of the collection.
        at = from - 1;
        continue;
      }
      const iso = stop - ISO_LENGTH;
      if ((before === 0x2b || before === 0x2d) && iso >= start) {
        this.wall = this.#iso(bytes, iso);
        break;
      }
      // An uptime has three decimals.
      const point = bytes[stop - 4];
      if (stop - from < 5 || (point !== 0x2e && point !== 0x2c) || !Number.isNaN(this.uptime)) break;
      this.uptime = Math.round(numberIn(bytes, from, stop) * 1000);
      at = from;
    }
    return !Number.isNaN(this.wall) || !Number.isNaN(this.uptime);
  }

  #iso(bytes: Bytes, at: number): number {
    const sign = bytes[at + 23];
    if (bytes[at + 10] !== 0x54 || bytes[at + 13] !== COLON || bytes[at + 16] !== COLON || (sign !== 0x2b && sign !== 0x2d)) return Number.NaN;
    const date = two(bytes, at) * 1_000_000 + two(bytes, at + 2) * 10_000 + two(bytes, at + 5) * 100 + two(bytes, at + 8);
    const seconds = two(bytes, at + 11) * 3600 + two(bytes, at + 14) * 60 + two(bytes, at + 17);
    const ms = two(bytes, at + 20) * 10 + ((bytes[at + 22] as number) - 0x30);
    const zone = two(bytes, at + 24) * 60 + two(bytes, at + 26);
    // Something that is no digit makes one of them negative or far too large.
    if (!(date >= 0 && seconds >= 0 && seconds <= 86_400 && ms >= 0 && ms < 1000 && zone >= 0 && zone <= 900)) return Number.NaN;
    if (date !== this.#date) {
      const [month, day] = [Math.floor(date / 100) % 100, date % 100];
      if (month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
      this.#date = date;
      this.#day = Date.UTC(Math.floor(date / 10_000), month - 1, day);
    }
    this.zoneMinutes = sign === 0x2d ? -zone : zone;
    return this.#day + seconds * 1000 + ms - this.zoneMinutes * 60_000;
  }
}

/** The number of two digits. */
function two(bytes: Bytes, at: number): number {
  return ((bytes[at] as number) - 0x30) * 10 + (bytes[at + 1] as number) - 0x30;
}
