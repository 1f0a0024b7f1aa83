import { archived } from './archives.ts';
import type { FileSystem } from './fileSystem.ts';

/** Folders of a project in which jars with sources lie, relative to one above a source. */
const FOLDERS = ['', '/lib', '/libs', '/sources'];
/** A source lies no deeper in its project. */
const MAX_FOLDERS = 25;
const MAX_JARS = 20;
const MAX_BYTES = 100 * 1024 * 1024;

const isSourcesJar = (uri: string): boolean => /[-.]sources\.(?:jar|zip)$/i.test(uri);

/** Jars with sources beside a file: in the folders above it up to the root of its project, and in their folders of libraries. */
export async function jarsBeside(files: FileSystem, uri: string): Promise<string[]> {
  const found: string[] = [];
  let folder = uri.slice(0, uri.lastIndexOf('/'));
  for (let depth = 0; depth < MAX_FOLDERS && /^[\w+.-]+:\/\/[^/]*\/./.test(folder) && found.length < MAX_JARS; depth++) {
    for (const name of FOLDERS) {
      for (const child of (await files.list(folder + name).catch(() => null)) ?? [])
        if (!child.folder && child.size <= MAX_BYTES && isSourcesJar(child.uri)) found.push(child.uri);
    }
    if ((await files.stat(`${folder}/.git`).catch(() => null)) !== null) break;
    folder = folder.slice(0, folder.lastIndexOf('/'));
  }
  return found.slice(0, MAX_JARS);
}

/** The uri of a source in one of some jars, by its place: "org/apache/flink/runtime/A.java"; null where none has it. */
export async function sourceIn(files: FileSystem, jars: readonly string[], place: string): Promise<string | null> {
  for (const jar of jars) {
    const found = (await archived(files, jar)).find(({ name }) => name === place);
    if (found !== undefined) return found.uri;
  }
  return null;
}
