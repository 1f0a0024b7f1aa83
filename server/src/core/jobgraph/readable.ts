import type { Reading } from '../unwrap/packing.ts';
import { hasBrokenStrings } from '../unwrap/packings/brokenStrings.ts';

/** Keys of plans and job documents that other JSON has not. */
const KEYS = [
  'nodes',
  'plan',
  'jid',
  'pact',
  'contents',
  'parallelism',
  'maxParallelism',
  'predecessors',
  'ship_strategy',
  'exchange',
  'exchange_mode',
  'operator',
  'operator_strategy',
  'optimizer_properties',
  'inputs',
  'inputProperties',
  'outputType',
  'vertices',
  'edges',
  'shuffle',
  'shuffleMode',
  'job_vertex_id',
  'flinkVersion',
  'archive',
].join('|');

/** A key in its place: behind a bracket, a comma or at the beginning of its line. The reader opens strings that hold a plan by itself. */
const KEY = new RegExp(`(?:[{,\\n\\r]|\\\\[nrt])[ \\t]*(\\\\{0,9})"(?:${KEYS})\\1"[ \\t]*:`, 'g');
const BEGINNING = new RegExp(`^[\\s\\uFEFF]*(?:\\{|\\[\\s*\\{)\\s*"(?:${KEYS})"\\s*:`);

/** Lines of EXPLAIN: headings, operators of a tree, stages. */
const EXPLAIN =
  /^(?:(?:\|[ \t]?)?== (?:Abstract|Optimized|Physical) [\w ]{4,40}==|[ :|]{0,200}(?:[:+]- )?[A-Z]\w*(?:\(| \[\d+\]$)|[ \t]*Stage \d+ : |[ \t]*(?:content|ship_strategy|exchange_mode) : )/;
/** What begins a line of JSON. */
const JSON_LINE = /^[\s\uFEFF]*(?:[{}[\]",\-\d]|true\b|false\b|null\b|$)/;

/** Keys and operators that stand in their places, less the lines that begin with something else. */
function readable(sample: string): number {
  let count = `\n${sample}`.match(KEY)?.length ?? 0;
  for (const line of sample.split('\n')) {
    // A heading tells more than the lines of a tree, which may be read from within quotes too.
    if (EXPLAIN.test(line)) count += line.startsWith('== ') ? 3 : 1;
    else if (!JSON_LINE.test(line)) count--;
  }
  return count;
}

export const planReading: Reading = {
  readable,
  plain: (sample) => BEGINNING.test(sample) && !hasBrokenStrings(sample),
  except: ['json-document'],
};
