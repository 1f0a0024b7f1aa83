import type { FileEntry } from '../../../common/contracts.ts';
import { baseName, contentUri } from '../../../common/virtual.ts';
import { detect } from '../core/detect.ts';
import { nothing } from '../core/kinds/index.ts';
import { analyseLogSet, type LogFile, type StreamedFile } from '../core/kinds/logSet.ts';
import { LARGE_FILE } from '../core/log/streaming/stream.ts';
import type { Part } from '../core/places.ts';
import { LineIndex } from '../core/text.ts';
import type { Configuration } from './config.ts';
import type { Analysed } from './documents.ts';
import type { FileAccess } from './fileAccess.ts';
import { checkpoint } from './guard.ts';
import type { Host } from './host.ts';

const MOST_FILES = 1000;
/** Texts that are in memory together; what comes after is left out. */
const MOST_TEXT = 400 * 1024 * 1024;
/** Sets are kept while their panels ask for them. */
const SETS_KEPT = 2;
const MOST_PROBLEMS = 30;

/** Never logs, though they may be many or large in a folder. */
const NO_LOG = /\.(?:jar|war|class|png|jpe?g|gif|svg|pdf|hprof|jfr|so|dll|exe|java|scala|kt|py|[jt]s|html?|css|md|ya?ml|properties|xml)$/i;

interface Entry {
  fingerprint: string;
  token: OwnToken;
  result: Promise<Analysed>;
}

interface Member extends FileEntry {
  name: string;
  /** Named by the user, not found in a folder: then it is worth a word when it is no log. */
  named: boolean;
}

interface Token {
  readonly isCancellationRequested: boolean;
}

/** The token of the request that began the reading, which may also be ended from elsewhere. */
class OwnToken implements Token {
  ended = false;
  readonly #request: Token;

  constructor(request: Token) {
    this.#request = request;
  }

  get isCancellationRequested(): boolean {
    return this.ended || this.#request.isCancellationRequested;
  }
}

/** Open documents count with what stands in the editor. */
export type OpenText = (uri: string) => { version: number; getText(): string } | undefined;

type Say = (message: string) => void;

/** Logs that are read as one: the members of a set's uri, and the folders among them with all that is below. */
export class LogSets {
  readonly #sets = new Map<string, Entry>();
  readonly #host: Host;
  readonly #files: FileAccess;
  readonly #configuration: Configuration;
  readonly #open: OpenText;

  constructor(host: Host, files: FileAccess, configuration: Configuration, open: OpenText) {
    this.#host = host;
    this.#files = files;
    this.#configuration = configuration;
    this.#open = open;
  }

