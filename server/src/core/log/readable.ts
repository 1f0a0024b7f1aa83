import { decodeJson } from '../unwrap/json/escapes.ts';
import { JsonReader } from '../unwrap/json/reader.ts';
import { peel } from '../unwrap/lines/prefixes.ts';
import type { Reading } from '../unwrap/packing.ts';
import { isCrashLine } from './crash.ts';
import { findWrapper } from './findWrapper.ts';
import { readJsonRecord } from './jsonRecord.ts';
import { LayoutMatcher } from './layouts.ts';
import { logLines } from './lines.ts';

const MAX_LINES = 2000;
const FRAME = /^[ \t]*at [\w$./@<>-]+\([^()]*\)\s*(?:~?\[[^\]]*\]\s*)?$/;
const CAUSE = /^[ \t]*(?:Caused by: [\w.$]+|\.\.\. \d+ more\s*$|(?:[a-z_]\w*\.)+[A-Z]\w*(?:Exception|Error)(?::|$))/;

/** Lines of a sample that begin records or belong to stack traces or to a crash of the JVM, also those that stand within a record in JSON. */
function readable(sample: string): number {
  const lines = sample.split('\n', MAX_LINES);
  const wrapper = findWrapper(lines.slice(0, 300));
  const matcher = new LayoutMatcher();
  let count = 0;
  for (const raw of lines) {
    for (const line of (wrapper === null ? raw : (peel(wrapper, raw)?.text ?? raw)).split('\n')) {
      if (ofTrace(line)) count++;
      else if (line.charCodeAt(0) === 123) {
        const record = readJsonRecord(line);
        if (record !== null) count += 1 + tracesIn(record.text.text);
        else if (isCut(line)) count += tracesIn(decodeJson(line));
      } else if (matcher.match(line) !== null) count++;
    }
  }
  return count;
}

const tracesIn = (text: string): number => text.split('\n', MAX_LINES).filter(ofTrace).length;

/** A record that goes on behind the end of the text. */
function isCut(line: string): boolean {
  const reader = new JsonReader(line);
  reader.skip();
  return reader.truncated;
}

const ofTrace = (line: string): boolean => FRAME.test(line) || CAUSE.test(line) || isCrashLine(line);

/** Prefixes and colours are taken off line by line, because lines of several processes may stand mixed; so is the newest-first order. */
export const logReading: Reading = {
  readable,
  lines: logLines,
  except: ['ansi', 'string-lines', 'prefix', 'hard-wrapped', 'one-line', 'reversed', 'fence'],
};
