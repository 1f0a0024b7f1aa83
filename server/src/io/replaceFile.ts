import { lstat, open, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Changes whenever the content of a file does. */
export const stampOf = ({ size, mtimeMs }: { size: number; mtimeMs: number }): string => `${size} ${mtimeMs}`;

/**
 * Writes a file whole or not at all: into a file beside it, which then takes its name. Permissions are kept, and owner and
 * group where this is allowed. A link stays a link: the file that it leads to is written. A device or pipe is written to as
 * it is. `stamp`: what `stampOf` gave when the file was read; nothing is written where it has changed since.
 * @throws the system's error; Error where the file has changed
 */
export async function replaceFile(file: string, content: Uint8Array | string, stamp?: string): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const before = await lstat(target).catch(() => null);
  if (before !== null && stamp !== undefined && stampOf(before) !== stamp) throw new Error('it has changed since it was read');
  if (before !== null && !before.isFile()) return writeTo(target, 'w', content);
  const beside = path.join(path.dirname(target), `.${path.basename(target).slice(0, 100)}.${Math.random().toString(36).slice(2)}.tmp`);
  try {
    await writeTo(beside, 'wx', content, before === null ? undefined : before);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function writeTo(file: string, flags: string, content: Uint8Array | string, like?: { mode: number; uid: number; gid: number }): Promise<void> {
  const handle = await open(file, flags);
  try {
    if (like !== undefined) {
      await handle.chown(like.uid, like.gid).catch(() => undefined);
      await handle.chmod(like.mode & 0o7777);
    }
    await handle.writeFile(content);
    if (like !== undefined) await handle.sync();
  } finally {
    await handle.close();
  }
}
