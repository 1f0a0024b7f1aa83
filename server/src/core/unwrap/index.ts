import type { Checkpoint } from '../checkpoint.ts';
import { dropAnsi, dropZeros, returnsToLines, unescapeHtml, unescapeString, unquoteLines } from './characters.ts';
import { unwrapCsv } from './csv.ts';
import { unwrapJsonRecords } from './jsonRecords.ts';
import { joinBroken } from './lineBreaks.ts';
import { restoreOrder } from './lineOrder.ts';
import { breakOneLine } from './oneLine.ts';
import { compose, type Mapping, type Unwrapped } from './positionMap.ts';
import { dropPrefix } from './prefix.ts';
import { looksClean, sampleLines } from './sample.ts';

export interface UnwrappedDump extends Unwrapped {
  /** Names of the wrappers that were undone, outermost first. */
  wrappers: string[];
}

/** Undoes one wrapper, or says by null that the sample shows none of its kind. */
type Undo = (text: string, lines: readonly string[], checkpoint: Checkpoint) => Undone | Promise<Undone>;
type Undone = Unwrapped | { name: string; result: Unwrapped } | null;

/** What holds whole records comes first, what concerns characters before what concerns lines. */
const WRAPPERS: readonly (readonly [string, Undo])[] = [
  ['utf-16', dropZeros],
  ['cr', returnsToLines],
  ['ansi', dropAnsi],
  ['json', unwrapJsonRecords],
  ['string-lines', unquoteLines],
  ['csv', unwrapCsv],
  ['html', unescapeHtml],
  ['json-escaped', unescapeString],
  ['prefix', dropPrefix],
  ['hard-wrapped', joinBroken],
  ['one-line', (text, _, checkpoint) => breakOneLine(text, checkpoint)],
  ['reversed', restoreOrder],
];

/** Wrappers within wrappers; each kind is undone at most twice. */
const MAX_ROUNDS = 6;

/** Undoes wrapper after wrapper until the text is a dump as the JVM printed it. A clean dump costs a look at a sample. */
export async function unwrapDump(original: string, checkpoint: Checkpoint): Promise<UnwrappedDump> {
  let text = original;
  let map: Mapping | null = null;
  const wrappers: string[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const lines = sampleLines(text);
    if (looksClean(lines)) break;
    const found = await undoOne(text, lines, wrappers, checkpoint);
    if (found === null) break;
    wrappers.push(found.name);
    text = found.result.text;
    map = compose(map, found.result.map);
  }
  return { text, map, wrappers };
}

async function undoOne(
  text: string,
  lines: readonly string[],
  done: readonly string[],
  checkpoint: Checkpoint,
): Promise<{ name: string; result: Unwrapped } | null> {
  for (const [name, undo] of WRAPPERS) {
    if (done.filter((one) => one === name).length >= 2) continue;
    if (checkpoint.due()) await checkpoint.pause();
    const found = await undo(text, lines, checkpoint);
    if (found === null) continue;
    const named = 'result' in found ? found : { name, result: found };
    if (named.result.text !== text) return named;
  }
  return null;
}
