// npm run house: how large the sources are and how they hang together.
import { readFileSync } from 'node:fs';
import { importCycles, sourcesOf } from './lib/imports.mjs';
import { at } from './lib/paths.mjs';

/** A file of more lines than this is looked at: it may have two purposes. */
const LONG = 400;

const GROUPS = { product: ['common', 'server/src', 'client/src', 'media'], 'tests and scripts': ['scripts', 'test'] };

for (const [group, folders] of Object.entries(GROUPS)) {
  const files = folders
    .flatMap(sourcesOf)
    .map((file) => ({ file, lines: readFileSync(at(file), 'utf8').split('\n').length - 1 }))
    .sort((a, b) => b.lines - a.lines);
  const long = files.filter(({ lines }) => lines > LONG);
  console.log(`${group}: ${files.length} files, ${files.reduce((sum, { lines }) => sum + lines, 0)} lines`);
  console.log(
    `  largest: ${files
      .slice(0, 3)
      .map(({ file, lines }) => `${file} (${lines})`)
      .join(', ')}`,
  );
  console.log(`  of more than ${LONG} lines: ${long.length}`);
  for (const { file, lines } of long) console.log(`    ${String(lines).padStart(5)}  ${file}`);
}
const cycles = importCycles(Object.values(GROUPS).flat().flatMap(sourcesOf));
console.log(`import cycles, types included: ${cycles.length}`);
for (const cycle of cycles) console.log(`    ${cycle.join(', ')}`);
