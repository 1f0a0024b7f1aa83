import * as vscode from 'vscode';
import { FLINK_SCHEME } from '../../../common/ids.ts';
import { isoTime } from '../../../common/isoTime.ts';
import { joined } from '../../../common/joined.ts';
import { safeName } from '../../../common/snapshot.ts';
import { CALLS, type Call, type CallName, callOf, documentPath, type Subject } from '../../../server/src/cluster/calls.ts';
import { LiveJob, liveJobOf, livePath } from '../../../server/src/cluster/live.ts';
import { Redactor } from '../../../server/src/cluster/redact.ts';
import type { Sink } from '../../../server/src/cluster/snapshot.ts';
import type { ClusterRegistry, KnownCluster } from './registry.ts';
import { memorySink } from './snapshotSink.ts';
import { ASKS } from './words.ts';

/** Larger files are shown by no editor of VS Code to an extension. In bytes. */
export const LARGEST = 50_000_000;

/** Dumps that are kept; the oldest go first. */
const MAX_DUMPS = 200;

/** Looks at a cluster that are kept, besides those that somebody has opened. */
const MAX_LOOKS = 3;
const LOOKS = '/looks/';

interface Kept {
  bytes: Uint8Array;
  time: number;
}

/**
 * The answers of clusters as read-only files, `flink://ID/taskmanagers/…`: whatever works on files works on them. An answer is asked
 * for when its file is read and then stays what it is until somebody wants it anew; a thread dump is only kept, never asked for here.
 */
