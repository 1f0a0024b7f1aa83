import { decodeInto, type JsonNode, readJson, stringValue } from './jsonTree.ts';
import { UnwrapBuilder, type Unwrapped } from './positionMap.ts';
import { DUMP_WORDS } from './sample.ts';

/** How many records decide which field carries the text. */
const VOTERS = 400;

/**
 * A dump line by line (or as a whole) in the strings of JSON records: docker's json-file, JSON layouts, exports of log
 * stores. The field is the one whose strings read most like a dump.
 */
export function unwrapJsonRecords(text: string, lines: readonly string[]): Unwrapped | null {
  if (!lines.some((line) => /^\s*[[{"]/.test(line)) || !/^\s*(?:[[{]|"(?:[^"\n]|\\")*\\[nt])/m.test(text.slice(0, 256 * 1024))) return null;
  const path = vote(text);
  if (path === null) return null;
  const builder = new UnwrapBuilder(text);
  let endings = 0;
  let values = 0;
  // Docker ends every whole line with a line feed; where nobody does, the record is the line.
  const raw = path === 'log' && /\\n"/.test(text);
  eachRoot(text, (root) => {
    eachString(root, '', 0, text, (at, node) => {
      if (at !== path) return;
      values++;
      decodeInto(builder, text, node.start, node.end);
      const ended = text.startsWith('\\n', node.end - 2) || text.startsWith('\\r', node.end - 2);
      if (ended) endings++;
      if (!ended && !raw) builder.insert(node.end, '\n');
    });
    return true;
  });
  return values > 0 && endings <= values ? builder.build() : null;
}

/** The path whose strings hold the most lines of a dump; null when none does. */
function vote(text: string): string | null {
  const votes = new Map<string, number>();
  let records = 0;
  eachRoot(text, (root) => {
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
function eachRoot(text: string, visit: (root: JsonNode) => boolean): void {
  const start = /^[\uFEFF \t]*(?=[[{"])/gm;
  for (let at = 0; at < text.length; ) {
    start.lastIndex = at;
    const match = start.exec(text);
    if (match === null) return;
    const bracket = match.index + match[0].length;
    const tree = readJson(text, bracket);
    const whole = tree !== null && !(tree.cut && tree.root.kind !== 'string');
    if (whole && !visit(tree.root)) return;
    // Broken or cut JSON: only its first line is passed over.
    const next = whole ? tree.next : text.indexOf('\n', bracket);
    at = next <= bracket ? text.length : next;
    if (tree?.cut) {
      if (!whole && tree.root.kind !== 'string') visit(tree.root);
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
