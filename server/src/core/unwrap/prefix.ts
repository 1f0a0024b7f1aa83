import type { Checkpoint } from '../checkpoint.ts';
import { UnwrapBuilder, type Unwrapped } from './positionMap.ts';
import { DUMP_WORDS, FRAME } from './sample.ts';

/** Frames with something before them that decide what the prefix looks like. */
const VOTERS = 200;
const MAX_PREFIX = 300;

/** Kubernetes' CRI: `time stdout F line`; P says that the line goes on in the next record. */
const CRI = /^\d{4}-\d\d-\d\dT\S+ (?:stdout|stderr) ([FP])(?: |$)/;

/** A prefix before every line: CRI, compose's `service_1  | `, a logger's layout, a quotation mark. */
export async function dropPrefix(
  text: string,
  lines: readonly string[],
  checkpoint: Checkpoint,
): Promise<{ name: string; result: Unwrapped } | null> {
  const cri = lines.filter((line) => CRI.test(line)).length;
  if (cri >= 3 && cri * 2 > lines.length) return { name: 'cri', result: await strip(text, CRI, checkpoint) };
  const pattern = prefixPattern(lines);
  return pattern === null ? null : { name: nameOf(pattern), result: await strip(text, pattern, checkpoint) };
}

/** Learns the prefix from the frames: what differs between them is a number or a word. */
function prefixPattern(lines: readonly string[]): RegExp | null {
  const prefixes: string[] = [];
  let clean = 0;
  for (const line of lines) {
    const frame = FRAME.exec(line);
    if (frame === null) continue;
    const prefix = line.slice(0, frame.index);
    // A thread's name with its frames behind it on the same line, as Jira flattens the JVM's section, is no wrapper's doing.
    if (prefix.trim() === '' || /^\s*".*":\s*$/.test(prefix)) clean++;
    else if (prefix.length <= MAX_PREFIX && !DUMP_WORDS.test(prefix)) prefixes.push(prefix.trimEnd());
    if (prefixes.length >= VOTERS) break;
  }
  if (prefixes.length < 2 || prefixes.length < clean) return null;
  const rows = prefixes.map((prefix) => prefix.trimStart().split(/\s+/));
  const width = mostCommon(rows.map((row) => row.length));
  const alike = rows.filter((row) => row.length === width);
  if (alike.length * 2 < rows.length) return null;
  const words: string[] = [];
  for (let at = 0; at < width; at++) words.push(wordPattern(alike.map((row) => row[at] as string)));
  return new RegExp(`^[ \\t]*${words.join('[ \\t]+')} ?`);
}

function wordPattern(words: string[]): string {
  const first = words[0] as string;
  if (words.every((word) => word === first)) return escaped(first).replace(/\d+/g, '\\d+');
  const shape = first.replace(/\d+/g, '0');
  if (words.every((word) => word.replace(/\d+/g, '0') === shape)) return escaped(first).replace(/\d+/g, '\\d+');
  return '\\S+';
}

async function strip(text: string, pattern: RegExp, checkpoint: Checkpoint): Promise<Unwrapped> {
  const builder = new UnwrapBuilder(text);
  for (let start = 0; start < text.length; ) {
    if (checkpoint.due()) await checkpoint.pause();
    let end = text.indexOf('\n', start);
    const last = end === -1;
    if (last) end = text.length;
    const match = pattern.exec(text.slice(start, Math.min(end, start + MAX_PREFIX * 2)));
    const goesOn = match?.[1] === 'P';
    builder.copy(start + (match?.[0].length ?? 0), goesOn ? end - (text[end - 1] === '\r' ? 1 : 0) : Math.min(text.length, end + 1));
    start = end + 1;
  }
  return builder.build();
}

function nameOf(pattern: RegExp): string {
  const source = pattern.source;
  if (/\|\W*$/.test(source)) return 'compose-prefix';
  return /\\d\+/.test(source) || /[A-Za-z]{3}/.test(source.replace(/\\[A-Za-z]/g, '')) ? 'log-prefix' : 'quoted';
}

function mostCommon(values: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
