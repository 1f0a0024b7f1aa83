// `logjam check` as a contract: JSON by the schema, exit codes, every way to hand in a file.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { zipSync } from 'fflate';
import { at } from '../../scripts/lib/paths.mjs';
import { completed, expired, jobManagerLog, jstack, STACKS } from '../support/pieces.ts';
import { logjam, logjamJson } from './harness.ts';

interface Report {
  files: {
    path: string;
    kind: string;
    findings: { id: string; severity: string; range: { start: { line: number; character: number } } }[];
    summary: { dumps: { threads: number; deadlocks: { threads: string[]; locks: string[]; kind: string; certainty: string }[] }[] };
  }[];
}

const REPORT = at('demo/1-deadlock/FLINK-22946-report.txt');
const JSTACK = at('demo/1-deadlock/taskmanager-jstack.txt');
const HARMLESS = at('test/fixtures/flink/2.3.0/reentrant-lock/taskmanager-jstack-l.txt');

describe('logjam check', () => {
  let scratch: string;
  before(() => {
    scratch = mkdtempSync(path.join(tmpdir(), 'logjam-cli-'));
  });
  after(() => rmSync(scratch, { recursive: true }));

  it('finds the deadlock in a report copied from a web page, one line a thread', async () => {
    const { code, value } = await logjamJson<Report>(['check', REPORT]);
    assert.equal(code, 1);
    const [file] = value.files;
    assert.deepEqual(
      file?.summary.dumps.map(({ threads, deadlocks }) => ({ threads, deadlocks })),
      [
        {
          threads: 2,
          deadlocks: [
            {
              threads: ['Channel state writer Join(xxxxxx) (34/256)#1', 'Join(xxxxxx) (34/256)#1'],
              locks: ['0x00000007296dfa90', '0x00000007296bc450'],
              kind: 'monitor',
              certainty: 'proved',
            },
          ],
        },
      ],
    );
    // The place is the one in the text of the page.
    const { start } = file?.findings.find(({ id }) => id === 'deadlock')?.range ?? assert.fail('no deadlock');
    assert.ok(readFileSync(REPORT, 'utf8').split('\n')[start.line]?.slice(start.character).startsWith('- waiting to lock <0x00000007296dfa90>'));
  });

  it('says of several files what they are together, and ends as that says', async () => {
    const { enrich, source } = { enrich: 'enrich (1/1)#0', source: 'Source: orders (1/1)#0' };
    const threads = { [source]: STACKS.mail, [enrich]: STACKS.socket };
    const folder = path.join(scratch, 'together');
    mkdirSync(folder);
    for (const minute of [8, 9]) writeFileSync(path.join(folder, `dump-${minute}.txt`), jstack(threads, minute));
    const { code, stdout } = await logjam(['check', folder, '--fail-on', 'warning']);
    assert.match(stdout, /2 files read: no findings in any of them alone\n\nverdict \(suspected\): "enrich" waits for an answer/);
    assert.equal(code, 1);
    assert.equal((await logjam(['check', folder])).code, 0, 'it is a warning');
    const { value } = await logjamJson<{ verdict: { severity: string } }>(['check', folder]);
    assert.equal(value.verdict.severity, 'warning');
    const junit = await logjam(['check', folder, '--fail-on', 'warning', '--format', 'junit']);
    assert.match(junit.stdout, /<testsuite name="verdict" tests="1" failures="1" errors="0">/);
    // The one that expired is told by its log alone, and is worse by what the log says of the job.
    writeFileSync(path.join(folder, 'jobmanager.log'), jobManagerLog(completed(60, 11), expired(720, 12)));
    assert.equal((await logjam(['check', path.join(folder, 'jobmanager.log'), '--fail-on', 'warning'])).code, 1);
    assert.equal((await logjam(['check', folder])).code, 1);
  });

  it('says of the logs of several processes in one file what they are together, and of a single one nothing beside its own', async () => {
    const logs = ['jobmanager.log', 'taskmanager.log', 'taskmanager-2.log'].map((name) => ({
      name,
      text: readFileSync(at(`test/fixtures/flink/2.3.0/taskmanager-killed/${name}`), 'utf8'),
    }));
    const verdictOf = async (name: string, bytes: string | Uint8Array) => {
      const file = path.join(scratch, name);
      writeFileSync(file, bytes);
      const { value } = await logjamJson<{ files: unknown[]; verdict?: { code: string } }>(['check', file, '--fail-on', 'never']);
      return value.verdict?.code;
    };
    const containers = logs.map(
      ({ name, text }, index) =>
        `Container: container_1700000000000_0001_01_00000${index + 1} on host${index}_45454\n${'='.repeat(60)}\nLogType:${name}\nLogLength:${text.length}\nLogContents:\n${text}\nEnd of LogType:${name}\n\n`,
    );
    assert.equal(await verdictOf('yarn-logs.txt', containers.join('')), 'taskmanager-lost');
    const zipped = zipSync(Object.fromEntries(logs.map(({ name, text }) => [name, Buffer.from(text)])));
    assert.equal(await verdictOf('logs.zip', zipped), 'taskmanager-lost');
    assert.equal(await verdictOf('alone.log', logs[0]?.text ?? ''), undefined);
  });

  it('gives JSON that its schema allows, for every kind of file', async () => {
    const validate = new Ajv2020({ allErrors: true, strictRequired: false, strictTypes: false }).compile(
      JSON.parse(readFileSync(at('docs/check.schema.json'), 'utf8')),
    );
    const { value } = await logjamJson<Report>(['check', 'demo', 'test/fixtures/flink', 'test/fixtures/dumps', 'test/fixtures/java']);
    assert.equal(validate(value), true, JSON.stringify(validate.errors?.slice(0, 5), null, 1));
    const kinds = new Set(value.files.map(({ kind }) => kind));
    for (const kind of ['thread-dump', 'flink-log', 'gc-log', 'job-graph', 'java-source']) assert.ok(kinds.has(kind), kind);
  }).timeout(60_000);

  it('says the same about standard input, gzip and zip', async () => {
    const text = readFileSync(JSTACK);
    writeFileSync(path.join(scratch, 'dump.gz'), gzipSync(text));
    writeFileSync(path.join(scratch, 'dumps.zip'), zipSync({ 'a/dump.txt': text }));
    const plain = await logjamJson<Report>(['check', JSTACK]);
    const others = [
      await logjamJson<Report>(['check', '-'], { input: text.toString() }),
      await logjamJson<Report>(['check', path.join(scratch, 'dump.gz')]),
      await logjamJson<Report>(['check', path.join(scratch, 'dumps.zip')]),
    ];
    for (const { code, value } of others) {
      assert.equal(code, 1);
      assert.equal(value.files.length, 1);
      assert.deepEqual(value.files[0]?.summary, plain.value.files[0]?.summary);
      assert.deepEqual(
        value.files[0]?.findings.map(({ id, range }) => ({ id, range })),
        plain.value.files[0]?.findings.map(({ id, range }) => ({ id, range })),
      );
    }
  });

  it('ends with 0 when there is nothing at or above --fail-on', async () => {
    assert.equal((await logjam(['check', HARMLESS])).code, 0);
    assert.equal((await logjam(['check', JSTACK, '--fail-on', 'never'])).code, 0);
    assert.equal((await logjam(['check', JSTACK, '--fail-on', 'warning'])).code, 1);
  });

  it('writes SARIF that names rules, files and places', async () => {
    const { code, stdout } = await logjam(['check', JSTACK, '--format', 'sarif']);
    assert.equal(code, 1);
    const [run] = JSON.parse(stdout).runs;
    const result = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'deadlock');
    assert.equal(result.level, 'error');
    assert.match(result.locations[0].physicalLocation.artifactLocation.uri, /taskmanager-jstack\.txt$/);
    // SARIF counts from 1.
    assert.equal(result.locations[0].physicalLocation.region.startLine, 98);
    assert.ok(run.tool.driver.rules.some(({ id }: { id: string }) => id === 'deadlock'));
  });

  it('writes one line of JSON for each file', async () => {
    const { stdout } = await logjam(['check', 'demo/1-deadlock', '--format', 'ndjson']);
    const lines = stdout.trimEnd().split('\n');
    assert.equal(lines.length, 3);
    for (const line of lines) assert.equal(JSON.parse(line).kind, 'thread-dump');
  });
});

describe('logjam graph', () => {
  it('draws the lock-wait graph as SVG', async () => {
    const { code, stdout } = await logjam(['graph', JSTACK, '--view', 'lock-wait']);
    assert.equal(code, 0);
    assert.match(stdout, /^<svg[\s>]/);
    assert.match(stdout, /Channel state writer Join/);
  });

  it('writes DOT with a node for each thread and lock', async () => {
    const { code, stdout } = await logjam(['graph', JSTACK, '--view', 'lock-wait', '--format', 'dot']);
    assert.equal(code, 0);
    assert.match(stdout, /^digraph /);
    assert.equal([...stdout.matchAll(/ -> /g)].length, 4);
  });
});
