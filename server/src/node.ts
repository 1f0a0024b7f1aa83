import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeHost } from './lsp/nodeHost.ts';
import { serve } from './lsp/server.ts';

/** Serves over what the command line says: --node-ipc, --stdio, --socket=N or --pipe=NAME. */
serve(createConnection(ProposedFeatures.all), nodeHost);
