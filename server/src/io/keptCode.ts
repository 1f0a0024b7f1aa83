import { isAscii } from 'node:buffer';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

/** A script that was run: what it exports, and what keeps its code for the next start. */
export interface Loaded<T> {
  exports: T;
  /** To be called when the script has done what it mostly does: then V8 has made the code of all of that. */
  keep(): void;
}

/** In bytes: before the code stands when its script was written, and how large the program is that made it. */
const STAMP = 16;

/**
 * What makes the code, with the flags that it is made with. V8 takes code of another build of the same V8 for its own and
 * crashes: Node 20.19 and 20.20 have the same tag, and bytecode that differs.
 */
const maker = (): string => `${process.version}-${process.arch}-${cachedDataVersionTag()}`;

/**
 * Runs a CommonJS script in this thread. The code that V8 has made of it is kept beside it, so that the next start need not
 * compile it: that is most of what a start takes. Code that is not of this script, or of another V8, is not used, and made
 * anew; where nothing can be written, every start compiles.
 *
 * @param role what the script is run as: each has code of its own
 * @param made what makes the code here
 */
export function loadKept<T>(file: string, role = '', made = maker()): Loaded<T> {
  const bytes = readFileSync(file);
  // As bundles mostly are, and then nothing needs decoding.
  const source = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  const stamp = Buffer.alloc(STAMP);
  stamp.writeDoubleLE(statSync(file).mtimeMs);
  stamp.writeDoubleLE(statSync(process.execPath).size, STAMP / 2);
  const place = `${file}.${role}${made}.code`;
  const cachedData = kept(place, stamp);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} as T };
  script.runInThisContext()(module.exports, createRequire(file), module, file, path.dirname(file));
  const fits = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    keep: () => {
      if (!fits) keep(place, Buffer.concat([stamp, script.createCachedData()]));
    },
  };
}

function kept(place: string, stamp: Buffer): Buffer | undefined {
  try {
    const bytes = readFileSync(place);
    return bytes.subarray(0, STAMP).equals(stamp) ? bytes.subarray(STAMP) : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: other threads may read it meanwhile. */
function keep(place: string, bytes: Buffer): void {
  const draft = `${place}.${process.pid}`;
  try {
    writeFileSync(draft, bytes);
    renameSync(draft, place);
  } catch {
    rmSync(draft, { force: true });
  }
}
