// Facts, then words: what readers and analysis answer holds no sentences, and the tables of sentences hold no dead ones.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';

const CORE = 'server/src/core';

/** Rooms that answer in codes, numbers, names and places. */
const WITHOUT_SENTENCES = [
  'threaddump',
  'nodeIds',
  'analysis/threaddump',
  'analysis/log',
  'analysis/jobgraph',
  'analysis/java',
  'analysis/flow',
  'analysis/rest',
  'gc',
  'jobgraph',
  'java',
];

/** Rooms whose sentences stand in their tables of words alone; what a rule is, is told beside it, by its title and its page. */
const IN_TABLES = [
  ...['threaddump', 'log', 'gc', 'jobgraph', 'java', 'rest'].flatMap((kind) => [`rules/${kind}`, `views/${kind}`, `../features/${kind}`]),
  'views/flow',
  '../cluster',
  '../lsp',
  '../cli',
  '../../../client/src',
  '../../../media',
  '../../../common/drawing',
];
const TABLE = /[wW]ords(?:\.en|\.zh)?\.ts$/;
const PAGE_OF_RULE = /\b(?:title|docs): $/;

/** Words that stand in the files themselves, by which readers know their lines. */
const PRINTED = new Set([
  'Waiting for notification on',
  'Parking to wait for',
  'parking to wait for',
  'Number of locked synchronizers',
  'waiting on the Class initialization monitor for',
  'waiting for monitor entry',
  'Blocked trying to get lock',
  'Java stack information for the threads listed above',
  'Traceback (most recent call last):',
  'Total time for which application threads were stopped: ',
]);

const sources = (folder: string): string[] =>
  readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')));

/** The string and template literals of a source, without comments, regular expressions and thrown errors. */
function literals(source: string): string[] {
  const found: string[] = [];
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<=[=(,:&|?!]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  for (const { 0: text, index } of source.matchAll(token)) {
    if (!/^['"`]/.test(text) || /Error\($/.test(source.slice(0, index)) || PAGE_OF_RULE.test(source.slice(0, index))) continue;
    found.push(text.slice(1, -1));
  }
  return found;
}

/** Documentation that an edit writes into a program, in the language of its sources. */
const JAVADOC = /\{@code /;

/** Four words of a language in a row, with nothing but blanks between them. */
const SENTENCE = /(?:^|[^\w$])[A-Za-z]{2,}(?: [a-z]{2,}){3,}/;

/** Rooms that show texts by themselves: not even a label stands in their files. */
const ON_SCREEN = ['client/src', 'media'];
/** What reads as a label, but for our own name: words of which the first alone has a capital, or ends as a sentence does. */
const LABEL = /^(?:\$\(\w+\) )?[A-Z][a-z-]+(?:…|[.:]$|: | [a-z(])/;
/** A property or a child of an element that is a text, written out. */
const WRITTEN_OUT =
  /(?:'aria-label'|\b(?:title|placeholder|placeHolder|prompt|label|detail|tooltip|text)): ['`](?!Logjam)(?=[A-Z][a-z])[^'`]*['`]|\bel\('\w+', \{[^}]*\}, ['`][A-Z][a-z][^'`]*['`]/g;
/** Names, which are the same in every language. */
const NAMES = new Set(["label: 'JobManager'"]);

describe('facts, then words', () => {
  for (const room of ON_SCREEN) {
    it(`${room} holds no labels`, () => {
      const wrong: string[] = [];
      for (const file of sources(room).filter((one) => !TABLE.test(one))) {
        const source = readFileSync(at(file), 'utf8');
        wrong.push(
          ...literals(source)
            .filter((text) => LABEL.test(text.replace(/^Logjam: /, '')))
            .map((text) => `${file}: ${text}`),
        );
        for (const [text] of source.matchAll(WRITTEN_OUT)) if (!NAMES.has(text)) wrong.push(`${file}: ${text}`);
      }
      assert.deepEqual(wrong, []);
    });
  }

  for (const room of [...WITHOUT_SENTENCES, ...IN_TABLES]) {
    it(`${room} holds no sentences`, () => {
      const wrong: string[] = [];
      for (const file of sources(path.posix.join(CORE, room)).filter((one) => !TABLE.test(one))) {
        for (const text of literals(readFileSync(at(file), 'utf8'))) {
          if (SENTENCE.test(text.replace(/\$\{[^}]*\}/g, '0')) && !PRINTED.has(text) && !JAVADOC.test(text)) wrong.push(`${file}: ${text}`);
        }
      }
      assert.deepEqual(wrong, []);
    });
  }

  it('every code that has a sentence is said somewhere', () => {
    const all = sources('server/src').map((file) => readFileSync(at(file), 'utf8'));
    const whole = all.join('\n');
    const tables = new Set([...whole.matchAll(/\bWords<(\w+Facts)>/g)].map((match) => match[1] as string));
    assert.ok(tables.size > 0);
    const dead: string[] = [];
    for (const table of tables) {
      const body = new RegExp(`interface ${table} \\{\\n([\\s\\S]*?)\\n\\}`).exec(whole)?.[1] ?? '';
      const codes = [...body.matchAll(/^ {2}'?([\w-]+)'?: /gm)].map((match) => match[1] as string);
      assert.ok(codes.length > 0, `${table} is an interface from code to facts`);
      for (const code of codes) {
        if (!new RegExp(`'${code}'(?!: )`).test(whole)) dead.push(`${table}: ${code}`);
      }
    }
    assert.deepEqual(dead, []);
  });
});
