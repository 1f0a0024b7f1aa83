// npm run translate -- server/src/core/rules/gc/words.ts …: begins the translation of tables of words. The English text moves
// to words.en.ts, and words.ts becomes the choice between it and words.zh.ts, which is to be written (see docs/architecture.md).
// For a table that is translated already it writes the choice anew.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sourcesOf } from './lib/imports.mjs';
import { at } from './lib/paths.mjs';

const ROOMS = ['common', 'server/src', 'client/src', 'media'];

/** The names of values that a module exports. @param {string} source */
const valuesOf = (source) => [...source.matchAll(/^export (?:const|(?:async )?function\*?) (\w+)/gm)].map((match) => match[1]);

/** What is imported of a module, but by the tables themselves. @param {string} name */
function askedOf(name) {
  const asked = new Set();
  const files = [...ROOMS, 'scripts', 'test'].flatMap(sourcesOf).filter((file) => !/\.(?:en|zh)\.ts$/.test(file));
  for (const file of files) {
    for (const [, names = '', from = ''] of readFileSync(at(file), 'utf8').matchAll(/^(?:import|export) \{([^}]*)\} from '([^']+)'/gm)) {
      if (path.posix.join(path.posix.dirname(file), from) !== name) continue;
      for (const one of names.split(',')) asked.add(one.trim().split(' as ')[0]);
    }
  }
  return asked;
}

for (const name of process.argv.slice(2)) {
  const english = name.replace(/\.ts$/, '.en.ts');
  if (!existsSync(at(english))) renameSync(at(name), at(english));
  const source = readFileSync(at(english), 'utf8');
  const base = path.basename(name, '.ts');
  const language = path.posix.relative(path.posix.dirname(name), 'common/language.ts');
  const types = /^export (?:interface|type) /m.test(source) ? `\nexport type * from './${base}.en.ts';` : '';
  // What is said in English takes its words from what is English.
  const words = ROOMS.flatMap(sourcesOf).filter((file) => /[wW]ords(?:\.en)?\.ts$/.test(file));
  for (const file of words) {
    const text = readFileSync(at(file), 'utf8');
    if (file === name || / = inLanguage\(/.test(text)) continue;
    const asked = path.posix.relative(path.posix.dirname(file), name);
    const target = `'${asked.startsWith('.') ? asked : `./${asked}`}'`;
    if (text.includes(target)) writeFileSync(at(file), text.replaceAll(target, target.replace(/\.ts'$/, ".en.ts'")));
  }
  const asked = askedOf(name);
  const chosen = valuesOf(source).filter((one) => asked.has(one));
  // What only other tables take is taken from each in its language.
  if (chosen.length === 0) rmSync(at(name), { force: true });
  else
    writeFileSync(
      at(name),
      `import { inLanguage } from '${language.startsWith('.') ? language : `./${language}`}';
import * as english from './${base}.en.ts';
import * as chinese from './${base}.zh.ts';
${types}
export const { ${chosen.join(', ')} } = inLanguage(english, chinese);
`,
    );
  console.log(`${name}: now write ${base}.zh.ts beside it`);
}