export class ClusterDocuments implements vscode.FileSystemProvider {
  readonly #registry: ClusterRegistry;
  readonly #kept = new Map<string, Kept>();
  readonly #reading = new Map<string, Promise<Kept>>();
  readonly #live = new Map<string, LiveJob>();
  readonly #looks: vscode.Uri[] = [];
  readonly #held = new Set<string>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(registry: ClusterRegistry) {
    this.#registry = registry;
  }

  uriOf(cluster: string, name: CallName, subject: Subject): vscode.Uri {
    return vscode.Uri.from({ scheme: FLINK_SCHEME, authority: cluster, path: documentPath(name, subject) });
  }

  /** A dump that was taken, as a file of its own beside those before it. */
  keepDump(cluster: string, name: CallName, subject: Subject, text: string, taken: Date): vscode.Uri {
    const time = isoTime(taken.getTime()).slice(11, 23).replace(/[:.]/g, '-');
    const uri = this.uriOf(cluster, name, subject);
    const own = uri.with({ path: uri.path.replace(/\.json$/, `-${time}.tdump`) });
    this.#kept.set(own.toString(), { bytes: new TextEncoder().encode(threadsIn(text)), time: taken.getTime() });
    const dumps = [...this.#kept.keys()].filter((key) => key.includes('/thread-dump-'));
    for (const old of dumps.slice(0, Math.max(0, dumps.length - MAX_DUMPS))) this.#kept.delete(old);
    return own;
  }

  /** The folder of a look at a cluster, in memory alone, and what writes into it. Older ones go, but for those that are held. */
  look({ id: cluster, name }: KnownCluster, at: number): { folder: vscode.Uri; sink: Sink } {
    const folder = vscode.Uri.joinPath(this.looksOf(cluster), `${safeName(name)} ${isoTime(at).slice(11, 19).replace(/:/g, '-')}`);
    this.#looks.push(folder);
    const loose = this.#looks.filter((one) => one.authority === cluster && !this.#held.has(one.toString()));
    for (const old of loose.slice(0, Math.max(0, loose.length - MAX_LOOKS))) {
      this.#looks.splice(this.#looks.indexOf(old), 1);
      for (const key of this.#kept.keys()) if (key.startsWith(`${old}/`)) this.#kept.delete(key);
    }
    const write = async (file: vscode.Uri, bytes: Uint8Array): Promise<void> => void this.#kept.set(file.toString(), { bytes, time: Date.now() });
    return { folder, sink: memorySink(folder, write) };
  }

  /** What a job does just now, as a file that changes. */
  liveJob(cluster: string, job: string, name: string): vscode.Uri {
    return vscode.Uri.from({ scheme: FLINK_SCHEME, authority: cluster, path: livePath(job, name) });
  }

  /** Asks for it again, as seldom as the cluster has anything new to tell. Rejects where it does not answer: what was told stays. */
  async refreshLive(uri: vscode.Uri): Promise<void> {
    this.#kept.set(uri.toString(), await this.#load(uri));
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** The folder that all looks at a cluster are in. */
  looksOf(cluster: string): vscode.Uri {
    return vscode.Uri.from({ scheme: FLINK_SCHEME, authority: cluster, path: LOOKS.slice(0, -1) });
  }

  /** Somebody reads it: it stays as long as the window. */
  hold(look: vscode.Uri): void {
    this.#held.add(look.toString());
  }

  /** Asks anew; who shows the file shows what comes. */
  refresh(uri: vscode.Uri): void {
    if (isTaken(uri) || liveJobOf(uri.path) !== null) return;
    this.#kept.delete(uri.toString());
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (this.#below(uri).size > 0) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { bytes, time } = await this.#read(uri);
    return { type: vscode.FileType.File, ctime: time, mtime: time, size: bytes.length, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#read(uri)).bytes;
  }

  /** Only looks have folders. */
  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    return [...this.#below(uri)];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #below(folder: vscode.Uri): Map<string, vscode.FileType> {
    const found = new Map<string, vscode.FileType>();
    if (!folder.path.startsWith(LOOKS)) return found;
    for (const key of this.#kept.keys()) {
      if (!key.startsWith(`${folder}/`)) continue;
      const [name = '', more] = key.slice(folder.toString().length + 1).split('/', 2);
      found.set(decodeURIComponent(name), more === undefined ? vscode.FileType.File : vscode.FileType.Directory);
    }
    return found;
  }

  #read(uri: vscode.Uri): Promise<Kept> {
    const key = uri.toString();
    const kept = this.#kept.get(key);
    if (kept !== undefined) return Promise.resolve(kept);
    const reading = this.#reading.get(key) ?? this.#load(uri).finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  async #load(uri: vscode.Uri): Promise<Kept> {
    if (isTaken(uri)) throw vscode.FileSystemError.FileNotFound(uri.path.startsWith(LOOKS) ? ASKS.noLook : ASKS.noDump);
    const job = liveJobOf(uri.path);
    if (job !== null && this.#registry.find(uri.authority) !== undefined) return this.#loadLive(uri, job);
    const found = callOf(uri.path);
    if (found === null || this.#registry.find(uri.authority) === undefined || CALLS[found.name].cost === 'stops')
      throw vscode.FileSystemError.FileNotFound(uri);
    const { name, subject } = found;
    try {
      const bytes = await this.#ask(uri.authority, name, subject);
      const kept = { bytes, time: Date.now() };
      this.#kept.set(uri.toString(), kept);
      return kept;
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    }
  }

  async #loadLive(uri: vscode.Uri, job: string): Promise<Kept> {
    try {
      const client = await this.#registry.client(uri.authority);
      const live = this.#live.get(uri.toString()) ?? new LiveJob(client, job, () => Date.now());
      this.#live.set(uri.toString(), live);
      const text = new Redactor(() => client.access.secrets()).text(await live.text());
      const kept = { bytes: new TextEncoder().encode(text), time: Date.now() };
      this.#kept.set(uri.toString(), kept);
      return kept;
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    }
  }

  async #ask(cluster: string, name: CallName, subject: Subject): Promise<Uint8Array> {
    const client = await this.#registry.client(cluster);
    const redactor = new Redactor(() => client.access.secrets());
    if (CALLS[name].shape !== 'text') {
      // The first answer of what is measured says that it begins.
      const { measuring }: Call = CALLS[name];
      if (measuring !== undefined) {
        await client.ask(name, subject);
        await new Promise((resolve) => setTimeout(resolve, measuring));
      }
      const { text } = await client.ask(name, subject);
      if (CALLS[name].shape === 'page') return new TextEncoder().encode(redactor.text(text));
      return new TextEncoder().encode(pretty(CALLS[name].shape === 'settings' ? redactor.settings(text) : redactor.text(text)));
    }
    const pieces: Uint8Array[] = [];
    let length = 0;
    const control = new AbortController();
    await client.stream(
      name,
      subject,
      (piece) => {
        length += piece.length;
        if (length > LARGEST) throw new Error(ASKS.largeLog(subject.log ?? '', length));
        pieces.push(piece);
      },
      control.signal,
    );
    const bytes = joined(pieces);
    const text = new TextDecoder().decode(bytes);
    const result = redactor.text(text);
    return result === text ? bytes : new TextEncoder().encode(result);
  }
}

/** What was asked at one moment, and is not asked anew when somebody reads it. */
const isTaken = ({ path }: vscode.Uri): boolean => path.includes('/thread-dump-') || path.startsWith(LOOKS);

/** A document that a person reads has lines. */
const pretty = (text: string): string => `${JSON.stringify(JSON.parse(text), null, 2)}\n`;

/** The threads of a dump as text, as the Web UI offers them: in it a person can read, and everything finds its place. */
function threadsIn(json: string): string {
  const { threadInfos } = JSON.parse(json) as { threadInfos?: unknown };
  if (!Array.isArray(threadInfos)) return json;
  const texts = threadInfos.map((one: { stringifiedThreadInfo?: unknown } | null) => String(one?.stringifiedThreadInfo ?? '').trimEnd());
  return `${texts.join('\n\n')}\n`;
}
