import type { Connection } from 'vscode-languageserver';
import { type FileContent, type FileEntry, LIST_FILES, READ_FILE } from '../../../common/contracts.ts';
import { baseName, contentOf } from '../../../common/virtual.ts';
import { readTexts, type Texts } from '../io/texts.ts';
import type { Host } from './host.ts';

/** Files that no editor has sent: from the disk where the server stands on it, else through the client. */
export class FileAccess {
  readonly #host: Host;
  readonly #connection: Connection;
  /** Set when the client has said that it can look files up. */
  throughClient = false;

  constructor(host: Host, connection: Connection) {
    this.#host = host;
    this.#connection = connection;
  }

  /** The texts in a file, which may be compressed; null where it cannot be read. */
  async texts(uri: string, name = baseName(uri)): Promise<Texts | null> {
    const bytes = await this.#host.readFile(uri).catch(() => null);
    if (bytes !== null) return readTexts(name, bytes);
    return this.throughClient ? readThroughClient(this.#connection, uri, name) : null;
  }

  /** The text of a document by its uri, be it a file or one of our own made from a compressed one. */
  async text(uri: string): Promise<string | null> {
    const content = contentOf(uri);
    if (content !== null && content.name !== 'text') return null;
    return (await this.texts(content?.uri ?? uri))?.texts[content?.part ?? 0]?.text ?? null;
  }

  /** A file, or all files of a folder and below it; null when there is neither, or nobody can list it. */
  async list(uri: string, limit: number): Promise<FileEntry[] | null> {
    const found = await this.#host.list(uri, limit);
    if (found !== null || !this.throughClient) return found;
    return (await this.#connection.sendRequest(LIST_FILES.method, { uri, limit })) as FileEntry[] | null;
  }
}

/** What the editor shows of a file that is open, else what its file system holds. */
export async function readThroughClient(connection: Connection, uri: string, name = baseName(uri)): Promise<Texts | null> {
  const content = (await connection.sendRequest(READ_FILE.method, { uri })) as FileContent | null;
  if (content === null) return null;
  if (content.base64 !== undefined) return readTexts(name, decoded(content.base64));
  return { texts: [{ name, text: content.text ?? '', encoding: 'utf-8' }], problems: [], binary: [], packed: false };
}

const decoded = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
