// Files that no editor has open: what is kept of them, who waits for them, and which files of a folder are read.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { URI } from 'vscode-uri';
import { contentUri, setUri } from '../../common/virtual.ts';
import { at } from '../../scripts/lib/paths.mjs';
import { LspClient } from './client.ts';

const DUMP = pathToFileURL(at('demo/1-deadlock/taskmanager-jstack.txt')).href;

describe('files of the workspace, over stdio', () => {
  let folder: string;
  const uriOf = (name: string) => URI.file(path.join(folder, name)).toString();
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-workspace-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('the report of a file that no editor has open follows the settings', async () => {
    let flinkVersion = '';
    const client = new LspClient({ 'workspace/configuration': () => [{ flinkVersion }] });
    await client.initialize({ workspace: { configuration: true } });
    client.opened(DUMP);
    const report = async () => (await client.request('workspace/textDocumentContent', { uri: contentUri({ name: 'report', uri: DUMP }) })).text;
    assert.match(await report(), /proved.*FLINK-22946/s);
    flinkVersion = '1.13.6';
    client.notify('workspace/didChangeConfiguration', { settings: {} });
    assert.match(await report(), /Not FLINK-22946/);
    await client.stop();
  });

  it('a file that has changed is read again', async () => {
    const client = new LspClient();
    await client.initialize({}, { workspaceFolders: [{ uri: uriOf(''), name: 'incident' }] });
    const name = path.join(folder, 'changing.log');
    writeFileSync(name, 'nothing that is known\n');
    assert.equal((await client.request('logjam/analysis', { uri: uriOf('changing.log') })).kind, 'unknown');
    copyFileSync(at('test/fixtures/flink/1.20.3/failing-sink/taskmanager.log'), name);
    assert.equal((await client.request('logjam/analysis', { uri: uriOf('changing.log') })).kind, 'flink-log');
    await client.stop();
  });

  it('two wait for one file: who goes does not take the answer from the other', async () => {
    const client = new LspClient();
    await client.initialize({}, { workspaceFolders: [{ uri: uriOf(''), name: 'incident' }] });
    const record = '2026-11-20 12:10:00,000 INFO  org.apache.flink.runtime.jobmaster.JobMaster [] - Nothing of note has happened.\n';
    writeFileSync(path.join(folder, 'long.log'), record.repeat(300_000));
    const uri = uriOf('long.log');
    const one = client.startRequest('logjam/analysis', { uri });
    const other = client.startRequest('logjam/analysis', { uri });
    client.notify('$/cancelRequest', { id: one.id });
    await assert.rejects(one.response, { code: -32800 });
    assert.equal((await other.response).kind, 'flink-log');
    // When the last one has gone the work ends, and whoever comes later gets an answer of their own.
    writeFileSync(path.join(folder, 'long.log'), record.repeat(200_000));
    const last = client.startRequest('logjam/analyseFile', { uri });
    client.notify('$/cancelRequest', { id: last.id });
    await assert.rejects(last.response, { code: -32800 });
    const again = await client.request('logjam/analyseFile', { uri });
    assert.equal(again.kind, 'flink-log', JSON.stringify(again).slice(0, 300));
    await client.stop();
  }).timeout(30_000);

  it('a folder is read whatever the folders below are called', async () => {
    const client = new LspClient();
    await client.initialize({}, { workspaceFolders: [{ uri: uriOf(''), name: 'incident' }] });
    for (const name of ['build', 'node_modules']) {
      mkdirSync(path.join(folder, 'incident', name), { recursive: true });
      copyFileSync(at('test/fixtures/flink/1.20.3/heap-out-of-memory/jobmanager.log'), path.join(folder, 'incident', name, 'jobmanager.log'));
    }
    assert.equal((await client.request('logjam/analysis', { uri: setUri([uriOf('incident')]) })).kind, 'flink-log');
    // What a package manager keeps is passed by unless it is named, and that is said.
    rmSync(path.join(folder, 'incident', 'build'), { recursive: true });
    const { kind, problem } = await client.request('logjam/analysis', { uri: setUri([uriOf('incident')]) });
    assert.equal(kind, 'unknown');
    assert.match(problem, /0 files were looked at\. Not looked into: node_modules\./);
    assert.equal((await client.request('logjam/analysis', { uri: setUri([uriOf('incident/node_modules')]) })).kind, 'flink-log');
    await client.stop();
  });
});
