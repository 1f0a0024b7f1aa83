import type { Look } from '../../../common/contracts.ts';
import type { Settings } from '../../../common/settings.ts';
import { baseName, contentOf, setOf } from '../../../common/virtual.ts';
import { type Checkpoint, Stopped, TookTooLong } from '../core/checkpoint.ts';
import type { Analysis } from '../core/kinds/index.ts';
import { LARGE_FILE } from '../core/log/streaming/largeFile.ts';
import { type Part, type Placed, Places } from '../core/places.ts';
import { LineIndex } from '../core/text.ts';
import type { Texts } from '../io/texts.ts';
import { packedFiles, textsIn } from './archives.ts';
import { type FindBuffer, withBuffers } from './buffers.ts';
import { Cache, type Room } from './cache.ts';
import { type Earlier, earlierOf } from './earlier.ts';
import { Engine, type GcFile, type Job } from './engine.ts';
import { type FileStat, type FileSystem, layered } from './fileSystem.ts';
import { gather } from './gather.ts';
import { FileLines } from './lines.ts';
import { lookAt } from './look.ts';
import { checkpoint, type Platform } from './platform.ts';
import type { Readers } from './readers.ts';
import { entryUri, type LeftOut, leftOut, membersOf, type Names, type Say, type Sorted, sortMembers } from './sets.ts';
import { TextLines } from './textLines.ts';
import { PATIENT, Shared, type Waiter, type Work } from './waiters.ts';
import { UNWATCHED, type Watch } from './watch.ts';

/** A document, file or set of files with its finished analysis and what turns spans into places. */
export interface Analysed extends Placed {
  /** With their texts; null where a text is not in memory. */
  parts?: readonly (Part & { text: string | null })[];
  /** Of an open document; 0 for everything else. */
  version: number;
  /** Empty where there is not one text. */
  text: string;
  analysis: Analysis;
  settings: Settings;
  /** What could not be read of it. */
  left: readonly LeftOut[];
}

export interface SettingsSource {
  /** Changes whenever any setting does. */
  readonly stamp: string;
  of(uri: string): Promise<Settings>;
}

/** What a face brings. */
export interface Face {
  files: FileSystem;
  platform: Platform;
  settings: SettingsSource;
  /** Texts at hand. */
  buffer: FindBuffer;
  /** Told what is analysed. */
  watch?: Watch;
}

export interface Asked {
  waiter?: Waiter;
  say?: Say;
  /** A large file that has only grown is read anew too. */
  anew?: boolean;
  /** The GC logs of the JVM that wrote a single log. */
  gc?: readonly GcFile[];
}

/** Seconds that a job may take. */
function limitOf({ text, file, set }: Unsettled, settings: Settings): number {
  const size = text?.content.length ?? file?.size ?? set?.members.reduce((sum, member) => sum + member.size, 0) ?? 0;
  return settings['logjam.analysis.timeLimit'] * Math.max(1, Math.ceil(size / LARGE_FILE));
}

/** A job whose settings are still to be asked for. */
type Unsettled = Omit<Job, 'settings'>;

/** What is read: of a document that is open, its version. */
interface State {
  uri: string;
  version?: number;
}

const SILENT: Say = () => undefined;
const WANTED: Work = { unwanted: false };

/**
 * The one way from a uri to an analysis and from its spans to places, for all faces: language server, command line and
 * what comes after. It knows nothing of protocols.
 */
export class Workspace {
  readonly files: FileSystem;
  readonly lines: FileLines;
  /** Of everything that was analysed. */
  readonly places: Places;
  readonly #face: Face;
  readonly #engine: Engine;
  readonly #cache = new Cache<Analysed | null>();
  /** Of open documents, as they were when they were last read. */
  readonly #finished = new Map<string, Analysed>();
  /** Large files as they were when they were read. */
  readonly #read = new Map<string, FileStat>();

  constructor(face: Face) {
    this.#face = face;
    const plain = withBuffers(face.buffer, face.files);
    this.files = layered(packedFiles(plain, face.platform), plain);
    this.#engine = new Engine(this.files, face.platform);
    this.lines = new FileLines(this.files, face.platform, async (uri) => {
      const document = await this.analysis(uri);
      return document === null || document.parts !== undefined ? null : new TextLines(document.text, document.index);
    });
    this.places = new Places((uri, offsets) => this.lines.positions(uri, offsets));
  }

