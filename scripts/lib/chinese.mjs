// How the Chinese tables get into the bundles: nobody who reads English loads them.
import path from 'node:path';
import { build as bundle } from 'esbuild';
import { sourcesOf } from './imports.mjs';
import { at } from './paths.mjs';

const LANGUAGE = at('common/language.ts');
const TABLE = /\.zh\.ts$/;
/** What is looked up by the English sentence; see the plugin `shortKeys`. */
const KNOWLEDGE = at('server/src/core/knowledge/texts.zh.ts');
const TEXT_KEY = at('server/src/core/knowledge/textKey.ts');
/** The bundle with the tables, from dist/cli, dist/client and dist/server. */
const BESIDE = '../server/chinese.js';
/** Where that bundle leaves the tables: a place in the whole process or worker, whoever has it run. */
const PLACE = `globalThis[Symbol.for('logjam.chinese')]`;

/** From the root of the project, with `/`. @param {string} file */
const nameOf = (file) => path.relative(at(), file).replaceAll(path.sep, '/');

const tables = () => ['common', 'server/src', 'client/src', 'media'].flatMap(sourcesOf).filter((name) => TABLE.test(name));

/** What a table is in a bundle that is run in another language. @param {string} table an expression @returns {string} an expression */
const ifChinese = (table) => `require(${JSON.stringify(LANGUAGE)}).LANGUAGE === 'zh-cn' ? ${table} : {}`;

/**
 * Where a bundle has the tables from: from another one that it loads, from another one that its host has run before, or
 * from within itself. @type {Record<'beside' | 'before' | 'inside', string | null>} an expression for all tables
 */
const SOURCES = { beside: `(require(${JSON.stringify(BESIDE)}), ${PLACE})`, before: PLACE, inside: null };

/**
 * Has a bundle take each table in Chinese only when it is run in Chinese.
 * @param {keyof typeof SOURCES} source
 * @returns {import('esbuild').Plugin}
 */
export const chineseTables = (source) => ({
  name: 'chinese tables',
  setup(build) {
    const all = SOURCES[source];
    build.onResolve({ filter: TABLE }, ({ path: name, importer, kind, resolveDir }) => {
      const file = path.resolve(resolveDir, name);
      // A table takes words from others; what stands in place of one asks for that one.
      return kind === 'require-call' || TABLE.test(importer) ? undefined : { path: file, namespace: 'chosen' };
    });
    build.onLoad({ filter: TABLE, namespace: 'chosen' }, ({ path: file }) => ({
      contents: `module.exports = ${all === null ? ifChinese(`require(${JSON.stringify(file)})`) : `require('all tables')(${JSON.stringify(nameOf(file))})`};`,
      loader: 'js',
      resolveDir: path.dirname(file),
    }));
    build.onResolve({ filter: /^all tables$/ }, ({ path: name }) => ({ path: name, namespace: 'chosen' }));
    build.onResolve({ filter: /chinese\.js$/ }, ({ path: name }) => (name === BESIDE ? { path: name, external: true } : undefined));
    build.onLoad({ filter: /^all tables$/, namespace: 'chosen' }, () => ({
      contents: `module.exports = (file) => ${ifChinese(`${all}[file]`)};`,
      loader: 'js',
      resolveDir: at(),
    }));
  },
});

/**
 * Texts of knowledge as `[key, Chinese]`, sorted: the English sentence is in the bundle already, where it is looked up.
 * @returns {Promise<[key: string, chinese: string][]>}
 */
export async function keyedTexts() {
  const contents = `export { TEXTS } from ${JSON.stringify(KNOWLEDGE)};\nexport { textKey } from ${JSON.stringify(TEXT_KEY)};\n`;
  const { outputFiles } = await bundle({ bundle: true, write: false, format: 'esm', charset: 'utf8', stdin: { contents, resolveDir: at() } });
  const { TEXTS, textKey } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? '').toString('base64')}`);
  return [...TEXTS].map(([english, chinese]) => [textKey(english), chinese]);
}

/** Has a bundle look texts of knowledge up by short keys. @type {import('esbuild').Plugin} */
const shortKeys = {
  name: 'short keys',
  setup(build) {
    build.onLoad({ filter: /[\\/]knowledge[\\/]texts\.zh\.ts$/ }, async () => ({
      contents: `import { textKey } from './textKey.ts';
const TEXTS = new Map(${JSON.stringify(await keyedTexts())});
export const chineseOf = (text) => TEXTS.get(textKey(text));\n`,
      loader: 'js',
      resolveDir: path.dirname(KNOWLEDGE),
    }));
  },
};

/** The bundle of all tables in Chinese by their file, that is loaded beside others. @returns {import('esbuild').BuildOptions} */
export const allTables = () => ({
  format: 'iife',
  platform: 'browser',
  // A worker's text is read as UTF-8: escapes of Chinese would be twice as long.
  charset: 'utf8',
  outfile: 'dist/server/chinese.js',
  plugins: [shortKeys],
  stdin: {
    contents: `${PLACE} = {\n${tables()
      .map((name) => `  ${JSON.stringify(name)}: require(${JSON.stringify(at(name))}),\n`)
      .join('')}};\n`,
    loader: 'js',
    resolveDir: at(),
  },
});
