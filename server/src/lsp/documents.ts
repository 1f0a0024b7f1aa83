import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Kind, LANGUAGES } from '../../../common/ids.ts';
import { type Analysis, analyse } from '../core/kinds/index.ts';
import type { Placed } from '../core/places.ts';
import { LineIndex } from '../core/text.ts';
import type { Document } from '../features/types.ts';
import type { Configuration } from './config.ts';
import { checkpoint } from './guard.ts';
import type { Host } from './host.ts';

/** A document with its finished analysis and the index that turns spans into ranges. */
export interface Analysed extends Document<Analysis>, Placed {
  version: number;
}

interface Entry {
  version: number;
  settingsVersion: number;
  token: { isCancellationRequested: boolean };
  result: Promise<Analysed>;
}

const KIND_OF_LANGUAGE: Record<string, Kind> = {
  [LANGUAGES.threadDump]: 'thread-dump',
  [LANGUAGES.flinkLog]: 'flink-log',
  [LANGUAGES.gcLog]: 'gc-log',
  java: 'java-source',
};

/** Files read from the disk are kept for a while: a report, its panels and its links ask for the same one. */
const FILES_KEPT = 4;

/** One analysis per (uri, version, settings); a newer version cancels the older one. */
export class Analyses {
  readonly #entries = new Map<string, Entry>();
  readonly #files = new Map<string, Promise<Analysed | null>>();
  readonly #host: Host;
  readonly #configuration: Configuration;

  constructor(host: Host, configuration: Configuration) {
    this.#host = host;
    this.#configuration = configuration;
  }

  of(document: TextDocument): Promise<Analysed> {
    const known = this.#entries.get(document.uri);
    const settingsVersion = this.#configuration.version;
    if (known && known.version === document.version && known.settingsVersion === settingsVersion) return known.result;
    if (known) known.token.isCancellationRequested = true;
    const token = { isCancellationRequested: false };
    const entry: Entry = { version: document.version, settingsVersion, token, result: this.#run(document, token) };
    entry.result.catch(() => {
      if (this.#entries.get(document.uri) === entry) this.#entries.delete(document.uri);
    });
    this.#entries.set(document.uri, entry);
    return entry.result;
  }

  /** A file that no editor has open; null when it cannot be read. `text` is asked for once. */
  ofFile(uri: string, read: () => Promise<string | null>, token = { isCancellationRequested: false }): Promise<Analysed | null> {
    let found = this.#files.get(uri);
    if (found === undefined) {
      found = this.#fromDisk(uri, read, token);
      found.then(
        (result) => result === null && this.#files.delete(uri),
        () => this.#files.delete(uri),
      );
    }
    this.#files.delete(uri);
    this.#files.set(uri, found);
    for (const old of this.#files.keys()) {
      if (this.#files.size <= FILES_KEPT) break;
      this.#files.delete(old);
    }
    return found;
  }

  async #fromDisk(uri: string, read: () => Promise<string | null>, token: { isCancellationRequested: boolean }): Promise<Analysed | null> {
    const settings = await this.#configuration.of(uri);
    const analysis = await this.#host.largeLog(uri, settings, checkpoint(this.#host, token)).catch(ignoreMissing);
    // Its spans count bytes: positions are asked of the file, see places.ts.
    const parts = [{ uri, offset: 0, line: 0, index: null }];
    if (analysis !== null) return { uri, version: 0, text: '', analysis, settings, index: new LineIndex(''), parts };
    const text = await read();
    return text === null ? null : this.#run(TextDocument.create(uri, 'plaintext', 0, text), token);
  }

  forgetFile(uri: string): void {
    this.#files.delete(uri);
  }

  /** Ends the work on a document; waiting requests get Cancelled. */
  cancel(uri: string): void {
    const entry = this.#entries.get(uri);
    if (entry) entry.token.isCancellationRequested = true;
  }

  forget(uri: string): void {
    this.cancel(uri);
    this.#entries.delete(uri);
  }

  async #run(document: TextDocument, token: { isCancellationRequested: boolean }): Promise<Analysed> {
    const { uri, version } = document;
    const text = document.getText();
    const settings = await this.#configuration.of(uri);
    const kind = KIND_OF_LANGUAGE[document.languageId];
    const analysis = await analyse({ uri, text, ...(kind === undefined ? {} : { kind }) }, { settings, checkpoint: checkpoint(this.#host, token) });
    return { uri, version, text, analysis, settings, index: new LineIndex(text) };
  }
}

/** A file that is not there is told by whoever reads it as a text. */
function ignoreMissing(error: Error & { code?: string }): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
