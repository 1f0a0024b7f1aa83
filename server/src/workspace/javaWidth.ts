import { WIDTH_FILES, widthTold } from '../core/java/width.ts';
import type { FileSystem } from './fileSystem.ts';

/** A source lies no deeper in its project. */
const MAX_FOLDERS = 25;
/** A larger file is no configuration. */
const MAX_BYTES = 2 * 1024 * 1024;

/** The width of lines that the project of a Java source is kept to: the nearest file above it that tells one. */
export async function widthOfProject(files: FileSystem, uri: string): Promise<number | null> {
  let folder = uri.slice(0, uri.lastIndexOf('/'));
  for (let depth = 0; depth < MAX_FOLDERS && /^[\w+.-]+:\/\/[^/]*\/./.test(folder); depth++) {
    for (const name of WIDTH_FILES) {
      const told = await toldBy(files, `${folder}/${name}`, name);
      if (told !== null) return told;
    }
    // Above the root of a project the files are another's.
    if ((await files.stat(`${folder}/.git`).catch(() => null)) !== null) return null;
    folder = folder.slice(0, folder.lastIndexOf('/'));
  }
  return null;
}

async function toldBy(files: FileSystem, uri: string, name: string): Promise<number | null> {
  const stat = await files.stat(uri).catch(() => null);
  if (stat === null || stat.folder || stat.size > MAX_BYTES) return null;
  const content = await files.read(uri).catch(() => null);
  if (content === null) return null;
  return widthTold(name, typeof content === 'string' ? content : new TextDecoder().decode(content));
}