  /** Null where there is nothing to read. Rejects with Cancelled when the waiter goes or the work was ended. */
  async analysis(named: string, asked: Asked = {}): Promise<Analysed | null> {
    const buffer = this.#face.buffer(named);
    if (buffer !== undefined) {
      const { uri, version, kind } = buffer;
      return this.#kept('open', uri, `v${version}`, { uri, text: { content: buffer.text(), kind } }, asked, version);
    }
    const together = setOf(named);
    return together === null ? this.#file(named, asked) : this.set(named, together, asked);
  }

  /** An open document as it was before the changes that are being read; null where nothing is, or it cannot be told what still holds. */
  earlier(named: string): Earlier<Analysed> | null {
    const buffer = this.#face.buffer(named);
    const finished = buffer === undefined ? undefined : this.#finished.get(buffer.uri);
    return buffer === undefined || finished === undefined || finished.version === buffer.version ? null : earlierOf(finished, buffer.text());
  }

  async #file(uri: string, asked: Asked): Promise<Analysed | null> {
    const content = contentOf(uri);
    if (content !== null && content.name !== 'text') return null;
    // Where nobody can say in what state a file is it may be read all the same; then it is kept until it is asked for anew.
    const stat = (await this.files.stat(uri).catch(() => null)) ?? { folder: false, size: 0, stamp: '' };
    const before = this.#read.get(uri);
    // Whoever looks at a large log that is still written to looks at what was read.
    const grown = before !== undefined && before.size > LARGE_FILE && stat.size >= before.size && asked.anew !== true;
    if (!grown) this.#read.set(uri, stat);
    const { stamp, size } = grown ? before : stat;
    return this.#kept('file', uri, stamp, { uri, file: { name: baseName(uri), size } }, asked);
  }

  /** Files, and folders with all that is below them, as one. It is read again only when one of the files has changed, come or gone. */
  async set(uri: string, together: readonly string[], asked: Asked & { names?: Names } = {}): Promise<Analysed | null> {
    const { members, left, gathered } = await membersOf(this.files, together, asked.names);
    const state = [...gathered.files.map((file) => `${file.uri} ${file.stamp}`), ...left.map(({ message }) => message)].join('\n');
    const found = await this.#kept('set', together.join('\n'), state, { uri, set: { members, left, skipped: gathered.skipped } }, asked);
    return found === null ? null : { ...found, uri };
  }

  /** Ends the reading of a document, file or set; whoever waits for it gets Cancelled. */
  cancel(uri: string): void {
    this.#cache.end(setOf(uri)?.join('\n') ?? this.#face.buffer(uri)?.uri ?? uri);
  }

  /** An editor has closed a document: nobody waits for it any more. */
  close(uri: string): void {
    this.#cache.end(uri);
    this.#cache.drop(uri);
    this.#finished.delete(uri);
  }

  /** The texts in a file, which may be compressed; null where there is no such file. */
  texts(uri: string, name?: string): Promise<Texts | null> {
    return textsIn(this.files, this.#face.platform, uri, name);
  }

  /**
   * Each text in a file with its analysis, and what could not be read of it; a large log is one. They are not kept.
   * `size` is that of the file.
   */
  async *each(uri: string, name: string, asked: Asked = {}): AsyncGenerator<{ name: string; document: Analysed; size: number } | { left: LeftOut }> {
    const { size } = (await this.files.stat(uri)) ?? { size: 0 };
    const streamed = size > LARGE_FILE ? await this.#once({ uri, file: { name, size, streamed: true } }, asked) : null;
    if (streamed !== null) {
      yield { name, document: streamed, size };
      return;
    }
    const found = await this.texts(uri, name);
    if (found === null) throw new Error('there is no such file');
    this.#face.platform.heap?.hasDecoded(size);
    for (const told of found.problems) yield { left: leftOut('packed', told, true) };
    for (const binary of found.binary) yield { left: leftOut('file-without-text', { file: binary }, false) };
    for (const [part, text] of found.texts.entries()) {
      const entry = found.packed ? entryUri(uri, part, text.name) : uri;
      try {
        const document = await this.#once({ uri: entry, text: { content: text.text } }, asked);
        if (document !== null) yield { name: text.name, document, size };
      } catch (error) {
        // One of an archive keeps none of the others back.
        if (!found.packed || !(error instanceof Stopped)) throw error;
        yield { left: leftOut('analysis-stopped', { file: text.name, why: error.message }, true) };
      }
    }
  }

  /** What a file is, by its beginning alone. */
  async look(uri: string): Promise<Look | null> {
    const buffer = this.#face.buffer(uri);
    if (buffer?.kind !== undefined) return { kind: buffer.kind, packed: false };
    return lookAt(this.files, this.#face.platform, uri);
  }

  /** The files of a set by what they are, without an analysis. */
  async sorted(together: readonly string[], names?: Names): Promise<Sorted> {
    const { members, left } = await membersOf(this.files, together, names);
    const sorted = await sortMembers(this.files, this.#face.platform, members, this.#checkpoint(WANTED), SILENT);
    return { ...sorted, left: [...left, ...sorted.left] };
  }

  /** Uris of the files in the folder of a file; none where it cannot be listed. */
  async beside(uri: string): Promise<string[]> {
    if (contentOf(uri) !== null) return [];
    const found = await this.files.list(uri.slice(0, uri.lastIndexOf('/'))).catch(() => null);
    return (found ?? []).filter((child) => !child.folder).map((child) => child.uri);
  }

  /** Uris of files of this name in folders and below them. */
  async named(folders: readonly string[], name: string, limit: number): Promise<string[]> {
    const { files } = await gather(this.files, folders, { limit, wanted: (uri) => baseName(uri) === name });
    return files.map(({ uri }) => uri);
  }

  /** Whether a file can be read in another thread: it lies on the disk, and no editor shows another text of it. */
  isElsewhere(uri: string): boolean {
    return uri.startsWith('file:') && this.#face.buffer(uri) === undefined;
  }

  /** Threads that read files; null where there are none, or where so many bytes are read sooner without. Whoever asks for them ends them. */
  async readers(bytes: number): Promise<Readers | null> {
    const { readers } = this.#face.platform;
    return readers === null || bytes < readers.worth ? null : readers.start();
  }

  settingsOf(uri: string): Promise<Settings> {
    return this.#face.settings.of(uri);
  }

  /** For work of a face's own. */
  checkpointFor(waiter: Waiter): Checkpoint {
    return this.#checkpoint({
      get unwanted() {
        return waiter.isCancellationRequested;
      },
    });
  }

  /** Runs something of a uri within a limit (seconds), and tells who watches. */
  async #within<R>(limit: number, { uri, version }: State, work: Work, run: (checkpoint: Checkpoint) => Promise<R>): Promise<R> {
    const watch = this.#face.watch ?? UNWATCHED;
    const enter = (): void => watch.enter(uri, limit, version);
    enter();
    try {
      return await run(checkpoint(this.#face.platform, work, limit, enter));
    } catch (error) {
      if (error instanceof TookTooLong) watch.stopped(uri, error.limit);
      throw error;
    } finally {
      watch.leave();
    }
  }

  #checkpoint(work: Work): Checkpoint {
    return checkpoint(this.#face.platform, work);
  }

  async #kept(room: Room, key: string, state: string, job: Unsettled, asked: Asked, version = 0): Promise<Analysed | null> {
    const { waiter = PATIENT, say = SILENT, gc = [] } = asked;
    const stamp = [this.#face.settings.stamp, ...gc.map(({ uri }) => uri), state].join('\n');
    const { heap } = this.#face.platform;
    const first = room === 'open' && !this.#finished.has(key);
    if (first) heap?.reads();
    const found = await this.#cache.get(room, key, stamp, waiter, (work) => this.#run({ ...job, gc }, work, say, version));
    if (found === null) this.#cache.drop(key);
    else if (room === 'open' && this.#face.buffer(key) !== undefined) {
      this.#finished.set(key, found);
      if (first) heap?.hasRead(found.text.length);
    }
    return found;
  }

  #once(job: Unsettled, { waiter = PATIENT, say = SILENT, gc = [] }: Asked): Promise<Analysed | null> {
    return new Shared(waiter, (work) => this.#run({ ...job, gc }, work, say, 0)).wait(waiter);
  }

  async #run(job: Unsettled, work: Work, say: Say, version: number): Promise<Analysed | null> {
    const { uri } = job;
    const settings = await this.#face.settings.of(job.set?.members[0]?.uri ?? uri);
    if (job.file !== undefined) this.lines.forget(uri);
    const state = this.#face.buffer(uri) === undefined ? { uri } : { uri, version };
    const outcome = await this.#within(limitOf(job, settings), state, work, (checkpoint) => this.#engine.run({ ...job, settings }, checkpoint, say));
    if (outcome === null) return null;
    const { analysis, text, parts, index, left } = outcome;
    if (index !== undefined) this.lines.know(uri, index);
    const base = { uri, version, text, analysis, settings, index: new LineIndex(text), left };
    if (parts === undefined) return base;
    return { ...base, parts: parts.map((part) => ({ ...part, index: part.text === null ? null : new LineIndex(part.text) })) };
  }
}
