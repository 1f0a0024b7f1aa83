import { isAlias, isMap, isScalar, isSeq, Lexer, type Node, parseAllDocuments } from 'yaml';
import type { JsonNode } from '../unwrap/json/tree.ts';

/** Larger files are not what a person writes or `kubectl` prints for one application. In characters. */
export const MAX_YAML = 5 * 1024 * 1024;
const MAX_DEPTH = 64;

export interface Yaml {
  /** The documents as values with places. */
  nodes: JsonNode[];
  /** Why there are none: it is larger than {@link MAX_YAML}, nested deeper than anybody writes, or no YAML at all. */
  unread: 'too-large' | 'too-deep' | 'damaged' | null;
}

/** Brackets and braces stand deeper within one another than anybody writes them: a parser takes seconds for 100,000 of them. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === '[' || lexeme === '{') depth++;
    else if (lexeme === ']' || lexeme === '}') depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Reads a text of YAML; documents of it without a value are left out. */
export function readYaml(text: string): Yaml {
  if (text.length > MAX_YAML) return { nodes: [], unread: 'too-large' };
  if (isTooDeep(text)) return { nodes: [], unread: 'too-deep' };
  try {
    // Errors in many words (prettyErrors) copy the line that each is in: a line of 100,000 of them would take hours.
    const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent', strict: false, merge: false, prettyErrors: false });
    const nodes = (Array.isArray(documents) ? documents : []).flatMap(({ contents }) => {
      const node = contents === null ? null : nodeOf(contents, 0);
      return node ?? [];
    });
    return { nodes, unread: null };
  } catch (error) {
    // Blocks within blocks, deeper than the stack of the parser.
    return { nodes: [], unread: error instanceof RangeError ? 'too-deep' : 'damaged' };
  }
}

function nodeOf(node: Node, depth: number): JsonNode | null {
  const [start, end] = node.range ?? [0, 0];
  // What an alias stands for is not repeated: that is how a small file becomes a large one.
  if (depth > MAX_DEPTH || isAlias(node)) return null;
  if (isMap(node)) {
    const members = new Map<string, JsonNode>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : null;
      const member = value === null || typeof value !== 'object' ? null : nodeOf(value as Node, depth + 1);
      if (name !== null && member !== null) members.set(name, member);
    }
    return { kind: 'object', start, end, members };
  }
  if (isSeq(node)) {
    return {
      kind: 'array',
      start,
      end,
      items: node.items.flatMap((item) => (typeof item === 'object' && item !== null ? (nodeOf(item as Node, depth + 1) ?? []) : [])),
    };
  }
  if (!isScalar(node)) return null;
  if (node.value === null) return { kind: 'scalar', start, end: start };
  return { kind: 'string', start, end, escaped: false, value: String(node.value) };
}
