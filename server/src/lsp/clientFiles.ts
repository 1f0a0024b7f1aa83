import type { Connection } from 'vscode-languageserver';
import { type FileEntry, LIST_FILES, READ_FILE, STAT_FILE } from '../../../common/contracts.ts';
import type { Child, FileSystem } from '../workspace/fileSystem.ts';
import { ask } from './contract.ts';

/** The editor's file system, for what the server does not find on a disk of its own. `able`: the client answers such requests. */
export function clientFiles(connection: Connection, able: () => boolean): FileSystem {
  return {
    stat: async (uri) => {
      const found = able() ? await ask(connection, STAT_FILE, { uri }) : null;
      return found === null ? null : childOf(found);
    },
    list: async (uri) => {
      const found = able() ? await ask(connection, LIST_FILES, { uri }) : null;
      return found?.map(childOf) ?? null;
    },
    read: async (uri) => {
      const content = able() ? await ask(connection, READ_FILE, { uri }) : null;
      if (content === null) return null;
      return content.base64 === undefined ? (content.text ?? '') : decoded(content.base64);
    },
    stream: async () => null,
  };
}

const childOf = ({ uri, folder, size, modified }: FileEntry): Child => ({ uri, folder: folder === true, size, stamp: `${size} ${modified}` });

const decoded = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
