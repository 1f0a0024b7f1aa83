// npm run setup: everything that tests and start would install on their own, ahead of time.
import { desktopProgram } from './lib/desktop.mjs';
import { ensureModules } from './lib/modules.mjs';
import { fail } from './lib/process.mjs';
import { ensureServer, serverSupported, serverVersion } from './lib/vscodeServer.mjs';

await ensureModules();
const { ensureBrowser } = await import('./lib/browser.mjs');
try {
  console.log(`browser: ${await ensureBrowser()}`);
  const desktop = desktopProgram();
  if (desktop !== undefined) console.log(`VS Code: ${desktop}`);
  else if (serverSupported()) {
    await ensureServer();
    console.log(`VS Code: its server, ${serverVersion()}`);
  } else console.log('VS Code: the host tests download it');
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
