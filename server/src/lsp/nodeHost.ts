import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { detect, SAMPLE_LENGTH } from '../core/detect.ts';
import { isGzip, isZip } from '../io/expand.ts';
import { streamLogFile } from '../io/logFile.ts';
import { readHead } from '../io/nodeFile.ts';
import { PagedFile } from '../io/pagedFile.ts';
import type { Host } from './host.ts';

/** VS Code hands larger files to no extension; below it a text in memory is quicker. */
const LARGE = 50 * 1024 * 1024;

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
  paged: (uri) => (uri.startsWith('file:') ? new PagedFile(fileURLToPath(uri)) : null),
  largeLog: async (uri, settings, checkpoint) => {
    if (!uri.startsWith('file:')) return null;
    const file = fileURLToPath(uri);
    if ((await stat(file)).size <= LARGE) return null;
    const head = await readHead(file, SAMPLE_LENGTH);
    if (isGzip(head) || isZip(head) || detect(head.toString('utf8')).kind !== 'flink-log') return null;
    return (await streamLogFile(file, uri, settings, checkpoint)).analysis;
  },
};
