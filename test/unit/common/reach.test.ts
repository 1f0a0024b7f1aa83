// Which files a message may have read: what was opened or named, what lies below, and nothing beside or above it.
import assert from 'node:assert/strict';
import { Reach } from '../../../common/reach.ts';
import { contentUri, setUri } from '../../../common/virtual.ts';

const FOLDER = 'file:///home/flink/incident';

describe('reach', () => {
  const reach = new Reach();
  reach.give(FOLDER);
  reach.give('file:///tmp/one.log');
  reach.give('file:///C%3A/logs');
  reach.give('untitled:Untitled-1');
  reach.give(setUri(['file:///a/jobmanager.log', 'file:///b/']));

  for (const [uri, covered] of [
    [FOLDER, true],
    [`${FOLDER}/`, true],
    [`${FOLDER}/deep/er/taskmanager.log`, true],
    ['FILE:///home/flink/incident/a.log', true],
    ['file:///home/flink/inc%69dent/a.log', true],
    ['file:///home/flink/incident-2/a.log', false],
    ['file:///home/flink', false],
    [`${FOLDER}/../secret`, false],
    [`${FOLDER}/%2e%2e/secret`, false],
    [`${FOLDER}/%2E%2E%2fsecret`, false],
    [`${FOLDER}/..%5c..%5csecret`, false],
    [`${FOLDER}/a.log%00`, false],
    [`${FOLDER}/a.log?ref=main`, false],
    [`${FOLDER}/%ff`, false],
    ['file://host/home/flink/incident/a.log', false],
    ['vscode-vfs:///home/flink/incident/a.log', false],
    ['file:///tmp/one.log', true],
    ['file:///tmp/one.log.1', false],
    ['file:///tmp/other.log', false],
    ['file:///c:/logs/a.log', true],
    ['untitled:Untitled-1', true],
    ['untitled:Untitled-10', false],
    ['untitled:Unt', false],
    ['file:///a/jobmanager.log', true],
    ['file:///b/c', true],
    ['file:///a', false],
    [contentUri({ name: 'report', uri: 'file:///tmp/one.log' }), true],
    [contentUri({ name: 'report', uri: 'file:///etc/passwd' }), false],
    [contentUri({ name: 'comparison', uri: 'file:///tmp/one.log', other: 'file:///etc/passwd' }), false],
    [contentUri({ name: 'text', uri: contentUri({ name: 'text', uri: 'file:///etc/passwd' }) }), false],
    [setUri([FOLDER, 'file:///etc/passwd']), false],
    [setUri([`${FOLDER}/a.log`, 'file:///tmp/one.log']), true],
    ['logjam:/nothing', false],
    ['no uri', false],
    ['', false],
  ] as const)
    it(`${covered ? 'covers' : 'does not cover'} ${decodeURIComponent(uri.replace(/%(?!\w\w)|%ff|%00/g, ''))}`, () => {
      assert.equal(reach.covers(uri), covered);
    });

  it('a root is a folder like others', () => {
    const all = new Reach();
    all.give('file:///');
    assert.ok(all.covers('file:///etc/passwd'));
    assert.ok(!all.covers('other:///etc/passwd'));
  });
});
