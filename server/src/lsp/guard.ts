import { CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { Cancelled } from '../core/checkpoint.ts';
import { WORDS } from './words.ts';

/**
 * Wraps a request handler: a cancelled request is answered as such, and an error of ours is logged
 * and answered with `fallback` so that one bad document never takes a feature away from the editor.
 */
export function guard<P, R>(
  log: (message: string) => void,
  fallback: R,
  handler: (params: P, token: CancellationToken) => Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<void>> {
  return async (params, token) => {
    try {
      // A client that sends its parameters by position may have left the second one empty: then that stands here.
      return await handler(params, CancellationToken.is(token) ? token : CancellationToken.None);
    } catch (error) {
      if (error instanceof Cancelled) return new ResponseError(LSPErrorCodes.RequestCancelled, WORDS.cancelled);
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return fallback;
    }
  };
}
