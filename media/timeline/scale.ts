import type { TimelineClock } from '../../common/timeline.ts';
import { SHARED } from '../shared/words.ts';

/** Times and places on the axis. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
];

export interface Scale {
  /** In the unit of the clock. */
  from: number;
  to: number;
  /** In px. */
  left: number;
  width: number;
}

export const toX = (scale: Scale, time: number): number => scale.left + ((time - scale.from) / (scale.to - scale.from)) * scale.width;

export const toTime = (scale: Scale, x: number): number => scale.from + ((x - scale.left) / scale.width) * (scale.to - scale.from);

/** Milliseconds by which local time of the file is ahead of UTC. */
function zoneOffset(zone: string | null): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (match === null) return 0;
  const [, sign, hours, minutes] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

const two = (value: number) => String(value).padStart(2, '0');

/** A time as the file would write it, as exact as the step between ticks asks for; 0 for all there is. */
export function formatTime(time: number, clock: TimelineClock, step = 0, date = false): string {
  if (clock.unit === 'line') return SHARED.line(Math.round(time + 1));
  const at = new Date(time + (clock.unit === 'epoch' ? zoneOffset(clock.zone) : 0));
  if (Number.isNaN(at.getTime())) return '?';
  const day = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  if (step >= DAY) return day;
  let text = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  if (step < MINUTE) text += `:${two(at.getUTCSeconds())}`;
  if (step < SECOND) text += `.${String(at.getUTCMilliseconds()).padStart(3, '0')}`;
  return date && clock.unit === 'epoch' ? `${day} ${text}` : text;
}

/** For example "340 ms", "12.5 s", "4 min 5 s", "3 h 20 min". */
export function formatDuration(ms: number, clock: TimelineClock): string {
  if (clock.unit === 'line') return SHARED.lines(Math.round(ms));
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(ms / SECOND).toFixed(ms < 10 * SECOND ? 2 : 1)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${Math.floor((ms % MINUTE) / SECOND)} s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / HOUR)} h`;
}

export interface Tick {
  time: number;
  label: string;
}

/** What a tick needs, in px: its label with the day beside one without; with milliseconds both are longer. */
const TICK_ROOM = 96;
const EXACT_TICK_ROOM = 124;

/** Round times whose labels do not touch. */
export function ticks(scale: Scale, clock: TimelineClock): { step: number; ticks: Tick[] } {
  const apart = (room: number) => ((scale.to - scale.from) * room) / scale.width;
  const least = apart(TICK_ROOM);
  let step = clock.unit === 'line' ? 1 : (STEPS.find((one) => one >= (one < SECOND ? apart(EXACT_TICK_ROOM) : least)) ?? 365 * DAY);
  if (clock.unit === 'line') while (step < least) step *= String(step).startsWith('2') ? 2.5 : 2;
  const offset = clock.unit === 'epoch' ? zoneOffset(clock.zone) : 0;
  const made: Tick[] = [];
  let day = '';
  for (let time = Math.ceil((scale.from + offset) / step) * step - offset; time <= scale.to && made.length < 100; time += step) {
    const date = formatTime(time, clock, DAY);
    const fresh = clock.unit === 'epoch' && step < DAY && date !== day;
    made.push({ time, label: formatTime(time, clock, step, fresh) });
    day = date;
  }
  return { step, ticks: made };
}
