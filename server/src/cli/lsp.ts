import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from '../lsp/server.ts';
import { disk } from '../workspace/disk.ts';
import { nodePlatform } from '../workspace/node.ts';
import { UsageError } from './errors.ts';

/** Runs the language server until the editor ends it. */
export function lsp(args: string[]): Promise<number> {
  if (!args.some((arg) => /^--(stdio|node-ipc|socket=|pipe=)/.test(arg))) throw new UsageError('lsp needs --stdio (or --pipe=NAME, --socket=PORT)');
  serve(createConnection(ProposedFeatures.all), nodePlatform, [disk]);
  return new Promise(() => {});
}
