import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { URI } from 'vscode-uri';
import type { FileEntry } from '../../../common/contracts.ts';
import { isGzip, isZip } from '../io/expand.ts';
import { analyseLargeLog, type LargeLog, largeLog, streamedFile } from '../io/largeLog.ts';
import { readHead } from '../io/nodeFile.ts';
import { PagedFile } from '../io/pagedFile.ts';
import type { Host } from './host.ts';

const SKIPPED = new Set(['node_modules', '.git', 'target', 'build', 'out', 'dist']);

export const nodeHost: Host = {
  yield: () => new Promise((resolve) => setImmediate(resolve)),
  now: () => performance.now(),
  readFile: async (uri) => (uri.startsWith('file:') ? readFile(fileURLToPath(uri)) : null),
  findByName: async (folders, name, limit) => {
    const found: string[] = [];
    const open = folders.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri));
    for (let folder = open.pop(); folder !== undefined && found.length < limit; folder = open.pop()) {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const full = path.join(folder, entry.name);
        if (entry.isDirectory() && !SKIPPED.has(entry.name)) open.push(full);
        else if (entry.name === name) found.push(pathToFileURL(full).href);
      }
    }
    return found;
  },
  list: async (uri, limit) => {
    if (!uri.startsWith('file:')) return null;
    const file = fileURLToPath(uri);
    const info = await stat(file).catch(() => null);
    if (info === null) return null;
    if (info.isDirectory()) return walk(file, limit);
    const entry = await entryOf(file);
    return entry === null ? null : [entry];
  },
  beside: async (uri) => {
    if (!uri.startsWith('file:')) return [];
    const folder = path.dirname(fileURLToPath(uri));
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map((entry) => uriOf(path.join(folder, entry.name)));
  },
  paged: async (uri) => {
    if (!uri.startsWith('file:')) return null;
    const file = fileURLToPath(uri);
    return isPlain(await readHead(file, 4)) ? new PagedFile(file) : null;
  },
  largeLog: async (uri, settings, checkpoint) => {
    const large = await largeLogAt(uri);
    return large === null ? null : (await analyseLargeLog(large, { uri, settings, checkpoint })).analysis;
  },
  streamed: async (uri, name, checkpoint) => {
    const large = await largeLogAt(uri);
    return large?.kind === 'flink-log' ? streamedFile(large, name, uri, checkpoint) : null;
  },
};

/** Bytes of the file are those of its text: neither compressed nor UTF-16. */
function isPlain(head: Buffer): boolean {
  const mark = head.length < 2 ? 0 : head.readUInt16BE(0);
  return !isGzip(head) && !isZip(head) && mark !== 0xfffe && mark !== 0xfeff;
}

async function largeLogAt(uri: string): Promise<LargeLog | null> {
  return uri.startsWith('file:') ? largeLog(fileURLToPath(uri)) : null;
}

/** As VS Code writes it: such uris are compared with those of its documents. */
const uriOf = (file: string): string => URI.file(file).toString();

async function entryOf(file: string): Promise<FileEntry | null> {
  const info = await stat(file).catch(() => null);
  return info?.isFile() === true ? { uri: uriOf(file), size: info.size, modified: info.mtimeMs } : null;
}

/** Files of a folder in the order of their names, those of folders below after them. */
async function walk(folder: string, limit: number): Promise<FileEntry[]> {
  const found: FileEntry[] = [];
  const open = [folder];
  for (let next = open.shift(); next !== undefined && found.length < limit; next = open.shift()) {
    const entries = await readdir(next, { withFileTypes: true }).catch(() => []);
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const full = path.join(next, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) open.push(full);
      if (!entry.isFile() || found.length >= limit) continue;
      const file = await entryOf(full);
      if (file !== null) found.push(file);
    }
  }
  return found;
}
