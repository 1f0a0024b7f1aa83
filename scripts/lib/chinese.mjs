// How the Chinese tables get into the bundles: nobody who reads English loads them.
import path from 'node:path';
import { sourcesOf } from './imports.mjs';
import { at } from './paths.mjs';

const LANGUAGE = at('common/language.ts');
const TABLE = /\.zh\.ts$/;
/** The bundle with the tables, from dist/cli, dist/client and dist/server. */
const BESIDE = '../server/chinese.js';

/** From the root of the project, with `/`. @param {string} file */
const nameOf = (file) => path.relative(at(), file).replaceAll(path.sep, '/');

const tables = () => ['common', 'server/src', 'client/src', 'media'].flatMap(sourcesOf).filter((name) => TABLE.test(name));

/** What a bundle has in place of a table: the table when the language is its own, else nothing. @param {string} table an expression */
const chosen = (table) => `const { LANGUAGE } = require(${JSON.stringify(LANGUAGE)});
module.exports = LANGUAGE === 'zh-cn' ? ${table} : {};`;

/**
 * Has a bundle take each table in Chinese only when it is run in Chinese.
 * @param {{ beside: boolean }} where whether the tables are in a bundle of their own, as a process can load one, or in this one
 * @returns {import('esbuild').Plugin}
 */
export const chineseTables = ({ beside }) => ({
  name: 'chinese tables',
  setup(build) {
    build.onResolve({ filter: TABLE }, ({ path: name, importer, kind, resolveDir }) => {
      const file = path.resolve(resolveDir, name);
      // A table takes words from others; what stands in place of one asks for that one.
      return kind === 'require-call' || TABLE.test(importer) ? undefined : { path: file, namespace: 'chosen' };
    });
    build.onResolve({ filter: /chinese\.js$/ }, ({ path: name }) => (name === BESIDE ? { path: name, external: true } : undefined));
    build.onLoad({ filter: TABLE, namespace: 'chosen' }, ({ path: file }) => ({
      contents: chosen(`require(${beside ? `'${BESIDE}')[${JSON.stringify(nameOf(file))}]` : `${JSON.stringify(file)})`}`),
      loader: 'js',
      resolveDir: path.dirname(file),
    }));
  },
});

/** All tables in Chinese by their file: the source of the bundle that is loaded beside others. @returns {import('esbuild').StdinOptions} */
export const allTables = () => ({
  contents: `module.exports = {\n${tables()
    .map((name) => `  ${JSON.stringify(name)}: require(${JSON.stringify(at(name))}),\n`)
    .join('')}};\n`,
  loader: 'js',
  resolveDir: at(),
});
