// npm run bench -- [--only TEXT] [--json FILE]
import { ensureModules } from './lib/modules.mjs';
import { at } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

await ensureModules();
process.exit((await run(process.execPath, ['--import', 'tsx', at('test/bench/run.ts'), ...process.argv.slice(2)])).code);
