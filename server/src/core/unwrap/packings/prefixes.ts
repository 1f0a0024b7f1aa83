import { learnShape } from '../lines/learnShape.ts';
import { LINE_PREFIXES } from '../lines/prefixes.ts';
import type { Packing, Reading } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';

const SAMPLE_LINES = 400;
/** Nobody puts more than this before a line. */
const MAX_LENGTH = 600;

/** What is before every line: of a container runtime, a tool, a logger, a mail program; one that is known, else what can be learnt. */
export const prefixes: Packing = {
  id: 'prefix',
  title: 'something before every line',
  sign: (sample) => sample.includes('\n'),
  *undo(text, reading): Steps<Source | null> {
    const pattern = prefixOf(text, reading);
    if (pattern === null) return null;
    /** What each source has written: lines of several containers may stand mixed. */
    const sources = new Map<string, { from: number; to: number }[]>();
    let source = '';
    for (let start = 0; start < text.length; ) {
      yield;
      let end = text.indexOf('\n', start);
      if (end === -1) end = text.length;
      const match = pattern.exec(text.slice(start, Math.min(end, start + MAX_LENGTH)));
      source = match?.groups?.source ?? source;
      // CRI cuts long lines: P says that the line goes on in the next record.
      const goesOn = match?.groups?.part === 'P';
      const to = goesOn ? end - (text[end - 1] === '\r' ? 1 : 0) : Math.min(text.length, end + 1);
      const lines = sources.get(source) ?? [];
      lines.push({ from: start + (match?.[0].length ?? 0), to });
      if (lines.length === 1) sources.set(source, lines);
      start = end + 1;
    }
    return joined(text, sources);
  },
  samples: ['taskmanager_1  | one\ntaskmanager_1  | two', '> one\n> two', '12:00:01 a - one\n12:00:02 a - two\n12:00:03 a - three'],
  nearMisses: ['one'],
};

/** The lines of one source after the other, each source under its name as tail(1) prints it where there are several. */
function joined(text: string, sources: ReadonlyMap<string, readonly { from: number; to: number }[]>): Source {
  const builder = new SourceBuilder(text);
  for (const [source, lines] of sources) {
    if (sources.size > 1 && source !== '') builder.insert(lines[0]?.from ?? 0, `==> ${source} <==\n`);
    for (const { from, to } of lines) builder.copy(from, to);
    if (sources.size > 1 && text[(lines.at(-1)?.to ?? 0) - 1] !== '\n') builder.insert(lines.at(-1)?.to ?? 0, '\n');
  }
  return builder.build();
}

/** The prefix without which most of the text can be read; null where it reads best as it is. */
function prefixOf(text: string, { readable }: Reading): RegExp | null {
  const sample = filledLines(text);
  let best: RegExp | null = null;
  let most = readable(sample.join('\n'));
  for (const pattern of [...knownIn(sample), ...learnShape(sample)]) {
    const score = readable(without(sample, pattern));
    if (score <= most) continue;
    most = score;
    best = pattern;
  }
  return best;
}

/** How much of a text can be read as it stands, or behind a prefix that is known. */
export function readableBehind(text: string, { readable }: Reading): number {
  const sample = filledLines(text);
  return Math.max(readable(text), ...knownIn(sample).map((pattern) => readable(without(sample, pattern))));
}

const filledLines = (text: string): string[] =>
  text
    .slice(0, 256 * 1024)
    .split('\n', SAMPLE_LINES)
    .filter((line) => line.trim() !== '');

const knownIn = (lines: readonly string[]): RegExp[] =>
  LINE_PREFIXES.flatMap(({ prefix }) => (prefix !== undefined && lines.some((line) => prefix.test(line.slice(0, MAX_LENGTH))) ? prefix : []));

const without = (lines: readonly string[], pattern: RegExp): string =>
  lines.map((line) => line.slice(pattern.exec(line.slice(0, MAX_LENGTH))?.[0].length ?? 0)).join('\n');
