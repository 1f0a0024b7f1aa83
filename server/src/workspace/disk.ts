import { constants } from 'node:buffer';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { URI } from 'vscode-uri';
import { onDisk } from '../io/nodeFile.ts';
import type { Child, FileStat, FileSystem } from './fileSystem.ts';

/** As VS Code writes it: such uris are compared with those of its documents. */
export const uriOf = (file: string): string => URI.file(path.resolve(file)).toString();

/** No engine holds a longer text. */
const LONGEST_TEXT = constants.MAX_STRING_LENGTH;

/** A file that no engine holds as one text. */
export class TooLarge extends Error {
  override name = 'TooLarge';
}

/** The files of the machine. Links are followed to files, never to folders: those may lead in circles. */
export const disk: FileSystem = {
  stat: async (uri) => (isFile(uri) ? statOf(fileURLToPath(uri)) : null),
  list: async (uri) => {
    if (!isFile(uri)) return null;
    const folder = fileURLToPath(uri);
    const entries = await readdir(folder, { withFileTypes: true });
    const children = await Promise.all(
      entries.map(async (entry): Promise<Child | null> => {
        const child = path.join(folder, entry.name);
        if (entry.isDirectory()) return { uri: uriOf(child), folder: true, size: 0, stamp: '' };
        if (!entry.isFile()) return null;
        const found = await statOf(child);
        return found === null ? null : { uri: uriOf(child), ...found };
      }),
    );
    return children.filter((child) => child !== null);
  },
  read: async (uri) => {
    if (!isFile(uri)) return null;
    const file = fileURLToPath(uri);
    const { size } = await stat(file);
    if (size > LONGEST_TEXT)
      throw new TooLarge(`${Math.round(size / (1 << 20))} MiB are too much for a text (${LONGEST_TEXT >> 20} MiB); only a log may be larger`);
    return readFile(file);
  },
  stream: async (uri) => (isFile(uri) ? onDisk(fileURLToPath(uri))() : null),
};

const isFile = (uri: string): boolean => uri.startsWith('file:');

async function statOf(file: string): Promise<FileStat | null> {
  const info = await stat(file).catch(() => null);
  if (info === null || !(info.isFile() || info.isDirectory())) return null;
  return { folder: info.isDirectory(), size: info.size, stamp: `${info.size} ${info.mtimeMs}` };
}
