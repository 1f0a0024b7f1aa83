import { namesTransport, superviseNode } from '../supervisor/node.ts';
import { UsageError } from './errors.ts';
import { USAGE } from './words.ts';

/** Runs the language server until the editor ends it. */
export function lsp(args: string[]): Promise<number> {
  if (!namesTransport(args)) throw new UsageError(USAGE.transport);
  superviseNode(args);
  return new Promise(() => {});
}
