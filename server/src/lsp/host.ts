/** What the language server needs from where it runs; node.ts and browser.ts bring one each. */
export interface Host {
  /** Gives other requests a turn. */
  yield(): Promise<void>;
  /** Milliseconds of a monotonic clock. */
  now(): number;
  /** The bytes of a file; null where it cannot be read from here. */
  readFile(uri: string): Promise<Uint8Array | null>;
  /** Uris of files with this name below the folders, at most `limit`; an editor that answers FIND_FILES is asked first. */
  findByName(folders: readonly string[], name: string, limit: number): Promise<string[]>;
}
