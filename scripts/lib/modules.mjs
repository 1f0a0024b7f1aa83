// node_modules as package-lock.json says, installed only when they are missing or out of step.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { at } from './paths.mjs';
import { fail, npm } from './process.mjs';

const stamp = at('node_modules', '.logjam-installed');

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');

function upToDate() {
  if (!existsSync(at('node_modules', 'esbuild')) || !existsSync(at('node_modules', 'tsx'))) return false;
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lockHash();
  // Installed by hand: npm writes this file last, so it is younger than the lock file it came from.
  const record = at('node_modules', '.package-lock.json');
  return existsSync(record) && statSync(record).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
}

/** Runs `npm ci` when node_modules are not what package-lock.json asks for. */
export async function ensureModules() {
  if (upToDate()) return;
  console.log('Installing node_modules (npm ci)…');
  const { code } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) fail('npm ci failed: see above. Logjam needs Node 20.19 or newer and a package registry.');
  writeFileSync(stamp, lockHash());
}
