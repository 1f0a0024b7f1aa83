import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../scripts/lib/paths.mjs';
import { digestOfRecording, recordings } from '../support/incidentFolder.ts';

const folder = at('test/fixtures');

/** Fixtures up to this size are used: larger ones make for few tries. */
const LIMIT = 300_000;

/** Every text fixture: name relative to test/fixtures, and its text. */
export function fixtures(limit = LIMIT): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(gz|zip|md|class|jar|png)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: path.relative(folder, file), text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => text.length <= limit);
}

/** Of so many folders of recordings digests are made. */
const FOLDERS = 12;

/** Digests, as `logjam digest` writes them, of folders from all versions. */
export async function digests(): Promise<{ name: string; text: string }[]> {
  const all = recordings();
  const step = Math.max(1, Math.floor(all.length / FOLDERS));
  const made: { name: string; text: string }[] = [];
  for (const name of all.filter((_, index) => index % step === 0))
    made.push({ name: `${name}.digest`, text: `${JSON.stringify(await digestOfRecording(name))}\n` });
  return made.filter(({ text }) => text.length <= LIMIT);
}
