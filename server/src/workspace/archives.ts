import { baseName, contentOf, contentUri } from '../../../common/virtual.ts';
import type { Texts } from '../io/texts.ts';
import type { ZipEntry } from '../io/zip.ts';
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
      if (content.member !== undefined) return memberOf(await below.read(content.uri), content.member);
      return (await textsIn(below, platform, content.uri))?.texts[content.part ?? 0]?.text ?? null;
    },
    stream: async () => null,
  };
}

/** No source of Java is larger, and no archive of them has more files. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_MEMBERS = 40_000;

/** Loaded with the first archive. */
const unpacking = () => import('../io/expand.ts');

async function memberOf(archive: Uint8Array | string | null, name: string): Promise<string | null> {
  if (archive === null || typeof archive === 'string') return null;
  const { expanded, members } = await unpacking();
  const entry = members(archive, MAX_MEMBERS).find((one) => one.name === name);
  return entry === undefined ? null : textOf(entry, expanded);
}

function textOf(entry: ZipEntry, expanded: Unpack): string | null {
  const bytes = expanded(entry, MAX_BYTES);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

type Unpack = (entry: ZipEntry, most: number) => Uint8Array | null;

/** The files of one archive, each with its text when it is asked for; empty where it cannot be read. */
export async function archived(files: FileSystem, uri: string): Promise<{ name: string; uri: string; size: number; text(): string | null }[]> {
  try {
    const bytes = await files.read(uri);
    if (bytes === null || typeof bytes === 'string') return [];
    const { expanded, members } = await unpacking();
    return members(bytes, MAX_MEMBERS).map((entry) => ({
      name: entry.name,
      uri: contentUri({ uri, name: 'text', member: entry.name }),
      size: entry.size,
      text: () => textOf(entry, expanded),
    }));
  } catch {
    return [];
  }
}
