import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './lsp/server.ts';
import { disk } from './workspace/disk.ts';
import { nodePlatform } from './workspace/node.ts';

/** Serves over what the command line says: --node-ipc, --stdio, --socket=N or --pipe=NAME. */
serve(createConnection(ProposedFeatures.all), nodePlatform, [disk]);
