/**
 * Runs the analysis over a folder of thread dumps and compares it with the truth in the folder's MANIFEST.tsv.
 *
 *   npm run corpus:dumps -- FOLDER [--list]
 *
 * The manifest has a head line and tab-separated columns: file, format, threads_by_grep, jvm_deadlock_section
 * ("yes:2"), threads_in_section ("[a, b] [c, d]"), truth_from_generator ("1: [a,b]"). Prints a table by class of
 * files, then every file that is not right; `--list` prints every file.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_SETTINGS } from '../common/settings.ts';
import type { Deadlock } from '../server/src/core/analysis/threaddump/deadlockModel.ts';
import type { AnalysedDump } from '../server/src/core/analysis/threaddump/model.ts';
import { threadName } from '../server/src/core/analysis/threaddump/waits/model.ts';
import { NO_CHECKPOINT } from '../server/src/core/checkpoint.ts';
import { threadDumpKind } from '../server/src/core/kinds/threadDump.ts';
import type { SectionEntry } from '../server/src/core/threaddump/model.ts';
import { bufferTexts } from '../server/src/io/nodeFile.ts';

interface Row {
  file: string;
  format: string;
  threads: number | null;
  section: number;
  sectionThreads: string;
  truth: string;
}

interface Result {
  row: Row;
  kind: FileClass;
  threads: number;
  cycles: string[][];
  expected: string[][] | null;
  threadsRight: boolean;
  cyclesRight: boolean;
  membersRight: boolean;
  /** Cycles that the manifest does not name, and that the file's own lines do not close either. */
  falseAlarm: boolean;
  /** Cycles that the manifest does not name, but the file's own lines do: every wait and every owner is printed. */
  unnamed: boolean;
  milliseconds: number;
  error: string | null;
}

const CLASSES = ['JVM section', 'no section, format shows it', 'hidden from the JVM', 'wrapped or mangled', 'truncated', 'no deadlock'] as const;
type FileClass = (typeof CLASSES)[number];

async function main(): Promise<number> {
  const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
  if (folder === undefined) {
    process.stderr.write('usage: npm run corpus:dumps -- FOLDER [--list]\n');
    return 2;
  }
  const results: Result[] = [];
  for (const row of manifest(path.join(folder, 'MANIFEST.tsv'))) results.push(await tryFile(folder, row));
  report(results, process.argv.includes('--list'));
  return 0;
}

function manifest(file: string): Row[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').split('\n');
  const names = head.split('\t');
  const at = (cells: string[], name: string): string => cells[names.indexOf(name)]?.trim() ?? '';
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = line.split('\t');
      const threads = Number.parseInt(at(cells, 'threads_by_grep'), 10);
      return {
        file: at(cells, 'file'),
        format: at(cells, 'format'),
        threads: Number.isNaN(threads) ? null : threads,
        section: Number(/^yes:(\d+)/.exec(at(cells, 'jvm_deadlock_section'))?.[1] ?? 0),
        sectionThreads: at(cells, 'threads_in_section'),
        truth: at(cells, 'truth_from_generator'),
      };
    });
}

