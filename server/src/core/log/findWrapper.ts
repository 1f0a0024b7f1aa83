import { readJsonLine } from '../unwrap/json/line.ts';
import { withoutColours } from '../unwrap/lines/colours.ts';
import { LINE_PREFIXES, peel, type Wrapper } from '../unwrap/lines/prefixes.ts';
import { isCrashLine } from './crash.ts';
import { readJsonRecord } from './jsonRecord.ts';
import { LayoutMatcher } from './layouts.ts';
import { learnPrefix } from './learnPrefix.ts';
import { isTold } from './told.ts';

/** The beginning of a line tells what stands around it; JSON is looked at as a whole. */
const MAX_BEGINNING_LENGTH = 4000;

/** Finds the wrapper that makes more lines of a sample begin a record than the bare text does. */
export function findWrapper(sample: readonly string[]): Wrapper | null {
  const lines = sample.map((line) => withoutColours(line.slice(0, MAX_BEGINNING_LENGTH)));
  const bare = heads(lines);
  let best: Wrapper | null = null;
  let bestHeads = bare;
  for (const wrapper of LINE_PREFIXES) {
    if (wrapper.field !== undefined) continue;
    const peeled = lines.flatMap((line) => peel(wrapper, line)?.text ?? []);
    if (peeled.length === 0) continue;
    const count = heads(peeled);
    // Excerpts may hold frames only: then the prefix must be on nearly every line and leave something like a frame.
    const framesOnly =
      bare === 0 &&
      count === 0 &&
      peeled.length >= lines.filter((line) => line.trim() !== '').length * 0.8 &&
      peeled.some((text) => /^\s*at [\w$.]+\(/.test(text));
    if (count > bestHeads || (framesOnly && best === null)) {
      best = wrapper;
      bestHeads = count;
    }
  }
  const filled = lines.filter((line) => line.trim() !== '');
  const covered = best === null ? 0 : filled.filter((line) => peel(best as Wrapper, line) !== null).length;
  if (best !== null && bestHeads > 0 && covered === filled.length) return best;
  const json = carrier(sample.map(withoutColours), bare);
  if (json !== null) return json;
  const prefix = learnPrefix(lines);
  if (prefix !== null && filled.filter((line) => prefix.test(line)).length > covered)
    return { id: 'prefix', title: 'a prefix before every line', prefix, samples: [], nearMisses: [] };
  return best;
}

const FRAME = /^\s*at (?:[\w.$@-]*\/){0,2}(?:[\w$-]+\.)+[\w$<>-]+\(/;

/** All that the .out file of a process may hold. */
const THROWN = /^(?:Exception in thread "[^"\n]{1,200}" )?(?:[a-z_]\w{0,60}\.){1,12}[A-Z]\w{0,100}(?:Exception|Error)(?::|\s*$)/;

function heads(texts: readonly string[]): number {
  const matcher = new LayoutMatcher();
  let count = 0;
  for (const text of texts) if (matcher.match(text) !== null || isCrashLine(text) || THROWN.test(text) || isTold(text)) count++;
  return count;
}

/** JSON around lines that are logs by themselves: the field whose texts begin records, or are JSON records again. */
function carrier(lines: readonly string[], bare: number): Wrapper | null {
  const matcher = new LayoutMatcher();
  const votes = new Map<string, number>();
  const ended = new Map<string, number>();
  const seen = new Map<string, number>();
  let records = 0;
  for (const line of lines) {
    if (line.charCodeAt(0) !== 123) continue;
    // The trace of a record in JSON is no line that was carried, also when it begins with a frame.
    const record = readJsonRecord(line);
    const own = record?.text.text;
    if (record != null && record.head.logger !== null) records++;
    for (const [path, { text }] of readJsonLine(line) ?? []) {
      if (text.length < 12) continue;
      seen.set(path, (seen.get(path) ?? 0) + 1);
      if (text.endsWith('\n')) ended.set(path, (ended.get(path) ?? 0) + 1);
      const begins = text.charCodeAt(0) === 123 ? readJsonLine(text)?.has('message') === true : matcher.match(text) !== null || isCrashLine(text);
      if (begins || (FRAME.test(text) && own?.startsWith(text) !== false)) votes.set(path, (votes.get(path) ?? 0) + 1);
    }
  }
  let field: string | null = null;
  // Where most are records by themselves, with a logger, what reads like one within their messages is quoted from another program.
  for (const [path, count] of votes) if (count > bare && count * 2 > records && count > (field === null ? 0 : (votes.get(field) ?? 0))) field = path;
  if (field === null) return null;
  const docker = LINE_PREFIXES.find((one) => one.field === field);
  const whole = (ended.get(field) ?? 0) > (seen.get(field) ?? 0) / 2;
  return { ...(docker ?? { id: 'json-field', title: 'JSON around the lines', samples: [], nearMisses: [] }), field, ended: whole };
}
