import type * as vscode from 'vscode';
import type { Ask } from './ask.ts';
import type { Opened } from './opened.ts';
import type { OpenSets } from './openSets.ts';
import type { Subject } from './subject.ts';

/** What every panel and command of the extension is made with. */
export interface Services {
  context: vscode.ExtensionContext;
  ask: Ask;
  subject: Subject;
  sets: OpenSets;
  opened: Opened;
  /** Starts the server again if it has died too often: before something is tried again. */
  revive(): Promise<void>;
}