async function tryFile(root: string, row: Row): Promise<Result> {
  const kind = classOf(row);
  const start = performance.now();
  let threads = 0;
  const cycles: string[][] = [];
  const sections: string[][] = [];
  let closed = true;
  let error: string | null = null;
  try {
    for (const { name, text } of (await bufferTexts(row.file, readFileSync(path.join(root, row.file)))).texts) {
      const { dumps } = await threadDumpKind.analyse({ uri: name, text }, { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT });
      for (const dump of dumps) {
        const listed = dump.dump.threads.filter((thread) => thread.fromSection !== true).length;
        threads += listed === 0 ? dump.dump.threads.length : listed;
        cycles.push(...cyclesOf(dump));
        closed &&= dump.deadlocks.filter(({ certainty }) => certainty !== 'unknown').every((deadlock) => closedByText(text, dump, deadlock));
        sections.push(...sectionCycles(dump));
      }
    }
  } catch (thrown) {
    error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
  const expected = expectedCycles(row, sections);
  const same = expected !== null && (sameCycles(cycles, expected) || (closed && includesCycles(cycles, expected)));
  return {
    row,
    kind,
    threads,
    cycles,
    expected,
    threadsRight: row.threads === null || threads === row.threads,
    cyclesRight: expected === null || cycles.length === expected.length || same,
    membersRight: expected === null || same,
    falseAlarm: expected?.length === 0 && cycles.length > 0 && !closed,
    unnamed: expected !== null && cycles.length > expected.length && closed,
    milliseconds: performance.now() - start,
    error,
  };
}

function classOf(row: Row): FileClass {
  if (/truncated|header-cut/.test(row.file)) return 'truncated';
  if (row.file.startsWith('derived/')) return 'wrapped or mangled';
  if (row.truth.startsWith('JVM reports 0')) return 'hidden from the JVM';
  if (row.section > 0) return 'JVM section';
  return namesIn(row.truth).length > 0 ? 'no section, format shows it' : 'no deadlock';
}

/** Cycles that are claimed: what is unknown is no claim. */
function cyclesOf({ waits, deadlocks }: AnalysedDump): string[][] {
  return deadlocks
    .filter(({ certainty }) => certainty !== 'unknown')
    .map(({ threads }) => threads.map((threadIndex) => threadName(waits, threadIndex)).sort());
}

/** Looks at the raw lines: each member's block names the lock that it waits for, the next one's names it as held, or as owner. */
function closedByText(text: string, { waits }: AnalysedDump, { threads, locks }: Deadlock): boolean {
  const block = (threadIndex: number): string => {
    const span = waits.threads[threadIndex]?.thread?.span;
    return span === undefined ? '' : text.slice(span.start, span.end);
  };
  return threads.every((threadIndex, at) => {
    const next = threads[(at + 1) % threads.length] as number;
    const key = (locks[at]?.ref.key ?? '').replace(/^.*@/, '');
    const waiting = block(threadIndex);
    const wants = new RegExp(`(?:waiting to lock|blocked on|Blocked trying|parking to wait|waiting on)[^\\n]*${key}`).test(waiting);
    const holds = new RegExp(`(?:- +locked|Holding lock|- <|^\\s*-)[^\\n]*${key}`, 'm').test(block(next));
    return (wants && holds) || new RegExp(`(?:owned by|lockOwnerName":) ?"${escaped(threadName(waits, next))}"`).test(waiting);
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/**
 * The circle within each list of the JVM's section, by the section's own "which is held by": it lists tails too.
 * Threads of one name cannot be told apart there; then the whole list counts.
 */
function sectionCycles({ dump }: AnalysedDump): string[][] {
  return (dump.section?.cycles ?? []).map((entries) => circle(entries)).filter((names) => names.length > 0);
}

function circle(entries: SectionEntry[]): string[] {
  const names = entries.map((entry) => entry.thread).sort();
  if (new Set(names).size < names.length) return names;
  const next = new Map(entries.map((entry) => [entry.thread, entry.heldBy]));
  for (const { thread } of entries) {
    const seen: string[] = [];
    for (let at: string | null | undefined = thread; at != null && next.has(at) && !seen.includes(at); at = next.get(at)) {
      seen.push(at);
      if (next.get(at) === thread) return seen.sort();
    }
  }
  return [];
}

/** Null: the manifest does not say. */
function expectedCycles(row: Row, sections: string[][]): string[][] | null {
  if (row.section > 0) {
    const listed = namesIn(row.sectionThreads);
    // The manifest has one list for all the dumps of a file, and the lists include tails.
    const members = sections.length === row.section ? sections : listed;
    return members.length === row.section ? members : listed.length === 1 ? Array<string[]>(row.section).fill(listed[0] as string[]) : null;
  }
  const real = namesIn(row.truth);
  if (!row.truth.startsWith('JVM reports 0')) return real;
  // Class initialisation shows in HotSpot's text alone; a virtual thread that is not mounted in dump_to_file alone,
  // and the owner of its ReentrantLock from JDK 26 on.
  if (row.truth.includes('class-init')) return row.format === 'hotspot' ? real.slice(0, 1) : null;
  return row.format.startsWith('dump_to_file') ? real.slice(0, 1) : [];
}

function namesIn(cell: string): string[][] {
  const lists = [...cell.matchAll(/\[([^[\]]+(?:\[[^\]]*\][^[\]]*)*)\]/g)].map((match) => match[1] as string);
  const texts = lists.length === 0 && cell.includes('; ') && !cell.includes('JVM') ? [cell.replaceAll('; ', ',')] : lists;
  return texts.map((text) =>
    text
      .split(/, ?/)
      .map((name) => name.trim())
      .sort(),
  );
}

function sameCycles(found: string[][], expected: string[][]): boolean {
  const key = (cycles: string[][]): string => JSON.stringify(cycles.map((names) => names.join('\u0000')).sort());
  return key(found) === key(expected);
}

/** Every expected cycle is among those found, as often as it is expected. */
function includesCycles(found: string[][], expected: string[][]): boolean {
  const left = found.map((names) => names.join('\u0000'));
  return expected.every((names) => {
    const at = left.indexOf(names.join('\u0000'));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

function report(all: Result[], list: boolean): void {
  const line = (cells: (string | number)[]): string =>
    cells.map((cell, at) => (at === 0 ? String(cell).padEnd(30) : String(cell).padStart(14))).join('');
  console.log(line(['class', 'files', 'threads right', 'cycles right', 'members right', 'false alarms', 'unnamed ones']));
  for (const kind of CLASSES) {
    const files = all.filter((result) => result.kind === kind);
    const count = (test: (result: Result) => boolean): number => files.filter(test).length;
    const cells = [
      count((r) => r.threadsRight),
      count((r) => r.cyclesRight),
      count((r) => r.membersRight),
      count((r) => r.falseAlarm),
      count((r) => r.unnamed),
    ];
    console.log(line([kind, files.length, ...cells]));
  }
  console.log(
    line([
      'all',
      all.length,
      ...(['threadsRight', 'cyclesRight', 'membersRight', 'falseAlarm', 'unnamed'] as const).map((key) => all.filter((r) => r[key]).length),
    ]),
  );
  for (const result of all) {
    const wrong = !result.threadsRight || !result.cyclesRight || !result.membersRight || result.error !== null;
    if (!wrong && !list) continue;
    const { row, threads, cycles, expected } = result;
    console.log(`\n${row.file} (${row.format}, ${result.milliseconds.toFixed(0)} ms)`);
    if (!result.threadsRight) console.log(`  threads ${threads}, expected ${row.threads}`);
    if (!result.cyclesRight || !result.membersRight) console.log(`  cycles ${JSON.stringify(cycles)}, expected ${JSON.stringify(expected)}`);
    if (result.error !== null) console.log(`  ${result.error}`);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
