// How the Chinese tables get into the bundles: nobody who reads English loads them.
import path from 'node:path';
import { build as bundle } from 'esbuild';
import { sourcesOf } from './imports.mjs';
import { at } from './paths.mjs';

const LANGUAGE = at('common/language.ts');
const TABLE = /\.zh\.ts$/;
const ROOM = 'server/src/core/knowledge/';
/** What is looked up by the English sentence; see the plugin `shortKeys`. */
const KNOWLEDGE = at(`${ROOM}texts.zh.ts`);
const TEXT_KEY = at(`${ROOM}textKey.ts`);
/** The bundle with the tables, from dist/cli, dist/client and dist/server. */
const BESIDE = '../server/chinese.js';
/** Where that bundle leaves the tables: a place in the whole process or worker, whoever has it run. */
const PLACE = `globalThis[Symbol.for('logjam.chinese')]`;

/** Where a bundle leaves those of its modules that the tables take, by their names: they are in it already. */
const HOSTED = `globalThis[Symbol.for('logjam.knowledge')]`;

/** Knowledge itself, which is large. @param {string} name */
const isHosted = (name) => name.startsWith(ROOM) && !TABLE.test(name) && !name.endsWith('/textKey.ts');

/** From the root of the project, with `/`. @param {string} file */
const nameOf = (file) => path.relative(at(), file).replaceAll(path.sep, '/');

/** Parts of what is looked up by the English sentence: that table has them. @param {string} name */
const isPart = (name) => name.startsWith(ROOM) && at(name) !== KNOWLEDGE;

const tables = () => ['common', 'server/src', 'client/src', 'media'].flatMap(sourcesOf).filter((name) => TABLE.test(name) && !isPart(name));

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
    const takenBy = all === null ? null : hostedModules();
    build.onResolve({ filter: TABLE }, ({ path: name, importer, kind, resolveDir }) => {
      const file = path.resolve(resolveDir, name);
      // A table takes words from others; what stands in place of one asks for that one.
      return kind === 'require-call' || TABLE.test(importer) ? undefined : { path: file, namespace: 'chosen' };
    });
    build.onLoad({ filter: TABLE, namespace: 'chosen' }, async ({ path: file }) => {
      const name = nameOf(file);
      const taken = ((await takenBy)?.get(name) ?? []).map((one) => `${JSON.stringify(one)}: require(${JSON.stringify(at(one))})`);
      const modules = taken.length === 0 ? '' : `, () => ({ ${taken.join(', ')} })`;
      return {
        contents: `module.exports = ${takenBy === null ? ifChinese(`require(${JSON.stringify(file)})`) : `require('all tables')(${JSON.stringify(name)}${modules})`};`,
        loader: 'js',
        resolveDir: path.dirname(file),
      };
    });
    build.onResolve({ filter: /^all tables$/ }, ({ path: name }) => ({ path: name, namespace: 'chosen' }));
    build.onResolve({ filter: /chinese\.js$/ }, ({ path: name }) => (name === BESIDE ? { path: name, external: true } : undefined));
    build.onLoad({ filter: /^all tables$/, namespace: 'chosen' }, () => ({
      contents: `module.exports = (file, modules) => ${ifChinese(`(modules && (${HOSTED} = { ...${HOSTED}, ...modules() }), ${all}[file])`)};`,
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

/** Has the bundle of the tables take knowledge from the bundle that loads it. @type {import('esbuild').Plugin} */
const hosted = {
  name: 'hosted',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path: name, resolveDir }) => {
      const file = path.resolve(resolveDir, name);
      return isHosted(nameOf(file)) ? { path: nameOf(file), namespace: 'hosted' } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'hosted' }, ({ path: name }) => ({
      contents: `module.exports = ${HOSTED}[${JSON.stringify(name)}];`,
      loader: 'js',
    }));
  },
};

/** @type {Promise<Map<string, string[]>> | undefined} */
let found;

/** What each table takes of knowledge, itself or by what it imports. @returns {Promise<Map<string, string[]>>} */
const hostedModules = () => {
  found ??= bundle({ ...allTables(), bundle: true, write: false, metafile: true, absWorkingDir: at() }).then(({ metafile: { inputs } }) => {
    /** @type {(name: string, seen: Set<string>) => Set<string>} */
    const reached = (name, seen) => {
      for (const { path: next } of inputs[name]?.imports ?? []) if (!seen.has(next)) reached(next, seen.add(next));
      return seen;
    };
    const modules = (/** @type {string} */ name) =>
      [...reached(name, new Set())].flatMap((one) => (one.startsWith('hosted:') ? one.slice('hosted:'.length) : []));
    return new Map(tables().map((name) => [name, modules(name).sort()]));
  });
  return found;
};

/** The bundle of all tables in Chinese by their file, that is loaded beside others. @returns {import('esbuild').BuildOptions} */
export const allTables = () => ({
  format: 'iife',
  platform: 'browser',
  // A worker's text is read as UTF-8: escapes of Chinese would be twice as long.
  charset: 'utf8',
  outfile: 'dist/server/chinese.js',
  plugins: [shortKeys, hosted],
  stdin: {
    contents: `${PLACE} = {\n${tables()
      .map((name) => `  get ${JSON.stringify(name)}() { return require(${JSON.stringify(at(name))}); },\n`)
      .join('')}};\n`,
    loader: 'js',
    resolveDir: at(),
  },
});
