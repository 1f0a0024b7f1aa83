import { table } from '../../../../common/table.ts';

/** A timestamp as printed by a log layout. */
export interface Stamp {
  /** Since 1970 when `dated`, else since midnight. Without a zone the digits are taken as they stand. */
  ms: number;
  dated: boolean;
  /** As printed: "Z", "+02:00"; null when the text has none. */
  zone: string | null;
}

/** Source of a regular expression for every date and time that layouts print. */
export const DATE_TIME =
  '(?:\\d{4}[-/.]\\d\\d[-/.]\\d\\d|\\d\\d[-/.]\\d\\d[-/.]\\d{4}|\\d\\d/\\d\\d/\\d\\d|\\d{1,2}[ -][A-Z][a-z]{2}[ -]\\d{4})[ T]\\d\\d:\\d\\d:\\d\\d(?:[.,:]\\d{1,9}| \\d{3}(?= +[A-Z[]))?(?:\\s?(?:Z|UTC|[+-]\\d\\d:?\\d\\d))?';
export const TIME_ONLY = '\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?';

const ZONES = table<number>({
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  WET: 0,
  WEST: 60,
  MSK: 180,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  JST: 540,
  KST: 540,
  SGT: 480,
  HKT: 480,
});
/** CST, IST and BST each stand for several zones: they are skipped, and the time is taken without a zone. */
const ZONE_NAME = `(?:${Object.keys(ZONES).join('|')}|UTC|GMT(?:[+-]\\d{1,2}(?::?\\d\\d)?)?|CST|IST|BST)`;

/** Source of a regular expression for forms that no default layout prints. */
export const RARE_STAMP = [
  `\\d{4}[-/.]\\d\\d[-/.]\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:[.,:]\\d{1,9})? ${ZONE_NAME}`,
  '(?:\\d{8}|\\d\\d-\\d\\d)[ T-]\\d\\d:\\d\\d:\\d\\d(?:[.,:]\\d{1,9})?',
  '\\d{4}-\\d\\d-\\d\\d-\\d\\d:\\d\\d:\\d\\d(?:[.,:]\\d{1,9})?',
  '\\d{4}年\\d{1,2}月\\d{1,2}日 ?\\d\\d:\\d\\d:\\d\\d(?:[.,:]\\d{1,9})?',
  `[A-Z][a-z]{2} [A-Z][a-z]{2} +\\d{1,2} \\d\\d:\\d\\d:\\d\\d(?: ${ZONE_NAME})? \\d{4}`,
  '1\\d{12}(?!\\d)',
].join('|');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Months as other languages shorten them, where the first three letters are not the English ones. */
const OTHER_MONTHS = table<number>({
  mär: 2,
  mai: 4,
  okt: 9,
  dez: 11,
  janv: 0,
  fév: 1,
  févr: 1,
  mars: 2,
  avr: 3,
  juin: 5,
  juil: 6,
  aoû: 7,
  août: 7,
  déc: 11,
  ene: 0,
  abr: 3,
  ago: 7,
  dic: 11,
  gen: 0,
  mag: 4,
  giu: 5,
  lug: 6,
  set: 8,
  ott: 9,
  fev: 1,
  out: 9,
  一月: 0,
  二月: 1,
  三月: 2,
  四月: 3,
  五月: 4,
  六月: 5,
  七月: 6,
  八月: 7,
  九月: 8,
  十月: 9,
  十一月: 10,
  十二月: 11,
});
const TIME =
  /(\d{1,2}):(\d\d):(\d\d)(?:[.,:](\d{1,9}))?(?:\s?(AM|PM|[ap]\.?\s?m\.?|上午|下午|午前|午後|오전|오후))?(?:\s?(Z|[A-Z]{3,4}(?:[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d))?(?: \d{4})?\s*$/;
const DATE =
  /(?:(\d{4})[-/.](\d\d)[-/.](\d\d)|(\d\d)[-/.](\d\d)[-/.](\d{4})|(\d\d)\/(\d\d)\/(\d\d)|(\d{1,2})[ -]([A-Z][a-z]{2})[ -](\d{4})|([^\s\d,]{1,10}|\d{1,2}[月월]) (\d{1,2}), (\d{4})|^(\d{4})(\d\d)(\d\d)[ T-]|^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) .* (\d{4})$|^(\d{4})年(\d{1,2})月(\d{1,2})日)/;

/** Reads a timestamp; null for text that is none. */
export function parseStamp(text: string): Stamp | null {
  const fast = fastStamp(text);
  if (fast !== null) return fast;
  if (/^1\d{12}$/.test(text)) return { ms: Number(text), dated: true, zone: 'Z' };
  // Some layouts leave a blank before the milliseconds.
  const time = TIME.exec(text.replace(/(:\d\d) (?=\d{3}(?!\d))/, '$1.'));
  if (time === null) return null;
  let hour = Number(time[1]);
  const half = time[5] === undefined ? null : /^(?:p|下午|午後|오후)/i.test(time[5]) ? 'PM' : 'AM';
  if (half === 'PM' && hour < 12) hour += 12;
  if (half === 'AM' && hour === 12) hour = 0;
  const fraction = time[4] === undefined ? 0 : Number(`0.${time[4]}`) * 1000;
  const ofDay = ((hour * 60 + Number(time[2])) * 60 + Number(time[3])) * 1000 + Math.floor(fraction);
  const zone = time[6] ?? null;
  const date = DATE.exec(text);
  if (date === null) return { ms: ofDay, dated: false, zone };
  const day = dayOf(date);
  return day === null ? null : { ms: day + ofDay - zoneOffset(zone), dated: true, zone };
}

function dayOf(date: RegExpExecArray): number | null {
  if (date[1] !== undefined) return Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3]));
  // Which of the first two is the month cannot be known in general; log4j's DATE layouts and most locales put the day first.
  if (date[4] !== undefined) {
    const [first, second] = [Number(date[4]), Number(date[5])];
    return second > 12 ? Date.UTC(Number(date[6]), first - 1, second) : Date.UTC(Number(date[6]), second - 1, first);
  }
  if (date[7] !== undefined) return Date.UTC(2000 + Number(date[7]), Number(date[8]) - 1, Number(date[9]));
  if (date[10] !== undefined) return monthDay(date[12], date[11], date[10]);
  if (date[13] !== undefined) return monthDay(date[15], date[13], date[14]);
  if (date[16] !== undefined) return Date.UTC(Number(date[16]), Number(date[17]) - 1, Number(date[18]));
  if (date[19] !== undefined) return monthDay(date[21], date[19], date[20]);
  return Date.UTC(Number(date[22]), Number(date[23]) - 1, Number(date[24]));
}

