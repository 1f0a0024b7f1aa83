// First of all: texts are chosen when they are loaded.
import './language.ts';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { LANGUAGE } from '../../common/language.ts';
import type * as ClusterHost from '../../server/src/io/clusterHost.ts';
import { printedBy } from '../../server/src/io/headerCommand.ts';
import { activateWith } from './extension.ts';
import { registerMcpServer } from './mcpServer.ts';

export function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath(path.join('dist', 'server', 'node.js'));
  const options = { env: { LOGJAM_LANGUAGE: LANGUAGE } };
  registerMcpServer(context);
  return activateWith(
    context,
    (id, name, clientOptions) =>
      new LanguageClient(
        id,
        name,
        {
          run: { module, transport: TransportKind.stdio, options },
          debug: { module, transport: TransportKind.stdio, options: { ...options, execArgv: ['--nolazy', '--inspect=6009'] } },
        },
        clientOptions,
      ),
    {
      // Of use only where a cluster has certificates of its own: it is loaded then.
      host: (access, proxy) => {
        const { nodeHost } = require(context.asAbsolutePath(path.join('dist', 'server', 'clusterHost.js'))) as typeof ClusterHost;
        return nodeHost(access, proxy);
      },
      run: printedBy,
    },
  );
}
