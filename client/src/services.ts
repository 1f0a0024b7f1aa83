import type * as vscode from 'vscode';
import type { Ask } from './ask.ts';
import type { Opened } from './opened.ts';
import type { OpenSets } from './openSets.ts';
import type { StatusItem } from './status.ts';
import type { Subject } from './subject.ts';

/** What every panel and command of the extension is made with. */
export interface Services {
  context: vscode.ExtensionContext;
  ask: Ask;
  subject: Subject;
  status: StatusItem;
  sets: OpenSets;
  opened: Opened;
  /** Nobody waits any more for what is computed of a document. */
  cancel(uri: string): void;
  /** Starts the server again if it has died too often: before something is tried again. */
  revive(): Promise<void>;
}
