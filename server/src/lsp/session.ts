import type { Connection } from 'vscode-languageserver';
import type { SourceReference } from '../features/types.ts';
import type { Analysed, Analyses } from './documents.ts';
import type { FileAccess } from './fileAccess.ts';
import type { Host } from './host.ts';
import type { LargeFiles } from './largeFiles.ts';

/** What the handlers of requests share. */
export interface Session {
  connection: Connection;
  host: Host;
  files: FileAccess;
  analyses: Analyses;
  large: LargeFiles;
  log(message: string): void;
  /** The finished analysis of a document, a file on the disk or a set; null where there is nothing to read. */
  analysed(uri: string, token?: { readonly isCancellationRequested: boolean }): Promise<Analysed | null>;
  /** The set of files that a document was read with as one, and where it begins in it. */
  setAround(document: Analysed): { set: Analysed; offset: number } | null;
  /** Uri of the Java source behind a frame. */
  findSource(source: SourceReference): Promise<string | null>;
}
