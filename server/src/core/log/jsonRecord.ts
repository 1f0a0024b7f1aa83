import { table } from '../../../../common/table.ts';
import { type JsonText, join, readJsonLine } from '../unwrap/json/line.ts';
import type { Piece } from '../unwrap/lines/pieces.ts';
import { LEVEL, LOGGER, MESSAGE, STACK, THREAD, TIME } from '../unwrap/recordNames.ts';
import { type Head, levelOf } from './head.ts';
import type { Level } from './model.ts';
import { parseStamp, type Stamp } from './time.ts';

/** A record that a JSON layout printed: message and stack trace as one text, with the way back to the line. */
export interface JsonRecord {
  head: Head;
  text: JsonText;
}

const JOB = ['mdc.flink-job-id', 'contextMap.flink-job-id', 'flink-job-id'];
/** Whatever stands around the record: what log stores add. */
const ENVELOPE = /^(?:jsonPayload|_source|fields|log_processed|parsed|structured|json|data)\./;

/** Reads a line that is a JSON object with a level and a message; null for any other. */
export function readJsonRecord(line: string): JsonRecord | null {
  const found = readJsonLine(line);
  if (found === null) return null;
  const values = new Map<string, JsonText>();
  for (const [path, value] of found) {
    const name = path.replace(ENVELOPE, '');
    if (!values.has(name) || name === path) values.set(name, value);
  }
  const value = (names: readonly string[]): JsonText | null => {
    for (const name of names) {
      const text = values.get(name);
      if (text !== undefined && text.text !== '') return text;
    }
    return null;
  };
  const message = value(MESSAGE) ?? values.get('message') ?? null;
  const level = levelOfJson(value(LEVEL)?.text) ?? (values.has('stacktrace') && values.has('exceptionName') ? 'ERROR' : null);
  if (level === null || message === null) return null;
  const stack = value(STACK) ?? thrown(values) ?? traceIn(values);
  const full = values.get('full_message');
  const body = stack === null && full !== undefined && full.text.startsWith(message.text) ? full : message;
  return {
    head: {
      stamp: stampOf(values, value(TIME)?.text ?? null),
      level,
      logger: value(LOGGER)?.text ?? null,
      thread: value(THREAD)?.text ?? null,
      context: value(JOB)?.text ?? null,
      message: 0,
    },
    text: stack === null || stack.text.trim() === '' || body.text.includes(stack.text) ? body : join(body, stack),
  };
}

const FRAME_LINE = /\n[ \t]*at [\w$.@/-]+\(/;

/** A trace under a name of somebody's own: a text with frames in it, that is no message. */
function traceIn(values: ReadonlyMap<string, JsonText>): JsonText | null {
  for (const [name, value] of values) if (!MESSAGE.includes(name) && value.text.includes('at ') && FRAME_LINE.test(value.text)) return value;
  return null;
}

/** Names, or the numbers of syslog (0 to 7) and of bunyan and pino (10 to 60). */
function levelOfJson(text: string | undefined): Level | null {
  if (text === undefined) return null;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : null;
  if (number === null)
    return levelOf(text.trim()) ?? (/^(?:emergency|alert|notice|information|err)$/i.test(text) ? (BY_WORD[text.toLowerCase()] ?? null) : null);
  if (number <= 7) return number <= 2 ? 'FATAL' : number === 3 ? 'ERROR' : number === 4 ? 'WARN' : number === 7 ? 'DEBUG' : 'INFO';
  return number % 10 === 0 && number >= 10 && number <= 60 ? (['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'][number / 10 - 1] as Level) : null;
}

const BY_WORD = table<Level>({ emergency: 'FATAL', alert: 'FATAL', notice: 'INFO', information: 'INFO', err: 'ERROR' });

function stampOf(values: ReadonlyMap<string, JsonText>, time: string | null): Stamp | null {
  const seconds = values.get('instant.epochSecond')?.text;
  if (seconds !== undefined) {
    const nanos = Number(values.get('instant.nanoOfSecond')?.text ?? 0);
    return epoch(Number(seconds) * 1000 + Math.floor(nanos / 1e6));
  }
  const millis = values.get('timeMillis')?.text;
  const number = millis ?? (time !== null && /^\d{10,19}(?:\.\d+)?(?:[eE]\+?\d+)?$/.test(time) ? time : null);
  if (number === null) return time === null ? null : parseStamp(time);
  let ms = Number(number);
  // Seconds, milliseconds, microseconds or nanoseconds since 1970, by their size.
  if (ms < 1e11) ms *= 1000;
  while (ms > 1e14) ms /= 1000;
  return epoch(Math.floor(ms));
}

function epoch(ms: number): Stamp | null {
  return Number.isFinite(ms) ? { ms, dated: true, zone: 'Z' } : null;
}

const MAX_FRAMES = 2000;

/** Log4j's JsonLayout can print a trace as objects: "thrown": { "name", "message", "extendedStackTrace": [ … ], "cause" }. */
function thrown(values: ReadonlyMap<string, JsonText>): JsonText | null {
  let text: JsonText | null = null;
  for (let path = 'thrown', depth = 0; depth < 50; path += '.cause', depth++) {
    const name = values.get(`${path}.name`);
    if (name === undefined) break;
    const message = values.get(`${path}.message`) ?? values.get(`${path}.localizedMessage`);
    let one = concat([depth === 0 ? '' : 'Caused by: ', name, ...(message === undefined ? [] : [': ', message])]);
    for (let index = 0; index < MAX_FRAMES; index++) {
      const at = `${path}.extendedStackTrace.${index}`;
      const [owner, method] = [values.get(`${at}.class`), values.get(`${at}.method`)];
      if (owner === undefined || method === undefined) break;
      const [file, line, jar, version] = ['file', 'line', 'location', 'version'].map((key) => values.get(`${at}.${key}`));
      const place = file === undefined ? 'Unknown Source' : line === undefined || line.text.startsWith('-') ? file.text : `${file.text}:${line.text}`;
      one = join(one, concat(['\tat ', owner, '.', method, `(${place})`, jar === undefined ? '' : ` ~[${jar.text}:${version?.text ?? '?'}]`]));
    }
    const common = values.get(`${path}.commonElementCount`)?.text;
    if (common !== undefined && common !== '0') one = join(one, concat([`\t... ${common} more`]));
    text = text === null ? one : join(text, one);
  }
  return text;
}

/** Values with text of our own between them, which stands nowhere in the line. */
function concat(parts: readonly (string | JsonText)[]): JsonText {
  const pieces: Piece[] = [];
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else {
      for (const piece of part.pieces) pieces.push({ ...piece, logical: piece.logical + text.length });
      text += part.text;
    }
  }
  return { text, pieces };
}
