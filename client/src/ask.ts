import type * as vscode from 'vscode';
import type { Contract } from '../../common/contracts.ts';

/** Sends one of the product's own requests; parameters and answer have the types of its contract. */
export type Ask = <P, R>(contract: Contract<P, R>, params: P, token?: vscode.CancellationToken) => Promise<R>;

/** The client of the language server, as far as it is needed here. */
interface Sender {
  sendRequest<R>(method: string, ...params: unknown[]): Promise<R>;
}

/** Asks once the server is up, and starts it for that: a panel that is restored with the window asks before anything else. */
export const askThrough =
  (client: Sender, start: () => Promise<unknown>): Ask =>
  async ({ method }, params, token) => {
    await start();
    // `undefined` would go out as a second parameter, and the server would take it for the token of the request.
    return token === undefined ? client.sendRequest(method, params) : client.sendRequest(method, params, token);
  };
