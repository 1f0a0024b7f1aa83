import type { Checkpoint } from '../checkpoint.ts';
import { problem } from '../problems.ts';
import { type JsonNode, readJson } from '../unwrap/json/tree.ts';
import type { Source } from '../unwrap/source.ts';
import { dumpToFileRoot, readDumpToFileJson } from './dumpToFileJson.ts';
import { isFlinkRest, readFlinkRest } from './flinkRest.ts';
import type { TextDumps } from './model.ts';
import { readSpark, sparkThreads } from './sparkRest.ts';
import { readSpring, springThreads } from './springActuator.ts';

/** Words that only the JSON forms of a dump have, sought in the text's beginning. */
const SIGNS = /"(?:threadInfos|stringifiedThreadInfo|threadContainers|threadName)"\s*:/;
const SAMPLE = 64 * 1024;

/** How many opening brackets are tried before the text is taken for no JSON. */
const MAX_TRIES = 20;

/** Reads the JSON documents of a text that are dumps. Null: there is none. */
export async function readJsonDumps(source: Source, checkpoint: Checkpoint): Promise<TextDumps | null> {
  const { text } = source;
  if (!SIGNS.test(text.slice(0, SAMPLE))) return null;
  const result: TextDumps = { dumps: [], problems: [] };
  let tries = 0;
  for (let at = openingBracket(text, 0); at !== -1 && tries < MAX_TRIES; ) {
    if (checkpoint.due()) await checkpoint.pause();
    const tree = readJson(text, at);
    if (tree !== null && (await readOne(source, tree.root, tree.cut, checkpoint, result))) {
      if (tree.cut) result.problems.push(problem('json-breaks-off', {}, source.span(text.length - 1, text.length)));
      at = openingBracket(text, tree.next);
      tries = 0;
      continue;
    }
    tries++;
    // What is no dump is passed over as a whole, unless it has no end.
    at = openingBracket(text, tree === null || tree.cut ? at + 1 : tree.next);
  }
  return result.dumps.length === 0 ? null : result;
}

async function readOne(source: Source, root: JsonNode, cut: boolean, checkpoint: Checkpoint, result: TextDumps): Promise<boolean> {
  if (isFlinkRest(root)) {
    const { dumps, problems } = await readFlinkRest(source, root, checkpoint);
    for (const dump of dumps) if (cut) dump.shows.complete = false;
    result.dumps.push(...dumps);
    result.problems.push(...problems);
    return true;
  }
  const containers = dumpToFileRoot(root);
  if (containers !== null) {
    result.dumps.push(readDumpToFileJson(source, root, containers, cut));
    return true;
  }
  const spark = sparkThreads(root);
  if (spark !== null) {
    result.dumps.push(readSpark(source, root, spark, cut));
    return true;
  }
  const threads = springThreads(root);
  if (threads === null) return false;
  result.dumps.push(readSpring(source, root, threads, cut));
  return true;
}

/** The next bracket that begins a line: a document may follow HTTP headers or a log's lines. */
function openingBracket(text: string, from: number): number {
  const pattern = /[[{]/g;
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    let before = match.index - 1;
    while (before >= 0 && /[\uFEFF \t]/.test(text.charAt(before))) before--;
    if (before < 0 || /[\r\n]/.test(text.charAt(before))) return match.index;
  }
  return -1;
}
