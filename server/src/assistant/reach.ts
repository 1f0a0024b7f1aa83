import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { filePathOf } from '../io/filePath.ts';
import { uriOf } from '../workspace/disk.ts';
import type { Reach } from './cases.ts';
import { ToolError } from './toolError.ts';
import { CASES } from './words.ts';

/** Files on the disk below some folders, wherever links lead; relative paths begin at the first. */
export function reachWithin(roots: readonly [string, ...string[]]): Reach {
  return async (named) => {
    const file = path.resolve(roots[0], named.startsWith('file:') ? (filePathOf(named) ?? named) : named);
    const real = await realpath(file).catch(() => null);
    // What is not there is told apart from what may not be read only within the folders.
    const inside = await isBelow(real ?? file, roots);
    if (!inside) throw new ToolError(CASES.outside(named, roots));
    if (real === null) throw new ToolError(CASES.missing(named));
    return uriOf(file);
  };
}

async function isBelow(file: string, roots: readonly string[]): Promise<boolean> {
  for (const root of roots) {
    const real = await realpath(root).catch(() => path.resolve(root));
    const way = path.relative(real, file);
    if (way === '' || (!path.isAbsolute(way) && way.split(path.sep)[0] !== '..')) return true;
  }
  return false;
}

/** Whatever the person names. */
export const anywhere: Reach = async (named) => uriOf(named);
