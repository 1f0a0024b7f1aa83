// What is said of every fixture in Chinese: whole sentences in Chinese, as short as in English, of the same findings.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { keyedTexts } from '../../../scripts/lib/chinese.mjs';
import { at } from '../../../scripts/lib/paths.mjs';
import { ELSEWHERE } from '../../../server/src/core/knowledge/consequences.ts';
import { CRASHES } from '../../../server/src/core/knowledge/crashes.ts';
import { FAILURE_CATEGORIES, nextSteps } from '../../../server/src/core/knowledge/failureCategories.ts';
import { GC_KINDS, TROUBLE_WORDS } from '../../../server/src/core/knowledge/gcPauses.ts';
import { KNOWN_ISSUES } from '../../../server/src/core/knowledge/issues/index.ts';
import { KNOWN_FRAMES } from '../../../server/src/core/knowledge/knownFrames.ts';
import { LOCK_CALLBACKS, NAMED_IN_SETTINGS } from '../../../server/src/core/knowledge/lockCallbacks.ts';
import { LOG_EVENTS } from '../../../server/src/core/knowledge/logEvents.ts';
import { KNOWN_CLASSES, STATE_MEANINGS } from '../../../server/src/core/knowledge/meanings.ts';
import { MEMORY_POOLS, UNBOUNDED_ROCKSDB } from '../../../server/src/core/knowledge/memoryErrors.ts';
import { PROCESS_ENDS } from '../../../server/src/core/knowledge/processEnds.ts';
import { SERVICE_ANSWERS } from '../../../server/src/core/knowledge/serviceAnswers.ts';
import { START_FAILURES } from '../../../server/src/core/knowledge/startFailures.ts';
import { textKey } from '../../../server/src/core/knowledge/textKey.ts';
import { TEXTS } from '../../../server/src/core/knowledge/texts.zh.ts';
import { ROLES } from '../../../server/src/core/knowledge/threadRoles.ts';
import { MAX_MESSAGE } from '../../../server/src/core/model.ts';
import type { Said } from '../../support/said.ts';

const CHINESE = /\p{Script=Han}/u;
/** Three words of English in a row. */
const ENGLISH = /[A-Za-z]{2,}(?: [a-z]{2,}){2,}/g;

/** Texts in a table of knowledge. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return [];
  return Object.values(value).flatMap(textsOf);
}

/** What stands in knowledge as somebody else prints it, and where it was read. */
const PRINTED = new Set(['id', 'samples', 'nearMisses', 'starts', 'contains', 'source', 'sources', 'excerpt']);

/** Texts of two words or more that a person reads. */
function sentencesOf(value: unknown): string[] {
  if (typeof value === 'string') return /[A-Za-z]{2,} [a-z]{2,}/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return [];
  return Object.entries(value).flatMap(([key, one]) => (PRINTED.has(key) ? [] : sentencesOf(one)));
}

const KNOWLEDGE = new Set(
  textsOf([
    ...[
      KNOWN_ISSUES,
      LOG_EVENTS,
      FAILURE_CATEGORIES,
      SERVICE_ANSWERS,
      START_FAILURES,
      CRASHES,
      PROCESS_ENDS,
      MEMORY_POOLS,
      UNBOUNDED_ROCKSDB,
      KNOWN_FRAMES,
      ROLES,
    ],
    ...[nextSteps('user-code'), nextSteps('flink'), ELSEWHERE],
    ...[LOCK_CALLBACKS, NAMED_IN_SETTINGS, GC_KINDS, TROUBLE_WORDS, KNOWN_CLASSES, STATE_MEANINGS],
  ]),
);

