import { escapeRegExp } from '../wording.ts';
import type { OptionEdit } from './upgrade.ts';
import { UPGRADE_WORDS } from './words.ts';

/** End of line of a text. */
export function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/**
 * Sets an option in a flink-conf.yaml (Flink up to 1.20). That file is read line by line, not as YAML: the last line
 * of a key wins, and it is the one changed. A commented-out line stays, with the new one below it.
 */
export function setInFlinkConf(text: string, key: string, value: string): OptionEdit {
  const description = UPGRADE_WORDS.set(key, value);
  const lines = [...text.matchAll(new RegExp(`^([ \\t]*${escapeRegExp(key)}[ \\t]*:[ \\t]*)([^#\\r\\n]*?)([ \\t]*(?:#[^\\r\\n]*)?)$`, 'gm'))];
  const last = lines.at(-1);
  if (last !== undefined) {
    const before = last[2] as string;
    if (before === value) return { edits: [], before, refused: null };
    const start = last.index + (last[1] as string).length;
    const gap = /[ \t]$/.test(last[1] as string) ? '' : ' ';
    return { edits: [{ span: { start, end: start + before.length }, newText: gap + value, description }], before, refused: null };
  }
  const eol = eolOf(text);
  const commented = [...text.matchAll(new RegExp(`^[ \\t]*#[ \\t]*${escapeRegExp(key)}[ \\t]*:[^\\r\\n]*$`, 'gm'))].at(-1);
  const at = commented === undefined ? text.length : commented.index + commented[0].length;
  const newText = commented !== undefined ? `${eol}${key}: ${value}` : `${text === '' || text.endsWith('\n') ? '' : eol}${key}: ${value}${eol}`;
  return { edits: [{ span: { start: at, end: at }, newText, description }], before: null, refused: null };
}
