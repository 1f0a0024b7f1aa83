// Type-checks every layer with the libraries and ambient types that this layer may use, and no others.
import { spawnSync } from 'node:child_process';

const layers = ['core', 'server', 'server-browser', 'client', 'media', 'test', 'scripts'];
let failed = 0;
for (const layer of layers) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', `tsconfig.${layer}.json`], { stdio: 'inherit' });
  console.log(`typecheck ${layer}: ${status === 0 ? 'ok' : 'failed'}`);
  if (status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