  /** Reads again only when a file has changed, come or gone. */
  async of(uri: string, together: readonly string[], request: Token, say: Say): Promise<Analysed> {
    const { members, missing, more } = await this.#members(together);
    const fingerprint = [this.#configuration.version, ...members.map((one) => this.#state(one)), ...missing].join('\n');
    const key = together.join('\n');
    const known = this.#sets.get(key);
    if (known?.fingerprint === fingerprint && !known.token.isCancellationRequested) return { ...(await known.result), uri };
    if (known !== undefined) known.token.ended = true;
    const token = new OwnToken(request);
    const entry: Entry = { fingerprint, token, result: this.#read(uri, members, missing, more, token, say) };
    entry.result.catch(() => {
      if (this.#sets.get(key) === entry) this.#sets.delete(key);
    });
    this.#sets.delete(key);
    this.#sets.set(key, entry);
    for (const old of this.#sets.keys()) {
      if (this.#sets.size <= SETS_KEPT) break;
      this.#sets.delete(old);
    }
    return entry.result;
  }

  /** Ends the reading of a set; waiting requests get Cancelled. */
  cancel(together: readonly string[]): void {
    const entry = this.#sets.get(together.join('\n'));
    if (entry) entry.token.ended = true;
  }

  #state({ uri, size, modified }: Member): string {
    const open = this.#open(uri);
    return `${uri} ${open === undefined ? `${size} ${modified}` : `v${open.version}`}`;
  }

  async #members(together: readonly string[]): Promise<{ members: Member[]; missing: string[]; more: boolean }> {
    const members = new Map<string, Member>();
    const missing: string[] = [];
    let more = false;
    for (const one of together) {
      const found = await this.#files.list(one, MOST_FILES + 1);
      if (found === null) missing.push(baseName(one));
      for (const entry of found ?? []) {
        const named = entry.uri === one;
        if (!named && NO_LOG.test(entry.uri)) continue;
        more ||= members.size >= MOST_FILES;
        if (members.size < MOST_FILES) members.set(entry.uri, { ...entry, name: '', named });
      }
    }
    const base = commonFolder([...members.keys()]);
    for (const member of members.values()) member.name = decodeURIComponent(member.uri.slice(base.length));
    return { members: [...members.values()], missing, more };
  }

  async #read(uri: string, members: readonly Member[], missing: readonly string[], more: boolean, token: Token, say: Say): Promise<Analysed> {
    const work = checkpoint(this.#host, token);
    const settings = await this.#configuration.of(members[0]?.uri ?? uri);
    const read = new Reading(this.#host, this.#files, this.#open);
    for (const name of missing) read.problems.push(`${name}: there is no such file or folder, or it cannot be listed.`);
    if (more) read.problems.push(`Only the first ${MOST_FILES} files were looked at.`);
    for (const [index, member] of members.entries()) {
      say(`opening ${member.name}, ${index + 1} of ${members.length}`);
      await read.add(member, work);
      await work.pause();
    }
    const { logs, gcLogs, problems } = read;
    const base = { uri, version: 0, text: '', settings, index: new LineIndex('') };
    if (logs.length === 0) return { ...base, analysis: nothing(noLog(members.length, gcLogs.length, problems)) };
    const analysis = await analyseLogSet(logs, { settings, checkpoint: work }, gcLogs, (name, number, of) =>
      say(`reading ${name}, ${number} of ${of}`),
    );
    for (const message of problems.slice(0, MOST_PROBLEMS)) analysis.problems.push({ message, span: { start: 0, end: 0 } });
    if (problems.length > MOST_PROBLEMS)
      analysis.problems.push({ message: `${problems.length - MOST_PROBLEMS} more files were left out.`, span: { start: 0, end: 0 } });
    const texts = new Map([...logs, ...gcLogs].flatMap((file) => ('text' in file ? [[file.uri, file.text] as const] : [])));
    const parts = analysis.files.map(({ uri: file, offset, line }): Part => {
      const text = texts.get(file);
      return { uri: file, offset, line, index: text === undefined ? null : new LineIndex(text) };
    });
    return { ...base, analysis, parts };
  }
}

/** Sorts the files of a set into logs, GC logs, and what cannot be read. */
class Reading {
  readonly logs: (LogFile | StreamedFile)[] = [];
  readonly gcLogs: LogFile[] = [];
  readonly problems: string[] = [];
  #text = 0;
  readonly #host: Host;
  readonly #files: FileAccess;
  readonly #open: OpenText;

  constructor(host: Host, files: FileAccess, open: OpenText) {
    this.#host = host;
    this.#files = files;
    this.#open = open;
  }

  async add(member: Member, work: ReturnType<typeof checkpoint>): Promise<void> {
    const { uri, name, size, named } = member;
    const open = this.#open(uri);
    if (open !== undefined) return this.#sort(name, uri, open.getText(), named);
    if (size > LARGE_FILE) {
      const streamed = await this.#host.streamed(uri, name, work).catch(() => null);
      if (streamed !== null) this.logs.push(streamed);
      else this.problems.push(`${name}: left out, it is larger than ${LARGE_FILE >> 20} MB and no plain Flink log on this machine's disk.`);
      return;
    }
    const found = await this.#files.texts(uri, name).catch(() => null);
    if (found === null) {
      this.problems.push(`${name}: cannot be read.`);
      return;
    }
    this.problems.push(...found.problems);
    if (named) for (const binary of found.binary) this.problems.push(`${binary}: left out, it is no text.`);
    for (const [part, text] of found.texts.entries()) {
      const title = baseName(text.name.slice(text.name.lastIndexOf('!') + 1).replaceAll('%', '%25')).replace(/\.gz$/, '');
      this.#sort(text.name, found.packed ? contentUri({ name: 'text', uri, part, title }) : uri, text.text, named);
    }
  }

  #sort(name: string, uri: string, text: string, named: boolean): void {
    const { kind } = detect(text);
    if (kind !== 'flink-log' && kind !== 'gc-log') {
      if (named) this.problems.push(`${name}: left out, it is no log of Flink and no GC log.`);
    } else if (this.#text + text.length > MOST_TEXT) {
      this.problems.push(`${name}: left out, more than ${MOST_TEXT >> 20} MB of text are not read at once.`);
    } else {
      this.#text += text.length;
      (kind === 'flink-log' ? this.logs : this.gcLogs).push({ name, uri, text });
    }
  }
}

/** The folder that holds all files, with its slash. */
function commonFolder(uris: readonly string[]): string {
  const [first = ''] = uris;
  let base = first.slice(0, first.lastIndexOf('/') + 1);
  while (base !== '' && !uris.every((uri) => uri.startsWith(base))) base = base.slice(0, base.lastIndexOf('/', base.length - 2) + 1);
  return base;
}

function noLog(looked: number, gcLogs: number, problems: readonly string[]): string {
  const files = looked === 1 ? 'one file was' : `${looked} files were`;
  const gc = gcLogs === 0 ? '' : ` There ${gcLogs === 1 ? 'is one GC log' : `are ${gcLogs} GC logs`}: open such a file by itself.`;
  return [`There is no Flink log here: ${files} looked at.${gc}`, ...problems.slice(0, 5)].join(' ');
}
