import type { Diagnostic } from 'vscode-languageserver';
import { type Names, UriMap } from '../../../common/uri.ts';
import type { Places } from '../core/places.ts';
import type { Analysed } from '../workspace/workspace.ts';
import * as convert from './convert.ts';

type Part = NonNullable<Analysed['parts']>[number];

/**
 * What was found in files that are read as one, told in each of them in place of what the file says by itself: a failure
 * that looks like the first one in its own file may be the consequence of one in another. It stands until the set is
 * closed or another one is read, and in an open file as long as that is not edited.
 */
export class SetFindings {
  #set: Analysed | null = null;
  #found: UriMap<Diagnostic[]>;
  #parts: UriMap<Part>;
  readonly #names: Names;
  readonly #places: Places;
  readonly #publish: (uri: string) => void;
  readonly #linked: () => boolean;

  /** `linked`: whether the client opens the pages of rules; `publish` tells anew what is to be told in a file. */
  constructor(places: Places, names: Names, linked: () => boolean, publish: (uri: string) => void) {
    this.#names = names;
    this.#found = new UriMap(names);
    this.#parts = new UriMap(names);
    this.#places = places;
    this.#linked = linked;
    this.#publish = publish;
  }

  async show(set: Analysed): Promise<void> {
    if (set.parts === undefined || this.#set?.analysis === set.analysis) return;
    this.#set = set;
    this.#parts = new UriMap(
      this.#names,
      set.parts.map((part) => [part.uri, part]),
    );
    const placed = await this.#places.withPlaces(set, (place) => convert.findings(set, place, this.#linked()));
    // Another set was read meanwhile.
    if (this.#set !== set) return;
    const before = this.#found;
    this.#found = new UriMap(
      this.#names,
      set.parts.map(({ uri }) => [uri, []]),
    );
    for (const { uri, diagnostic } of placed) this.#found.get(uri)?.push(diagnostic);
    for (const uri of new Set([...before.uris(), ...this.#found.uris()])) this.#publish(uri);
  }

  /** Undefined for a file of no set, or one that is not as it was read (`text`: what stands in the editor). */
  of(uri: string, text?: string): Diagnostic[] | undefined {
    const part = this.#parts.get(uri);
    return text === undefined || part?.index?.length === text.length ? this.#found.get(uri) : undefined;
  }

  /** The set that a document is in as it was read, and where it begins in it. */
  around({ uri, text }: Analysed): { set: Analysed; offset: number } | null {
    const part = this.#parts.get(uri);
    return this.#set !== null && part?.index?.length === text.length ? { set: this.#set, offset: part.offset } : null;
  }

  close(uri: string): void {
    if (this.#set?.uri !== uri) return;
    const files = this.#found.uris();
    this.#set = null;
    this.#found = new UriMap(this.#names);
    this.#parts = new UriMap(this.#names);
    for (const file of files) this.#publish(file);
  }
}
