// A file system in memory, with files that cannot be read.
import { DEFAULT_SETTINGS, type Settings } from '../../../common/settings.ts';
import type { Child, FileSystem } from '../../../server/src/workspace/fileSystem.ts';
import { nodePlatform } from '../../../server/src/workspace/node.ts';
import { type SettingsSource, Workspace } from '../../../server/src/workspace/workspace.ts';

/** Files by their uris; an Error stands for one that cannot be read. */
export function memoryFiles(content: Record<string, string | Uint8Array | Error>): FileSystem & { reads: string[] } {
  const reads: string[] = [];
  const statOf = (uri: string) => {
    const found = content[uri];
    if (found === undefined) return Object.keys(content).some((one) => one.startsWith(`${uri}/`)) ? { folder: true, size: 0, stamp: '' } : null;
    const size = found instanceof Error ? 1 : found.length;
    return { folder: false, size, stamp: String(size) };
  };
  return {
    reads,
    stat: async (uri) => statOf(uri),
    list: async (uri) => {
      const names = new Set(Object.keys(content).flatMap((one) => (one.startsWith(`${uri}/`) ? [one.slice(uri.length + 1).split('/')[0]] : [])));
      return [...names].map((name): Child => ({ uri: `${uri}/${name}`, ...(statOf(`${uri}/${name}`) as Omit<Child, 'uri'>) }));
    },
    read: async (uri) => {
      reads.push(uri);
      const found = content[uri];
      if (found instanceof Error) throw found;
      return found ?? null;
    },
    stream: async () => null,
  };
}

export function workspaceOf(files: FileSystem, settings: Partial<Settings> | SettingsSource = {}): Workspace {
  const source = 'of' in settings ? settings : { stamp: '', of: async () => ({ ...DEFAULT_SETTINGS, ...settings }) };
  return new Workspace({ files, platform: nodePlatform, settings: source, buffer: () => undefined });
}
