// npm run translate -- server/src/core/rules/gc/words.ts …: begins the translation of tables of words. The English text moves
// to words.en.ts, and words.ts becomes the choice between it and words.zh.ts, which is to be written (see docs/architecture.md).
// For a table that is translated already it writes the choice anew.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sourcesOf } from './lib/imports.mjs';
import { at } from './lib/paths.mjs';

/** The names of values that a module exports. @param {string} source */
const valuesOf = (source) => [...source.matchAll(/^export (?:const|(?:async )?function\*?) (\w+)/gm)].map((match) => match[1]);

for (const name of process.argv.slice(2)) {
  const english = name.replace(/\.ts$/, '.en.ts');
  if (!existsSync(at(english))) renameSync(at(name), at(english));
  const source = readFileSync(at(english), 'utf8');
  const base = path.basename(name, '.ts');
  const language = path.posix.relative(path.posix.dirname(name), 'common/language.ts');
  const types = /^export (?:interface|type) /m.test(source) ? `\nexport type * from './${base}.en.ts';` : '';
  writeFileSync(
    at(name),
    `import { inLanguage } from '${language.startsWith('.') ? language : `./${language}`}';
import * as english from './${base}.en.ts';
import * as chinese from './${base}.zh.ts';
${types}
export const { ${valuesOf(source).join(', ')} } = inLanguage(english, chinese);
`,
  );
  // What is said in English takes its words from what is English.
  const words = ['common', 'server/src', 'client/src', 'media'].flatMap(sourcesOf).filter((file) => /[wW]ords(?:\.en)?\.ts$/.test(file));
  for (const file of words) {
    const text = readFileSync(at(file), 'utf8');
    if (/ = inLanguage\(/.test(text)) continue;
    const asked = path.posix.relative(path.posix.dirname(file), name);
    const target = `'${asked.startsWith('.') ? asked : `./${asked}`}'`;
    if (text.includes(target)) writeFileSync(at(file), text.replaceAll(target, target.replace(/\.ts'$/, ".en.ts'")));
  }
  console.log(`${name}: now write ${base}.zh.ts beside it`);
}
