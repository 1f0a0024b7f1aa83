import { isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import type { JsonNode } from '../unwrap/json/tree.ts';

/** Larger files are not what a person writes or `kubectl` prints for one application. In characters. */
const MAX_YAML = 5 * 1024 * 1024;
const MAX_DEPTH = 64;

/** The documents of a text of YAML as values with places; those that cannot be read are left out. */
export function readYaml(text: string): JsonNode[] {
  if (text.length > MAX_YAML) return [];
  try {
    const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent', strict: false, merge: false });
    return (Array.isArray(documents) ? documents : []).flatMap(({ contents }) => {
      const node = contents === null ? null : nodeOf(contents, 0);
      return node ?? [];
    });
  } catch {
    return [];
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
