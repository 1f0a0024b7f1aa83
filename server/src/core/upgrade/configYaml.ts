import { type Document, isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { table } from '../../../../common/table.ts';
import { isTooDeep } from '../rest/yaml.ts';
import { LineIndex } from '../text.ts';
import { eolOf } from './flinkConf.ts';
import type { OptionEdit } from './upgrade.ts';
import { UPGRADE_WORDS } from './words.ts';

/** Options whose name is also the start of other names, which a nested file cannot hold: they got a name of their own. */
const RENAMED = table<string>({ 'execution.checkpointing.unaligned': 'execution.checkpointing.unaligned.enabled' });

/** In characters. */
const MAX_CONFIG = 1024 * 1024;

interface Found {
  /** The map the search ended in. */
  map: YAMLMap;
  /** What is left of the key there. */
  rest: string;
  pair: Pair | null;
}

/**
 * Sets an option in a config.yaml (Flink 1.19 and newer), nested or flat or both. Only the value, or the lines that
 * are new, are touched: comments, order and quotes stay as they are.
 */
export function setInConfigYaml(text: string, key: string, value: string): OptionEdit {
  const document = parsed(text);
  const [error] = document?.errors ?? [];
  if (document === null) return refuse({ code: 'yaml-unread', facts: {} });
  if (error !== undefined) {
    const line = new LineIndex(text).lineOf(error.pos[0]) + 1;
    return refuse({ code: 'invalid-yaml', facts: { error: error.message, line } });
  }
  const root = document.contents;
  if (root !== null && !isMap(root)) return refuse({ code: 'no-mapping', facts: {} });
  const description = UPGRADE_WORDS.set(key, value);
  if (root === null || root.items.length === 0) {
    const eol = eolOf(text);
    const lead = text === '' || text.endsWith('\n') ? '' : eol;
    return {
      edits: [
        { span: { start: text.length, end: text.length }, newText: `${lead}${nested(RENAMED[key] ?? key, value, '', eol)}${eol}`, description },
      ],
      before: null,
      refused: null,
    };
  }
  for (const name of [key, RENAMED[key]]) {
    const found = name === undefined ? null : search(root, name);
    if (found?.pair === null || found === null) continue;
    const node = found.pair.value;
    if (isMap(node)) continue;
    if (node === null || (isScalar(node) && node.range && node.range[0] === node.range[1])) {
      const at = isScalar(found.pair.key) && found.pair.key.range ? text.indexOf(':', found.pair.key.range[1]) + 1 : -1;
      if (at <= 0) return refuse({ code: 'no-value', facts: { option: name ?? key } });
      return { edits: [{ span: { start: at, end: at }, newText: ` ${value}`, description }], before: '', refused: null };
    }
    if (!isScalar(node) || !node.range) return refuse({ code: 'no-plain-value', facts: { option: name ?? key } });
    const before = String(node.value);
    if (before === value) return { edits: [], before, refused: null };
    return { edits: [{ span: { start: node.range[0], end: node.range[1] }, newText: value, description }], before, refused: null };
  }
  return insertion(text, search(root, RENAMED[key] ?? key), value, description);
}

/** Null: it is larger, or nested deeper, than any configuration. */
function parsed(text: string): Document.Parsed | null {
  if (text.length > MAX_CONFIG || isTooDeep(text)) return null;
  try {
    // Errors in many words (prettyErrors) copy the line that each is in, which takes hours for a long line of nothing else.
    return parseDocument(text, { keepSourceTokens: true, uniqueKeys: false, prettyErrors: false });
  } catch {
    return null;
  }
}

const refuse = (refused: NonNullable<OptionEdit['refused']>): OptionEdit => ({ edits: [], before: null, refused });

/** Follows a dotted key through maps whose own keys may be dotted. */
function search(root: YAMLMap, key: string): Found {
  let map = root;
  let rest = key;
  for (;;) {
    let next: { map: YAMLMap; rest: string } | null = null;
    for (const pair of map.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : null;
      if (name === rest) return { map, rest, pair };
      if (name !== null && rest.startsWith(`${name}.`) && isMap(pair.value)) next ??= { map: pair.value, rest: rest.slice(name.length + 1) };
    }
    if (next === null) return { map, rest, pair: null };
    ({ map, rest } = next);
  }
}

/** New lines behind the last entry of the deepest map that the key has. */
function insertion(text: string, { map, rest }: Found, value: string, description: string): OptionEdit {
  if (map.flow) return refuse({ code: 'in-braces', facts: { option: rest } });
  const first = map.items[0];
  const last = map.items.at(-1);
  const firstKey = isScalar(first?.key) ? first.key : null;
  const lastValue = last?.value as { range?: [number, number, number] | null } | null | undefined;
  const lastKey = isScalar(last?.key) ? last.key : null;
  const end = lastValue?.range?.[1] ?? lastKey?.range?.[1];
  if (!firstKey?.range || end === undefined) return refuse({ code: 'no-place', facts: { option: rest } });
  const lineStart = text.lastIndexOf('\n', firstKey.range[0] - 1) + 1;
  const indent = text.slice(lineStart, firstKey.range[0]);
  if (indent.trim() !== '') return refuse({ code: 'no-place', facts: { option: rest } });
  const eol = eolOf(text);
  const newline = text.indexOf('\n', Math.max(end - 1, 0));
  const at = newline === -1 ? text.length : newline + 1;
  const lead = at > 0 && text[at - 1] !== '\n' ? eol : '';
  return {
    edits: [{ span: { start: at, end: at }, newText: `${lead}${nested(rest, value, indent, eol)}${eol}`, description }],
    before: null,
    refused: null,
  };
}

/** "a.b.c" as nested lines. */
export function nested(key: string, value: string, indent: string, eol: string): string {
  const names = key.split('.');
  return names.map((name, depth) => `${indent}${'  '.repeat(depth)}${name}:${depth === names.length - 1 ? ` ${value}` : ''}`).join(eol);
}
