// The tools for assistants on the demo incidents and on recordings: what they answer fits their schemas and its room.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { at } from '../../../scripts/lib/paths.mjs';
import { Cases } from '../../../server/src/assistant/cases.ts';
import { TOKENS, tokensOf } from '../../../server/src/assistant/paging.ts';
import { anywhere } from '../../../server/src/assistant/reach.ts';
import { declarationOf } from '../../../server/src/assistant/schema.ts';
import { ToolError } from '../../../server/src/assistant/toolError.ts';
import { TOOLS } from '../../../server/src/assistant/tools/index.ts';
import { PATIENT } from '../../../server/src/workspace/waiters.ts';
import { diskWorkspace } from '../../support/diskWorkspace.ts';

// biome-ignore lint/suspicious/noExplicitAny: each tool answers in a shape of its own, which its schema holds it to
type Answer = any;

const ajv = new Ajv2020({ strict: false });
const checks = new Map(TOOLS.map((tool) => [tool.name, ajv.compile(declarationOf(tool).outputSchema)]));

function asker(cases = new Cases(diskWorkspace(), anywhere)) {
  return async (question: string, input: object): Promise<Answer> => {
    const tool = TOOLS.find(({ name }) => name === `logjam_${question}`);
    assert.ok(tool, question);
    const answer = await tool.run(cases, input, PATIENT);
    const check = checks.get(tool.name);
    assert.ok(check?.(answer), `${question}: ${JSON.stringify(check?.errors)}`);
    const { tokens = TOKENS.usual } = input as { tokens?: number };
    // A patch is whole or not given.
    const room = question === 'fix' ? TOKENS.most : tokens;
    assert.ok(tokensOf(answer) <= room, `${question} ${JSON.stringify(input)}: ${tokensOf(answer)} tokens`);
    return answer;
  };
}

const demos = readdirSync(at('demo')).filter((name) => /^\d/.test(name));
const RECORDED = ['1.20.3/failing-sink', '2.3.0/monitor-deadlock', '2.3.0/word-count', '2.3.0/history-archive', '1.13.1/flink-22946'];
const FOLDERS = [...demos.map((name) => at('demo', name)), ...RECORDED.map((name) => at('test/fixtures/flink', name))];

