// dist/ as the sources say.
import { at } from './paths.mjs';
import { fail, run } from './process.mjs';

/** Builds dist/. Ends the program when that fails. @param {string[]} args */
export async function build(...args) {
  const { code } = await run(process.execPath, [at('scripts/build.mjs'), ...args]);
  if (code !== 0) fail('The build failed: see above.');
}
