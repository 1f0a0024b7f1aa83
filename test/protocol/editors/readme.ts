// What README.md says of other editors, tried word for word.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';

/** The first block of code in the language that stands in README.md behind the words. */
export function sectionOf(words: string, language: string): string {
  const text = readFileSync(at('README.md'), 'utf8');
  const from = text.indexOf(words);
  const block = text.slice(from).split(`\`\`\`${language}\n`)[1]?.split('```')[0];
  assert.ok(from !== -1 && block !== undefined, `${words}: no block of ${language}`);
  return block;
}

/** Puts a `logjam` into the folder, which is the built one, and returns an environment that finds it. */
export function installedIn(folder: string): NodeJS.ProcessEnv {
  writeFileSync(path.join(folder, 'logjam'), `#!/bin/sh\nexec '${process.execPath}' '${at('dist/cli/logjam.js')}' "$@"\n`, { mode: 0o755 });
  return { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
}