describe('tools for assistants', () => {
  for (const folder of FOLDERS) {
    it(`answer about ${folder.slice(at('.').length)} within their schemas and their room`, async () => {
      const ask = asker();
      const { case: id, counts } = await ask('open', { paths: [folder] });
      const found = await ask('findings', { case: id });
      assert.equal(found.findings.length + found.more, counts.findings);
      for (const { id: finding } of found.findings) {
        const told = await ask('explain', { case: id, finding });
        assert.equal(told.id, finding);
        await ask('explain', { case: id, finding, tokens: TOKENS.least });
      }
      await ask('timeline', { case: id });
      for (const question of ['threads', 'log', 'graph']) {
        for (const tokens of [TOKENS.least, TOKENS.usual, TOKENS.most]) {
          await ask(question, { case: id, tokens }).catch((error: unknown) => assert.ok(error instanceof ToolError, String(error)));
        }
      }
    });
  }

  it('give the same ids when they are asked again', async () => {
    const [one, other] = [asker(), asker()];
    const paths = [at('demo/1-deadlock')];
    const [first, second] = [await one('open', { paths }), await other('open', { paths })];
    assert.equal(first.case, second.case);
    assert.deepEqual(await one('findings', { case: first.case }), await other('findings', { case: second.case }));
  });

  it('go on where the answer before has ended, without a gap', async () => {
    const ask = asker();
    const { case: id } = await ask('open', { paths: [at('demo/3-back-pressure')] });
    const whole = await ask('threads', { case: id, idle: true, tokens: TOKENS.most });
    const parts: unknown[] = [];
    for (let cursor: number | null = 0; cursor !== null && parts.length < whole.stacks.length; ) {
      const part: Answer = await ask('threads', { case: id, idle: true, tokens: TOKENS.least, cursor });
      assert.ok(part.stacks.length > 0);
      parts.push(...part.stacks);
      cursor = part.next;
    }
    assert.deepEqual(parts.slice(0, whole.stacks.length), whole.stacks);
  });

  it('tell a thread with the lock that it waits for and who holds that', async () => {
    const ask = asker();
    const { case: id } = await ask('open', { paths: [at('demo/1-deadlock/taskmanager-jstack.txt')] });
    const { dumps } = await ask('threads', { case: id });
    const [one, other] = dumps[0].deadlocks[0];
    const { thread } = await ask('threads', { case: id, thread: one });
    assert.match(thread.waitsFor.heldBy, new RegExp(`^${other} `));
    assert.match(thread.frames[0], /^org\.apache\.flink\..*BufferManager\.notifyBufferAvailable\(BufferManager\.java:\d+\)$/);
    assert.match(thread.holds[0].waitedForBy[0], new RegExp(`^${other} `));
  });

  it('filter a log, and give the rest of a line', async () => {
    const ask = asker();
    const { case: id } = await ask('open', { paths: [at('demo/2-out-of-memory')] });
    const { lines, matched, source } = await ask('log', { case: id, level: 'WARN', text: 'switched from RUNNING to FAILED' });
    assert.equal(source, 'taskmanager.log');
    assert.equal(matched, 1);
    assert.match(lines[0].text, /FAILED with failure cause/);
    const traced = await ask('log', { case: id, text: 'java.lang.OutOfMemoryError: Java heap space' });
    assert.ok(traced.matched >= 1, 'a text of the trace is found');
    const rest = await ask('log', { case: id, source, line: lines[0].line, column: 25 });
    assert.equal(rest.lines.length, 1);
    assert.equal(rest.lines[0].text, lines[0].text.slice(24));
  });

  it('look through a log above 50 MB part by part, and find the same as in each copy of a small one', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'logjam-assistant-'));
    try {
      const log = readFileSync(at('demo/2-out-of-memory/taskmanager.log'), 'utf8');
      const copies = Math.ceil(51e6 / log.length);
      const length = log.split('\n').length - 1;
      writeFileSync(path.join(folder, 'large.log'), log.repeat(copies));
      const ask = asker();
      const { case: id } = await ask('open', { paths: [folder] });
      const wanted = { case: id, level: 'WARN', text: 'failure cause', tokens: TOKENS.most };
      const first = await ask('log', wanted);
      const second = await ask('log', { ...wanted, cursor: first.next });
      const lines = [...first.lines, ...second.lines].map(({ line }: { line: number }) => line);
      assert.deepEqual(
        lines,
        lines.map((_: number, copy: number) => 190 + copy * length),
      );
      assert.equal(first.total, copies * length + 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('compare two dumps of a case', async () => {
    const ask = asker();
    const { case: id, sources } = await ask('open', { paths: [at('demo/3-back-pressure')] });
    const [source, otherSource] = sources.map(({ source: name }: { source: string }) => name).filter((name: string) => name.includes('jstack'));
    const { lines } = await ask('compare', { case: id, source, otherSource });
    assert.match(lines[0], /^2 dumps: .*\(91 threads\), .*\(91 threads\)$/);
  });

  it('propose a patch and write nothing', async () => {
    const ask = asker();
    const { diff, moved } = await ask('fix', { file: at('test/fixtures/java/ChannelBuffers.java') });
    // Git quotes a path with other than ASCII in it.
    assert.match(diff, /^--- "?a\//);
    assert.ok(moved.includes('recycleBuffer') || moved.length > 0);
  });

  it('explain a known issue and a rule without a case', async () => {
    const ask = asker();
    assert.deepEqual((await ask('explain', { finding: 'flink-22946' })).knownIssue.key, 'FLINK-22946');
    assert.equal((await ask('explain', { finding: 'deadlock' })).rule.id, 'deadlock');
  });

  const WRONG: [string, string, object, RegExp][] = [
    ['a case that was not opened', 'findings', { case: 'case-000000' }, /Call logjam_open/],
    ['a finding that is not there', 'explain', { finding: 'F1' }, /give the case too/],
    ['an unknown name', 'explain', { finding: 'nothing-of-ours' }, /JIRA key/],
    ['a path that is not there', 'open', { paths: ['/no/such/file'] }, /nothing in it/],
    ['too much room', 'findings', { case: 'case-000000', tokens: 9000 }, /^tokens: /],
    ['a field that is not known', 'findings', { case: 'case-000000', what: 1 }, /^what: /],
    ['what is no Java', 'fix', { file: 'x.log' }, /not a Java source/],
  ];
  for (const [what, question, input, says] of WRONG) {
    it(`say what to do about ${what}`, async () => {
      await assert.rejects(asker()(question, input), (error: Error) => error instanceof ToolError && says.test(error.message));
    });
  }
});
