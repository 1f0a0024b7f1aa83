// Desktop VS Code, where it is installed and a desktop is there to show it.
import { existsSync } from 'node:fs';
import path from 'node:path';

function places() {
  const { env } = process;
  if (process.platform === 'darwin') {
    const apps = ['Visual Studio Code', 'Visual Studio Code - Insiders'].flatMap((name) => [
      `/Applications/${name}.app`,
      path.join(env['HOME'] ?? '', `Applications/${name}.app`),
    ]);
    return apps.flatMap((app) => [path.join(app, 'Contents/MacOS/Code'), path.join(app, 'Contents/MacOS/Electron')]);
  }
  if (process.platform === 'win32') {
    const bases = [path.join(env['LOCALAPPDATA'] ?? '', 'Programs'), env['PROGRAMFILES'] ?? ''];
    return bases.map((base) => path.join(base, 'Microsoft VS Code', 'Code.exe'));
  }
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return [];
  return [
    '/usr/share/code/code',
    '/usr/share/code-insiders/code-insiders',
    '/opt/visual-studio-code/code',
    '/snap/code/current/usr/share/code/code',
    '/usr/lib/code/code',
  ];
}

/** The program itself (not the `code` shell command). @returns {string | undefined} */
export const desktopProgram = () => places().find((file) => existsSync(file));
