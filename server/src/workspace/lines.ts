import type { FindLine, FoundLine, Lines } from '../../../common/contracts.ts';
import type { Position } from '../../../common/span.ts';
import { type Checkpoint, NO_CHECKPOINT } from '../core/checkpoint.ts';
import type { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import type { Opener } from '../io/byteFile.ts';
import type { FileSystem } from './fileSystem.ts';
import type { Paged, Platform } from './platform.ts';

const MAX_LINES = 2000;

/** Opens a file for streaming whenever it is asked; null where it can only be read whole. */
export async function opener(files: FileSystem, uri: string): Promise<Opener | null> {
  const first = await files.stream(uri);
  if (first === null) return null;
  first.close();
  return async () => {
    const file = await files.stream(uri);
    if (file === null) throw new Error('the file is not there any more');
    return file;
  };
}

/** Windows on files that no editor hands over, and positions in them. */
export class FileLines {
  readonly #paged = new Map<string, Paged>();
  /** Of files that were read as a stream: where some of their records stand. */
  readonly #indices = new Map<string, SparseIndex>();
  readonly #files: FileSystem;
  readonly #platform: Platform;
  readonly #inMemory: (uri: string) => Promise<Paged | null>;

  /** `inMemory`: the lines of what can only be read whole. */
  constructor(files: FileSystem, platform: Platform, inMemory: (uri: string) => Promise<Paged | null>) {
    this.#files = files;
    this.#platform = platform;
    this.#inMemory = inMemory;
  }

  /** The file was read anew: what is known of its lines may be of an older state. */
  forget(uri: string): void {
    this.#paged.delete(uri);
    this.#indices.delete(uri);
  }

  know(uri: string, index: SparseIndex): void {
    this.#indices.set(uri, index);
  }

  async find(wanted: FindLine & { uri: string }, checkpoint: Checkpoint): Promise<FoundLine | null> {
    return (await this.#file(wanted.uri, false))?.find(wanted, checkpoint) ?? null;
  }

  async lines({ uri, from, count, follow }: { uri: string; from: number; count: number; follow?: boolean }): Promise<Lines | null> {
    const file = await this.#file(uri, follow === true);
    if (file === null) return null;
    const first = Math.max(0, Math.min(from, file.lines - 1));
    return { from: first, lines: await file.read(first, Math.min(count, MAX_LINES)), total: file.lines, bytes: file.bytes };
  }

  /** All lines of a file, to be read block by block; null where there is none. */
  async pages(uri: string): Promise<{ total: number; read(from: number, count: number): Promise<string[]> } | null> {
    const file = await this.#file(uri, false);
    return file && { total: file.lines, read: (from, count) => file.read(from, Math.min(count, file.lines - from)) };
  }

  /** Lines and characters of byte offsets. */
  async positions(uri: string, offsets: readonly number[]): Promise<Position[]> {
    const index = this.#paged.has(uri) ? undefined : this.#indices.get(uri);
    const open = index === undefined ? null : await opener(this.#files, uri);
    if (index === undefined || open === null || this.#platform.streams === null) return (await this.#file(uri, false))?.positions(offsets) ?? [];
    const found = await this.#platform.streams.positionsIn(open, index, offsets);
    return offsets.map((offset) => found.get(offset) ?? { line: 0, character: 0 });
  }

  async #file(uri: string, follow: boolean): Promise<Paged | null> {
    let file = this.#paged.get(uri);
    if (file === undefined) {
      const made = (await this.#onDisk(uri).catch(() => null)) ?? (await this.#inMemory(uri));
      if (made === null) return null;
      file = made;
      await file.extend(NO_CHECKPOINT);
      this.#paged.set(uri, file);
    } else if (follow) await file.extend(NO_CHECKPOINT);
    return file;
  }

  async #onDisk(uri: string): Promise<Paged | null> {
    const { streams } = this.#platform;
    const open = streams === null ? null : await opener(this.#files, uri);
    return open === null || streams === null ? null : streams.paged(open);
  }
}
