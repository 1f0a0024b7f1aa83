// Finds a browser for the tests or installs one, and prints where it is.
import { ensureBrowser } from './lib/browser.mjs';
import { ensureModules } from './lib/modules.mjs';
import { fail } from './lib/process.mjs';

await ensureModules();
try {
  console.log(await ensureBrowser());
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
