// Connections are opened in few places: where a cluster is asked that a person has named, and where a page loads what is its own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sourcesOf } from '../../../scripts/lib/imports.mjs';
import { at } from '../../../scripts/lib/paths.mjs';

const OPENS = /\bfetch\(|'(?:node:)?(?:https?|http2|net|tls|dgram)'|'undici'|\bnew (?:WebSocket|XMLHttpRequest|EventSource)\b|\bsendBeacon\(/;

const ALLOWED: Record<string, string> = {
  'server/src/io/clusterHost.ts': 'the connection to a cluster',
  'client/src/clusters/registry.ts': 'the same in an editor, as the editor connects',
  'server/src/cluster/client.ts': 'asks by what it is given',
  'server/src/supervisor/node.ts': 'the pipe or port that an editor names for the language server',
  'media/graph/elkClient.ts': 'the script of the layout, which lies beside the page',
};

describe('the network', () => {
  // Core knows neither Node nor a browser (its tsconfig.json), and tells of the calls of others.
  it('is used only where a cluster is asked', () => {
    const files = ['common', 'server', 'client', 'media']
      .flatMap((folder) => sourcesOf(folder))
      .filter((name) => name.endsWith('.ts') && !name.startsWith('server/src/core/'));
    assert.ok(files.length > 250);
    const found = files.filter((file) => OPENS.test(readFileSync(at(file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')));
    assert.deepEqual(found.sort(), Object.keys(ALLOWED).sort());
  });
});
