// `logjam collect`, `report` and `watch` on a running cluster, for which a server stands in.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Incident } from '../../common/incident.ts';
import { readManifest } from '../../common/snapshot.ts';
import { type Answers, errors, recordingAnswers, type StandIn, standIn } from '../support/standIn.ts';
import { logjam, logjamJson } from './harness.ts';

describe('logjam on a running cluster', function () {
  this.timeout(60_000);
  const scratch = mkdtempSync(path.join(tmpdir(), 'logjam-cluster-cli-'));
  const TOKEN = 'token-nobody-may-see-7';
  let answers: Answers = recordingAnswers('2.3.0/monitor-deadlock');
  let server: StandIn;
  before(async () => {
    server = await standIn((at, request) =>
      request.headers.authorization === `Bearer ${TOKEN}` ? answers(at, request) : errors(401, 'who are you?'),
    );
  });
  after(async () => {
    await server.close();
    rmSync(scratch, { recursive: true, force: true });
  });
  const env = { ...process.env, LOGJAM_TOKEN: TOKEN };
  const at = (name: string) => path.join(scratch, name);

  it('collects a folder that is the incident', async () => {
    const { code, stdout, stderr } = await logjam(['collect', server.url, '--dumps', '2', '--interval', '1', '--out', at('one')], { env });
    assert.match(stdout, /one: Flink 2\.3\.0, \d+ files, .* in /);
    assert.match(stderr, /FLINK-39984/);
    // The recording has not every document: what is missed is told, and the exit code says so.
    assert.equal(code, 2, stderr);
    const { value } = await logjamJson<Incident>(['report', at('one')]);
    assert.equal(value.verdict.code, 'deadlock');
    assert.ok(
      value.coverage.unread.some(({ source }) => source.includes('/vertices/')),
      JSON.stringify(value.coverage.unread),
    );
    assert.ok(!value.coverage.unread.some(({ source }) => source.includes('manifest')));
    const again = await logjam(['collect', server.url, '--out', at('one')], { env });
    assert.equal(again.code, 2);
    assert.match(again.stderr, /holds a snapshot that is finished/);
  });

  it('collects an archive, with nothing left beside it', async () => {
    const zip = at('two.zip');
    await logjam(['collect', server.url, '--dumps', '1', '--out', zip, '--quiet'], { env });
    assert.deepEqual(
      readdirSync(scratch).filter((name) => name.startsWith('two')),
      ['two.zip'],
    );
    const { value } = await logjamJson<Incident>(['report', zip]);
    assert.equal(value.verdict.code, 'deadlock');
    assert.ok(!readFileSync(zip).includes(TOKEN));
  });

  it('reports on a cluster without keeping anything', async () => {
    const { stdout, stderr } = await logjam(['report', server.url, '--dumps', '1'], { env });
    assert.match(stdout, /^\*\*Deadlock: /m);
    assert.match(stderr, /were not kept/);
  });

  it('watches, and prints the verdict once as long as it stays', async () => {
    answers = recordingAnswers('2.3.0/restart-loop');
    const { stdout, stderr } = await logjam(['watch', server.url, '--interval', '10', '--times', '2'], { env });
    answers = recordingAnswers('2.3.0/monitor-deadlock');
    assert.equal(stdout.trimEnd().split('\n').length, 1, stdout + stderr);
    assert.match(stdout, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \((?:proved|suspected|unknown)\) \S/);
  });

  it('takes credentials from a file, and shows them nowhere', async () => {
    const file = at('access.json');
    writeFileSync(file, JSON.stringify({ headersCommand: [process.execPath, '-e', `console.log('Authorization: Bearer ${TOKEN}')`] }));
    const { stdout, stderr } = await logjam(['collect', server.url, '--access', file, '--out', at('three')]);
    assert.match(stdout, /three: Flink/);
    const manifest = readManifest(readFileSync(at('three/manifest.json'), 'utf8'));
    assert.ok(manifest !== null && !JSON.stringify(manifest).includes(TOKEN) && !`${stdout}${stderr}`.includes(TOKEN));
  });

  for (const [what, args, more, expected] of [
    ['a wrong password', ['collect', 'URL', '--out', 'wrong'], { LOGJAM_TOKEN: 'not-the-token-of-it' }, /GET \/config: the credentials are missing or wrong \(401\): who are you\?/],
    ['a password in the address', ['collect', 'http://admin:secret@localhost:8081'], {}, /password in it is refused/],
    ['a cluster that is not there', ['report', 'http://127.0.0.1:2'], {}, /GET \/config: 127\.0\.0\.1:2 does not answer \(connection refused\)/],
    ['an access that says something else', ['watch', 'URL', '--access', 'ACCESS'], {}, /--access .*: "passwort" has the wrong form/],
    ['options on dumps without dumps', ['collect', 'URL', '--interval', '5'], {}, /how many is said by --dumps/],
    ['logs that nobody knows', ['collect', 'URL', '--logs', 'some'], {}, /--logs must be none, usual, all or a number of MB, not "some"/],
    ['options on a cluster where there is a file', ['report', 'demo/1-deadlock/taskmanager-jstack.txt', '--dumps', '3'], {}, /--dumps is for the address of a cluster/],
    ['a cluster among files', ['report', 'URL', 'demo'], {}, /stands alone/],
    ['a folder with other files', ['collect', 'URL', '--out', 'demo'], {}, /demo holds other files/],
  ] as const) // biome-ignore format: a table
    it(`says in one line what is wrong with ${what}`, async () => {
      writeFileSync(at('odd.json'), '{"passwort":"secret-in-a-file"}');
      const filled = args.map((one) =>
        one
          .replace(/^URL$/, server.url)
          .replace(/^ACCESS$/, at('odd.json'))
          .replace(/^wrong$/, at('wrong')),
      );
      const { code, stderr, stdout } = await logjam(filled, { env: { ...env, ...more } });
      assert.equal(code, 2, stdout);
      assert.match(stderr, expected);
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
      assert.doesNotMatch(stderr, /secret|not-the-token/);
      assert.ok(!existsSync(at('wrong')));
    });
});

describe('without a cluster that is named', () => {
  const deaf = { ...process.env, NODE_OPTIONS: `--require ${JSON.stringify(path.resolve('test/support/noNetwork.cjs'))}`, LOGJAM_TOKEN: 'x' };

  for (const args of [['check', 'demo'], ['report', 'demo/2-out-of-memory'], ['digest', 'demo/1-deadlock'], ['graph', 'demo/4-iteration/execution-plan.json'], ['explain', 'deadlock'], ['help']]) // biome-ignore format: a table
    it(`logjam ${args[0]} opens no connection`, async () => {
      const { code, stderr } = await logjam(args, { env: deaf });
      assert.ok(code < 2, stderr);
      assert.doesNotMatch(stderr, /CONNECTION/);
    }).timeout(60_000);

  it('which a connection would show', async () => {
    const { stderr } = await logjam(['report', 'http://127.0.0.1:2'], { env: deaf });
    assert.match(stderr, /A CONNECTION WAS OPENED/);
  }).timeout(60_000);
});
