import type * as vscode from 'vscode';
import type { Contract } from '../../common/contracts.ts';
import type { OpenSets } from './openSets.ts';
import type { Subject } from './subject.ts';

/** Sends one of the product's own requests; parameters and answer have the types of its contract. */
export type Ask = <P, R>(contract: Contract<P, R>, params: P, token?: vscode.CancellationToken) => Promise<R>;

/** What every panel and command of the extension is made with. */
export interface Services {
  context: vscode.ExtensionContext;
  ask: Ask;
  subject: Subject;
  sets: OpenSets;
}