describe('knowledge in Chinese', () => {
  it('is found by short keys, of which no two are the same', async () => {
    const all = new Set([...KNOWLEDGE, ...TEXTS.keys()]);
    assert.equal(new Set([...all].map(textKey)).size, all.size);
    assert.deepEqual(
      await keyedTexts(),
      [...TEXTS].map(([english, chinese]) => [textKey(english), chinese]),
    );
  });

  it('has no text that the knowledge base has not', () => {
    assert.deepEqual(
      [...TEXTS.keys()].filter((text) => !KNOWLEDGE.has(text)),
      [],
    );
  });

  it('is in Chinese', () => {
    for (const [english, chinese] of TEXTS) assert.match(chinese, CHINESE, english);
  });

  it('has every sentence', () => {
    const tables = [
      KNOWN_ISSUES,
      LOG_EVENTS,
      FAILURE_CATEGORIES,
      SERVICE_ANSWERS,
      START_FAILURES,
      CRASHES,
      PROCESS_ENDS,
      MEMORY_POOLS,
      UNBOUNDED_ROCKSDB,
      GC_KINDS,
      TROUBLE_WORDS,
    ];
    const texts = [...tables, KNOWN_FRAMES, ROLES, LOCK_CALLBACKS, NAMED_IN_SETTINGS, KNOWN_CLASSES, STATE_MEANINGS].flatMap(sentencesOf);
    assert.ok(texts.length > 1000);
    assert.deepEqual(
      [...new Set(texts)].filter((text) => !TEXTS.has(text)),
      [],
    );
  });
});

describe('messages in Chinese', () => {
  let all: Said[] = [];

  before(async function () {
    this.timeout(400_000);
    const env = { ...process.env, LOGJAM_LANGUAGE: 'zh-cn' };
    const options = { cwd: at(), env, maxBuffer: 64_000_000 };
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/support/said.ts'], options);
    all = JSON.parse(stdout);
  });

  /** What is in English in a text, but for what is quoted or a command, and what is taken from the file. */
  const leftover = (text: string, file: string): string[] =>
    (text.replace(/"[^"]*"|`[^`]*`|kubectl [a-z]+ [a-z]+/g, '').match(ENGLISH) ?? []).filter((run) => !file.includes(run));

  it('are all in Chinese', () => {
    const messages = all.flatMap(({ messages: some }) => some);
    assert.ok(new Set(messages).size > 300, `${messages.length} messages`);
    assert.deepEqual(
      messages.filter((message) => !CHINESE.test(message)),
      [],
    );
  });

  it(`have at most ${MAX_MESSAGE} characters, on one line`, () => {
    assert.deepEqual(
      all.flatMap(({ messages }) => messages).filter((message) => message.length > MAX_MESSAGE || message.includes('\n')),
      [],
    );
  });

  it('have no English sentence in them, and neither has what stands behind them, in reports and hovers', () => {
    const wrong: string[] = [];
    for (const { name, messages, texts, report, hovers } of all) {
      // A report takes lines of a file as one.
      const file = readFileSync(at('test/fixtures', name), 'utf8').replace(/\s+|\\n\\t/g, ' ');
      for (const text of [...messages, ...texts, ...hovers]) if (leftover(text, file).length > 0) wrong.push(`${name}: ${text}`);
      wrong.push(...leftover(report, file).map((run) => `${name}: report: ${run}`));
    }
    assert.deepEqual(wrong, []);
  });

  it('have no blank between two sentences, and neither have reports and hovers', () => {
    const wrong: string[] = [];
    for (const { name, messages, texts, report, hovers } of all) {
      // Behind a full stop of Chinese; what a report takes from a file may have it.
      for (const text of [...messages, ...texts, report, ...hovers]) {
        for (const [found] of text.matchAll(/.{0,20}[。！？] +(?=[^\s*|<]).{0,20}/g)) wrong.push(`${name}: ${found}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('have no emphasis that Markdown would not end', () => {
    const wrong: string[] = [];
    // After a full stop or a bracket `**` ends nothing where a letter follows.
    for (const { name, report, hovers } of all) {
      for (const text of [report, ...hovers]) {
        for (const [found] of text.matchAll(/\*\*[^*\n]+[。！？：；）]\*\*(?=[\p{L}\p{N}]).{0,20}/gu)) wrong.push(`${name}: ${found}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
});
