import { baseName, contentOf } from '../../../common/virtual.ts';
import type { Texts } from '../io/texts.ts';
import type { FileSystem } from './fileSystem.ts';
import type { Platform } from './platform.ts';

/** All texts in a file: its own, or those that are packed in it. Null where there is no such file. */
export async function textsIn(files: FileSystem, platform: Platform, uri: string, name = baseName(uri)): Promise<Texts | null> {
  const content = await files.read(uri);
  if (content === null) return null;
  if (typeof content !== 'string') return platform.texts(name, content);
  return { texts: [{ name, text: content, encoding: 'utf-8' }], problems: [], binary: [], packed: false };
}

/** The texts in compressed files and archives as files: a virtual document (common/virtual.ts) stands for each. */
export function packedFiles(below: FileSystem, platform: Platform): FileSystem {
  return {
    stat: async (uri) => {
      const content = contentOf(uri);
      return content?.name === 'text' ? below.stat(content.uri) : null;
    },
    list: async () => null,
    read: async (uri) => {
      const content = contentOf(uri);
      if (content?.name !== 'text') return null;
      return (await textsIn(below, platform, content.uri))?.texts[content.part ?? 0]?.text ?? null;
    },
    stream: async () => null,
  };
}
