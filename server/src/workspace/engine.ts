import type { Kind } from '../../../common/ids.ts';
import type { Settings } from '../../../common/settings.ts';
import { EMPTY_SPAN } from '../../../common/span.ts';
import type { Checkpoint } from '../core/checkpoint.ts';
import { detect } from '../core/detect.ts';
import type { GcSource } from '../core/kinds/concludeLog.ts';
import { type Analysis, analyse, loadKind, nothing } from '../core/kinds/index.ts';
import { LARGE_FILE } from '../core/log/streaming/largeFile.ts';
import type { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import { problem } from '../core/problems.ts';
import type { Streaming } from '../io/byteFile.ts';
import { textsIn } from './archives.ts';
import type { FileSystem } from './fileSystem.ts';
import { SourcesBeside } from './javaSources.ts';
import { opener } from './lines.ts';
import type { Platform } from './platform.ts';
import { type LeftOut, type Member, noLog, type Say, sortMembers } from './sets.ts';

/**
 * What is to be analysed, in plain values only: asking for an analysis and running it are apart, so that it may be run
 * elsewhere. Exactly one of `text`, `file` and `set`.
 */
export interface Job {
  uri: string;
  settings: Settings;
  /** A text that is at hand. */
  text?: { content: string; kind?: Kind | undefined };
  /** The file of the uri; `name` as it is shown. `streamed`: only if it is a log that is read as a stream. */
  file?: { name: string; size: number; streamed?: boolean };
  /** Files that are read as one. */
  set?: { members: readonly Member[]; left: readonly LeftOut[]; skipped: readonly string[] };
  /** The GC logs of the JVM that wrote a single log. */
  gc?: readonly GcFile[];
}

export interface GcFile {
  uri: string;
  /** How messages call it. */
  name: string;
}

export interface Outcome {
  analysis: Analysis;
  /** The text that spans count through; empty where there is not one text. */
  text: string;
  /** Where spans count through files: what they are, with their texts where those are in memory. */
  parts?: { uri: string; offset: number; line: number; text: string | null }[];
  /** Of a file that was read as a stream. */
  index?: SparseIndex;
  left: readonly LeftOut[];
}

/** What was left out is told one by one up to here. */
const MAX_PROBLEMS = 30;

/** Runs jobs, one at a time, on what it is given and nothing else. */
export class Engine {
  readonly #files: FileSystem;
  readonly #platform: Platform;

  constructor(files: FileSystem, platform: Platform) {
    this.#files = files;
    this.#platform = platform;
  }

  /** Null: there is no such file. Rejects with Cancelled, or with the reason why the file cannot be read. */
  async run(job: Job, checkpoint: Checkpoint, say: Say): Promise<Outcome | null> {
    const outcome = await this.#outcome(job, checkpoint, say);
    if (outcome !== null) await loadKind(outcome.analysis);
    return outcome;
  }

  async #outcome(job: Job, checkpoint: Checkpoint, say: Say): Promise<Outcome | null> {
    if (job.set !== undefined) return this.#set(job, job.set, checkpoint, say);
    if (job.text !== undefined) return this.#text(job, job.text, checkpoint);
    return job.file === undefined ? null : this.#file(job, job.file, checkpoint);
  }

  async #text({ uri, settings, gc = [] }: Job, { content, kind }: NonNullable<Job['text']>, checkpoint: Checkpoint): Promise<Outcome> {
    const input = { uri, text: content, ...(kind === undefined ? {} : { kind }) };
    const beside = new SourcesBeside(this.#files);
    const options = { settings, checkpoint, sources: beside, foldsCase: this.#platform.foldsCase };
    if (gc.length === 0 || (kind ?? detect(content).kind) !== 'flink-log') {
      const analysis = await analyse(input, options);
      const parts = beside.partsOf(analysis, content);
      return { analysis, text: content, left: [], ...(parts.length === 0 ? {} : { parts: [{ uri, offset: 0, line: 0, text: content }, ...parts] }) };
    }
    const logs = new GcBeside(this.#files, this.#platform, gc, checkpoint);
    const { analyseLog } = await import('../core/kinds/flinkLog.ts');
    const analysis = await analyseLog(input, options, await logs.read(content.length + 1));
    return { analysis, text: content, parts: [{ uri, offset: 0, line: 0, text: content }, ...logs.parts], left: [] };
  }

  async #file(job: Job, { name, size, streamed: only }: NonNullable<Job['file']>, checkpoint: Checkpoint): Promise<Outcome | null> {
    const { uri, settings, gc = [] } = job;
    const { streams } = this.#platform;
    const open = size > LARGE_FILE && streams !== null ? await opener(this.#files, uri) : null;
    if (open !== null && streams !== null) {
      const beside = new GcBeside(this.#files, this.#platform, gc, checkpoint);
      const gcLogs = (end: number) => beside.read(end);
      const blocks = await this.#blocks(job, size, checkpoint);
      const streamed = await streams.streamFile(open, await streams.headOf(open), { uri, settings, checkpoint, gcLogs, ...blocks });
      // Its spans count bytes: positions are asked of the file.
      if (streamed !== null) return { ...streamed, text: '', parts: [{ uri, offset: 0, line: 0, text: null }, ...beside.parts], left: [] };
    }
    if (only === true) return null;
    const found = await textsIn(this.#files, this.#platform, uri, name);
    const content = found?.texts[0]?.text;
    return content === undefined ? null : this.#text(job, { content }, checkpoint);
  }

  /** Threads for the blocks of a log, where they gain time. */
  async #blocks({ uri, settings }: Job, size: number, checkpoint: Checkpoint): Promise<Pick<Streaming, 'blocks'>> {
    const { readers } = this.#platform;
    if (readers === null || size < readers.worthBlocks || !uri.startsWith('file:')) return {};
    const { overBlocks } = await import('./overBlocks.ts');
    return { blocks: overBlocks(readers, { uri, size, settings }, checkpoint) };
  }

  async #set({ settings }: Job, { members, left: before, skipped }: NonNullable<Job['set']>, checkpoint: Checkpoint, say: Say): Promise<Outcome> {
    const { logs, gcLogs, left: unread } = await sortMembers(this.#files, this.#platform, members, checkpoint, say);
    const left = [...before, ...unread];
    if (logs.length === 0) return { analysis: nothing(noLog(members.length, gcLogs.length, left, skipped)), text: '', left };
    const { analyseLogSet } = await import('../core/kinds/logSet.ts');
    const analysis = await analyseLogSet(logs, { settings, checkpoint }, gcLogs, (name, number, of) => say(`reading ${name}, ${number} of ${of}`));
    for (const { failed, ...told } of left.slice(0, MAX_PROBLEMS)) analysis.problems.push(told);
    if (left.length > MAX_PROBLEMS) analysis.problems.push(problem('more-files-left', { count: left.length - MAX_PROBLEMS }, EMPTY_SPAN));
    const texts = new Map([...logs, ...gcLogs].flatMap((file) => ('text' in file ? [[file.uri, file.text] as const] : [])));
    const parts = analysis.files.map(({ uri: file, offset, line }) => ({ uri: file, offset, line, text: texts.get(file) ?? null }));
    return { analysis, text: '', parts, left };
  }
}

/** GC logs that are read with a single log: their spans count on from its end. */
class GcBeside {
  readonly parts: { uri: string; offset: number; line: number; text: string }[] = [];
  readonly #files: FileSystem;
  readonly #platform: Platform;
  readonly #named: readonly GcFile[];
  readonly #checkpoint: Checkpoint;

  constructor(files: FileSystem, platform: Platform, named: readonly GcFile[], checkpoint: Checkpoint) {
    this.#files = files;
    this.#platform = platform;
    this.#named = named;
    this.#checkpoint = checkpoint;
  }

  async read(end: number): Promise<GcSource[]> {
    const found: GcSource[] = [];
    const { readRotation } = await import('../core/gc/rotations.ts');
    let offset = end;
    for (const { uri, name } of this.#named) {
      for (const { text } of (await textsIn(this.#files, this.#platform, uri, name))?.texts ?? []) {
        const file = { name, uri, text };
        const at = offset;
        found.push({ gc: await readRotation([file], this.#checkpoint, () => at), source: name, file: { name, uri, offset, line: 0 } });
        this.parts.push({ uri, offset, line: 0, text });
        offset += text.length + 1;
      }
    }
    return found;
  }
}
