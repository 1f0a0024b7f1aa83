import { fileURLToPath } from 'node:url';
import type { Settings } from '../../../common/settings.ts';
import type { Position } from '../../../common/span.ts';
import type { LogAnalysis } from '../core/analysis/log/model.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { detect } from '../core/detect.ts';
import { type Analysis, analyse } from '../core/kinds/index.ts';
import { analyseLogSet, type LogFile, type StreamedFile } from '../core/kinds/logSet.ts';
import type { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import { type Placed, Places } from '../core/places.ts';
import { LineIndex } from '../core/text.ts';
import { analyseLargeLog, type LargeLog, largeLog, streamedFile } from '../io/largeLog.ts';
import { positionsIn } from '../io/logFile.ts';
import { PagedFile } from '../io/pagedFile.ts';
import { UsageError } from './errors.ts';
import { type Source, sources, textsOf, uriOf } from './inputs.ts';

/** A file with its analysis. */
export interface Loaded<A extends Analysis = Analysis> extends Placed {
  name: string;
  analysis: A;
}

const EMPTY = new LineIndex('');

/** Reads and analyses files: as texts in memory, large logs streamed from the disk. */
export class Loader {
  /** Of all that was loaded. */
  readonly places = new Places((uri, offsets) => this.#positions(uri, offsets));
  readonly #settings: Settings;
  /** Of streamed files, by uri. */
  readonly #indices = new Map<string, SparseIndex>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** What a source holds: one file, or those of an archive. */
  async *all(source: Source): AsyncGenerator<Loaded> {
    const uri = uriOf(source);
    const large = await largeLogOf(source);
    if (large !== null) {
      const { analysis, index } = await analyseLargeLog(large, { uri, settings: this.#settings, checkpoint: NO_CHECKPOINT });
      this.#indices.set(uri, index);
      yield { name: source.path, uri, analysis, index: EMPTY, parts: [{ uri, offset: 0, line: 0, index: null }] };
      return;
    }
    for (const { name, text } of await textsOf(source)) {
      const analysis = await analyse({ uri, text }, { settings: this.#settings, checkpoint: NO_CHECKPOINT });
      yield { name, uri, analysis, index: new LineIndex(text) };
    }
  }

  /** The one file of a command that takes no more. */
  async one(args: readonly string[], command: string): Promise<Loaded> {
    const [source, more] = await sources(args);
    if (source === undefined || more !== undefined) throw new UsageError(`${command} takes exactly one file`);
    for await (const loaded of this.all(source)) return loaded;
    throw new UsageError(`${source.path}: no text`);
  }

  /** JobManager, TaskManagers and rotated files as one, with the GC logs beside them; null where there is no log. */
  async together(args: readonly string[]): Promise<Loaded<LogAnalysis> | null> {
    const logs: (LogFile | StreamedFile)[] = [];
    const gcLogs: LogFile[] = [];
    for (const source of await sources(args)) {
      const uri = uriOf(source);
      const large = await largeLogOf(source);
      if (large?.kind === 'flink-log') {
        logs.push(streamedFile(large, source.path, uri, NO_CHECKPOINT));
        continue;
      }
      for (const { name, text } of await textsOf(source)) {
        const { kind } = detect(text);
        if (kind === 'flink-log') logs.push({ name, uri, text });
        else if (kind === 'gc-log') gcLogs.push({ name, uri, text });
        else if (source.named) throw notALog(name, kind);
      }
    }
    if (logs.length === 0) return null;
    const analysis = await analyseLogSet(logs, { settings: this.#settings, checkpoint: NO_CHECKPOINT }, gcLogs);
    const indices = new Map([...logs, ...gcLogs].map((file) => [file.name, 'text' in file ? new LineIndex(file.text) : null]));
    const parts = analysis.files.map(({ name, uri, offset, line }) => ({ uri, offset, line, index: indices.get(name) ?? null }));
    return { name: analysis.files.map((file) => file.name).join(', '), uri: '', analysis, index: EMPTY, parts };
  }

  async #positions(uri: string, offsets: readonly number[]): Promise<Position[]> {
    const path = fileURLToPath(uri);
    const index = this.#indices.get(uri);
    if (index !== undefined) {
      const found = await positionsIn(path, index, offsets);
      return offsets.map((offset) => found.get(offset) ?? { line: 0, character: 0 });
    }
    const file = new PagedFile(path);
    await file.extend(NO_CHECKPOINT);
    return file.positions(offsets);
  }
}

/** A file that cannot be looked at is reported by who reads it as a text. */
async function largeLogOf({ path }: Source): Promise<LargeLog | null> {
  return path === '-' ? null : largeLog(path).catch(() => null);
}

export function notALog(name: string, kind: string): UsageError {
  return new UsageError(`${name}: relations are read from logs, this is ${kind === 'unknown' ? 'no file that can be read' : `a ${kind}`}`);
}
