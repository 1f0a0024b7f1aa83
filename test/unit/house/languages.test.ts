// Every table of words is in every language, whole, and nothing is said half in one and half in another.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ownImportsOf, sourcesOf } from '../../../scripts/lib/imports.mjs';
import { at } from '../../../scripts/lib/paths.mjs';
import type { RuleTexts } from '../../../server/src/core/model.ts';
import { GC_RULES } from '../../../server/src/core/rules/gc/index.ts';
import { RULES } from '../../../server/src/core/rules/index.ts';
import { JAVA_RULES } from '../../../server/src/core/rules/java/index.ts';
import { JOB_GRAPH_RULES } from '../../../server/src/core/rules/jobgraph/index.ts';
import { LOG_RULES } from '../../../server/src/core/rules/log/index.ts';
import { REST_RULES } from '../../../server/src/core/rules/rest/index.ts';
import { TEXTS as RULE_TEXTS } from '../../../server/src/core/rules/texts.zh.ts';
import { DUMP_RULES } from '../../../server/src/core/rules/threaddump/index.ts';

/** In English alone: what a model reads, and no person (docs/architecture.md). */
const FOR_MODELS: readonly string[] = ['server/src/assistant/words.ts'];

const TABLE = /(?:^|\/)(?:words|\w+Words)\.ts$/;
const ROOMS = ['common', 'server/src', 'client/src', 'media'];
const sources = ROOMS.flatMap(sourcesOf);
const tables = sources.filter((file) => TABLE.test(file));
const beside = (table: string, language: string): string => table.replace(/\.ts$/, `.${language}.ts`);
const translated = tables.filter((table) => existsSync(at(beside(table, 'zh'))));

const CHINESE = /\p{Script=Han}/u;
/** Three words of English in a row: what stays as Flink prints it is shorter. */
const ENGLISH = /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/;

/** Texts of tables that are programs or commands, or what the JVM prints. */
const NO_PROSE = /^words\.(?:SKELETON$|LOCK_LINES\.)|\.examples\.\d+\.0$/;

interface Leaf {
  place: string;
  value: unknown;
}

/** Texts and functions of a table, with where they stand. */
function leaves(value: unknown, place: string): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ place, value }];
  return Object.entries(value).flatMap(([key, one]) => leaves(one, `${place}.${key}`));
}

describe('the languages', () => {
  it('have all tables of words, but for what a model reads', () => {
    assert.ok(tables.length > 30);
    assert.deepEqual(tables.filter((table) => !translated.includes(table)).sort(), FOR_MODELS);
  });

  it('have a table each, and a choice between them that is nothing else', () => {
    for (const file of sources.filter((one) => /\.(?:en|zh)\.ts$/.test(one))) {
      if (file.endsWith('/texts.zh.ts')) continue;
      for (const other of ['en.ts', 'zh.ts']) assert.ok(existsSync(at(file.replace(/(?:en|zh)\.ts$/, other))), `${file} has no ${other} beside it`);
    }
    for (const table of translated) {
      const choice = readFileSync(at(table), 'utf8');
      assert.match(choice, /^export const \{[^}]*\} =\s*inLanguage\(\s*english,\s*chinese,?\s*\);$/m, table);
      assert.ok(choice.split('\n').length < 60, `${table} only chooses: npm run translate -- ${table}`);
    }
  });

  it('take the words of others in their own language', () => {
    const wrong = sources
      .filter((file) => /[wW]ords(?:\.en)?\.ts$/.test(file) && !translated.includes(file))
      .flatMap((file) =>
        ownImportsOf(file)
          .filter((one) => translated.includes(one))
          .map((one) => `${file} is English and takes from ${one}: take from ${path.posix.basename(beside(one, 'en'))}`),
      );
    assert.deepEqual(wrong, []);
  });

  it('have the page of each rule', () => {
    const code = (text: string): string[] => [...new Set(text.match(/`[^`]+`|\b[A-Z]+-\d+/g))].sort();
    for (const [room, rules] of Object.entries({ DUMP_RULES, LOG_RULES, GC_RULES, JAVA_RULES, JOB_GRAPH_RULES, REST_RULES })) {
      for (const [key, { id }] of Object.entries(rules)) assert.equal(key, id, room);
    }
    assert.deepEqual(
      Object.keys(RULE_TEXTS),
      RULES.map(({ id }) => id),
    );
    for (const { id, title, docs } of RULES) {
      const chinese = RULE_TEXTS[id] as RuleTexts;
      assert.match(chinese.title, CHINESE, id);
      assert.equal(chinese.docs.split('\n\n').length, docs.split('\n\n').length, `${id} has the same paragraphs`);
      for (const paragraph of chinese.docs.split('\n\n')) assert.match(paragraph, CHINESE, id);
      // Code, options and issues are the same in every language.
      assert.deepEqual(code(`${chinese.title} ${chinese.docs}`), code(`${title} ${docs}`), id);
    }
  });

  it('have what the manifest says', () => {
    const [manifest, english, chinese] = ['package.json', 'package.nls.json', 'package.nls.zh-cn.json'].map((file) =>
      JSON.parse(readFileSync(at(file), 'utf8')),
    );
    const asked = leaves({ ...manifest.contributes, displayName: manifest.displayName, description: manifest.description }, '').flatMap(
      ({ value }) => (typeof value === 'string' ? (/^%(.+)%$/.exec(value)?.[1] ?? []) : []),
    );
    assert.deepEqual(Object.keys(english).sort(), [...new Set(asked)].sort());
    assert.deepEqual(Object.keys(chinese), Object.keys(english));
    for (const [key, text] of Object.entries<string>(chinese)) if (key !== 'displayName') assert.match(text, CHINESE, key);
    // What is marked as code, and where a link leads, is no text.
    const fixed = (text: string): string[] => (text.match(/`[^`]+`|\]\([^)]+\)/g) ?? []).sort();
    for (const [key, text] of Object.entries<string>(chinese)) assert.deepEqual(fixed(text), fixed(english[key]), key);
  });

  it('have all that the manifest says to a person', () => {
    const { contributes } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
    const SHOWN = /\.(?:title|description|displayName|userDescription|markdownDescription|enumDescriptions\.\d+|contents|altText|aliases\.\d+)$/;
    // Names, and what a model reads.
    const NAMES = /^\.(?:viewsContainers\.|configuration\.title$)|\.inputSchema\./;
    const plain = leaves(contributes, '').filter(({ place, value }) => SHOWN.test(place) && !NAMES.test(place) && !/^%.+%$/.test(String(value)));
    assert.deepEqual(plain, []);
  });

  for (const table of translated) {
    it(`${table} says the same in both`, async () => {
      const [english, chinese] = await Promise.all(
        ['en', 'zh'].map(async (language) =>
          leaves({ ...(await import(pathToFileURL(at(beside(table, language))).href)) }, path.posix.basename(table, '.ts')),
        ),
      );
      const placesOf = (all: readonly Leaf[] | undefined) => (all ?? []).map(({ place, value }) => `${place}: ${typeof value}`).sort();
      assert.deepEqual(placesOf(chinese), placesOf(english));
      const told = new Map((english ?? []).map(({ place, value }) => [place, value]));
      for (const { place, value } of chinese ?? []) {
        if (typeof value !== 'string' || CHINESE.test(value) || NO_PROSE.test(place)) continue;
        assert.doesNotMatch(value, ENGLISH, place);
        assert.equal(value === '', told.get(place) === '', place);
      }
    });
  }
});
