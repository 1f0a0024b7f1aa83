import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../golden/', import.meta.url));

/**
 * Compares a text with the golden file of that name. UPDATE_GOLDEN=1 writes it; a difference leaves the new text
 * beside it as NAME.actual, to be read before it is accepted.
 */
export function golden(name: string, text: string): void {
  const file = path.join(ROOT, name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert.ok(existsSync(file), `${name} is missing: run with UPDATE_GOLDEN=1 and read it`);
  const expected = readFileSync(file, 'utf8');
  if (expected !== text) writeFileSync(`${file}.actual`, text);
  else rmSync(`${file}.actual`, { force: true });
  assert.equal(text, expected, `${name} differs; the new text is in ${name}.actual`);
}
