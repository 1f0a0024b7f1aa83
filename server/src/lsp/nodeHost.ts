import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { URI } from 'vscode-uri';
import type { FileEntry } from '../../../common/contracts.ts';
import { detect, SAMPLE_LENGTH } from '../core/detect.ts';
import { isGzip, isZip } from '../io/expand.ts';
import { streamGcFile, withGcLines } from '../io/gcFile.ts';
import { feed, NODE_BYTES, streamLogFile } from '../io/logFile.ts';
import { readHead } from '../io/nodeFile.ts';
import { PagedFile } from '../io/pagedFile.ts';
import { type Host, LARGE_FILE } from './host.ts';

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
    const large = await largeLog(uri);
    if (large === null) return null;
    if (large.kind === 'gc-log') return (await streamGcFile(large.path, { uri, settings, head: large.head, checkpoint })).analysis;
    const { analysis } = await streamLogFile(large.path, uri, settings, checkpoint);
    return withGcLines(large.path, analysis, settings, uri, checkpoint);
  },
  streamed: async (uri, name, checkpoint) => {
    const large = await largeLog(uri);
    return large?.kind === 'flink-log'
      ? { name, uri, head: large.head, bytes: NODE_BYTES, feed: (stream) => feed(large.path, stream, checkpoint) }
      : null;
  },
};

/** Bytes of the file are those of its text: neither compressed nor UTF-16. */
function isPlain(head: Buffer): boolean {
  const mark = head.length < 2 ? 0 : head.readUInt16BE(0);
  return !isGzip(head) && !isZip(head) && mark !== 0xfffe && mark !== 0xfeff;
}

/** A log that is too large for a text in memory, with its beginning. */
async function largeLog(uri: string): Promise<{ path: string; head: string; kind: 'flink-log' | 'gc-log' } | null> {
  if (!uri.startsWith('file:')) return null;
  const file = fileURLToPath(uri);
  if ((await stat(file)).size <= LARGE_FILE) return null;
  const bytes = await readHead(file, SAMPLE_LENGTH);
  const head = bytes.toString('utf8');
  const { kind } = detect(head);
  return isGzip(bytes) || isZip(bytes) || (kind !== 'flink-log' && kind !== 'gc-log') ? null : { path: file, head, kind };
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
