// The command line and the language server as a package of npm: everything at run time is bundled, so that it has no dependencies.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at } from './paths.mjs';
import { run } from './process.mjs';

const FILES = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE.txt',
  'dist/third-party-notices.txt',
  'dist/sbom.cdx.json',
  'dist/media/elk-worker.js',
];
const FOLDERS = ['dist/cli', 'dist/server', 'docs', 'docs/pictures'];
/** Of the editor, or what V8 has made of a bundle that ran here. */
const NOT = /browser\.js$|\.code$/;

/**
 * Lays the package out in a folder and packs it.
 * @param {string} folder is emptied
 * @returns {Promise<string>} path of the .tgz
 */
export async function packForNpm(folder) {
  rmSync(folder, { recursive: true, force: true });
  const inFolders = FOLDERS.flatMap((name) =>
    readdirSync(at(name), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${name}/${entry.name}`),
  );
  for (const file of [...FILES, ...inFolders].filter((name) => !NOT.test(name))) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    copyFileSync(at(file), path.join(folder, file));
  }
  const { name, version, license, keywords, engines, bin, repository } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const { description } = JSON.parse(readFileSync(at('package.nls.json'), 'utf8'));
  const manifest = { name, version, description, license, keywords, engines: { node: engines.node }, bin, repository, type: 'commonjs' };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const { code, stderr } = await run('npm', ['pack', '--silent'], { cwd: folder, quiet: true });
  if (code !== 0) throw new Error(`npm pack: ${stderr}`);
  return path.join(folder, `${name}-${version}.tgz`);
}
