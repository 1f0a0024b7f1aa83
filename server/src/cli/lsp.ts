import { namesTransport, superviseNode } from '../supervisor/node.ts';
import { UsageError } from './errors.ts';

/** Runs the language server until the editor ends it. */
export function lsp(args: string[]): Promise<number> {
  if (!namesTransport(args)) throw new UsageError('lsp needs --stdio (or --pipe=NAME, --socket=PORT)');
  superviseNode(args);
  return new Promise(() => {});
}
