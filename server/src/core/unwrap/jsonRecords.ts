import type { Checkpoint } from '../checkpoint.ts';
import { decodeInto, type JsonNode, readJson, stringValue } from './jsonTree.ts';
import { UnwrapBuilder, type Unwrapped } from './positionMap.ts';
import { DUMP_WORDS } from './sample.ts';

/** How many records decide which field carries the text. */
const VOTERS = 400;

/** Characters of one string that are decoded at a time: it may hold a dump as a whole. */
const PIECE = 64 * 1024;

/**
 * A dump line by line (or as a whole) in the strings of JSON records: docker's json-file, JSON layouts, exports of log
 * stores. The field is the one whose strings read most like a dump.
 */
export async function unwrapJsonRecords(text: string, lines: readonly string[], checkpoint: Checkpoint): Promise<Unwrapped | null> {
  if (!lines.some((line) => /^\s*[[{"]/.test(line)) || !/^\s*(?:[[{]|"(?:[^"\n]|\\")*\\[nt])/m.test(text.slice(0, 256 * 1024))) return null;
  const path = await vote(text, checkpoint);
  if (path === null) return null;
  const builder = new UnwrapBuilder(text);
  let endings = 0;
  let values = 0;
  // Docker ends every whole line with a line feed; where nobody does, the record is the line.
  const raw = path === 'log' && /\\n"/.test(text);
  const close = (node: JsonNode): void => {
    values++;
    const ended = text.startsWith('\\n', node.end - 2) || text.startsWith('\\r', node.end - 2);
    if (ended) endings++;
    if (!ended && !raw) builder.insert(node.end, '\n');
  };
  const piecewise = async (nodes: readonly JsonNode[]): Promise<true> => {
    for (const node of nodes) {
      for (let at = node.start; at < node.end; ) {
        if (checkpoint.due()) await checkpoint.pause();
        at = decodeInto(builder, text, at, node.end, PIECE);
      }
      close(node);
    }
    return true;
  };
  await eachRoot(text, checkpoint, (root) => {
    const found: JsonNode[] = [];
    eachString(root, '', 0, text, (at, node) => {
      if (at === path) found.push(node);
    });
    if (root.end - root.start > PIECE) return piecewise(found);
    for (const node of found) {
      decodeInto(builder, text, node.start, node.end);
      close(node);
    }
    return true;
  });
  return values > 0 && endings <= values ? builder.build() : null;
}

/** The path whose strings hold the most lines of a dump; null when none does. */
async function vote(text: string, checkpoint: Checkpoint): Promise<string | null> {
  const votes = new Map<string, number>();
  let records = 0;
  await eachRoot(text, checkpoint, (root) => {
    eachString(root, '', 0, text, (path, node) => {
      const value = stringValue(text, node.end - node.start > 20_000 ? { ...node, end: node.start + 20_000 } : node);
      const found = value.split('\n').filter((line) => DUMP_WORDS.test(line)).length;
      if (found > 0) votes.set(path, (votes.get(path) ?? 0) + found);
    });
    return ++records < VOTERS;
  });
  let best: string | null = null;
  for (const [path, count] of votes) if (count >= 3 && count > (best === null ? 0 : (votes.get(best) ?? 0))) best = path;
  return best;
}

/** Every JSON value that begins a line, until `visit` has had enough. */
async function eachRoot(text: string, checkpoint: Checkpoint, visit: (root: JsonNode) => boolean | Promise<boolean>): Promise<void> {
  const start = /^[\uFEFF \t]*(?=[[{"])/gm;
  for (let at = 0; at < text.length; ) {
    if (checkpoint.due()) await checkpoint.pause();
    start.lastIndex = at;
    const match = start.exec(text);
    if (match === null) return;
    const bracket = match.index + match[0].length;
    const tree = readJson(text, bracket);
    const whole = tree !== null && !(tree.cut && tree.root.kind !== 'string');
    if (whole) {
      const more = visit(tree.root);
      // The many small records are taken without a promise each.
      if (!(typeof more === 'boolean' ? more : await more)) return;
    }
    // Broken or cut JSON: only its first line is passed over.
    const next = whole ? tree.next : text.indexOf('\n', bracket);
    at = next <= bracket ? text.length : next;
    if (tree?.cut) {
      if (!whole && tree.root.kind !== 'string') await visit(tree.root);
      return;
    }
  }
}

function eachString(
  node: JsonNode,
  path: string,
  depth: number,
  text: string,
  visit: (path: string, node: JsonNode & { kind: 'string' }) => void,
): void {
  if (depth > 12) return;
  if (node.kind === 'string') visit(path, node);
  else if (node.kind === 'array') for (const item of node.items) eachString(item, path, depth + 1, text, visit);
  else if (node.kind === 'object') {
    for (const [key, value] of node.members) eachString(value, path === '' ? key : `${path}.${key}`, depth + 1, text, visit);
  }
}
