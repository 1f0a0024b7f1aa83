import type { CancellationToken, Connection, ResponseError } from 'vscode-languageserver';
import type { Contract } from '../../../common/contracts.ts';

/** Asks the client; parameters and answer have the types of the contract. */
export function ask<P, R>(connection: Connection, { method }: Contract<P, R>, params: P): Promise<R> {
  return connection.sendRequest<R>(method, params);
}

/** Tells the client something. */
export function tell<P>(connection: Connection, { method }: Contract<P, void>, params: P): Promise<void> {
  return connection.sendNotification(method, params);
}

/** Hears what the client tells. */
export function hear<P>(connection: Connection, { method }: Contract<P, void>, handler: (params: P) => void): void {
  connection.onNotification(method, handler);
}

/** Answers what the client asks; `handler` is mostly one of guard.ts. */
export function answer<P, R>(
  connection: Connection,
  { method }: Contract<P, R>,
  handler: (params: P, token: CancellationToken) => Promise<R | ResponseError<void>>,
): void {
  connection.onRequest<unknown, void>(method, handler);
}
