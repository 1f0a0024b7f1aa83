import assert from 'node:assert/strict';
import { languageOf, languageOfEnvironment } from '../../common/language.ts';

describe('the language', () => {
  const TAGS: readonly [string, ReturnType<typeof languageOf>][] = [
    ['en', 'en'],
    ['de-DE', 'en'],
    ['C', 'en'],
    ['', 'en'],
    ['zh', 'zh-cn'],
    ['zh-cn', 'zh-cn'],
    ['zh_CN.UTF-8', 'zh-cn'],
    ['zh-Hans-HK', 'zh-cn'],
    ['zh_SG.utf8@pinyin', 'zh-cn'],
    ['zh-tw', 'en'],
    ['zh_HK.UTF-8', 'en'],
    ['zh-Hant', 'en'],
  ];
  for (const [tag, language] of TAGS) {
    it(`of "${tag}" is ${language}`, () => assert.equal(languageOf(tag), language));
  }

  const ENVIRONMENTS: readonly [string, Record<string, string>, ReturnType<typeof languageOf>][] = [
    ['no variable', {}, 'en'],
    ['LANG', { LANG: 'zh_CN.UTF-8' }, 'zh-cn'],
    ['a language that there is no table for', { LANG: 'de_DE.UTF-8' }, 'en'],
    ['the locale of POSIX', { LANG: 'C' }, 'en'],
    ['an encoding that the texts are not written in', { LANG: 'zh_CN.GB18030' }, 'en'],
    ['the encoding of a locale that names none', { LANG: 'zh_CN' }, 'en'],
    ['LC_MESSAGES before LANG', { LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8' }, 'zh-cn'],
    ['LC_ALL before all of them', { LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }, 'en'],
    ['an empty variable, which is none', { LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh-cn'],
    ['our own variable before the locale', { LANG: 'C', LOGJAM_LANGUAGE: 'zh-cn' }, 'zh-cn'],
    ['our own variable for English', { LANG: 'zh_CN.UTF-8', LOGJAM_LANGUAGE: 'en' }, 'en'],
  ];
  for (const [name, variables, language] of ENVIRONMENTS) {
    it(`is ${language} by ${name}`, () => assert.equal(languageOfEnvironment(variables), language));
  }
});
