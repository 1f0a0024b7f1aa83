import { checkSettings, type Settings } from '../../../common/settings.ts';
import { decode } from '../io/decode.ts';
import type { FileSystem } from './fileSystem.ts';
import { reason } from './gather.ts';

/** Name of the file with the settings for all that is in its folder and below; docs/settings.schema.json describes it. */
const CONFIG_FILE = '.logjam.json';

/** Settings from the nearest file of that name, looked for upwards from each file. */
export class ConfigFiles {
  readonly #files: FileSystem;
  readonly #say: (message: string) => void;
  readonly #folders = new Map<string, Promise<Partial<Settings>>>();

  /** `say` is told what is wrong with a configuration, once; the rest of it holds. */
  constructor(files: FileSystem, say: (message: string) => void) {
    this.#files = files;
    this.#say = say;
  }

  /** What is set for a file or folder; empty where nothing is, and for what is in no folder. */
  for(uri: string): Promise<Partial<Settings>> {
    const folder = parent(uri);
    if (folder === null) return Promise.resolve({});
    let found = this.#folders.get(folder);
    if (found === undefined) {
      found = this.#read(folder);
      this.#folders.set(folder, found);
    }
    return found;
  }

  async #read(folder: string): Promise<Partial<Settings>> {
    const uri = `${folder}/${CONFIG_FILE}`;
    const stat = await this.#files.stat(uri).catch(() => null);
    if (stat === null || stat.folder) return this.for(folder);
    const name = decodeURIComponent(uri.replace(/^file:\/\//, ''));
    try {
      const content = (await this.#files.read(uri)) ?? '';
      const raw: unknown = JSON.parse(typeof content === 'string' ? content : decode(content).text);
      if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) throw new Error('it is not a JSON object');
      const { $schema: _, ...own } = raw as Record<string, unknown>;
      const { values, problems } = checkSettings(own);
      for (const problem of problems) this.#say(`${name}: ${problem}`);
      return values;
    } catch (error) {
      this.#say(`${name}: cannot be read: ${reason(error)}`);
      return {};
    }
  }
}

function parent(uri: string): string | null {
  const path = /^[a-z][\w+.-]*:\/\/[^/]*/i.exec(uri);
  const end = uri.lastIndexOf('/');
  return path === null || end < path[0].length ? null : uri.slice(0, end);
}
