// node scripts/run.mjs FILE ARGS: runs a program of the tests once the packages that it needs are there.
import { ensureModules } from './lib/modules.mjs';
import { at } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

const [file = '', ...args] = process.argv.slice(2);
await ensureModules();
process.exitCode = (await run(process.execPath, ['--import', 'tsx', at(file), ...args])).code;
