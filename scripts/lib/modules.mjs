// node_modules as package-lock.json says, installed only when they are missing or out of step.
import { existsSync, readFileSync } from 'node:fs';
import { at } from './paths.mjs';
import { fail, npm } from './process.mjs';

/** @typedef {{packages: Record<string, {version?: string, optional?: boolean}>}} Lock */

/** Every package of the lock file is there in its version, by npm's own record of what it has installed. */
function upToDate() {
  const record = at('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = /** @type {Lock} */ (JSON.parse(readFileSync(at('package-lock.json'), 'utf8'))).packages;
  const installed = /** @type {Lock} */ (JSON.parse(readFileSync(record, 'utf8'))).packages;
  // Optional packages are those of other platforms.
  return Object.entries(wanted).every(([place, { version, optional }]) => place === '' || optional === true || installed[place]?.version === version);
}

/** Runs `npm ci` when node_modules are not what package-lock.json asks for. */
export async function ensureModules() {
  if (upToDate()) return;
  console.log('Installing node_modules (npm ci)…');
  const { code } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) fail('npm ci failed: see above. Logjam needs Node 20.19 or newer and a package registry.');
}
