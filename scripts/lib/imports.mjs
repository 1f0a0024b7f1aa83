// What the sources import from each other, types included: for the layer test and for scripts/house.mjs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from './paths.mjs';

/** Source files below a folder, from the root of the project. @param {string} folder @returns {string[]} */
export const sourcesOf = (folder) =>
  existsSync(at(folder))
    ? readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
        .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
        .filter((name) => /\.(ts|mjs|cjs)$/.test(name) && !name.startsWith('test/fixtures/') && !name.includes('/target/'))
    : [];

const IMPORT = /^(?:import|export)\b[^;'"]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

/** The modules that a file names: in import and export statements, and in types such as `import('./a.ts').A`. @param {string} file @returns {string[]} */
export const importsOf = (file) => [...readFileSync(at(file), 'utf8').matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

/** Files of ours that a file names. @param {string} file @returns {string[]} */
export const ownImportsOf = (file) =>
  importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name));

/**
 * Groups of files that reach each other by their imports, type imports included (Tarjan's strongly connected components).
 * @param {readonly string[]} files @returns {string[][]}
 */
export function importCycles(files) {
  const known = new Set(files);
  /** @type {Map<string, number>} */
  const order = new Map();
  /** @type {Map<string, number>} */
  const lowest = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const cycles = [];
  const visit = (/** @type {string} */ file) => {
    const number = order.size;
    order.set(file, number);
    lowest.set(file, number);
    stack.push(file);
    for (const target of ownImportsOf(file)) {
      if (!known.has(target)) continue;
      if (!order.has(target)) visit(target);
      // A file that is not on the stack any more belongs to a group that is complete.
      if (stack.includes(target)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(target) ?? 0));
    }
    if (lowest.get(file) !== number) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) cycles.push(group.sort());
  };
  for (const file of files) if (!order.has(file)) visit(file);
  return cycles;
}
