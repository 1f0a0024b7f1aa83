// Types hold from one end to the other: nothing is called another type by way of `unknown`.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';

const FOLDERS = ['common', 'server', 'client', 'media', 'scripts', 'test'];
const ERASED = /\bas\s+unknown\s+as\b/;

const sources = (folder: string): string[] =>
  readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => path.join(folder, name));

describe('types', () => {
  it('are never changed by way of unknown', () => {
    const files = FOLDERS.flatMap(sources);
    assert.ok(files.length > 500);
    assert.deepEqual(
      files.filter((file) => ERASED.test(readFileSync(at(file), 'utf8'))),
      [],
    );
  });
});
