// Which VS Code the host suite runs in: LOGJAM_VSCODE, an installed desktop, VS Code's own server, or a download.
// LOGJAM_VSCODE: the path of a program; "server", "server@oldest"; or what is downloaded: "1.101.0", "stable", "insiders".
import { existsSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { ensureBrowser } from '../../scripts/lib/browser.mjs';
import { desktopProgram } from '../../scripts/lib/desktop.mjs';
import { at, cache } from '../../scripts/lib/paths.mjs';
import { ensureServer, serverSupported } from '../../scripts/lib/vscodeServer.mjs';

export interface VSCode {
  kind: 'desktop' | 'server';
  /** The program to hand to runTests. */
  program: string;
}

/** @throws Error with one line that says what to install */
export async function findVSCode(): Promise<VSCode> {
  const wanted = process.env['LOGJAM_VSCODE'];
  if (wanted !== undefined && /^(?:\d+\.\d+\.\d+|stable|insiders)$/.test(wanted))
    return { kind: 'desktop', program: await downloadAndUnzipVSCode({ cachePath: cache, version: wanted }) };
  const isServer = wanted?.startsWith('server') === true;
  if (wanted !== undefined && !isServer) {
    if (!existsSync(wanted)) throw new Error(`LOGJAM_VSCODE: ${wanted} is not there`);
    return { kind: 'desktop', program: path.resolve(wanted) };
  }
  const desktop = isServer ? undefined : desktopProgram();
  if (desktop !== undefined) return { kind: 'desktop', program: desktop };
  if (serverSupported()) {
    await ensureBrowser();
    await ensureServer();
    return { kind: 'server', program: at('test/host/launcher.mjs') };
  }
  return { kind: 'desktop', program: await downloadAndUnzipVSCode({ cachePath: cache, version: 'stable' }) };
}