function monthDay(year: string | undefined, month: string | undefined, day: string | undefined): number | null {
  const name = (month ?? '').replace(/\.$/, '');
  const number = /^(\d{1,2})[月월]$/.exec(name);
  const english = MONTHS.indexOf(name.slice(0, 3));
  const index = number !== null ? Number(number[1]) - 1 : english !== -1 ? english : OTHER_MONTHS[name.toLowerCase()];
  return index === undefined ? null : Date.UTC(Number(year), index, Number(day));
}

/** Milliseconds east of Greenwich. */
function zoneOffset(zone: string | null): number {
  if (zone === null) return 0;
  const named = ZONES[zone];
  if (named !== undefined) return named * 60_000;
  const parts = /^(?:GMT)?([+-])(\d{1,2}):?(\d\d)?$/.exec(zone);
  if (parts === null) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3] ?? 0)) * 60_000;
}

let lastDate = '';
let lastDay = 0;

/** "2021-04-07 19:01:27,427", by far the most frequent form, without a regular expression. */
function fastStamp(text: string): Stamp | null {
  if (text.length !== 23 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58)
    return null;
  const date = text.slice(0, 10);
  if (date !== lastDate) {
    if (!/^\d{4}-\d\d-\d\d$/.test(date)) return null;
    lastDay = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8)));
    lastDate = date;
  }
  const ms = two(text, 11) * 3_600_000 + two(text, 14) * 60_000 + two(text, 17) * 1000 + two(text, 20) * 10 + (text.charCodeAt(22) - 48);
  return Number.isFinite(ms) && ms >= 0 ? { ms: lastDay + ms, dated: true, zone: null } : null;
}

function two(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

const pad = (value: number, width: number) => String(value).padStart(width, '0');

/** "2021-04-07 19:01:27,427", or "19:01:27,427" where the date is unknown. */
export function formatStamp(ms: number, dated: boolean): string {
  const time = new Date(ms);
  const clock = `${pad(time.getUTCHours(), 2)}:${pad(time.getUTCMinutes(), 2)}:${pad(time.getUTCSeconds(), 2)},${pad(time.getUTCMilliseconds(), 3)}`;
  return dated ? `${time.getUTCFullYear()}-${pad(time.getUTCMonth() + 1, 2)}-${pad(time.getUTCDate(), 2)} ${clock}` : clock;
}
