import type { Analysis } from '../core/kinds/index.ts';
import type { JavaSources } from '../core/model.ts';
import type { FileSystem } from './fileSystem.ts';
import { widthOfProject } from './javaWidth.ts';

/** More than these are not read for one file. */
const MAX_FILES = 300;
const MAX_BYTES = 6 * 1024 * 1024;

interface Source {
  uri: string;
  text: string;
}

/** The sources around a file, by their packages: in the folders beside its own, as its package tells. */
export class SourcesBeside implements JavaSources {
  readonly #files: FileSystem;
  readonly #read = new Map<string, string>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  async around(uri: string, own: string, packages: readonly string[]): Promise<Source[]> {
    const folder = uri.slice(0, uri.lastIndexOf('/'));
    const end = `/${own.replaceAll('.', '/')}`;
    // A file that is not where its package says has no neighbours but those in its folder.
    const root = own !== '' && folder.endsWith(end) ? folder.slice(0, -end.length) : null;
    const result: Source[] = [];
    let bytes = 0;
    for (const name of packages) {
      const at = name === own ? folder : root === null ? null : `${root}/${name.replaceAll('.', '/')}`;
      for (const child of (at === null ? null : await this.#files.list(at).catch(() => null)) ?? []) {
        const isMore = result.length >= MAX_FILES || bytes + child.size > MAX_BYTES;
        if (child.folder || child.uri === uri || !child.uri.endsWith('.java') || isMore) continue;
        bytes += child.size;
        const content = await this.#files.read(child.uri).catch(() => null);
        if (content === null) continue;
        const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
        this.#read.set(child.uri, text);
        result.push({ uri: child.uri, text });
      }
    }
    return result;
  }

  width(uri: string): Promise<number | null> {
    return widthOfProject(this.#files, uri);
  }

  /** The files that findings name beside the one at hand, counted on from its end. */
  partsOf({ findings }: Analysis, content: string): { uri: string; offset: number; line: number; text: string }[] {
    const named = new Set(findings.flatMap(({ related }) => related.map(({ at }) => at.document)));
    let offset = content.length + 1;
    return [...this.#read]
      .filter(([uri]) => named.has(uri))
      .map(([uri, text]) => {
        const part = { uri, offset, line: 0, text };
        offset += text.length + 1;
        return part;
      });
  }
}
