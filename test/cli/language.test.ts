// The command line speaks the language of its locale, where there are words in it.
import assert from 'node:assert/strict';
import { type CliResult, logjam } from './harness.ts';

const DUMP = 'test/fixtures/flink/2.3.0/monitor-deadlock';

/** As a person has it who has set nothing but the locale. */
function inLocale(args: string[], variables: Record<string, string>): Promise<CliResult> {
  const { LOGJAM_LANGUAGE, LC_ALL, LC_MESSAGES, LANG, ...others } = process.env;
  return logjam(args, { env: { ...others, ...variables } });
}

const CHINESE = /\p{Script=Han}/u;
const codesOf = ({ stdout }: CliResult): string[] => [...stdout.matchAll(/\[([a-z-]+)\]$/gm)].map((match) => match[1] ?? '');

describe('the language of the command line', () => {
  for (const [name, variables] of [
    ['LANG=de_DE.UTF-8', { LANG: 'de_DE.UTF-8' }],
    ['LANG=C', { LANG: 'C' }],
    ['no locale', {}],
    ['a Chinese locale in another encoding', { LANG: 'zh_CN.GBK' }],
  ] as const) {
    it(`is English with ${name}`, async () => {
      const { code, stdout } = await inLocale(['check', DUMP], variables);
      assert.equal(code, 1);
      assert.match(stdout, /Deadlock of \d threads/);
      assert.doesNotMatch(stdout, CHINESE);
    });
  }

  it('is Chinese with LANG=zh_CN.UTF-8, with the same findings', async () => {
    const [english, chinese] = await Promise.all([inLocale(['check', DUMP], { LANG: 'C' }), inLocale(['check', DUMP], { LANG: 'zh_CN.UTF-8' })]);
    assert.equal(chinese.code, english.code);
    assert.match(chinese.stdout, /个线程的死锁/);
    assert.deepEqual(codesOf(chinese), codesOf(english));
  });

  it('changes no key and no code of JSON', async () => {
    const [english, chinese] = await Promise.all(
      ['en', 'zh-cn'].map((language) => inLocale(['check', '--format', 'json', DUMP], { LOGJAM_LANGUAGE: language })),
    );
    const shape = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shape);
      if (typeof value !== 'object' || value === null) return typeof value;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === 'code' || key === 'fingerprint' ? one : shape(one)]));
    };
    assert.deepEqual(shape(JSON.parse(chinese?.stdout ?? '')), shape(JSON.parse(english?.stdout ?? '')));
  });

  it('tells of commands and errors in it, and leaves their names alone', async () => {
    const [english, chinese, wrong] = await Promise.all([
      inLocale(['help', 'check'], { LANG: 'C' }),
      inLocale(['help', 'check'], { LANG: 'zh_CN.UTF-8' }),
      inLocale(['chek'], { LANG: 'zh_CN.UTF-8' }),
    ]);
    const options = ({ stdout }: CliResult) => stdout.match(/--[a-z-]+(?: VALUE)?(?= {2,})/g);
    assert.match(chinese.stdout, CHINESE);
    assert.deepEqual(options(chinese), options(english));
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /没有命令 "chek"；是指 "check" 吗？/);
  });

  it('completes the same commands and options in it', async () => {
    const [english, chinese] = await Promise.all(['C', 'zh_CN.UTF-8'].map((locale) => inLocale(['completion', 'bash'], { LANG: locale })));
    assert.equal(chinese?.stdout, english?.stdout);
  });
});
