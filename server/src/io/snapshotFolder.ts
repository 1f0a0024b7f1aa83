import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Zip, ZipDeflate } from 'fflate';
import { MANIFEST, readManifest, type SnapshotManifest } from '../../../common/snapshot.ts';
import type { Sink } from '../cluster/snapshot.ts';

/** A folder on the disk that takes a snapshot. */
export function folderSink(folder: string): Sink {
  return {
    has: async (file, sha256) => {
      try {
        return hashOf(await readFile(path.join(folder, file))) === sha256;
      } catch {
        return false;
      }
    },
    put: async (file, write) => {
      const target = path.join(folder, file);
      const beside = `${target}.part`;
      await mkdir(path.dirname(target), { recursive: true });
      const handle = await open(beside, 'w', OWNER_ALONE);
      const hash = createHash('sha256');
      let bytes = 0;
      try {
        await write(async (piece) => {
          hash.update(piece);
          bytes += piece.length;
          await handle.write(piece);
        });
      } catch (error) {
        await handle.close();
        await rm(beside, { force: true });
        throw error;
      }
      await handle.close();
      await rename(beside, target);
      return { bytes, sha256: hash.digest('hex') };
    },
  };
}

/** What a cluster tells is nobody else's business. */
const OWNER_ALONE = 0o600;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What lies in a folder: nothing, a snapshot by its manifest, or something else that must not be written into. */
export async function foundIn(folder: string): Promise<'nothing' | 'others' | SnapshotManifest> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (names.length === 0) return 'nothing';
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => '');
  return readManifest(text) ?? 'others';
}

/** Packs a folder into a zip archive, whose files then lie in a folder of its name; the archive is there whole or not at all. */
export async function zipFolder(folder: string, archive: string): Promise<void> {
  const beside = `${archive}.part`;
  const out = createWriteStream(beside, { mode: OWNER_ALONE });
  const written = new Promise<void>((resolve, reject) => {
    out.on('finish', resolve);
    out.on('error', reject);
  });
  const zip = new Zip((error, piece, last) => {
    if (error !== null) out.destroy(error);
    else out.write(piece);
    if (last) out.end();
  });
  const root = path.basename(archive).replace(/\.zip$/i, '');
  for (const file of (await filesBelow(folder)).sort()) {
    const entry = new ZipDeflate(`${root}/${file.split(path.sep).join('/')}`);
    zip.add(entry);
    const handle = await open(path.join(folder, file));
    try {
      for await (const piece of handle.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })) {
        entry.push(piece as Uint8Array);
        if (out.writableNeedDrain) await Promise.race([new Promise<void>((resolve) => out.once('drain', resolve)), written]);
      }
    } finally {
      await handle.close();
    }
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  await written;
  await rename(beside, archive);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
