// Installs VS Code's own server from npm into .vscode-test/ and says where it is.
import { fail } from './lib/process.mjs';
import { ensureServer, serverVersion } from './lib/vscodeServer.mjs';

try {
  const { folder } = await ensureServer();
  console.log(`VS Code ${serverVersion()} in ${folder}`);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
