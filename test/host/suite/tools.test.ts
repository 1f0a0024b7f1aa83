// The tools for assistants, as the chat of VS Code calls them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { activated, fixture, writeWorkspaceFile } from '../helpers.ts';

// biome-ignore lint/suspicious/noExplicitAny: each tool answers in a shape of its own, which its schema holds it to
type Answer = any;

async function ask(question: string, input: object): Promise<Answer> {
  const { content } = await vscode.lm.invokeTool(`logjam_${question}`, { input, toolInvocationToken: undefined });
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return JSON.parse(part.value);
}

describe('tools for assistants', () => {
  before(async () => {
    writeWorkspaceFile('assistant-jstack.txt', readFileSync(fixture('dumps/packed/flink-22946-jira.txt'), 'utf8'));
    await activated();
  });

  it('are declared to the chat', () => {
    const ours = vscode.lm.tools.filter(({ name }) => name.startsWith('logjam_'));
    assert.equal(ours.length, 9);
  });

  it('give the verdict on a file of the workspace, and who waits for whom', async () => {
    const { case: id, verdict } = await ask('open', { paths: ['assistant-jstack.txt'] });
    assert.deepEqual([verdict.rule, verdict.certainty, verdict.knownIssue], ['deadlock', 'proved', 'FLINK-22946']);
    const { dumps } = await ask('threads', { case: id });
    assert.equal(dumps[0].deadlocks[0].length, 2);
    const { knownIssue } = await ask('explain', { case: id, finding: 'F1' });
    assert.equal(knownIssue.key, 'FLINK-22946');
  });

  it('read nothing that the person has not opened', async () => {
    await assert.rejects(ask('open', { paths: ['/etc/hostname'] }), /was not opened/);
    await assert.rejects(ask('open', { paths: ['../outside'] }), /was not opened|nothing in it/);
  });
});
