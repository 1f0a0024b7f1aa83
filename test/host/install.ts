// Installs a .vsix the way a user does, into folders of its own.

import { run } from '../../scripts/lib/process.mjs';
import { server } from '../../scripts/lib/vscodeServer.mjs';
import type { VSCode } from './vscode.ts';

/** @throws Error with what VS Code said when it does not install */
export async function installExtension(vscode: VSCode, vsix: string, extensions: string, userData: string): Promise<void> {
  const args = ['--install-extension', vsix, '--force', '--extensions-dir', extensions, '--user-data-dir', userData];
  const { code, stdout, stderr } =
    vscode.kind === 'server'
      ? await run(server.node, [server.main, ...args, '--server-data-dir', userData], { quiet: true, timeout: 120_000 })
      : await run(vscode.program, ['--no-sandbox', ...args], { quiet: true, timeout: 120_000 });
  if (code !== 0 || /Failed Installing/i.test(stdout + stderr)) throw new Error(`The .vsix does not install:\n${stdout}${stderr}`);
}
