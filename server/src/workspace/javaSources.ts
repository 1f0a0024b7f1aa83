import { baseName } from '../../../common/virtual.ts';
import type { Analysis } from '../core/kinds/index.ts';
import type { JavaSources } from '../core/model.ts';
import { archived } from './archives.ts';
import type { FileSystem } from './fileSystem.ts';
import { widthOfProject } from './javaWidth.ts';
import { jarsBeside } from './sourcesJars.ts';

/** More than these are not read for one file. */
const MAX_FILES = 300;
const MAX_BYTES = 6 * 1024 * 1024;

interface Source {
  uri: string;
  text: string;
}

/** A source by its package and its name, wherever it lies. */
const placeOf = (name: string, uri: string): string => `${name}/${baseName(uri)}`;

/** The sources around a file, by their packages: in the folders beside its own, as its package tells, else in jars with sources. */
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
    const taken = new Set<string>();
    let bytes = 0;
    const add = (one: { uri: string; size: number; place: string }, text: string | null): void => {
      if (text === null) return;
      bytes += one.size;
      taken.add(one.place);
      this.#read.set(one.uri, text);
      result.push({ uri: one.uri, text });
    };
    const isFull = (size: number): boolean => result.length >= MAX_FILES || bytes + size > MAX_BYTES;
    for (const name of packages) {
      const at = name === own ? folder : root === null ? null : `${root}/${name.replaceAll('.', '/')}`;
      for (const child of (at === null ? null : await this.#files.list(at).catch(() => null)) ?? []) {
        if (child.folder || !child.uri.endsWith('.java') || child.uri === uri || isFull(child.size)) continue;
        const content = await this.#files.read(child.uri).catch(() => null);
        const text = content === null || typeof content === 'string' ? content : new TextDecoder().decode(content);
        add({ uri: child.uri, size: child.size, place: placeOf(name, child.uri) }, text);
      }
    }
    // What the project does not have itself may lie beside it as a jar with sources.
    const self = placeOf(own, uri);
    const wanted = new Map(packages.map((name) => [name.replaceAll('.', '/'), name]));
    for (const jar of packages.length === 0 ? [] : await jarsBeside(this.#files, uri)) {
      for (const file of await archived(this.#files, jar)) {
        const name = file.name.endsWith('.java') ? wanted.get(file.name.slice(0, Math.max(0, file.name.lastIndexOf('/')))) : undefined;
        const place = name === undefined ? self : placeOf(name, file.name);
        if (place !== self && !taken.has(place) && !isFull(file.size)) add({ uri: file.uri, size: file.size, place }, file.text());
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
