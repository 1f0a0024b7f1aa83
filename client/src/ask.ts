import type * as vscode from 'vscode';
import type { Contract } from '../../common/contracts.ts';

/** Sends one of the product's own requests; parameters and answer have the types of its contract. */
export type Ask = <P, R>(contract: Contract<P, R>, params: P, token?: vscode.CancellationToken) => Promise<R>;
