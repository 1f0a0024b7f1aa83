import { decodeJson } from './escapes.ts';
import { type JsonIssue, JsonReader } from './reader.ts';

/** A JSON value with its place. Strings stay text until they are asked for. */
export type JsonNode =
  | { kind: 'object'; start: number; end: number; members: Map<string, JsonNode> }
  | { kind: 'array'; start: number; end: number; items: JsonNode[] }
  /** `start` and `end` are those of the characters between the quotes; `value` where it is not what stands there. */
  | { kind: 'string'; start: number; end: number; escaped: boolean; value?: string }
  | { kind: 'scalar'; start: number; end: number };

/** Deeper nesting than any document of ours has is passed over, so that no input can exhaust the stack. */
const MAX_DEPTH = 64;

export interface JsonTree {
  root: JsonNode;
  /** Where reading ended: after the value, or at the end of a text that was cut. */
  next: number;
  cut: boolean;
  /** Damage that was passed over. */
  issues: readonly JsonIssue[];
}

/** Reads the value at `at`. A text that ends too soon, or has a comma too many, gives what could be read. Null: no value. */
export function readJson(text: string, at = 0): JsonTree | null {
  const reader = new JsonReader(text, at);
  const root = readNode(reader, 0);
  return root === null ? null : { root, next: reader.pos, cut: reader.truncated, issues: reader.issues };
}

function readNode(reader: JsonReader, depth: number): JsonNode | null {
  if (reader.peek() === -1) return null;
  const start = reader.pos;
  if (depth <= MAX_DEPTH && reader.enterObject()) {
    const members = new Map<string, JsonNode>();
    for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
      const value = readNode(reader, depth + 1);
      if (value !== null) members.set(decodeJson(key), value);
    }
    return { kind: 'object', start, end: reader.pos, members };
  }
  if (depth <= MAX_DEPTH && reader.enterArray()) {
    const items: JsonNode[] = [];
    while (reader.nextItem()) {
      const value = readNode(reader, depth + 1);
      if (value !== null) items.push(value);
    }
    return { kind: 'array', start, end: reader.pos, items };
  }
  const string = reader.rawString();
  if (string !== null) return { kind: 'string', start: reader.start, end: reader.stop, escaped: string.includes('\\') };
  reader.skip();
  return reader.pos === start ? null : { kind: 'scalar', start, end: reader.pos };
}

export function stringValue(text: string, node: JsonNode): string {
  if (node.kind === 'string' && node.value !== undefined) return node.value;
  const raw = text.slice(node.start, node.end);
  return node.kind === 'string' && node.escaped ? decodeJson(raw) : raw;
}

export function member(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.get(key) : undefined;
}

export function items(node: JsonNode | undefined): JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}

/** A string's value; null for a missing or null one. */
export function stringAt(text: string, node: JsonNode | undefined, key: string): string | null {
  const value = member(node, key);
  return value?.kind === 'string' ? stringValue(text, value) : null;
}

/** A number, also one in quotes as dump_to_file writes its ids. */
export function numberAt(text: string, node: JsonNode | undefined, key: string): number | null {
  const value = member(node, key);
  if (value === undefined || value.kind === 'object' || value.kind === 'array' || value.end === value.start) return null;
  const number = Number(text.slice(value.start, value.end));
  return Number.isFinite(number) ? number : null;
}

export function isTrue(text: string, node: JsonNode | undefined, key: string): boolean {
  const value = member(node, key);
  return value?.kind === 'scalar' && text.startsWith('true', value.start);
}
