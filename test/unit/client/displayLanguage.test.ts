// The extension hands VS Code's display language on to its server: in the environment of a process, in a browser by what the
// worker runs. The bundle's own entry is run, with stand-ins for VS Code, its language client and the rest of the extension.
import assert from 'node:assert/strict';
import { createContext, runInContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import { at } from '../../../scripts/lib/paths.mjs';

/** What each of them sees of the others is on `globalThis.seen`. */
const STAND_INS: Record<string, string> = {
  vscode: `exports.env = { language: seen.language };
    exports.Uri = { joinPath: (_, ...parts) => parts.join('/') };
    exports.workspace = { fs: { readFile: async (name) => { seen.read.push(name); return name; } } };`,
  client: `exports.LanguageClient = class { constructor(_id, _name, server) { seen.server = server; } };
    exports.TransportKind = { stdio: 0 };
    exports.BrowserMessageReader = exports.BrowserMessageWriter = class {};`,
  extension: `exports.activateWith = async (_context, createClient) => { createClient('logjam', 'Logjam', {}); };`,
  mcpServer: `exports.registerMcpServer = () => undefined;`,
};

const standIns: Plugin = {
  name: 'stand-ins',
  setup({ onResolve, onLoad }) {
    const resolve = (filter: RegExp, path: string) => onResolve({ filter }, () => ({ path, namespace: 'stand-in' }));
    resolve(/^vscode$/, 'vscode');
    resolve(/^vscode-languageclient\//, 'client');
    resolve(/^\.\/extension\.ts$/, 'extension');
    resolve(/^\.\/mcpServer\.ts$/, 'mcpServer');
    onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({ contents: STAND_INS[path] ?? '', loader: 'js' }));
  },
};

interface Seen {
  language: string;
  read: string[];
  server?: { run: { options: { env: Record<string, string> } } };
  /** What the worker runs. */
  parts?: string[];
}

/** Activates the extension in a realm of its own, as the language is fixed in that. */
async function activated(entry: 'node' | 'browser', language: string): Promise<Seen> {
  const entryPoints = [at(`client/src/extension.${entry}.ts`)];
  const { outputFiles } = await build({ entryPoints, bundle: true, write: false, format: 'cjs', platform: entry, plugins: [standIns] });
  const seen: Seen = { language, read: [] };
  const module = { exports: {} as { activate(context: unknown): Promise<void> } };
  class Blob {
    constructor(parts: string[]) {
      seen.parts = [...parts];
    }
  }
  const realm = createContext({ seen, module, exports: module.exports, require, process, URL: { createObjectURL: () => 'blob:' }, Blob });
  runInContext(outputFiles[0]?.text ?? '', realm);
  await module.exports.activate({ asAbsolutePath: (name: string) => name, extensionUri: '' });
  return seen;
}

describe("VS Code's display language", () => {
  for (const [shown, told] of [
    ['zh-cn', 'zh-cn'],
    ['en', 'en'],
    ['zh-tw', 'en'],
    ['de', 'en'],
  ] as const) {
    it(`${shown}: the server is started in ${told}`, async () => {
      const { server } = await activated('node', shown);
      assert.equal(server?.run.options.env['LOGJAM_LANGUAGE'], told);
    });

    it(`${shown}: the worker runs in ${told}, and has the tables that it needs`, async () => {
      const { read, parts } = await activated('browser', shown);
      assert.match(parts?.[0] ?? '', new RegExp(`= "${told}";`));
      assert.deepEqual(read, parts?.slice(1));
      assert.deepEqual(read, [...(told === 'en' ? [] : ['dist/server/chinese.js']), 'dist/server/browser.js']);
    });
  }
});
