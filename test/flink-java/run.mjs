#!/usr/bin/env node
/**
 * The Java part of `npm run test:flink`; needs a JDK and Maven. `main()` gives the exit code.
 * By itself: `node test/flink-java/run.mjs [TRIES]`.
 */
import { pathToFileURL } from 'node:url';

/**
 * @param {number} [tries] how often the patched class is tried (200)
 * @returns {Promise<number>} 0 all as it must be, 1 not
 */
export async function main(tries = 200) {
  try {
    // Imported here: the modules may only be there once the caller has seen to it.
    const { tsImport } = await import('tsx/esm/api');
    const { verify } = await tsImport('./verify.ts', import.meta.url);
    return await verify(tries);
  } catch (error) {
    console.error(error.message);
    return 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv[2] === undefined ? 200 : Number(process.argv[2]));
}
