import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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
};
