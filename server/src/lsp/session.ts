import type { Connection } from 'vscode-languageserver';
import type { StatusParams } from '../../../common/contracts.ts';
import type { Settings } from '../../../common/settings.ts';
import type { SourceReference } from '../features/types.ts';
import type { Waiter } from '../workspace/waiters.ts';
import type { Analysed, Asked, Workspace } from '../workspace/workspace.ts';
import type { Abilities } from './abilities.ts';
import type { Sources } from './content.ts';

/** What the handlers of requests share. */
export interface Session {
  connection: Connection;
  workspace: Workspace;
  log(message: string): void;
  /** Runs what is made of a document, told to who watches over this thread. */
  during<R>(uri: string, run: () => R | Promise<R>, settings?: Settings): Promise<R>;
  /** The finished analysis of a document, a file on the disk or a set; null where there is nothing to read. */
  analysed(uri: string, waiter?: Waiter, asked?: Asked): Promise<Analysed | null>;
  settingsOf(uri: string): Promise<Settings>;
  /** How far a work is that takes long. */
  sayStatus(status: StatusParams): void;
  /** What the client can do. */
  abilities(): Abilities;
  /** Uris of files in the folders of the workspace. */
  filesInWorkspace(wanted: (uri: string) => boolean, limit: number): Promise<string[]>;
  /** The set of files that a document was read with as one, and where it begins in it. */
  setAround(document: Analysed): { set: Analysed; offset: number } | null;
  /** What the editor shows of a file that it has open, even one that it does not send, else what the file holds. */
  editorText(uri: string): Promise<string | null>;
  /** Where the texts of virtual documents come from. */
  sources: Sources;
  /** Uri of the Java source behind a frame. */
  findSource(source: SourceReference): Promise<string | null>;
}
