// dist/ as the sources say.
import { at } from './paths.mjs';
import { fail, run } from './process.mjs';

/** Builds dist/. Ends the program when that fails. */
export async function build() {
  const { code } = await run(process.execPath, [at('scripts/build.mjs')]);
  if (code !== 0) fail('The build failed: see above.');
}
