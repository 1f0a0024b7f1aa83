#!/usr/bin/env node
/**
 * The Java part of `npm run test:flink`; needs a JDK and Maven. `main()` gives the exit code.
 * By itself: `node test/flink-java/run.mjs [TRIES]`.
 */
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';

/** @param {number} [tries] how often each patched class is tried (200) */
export async function main(tries = 200) {
  const { verify } = await tsImport('./verify.ts', import.meta.url);
  return verify(tries);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv[2] === undefined ? 200 : Number(process.argv[2]));
}
