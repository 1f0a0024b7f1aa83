// What a person asks the command line about itself, and how its answers look.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { logjam } from './harness.ts';

const DEADLOCK = 'test/fixtures/flink/2.3.0/monitor-deadlock';

describe('help of the command line', () => {
  it('tells of each command that it lists: its options, each with a word, and an example', async () => {
    const { stdout } = await logjam(['help']);
    const names = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name).filter((name) => name !== 'lsp' && name !== 'help');
    assert.ok(names.length >= 9, stdout);
    for (const name of names) {
      const [help, flag] = await Promise.all([logjam(['help', name]), logjam([name, '--help'])]);
      assert.deepEqual(help, flag, name);
      assert.equal(help.code, 0, name);
      assert.match(help.stdout, new RegExp(`^Usage: logjam ${name} `, 'm'));
      assert.match(help.stdout, new RegExp(`^ {2}(?:\\S+ \\| )?(?:.* )?logjam ${name}`, 'm'));
      assert.doesNotMatch(help.stdout, /^ {2}(?:-\w, )?--[\w-]+(?: VALUE)? *$/m, name);
    }
  });

  for (const [args, code, expected] of [
    [['explain', 'deadlock'], 0, /^deadlock: .*\(error\)/],
    [['explain', 'flink-22946'], 0, /^FLINK-22946: [\s\S]*Affected: 1\.11\.0-1\.11\.3/],
    [['explain'], 0, /^ {2}deadlock: /m],
    [['explain', 'deadlocks'], 2, /did you mean "deadlock"\?/],
    [['chek'], 2, /did you mean "check"\?/],
    [['help', 'frobnicate'], 2, /unknown command "frobnicate"; "logjam help" lists the commands/],
  ] as const) {
    it(`answers "logjam ${args.join(' ')}"`, async () => {
      const result = await logjam([...args]);
      assert.equal(result.code, code, result.stderr);
      assert.match(code === 0 ? result.stdout : result.stderr, expected);
    });
  }
});

describe('what check prints', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-print-'));
    mkdirSync(path.join(folder, 'empty'));
    mkdirSync(path.join(folder, 'others'));
    writeFileSync(path.join(folder, 'others', 'notes.md'), 'nothing of ours\n');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('begins with the worst file, and ends with totals and the verdict', async () => {
    const { stdout } = await logjam(['check', DEADLOCK]);
    assert.match(stdout, /^\S+: error: Deadlock/);
    assert.match(stdout, /\n9 files read: 3 errors.*\n\nverdict \(proved\): Deadlock/);
  });

  it('leaves out what is less severe than --min-severity, in every format, and keeps the exit code', async () => {
    const all = await logjam(['check', 'demo', '--format', 'json']);
    const errors = await logjam(['check', 'demo', '--format', 'json', '--min-severity', 'error']);
    const severities = (text: string): string[] =>
      JSON.parse(text).files.flatMap(({ findings }: { findings: { severity: string }[] }) => findings.map(({ severity }) => severity));
    assert.ok(severities(all.stdout).some((severity) => severity !== 'error'));
    assert.deepEqual(
      severities(errors.stdout),
      severities(all.stdout).filter((severity) => severity === 'error'),
    );
    assert.equal(errors.code, all.code);
  });

  it('with --quiet is findings and the verdict alone', async () => {
    const { stdout, stderr } = await logjam(['check', DEADLOCK, '--quiet']);
    assert.equal(stderr, '');
    assert.doesNotMatch(stdout, /no findings|files read/);
    assert.match(stdout, /verdict \(proved\)/);
  });

  for (const [where, expected] of [
    ['empty', /empty: no file in it\n$/],
    ['others', /others: nothing in 1 file that Logjam knows/],
  ] as const) {
    it(`says that nothing came of a folder: ${where}`, async () => {
      const { code, stdout, stderr } = await logjam(['check', path.join(folder, where)]);
      assert.equal(code, 0);
      assert.doesNotMatch(stdout, /no findings/);
      assert.match(stderr, expected);
    });
  }

  for (const args of [
    ['check', DEADLOCK],
    ['check', DEADLOCK, '--format', 'sarif'],
    ['report', DEADLOCK],
    ['digest', DEADLOCK],
    ['relations', `${DEADLOCK}/taskmanager.log`],
    ['diff', `${DEADLOCK}/taskmanager-jcmd.txt`, `${DEADLOCK}/taskmanager-jstack-l.txt`],
  ]) {
    it(`goes into the file of --output: ${args.join(' ')}`, async () => {
      const file = path.join(folder, 'output');
      const [plain, kept] = await Promise.all([logjam(args), logjam([...args, '--output', file])]);
      assert.equal(kept.stdout, '');
      assert.equal(kept.code, plain.code);
      assert.equal(readFileSync(file, 'utf8'), plain.stdout);
    });
  }

  it('says in one line that the file of --output cannot be written', async () => {
    const { code, stderr } = await logjam(['report', DEADLOCK, '--output', path.join(folder, 'no', 'such', 'file')]);
    assert.equal(code, 2);
    assert.match(stderr, /^logjam: \S+ is not written: no such file or folder\n$/);
  });

  it('has colours where they are wanted, and the same text without', async () => {
    const run = (env: Record<string, string>) => logjam(['check', DEADLOCK], { env: { ...process.env, ...env } });
    const [plain, coloured, none] = await Promise.all([run({}), run({ FORCE_COLOR: '1' }), run({ FORCE_COLOR: '1', NO_COLOR: '1' })]);
    assert.match(coloured.stdout, /\u001b\[31merror/);
    assert.equal(coloured.stdout.replace(/\u001b\[\d+m/g, ''), plain.stdout);
    assert.equal(none.stdout, plain.stdout);
  });
});
