import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../scripts/lib/paths.mjs';

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
