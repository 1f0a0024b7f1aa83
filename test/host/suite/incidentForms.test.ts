// What an incident may be opened on: a selection, an archive, and folders that are large, damaged or made to do harm. What can be
// read is read, the rest is named, and nothing waits meanwhile.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import * as vscode from 'vscode';
import { fixture, hasWindow, hoverAt, inWindow, lensesOf, openFile, screenshot, until, workspaceFolder } from '../helpers.ts';

const CONVOY = fixture('flink/2.3.0/convoy');
const DEADLOCK = fixture('flink/2.3.0/monitor-deadlock');
const ARCHIVE = fixture('flink/1.18.1/history-archive/archive-job.json');
const LOG = readFileSync(fixture('flink/1.20.3/managed-memory/taskmanager.log'), 'utf8');

/** The files of a recording, without what describes it. */
const filesOf = (folder: string): string[] => readdirSync(folder).filter((name) => name !== 'recording.json');

const zipOf = (folder: string): Uint8Array =>
  zipSync(Object.fromEntries(filesOf(folder).map((name) => [name, readFileSync(path.join(folder, name))])));

const shown = (selector: string) =>
  inWindow('evaluate', { selector, script: `[...document.querySelectorAll('${selector}')].map((one) => one.innerText).join('\\n')` });

const labels = () =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap(({ label, input }) => (input instanceof vscode.TabInputWebview ? [label] : []));

describe('what an incident is opened on', () => {
  let folder: string;
  const at = (...names: string[]): string => path.join(folder, ...names);

  beforeEach(() => {
    folder = path.join(workspaceFolder(), 'forms');
    mkdirSync(folder);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens it as the menu of the explorer does, and waits for a verdict that has these words and is the last one. */
  async function verdictOn(words: RegExp, clicked: string, selected: readonly string[] = [clicked]): Promise<void> {
    const uris = selected.map((file) => vscode.Uri.file(file));
    await vscode.commands.executeCommand('logjam.openIncident', vscode.Uri.file(clicked), uris);
    await until('the panel', () => labels().some((label) => label.startsWith('Incident: ')));
    if (!hasWindow) return;
    await until(
      `a verdict with ${words}`,
      async () => {
        const said = await shown('.verdict').catch(() => '');
        return typeof said === 'string' && words.test(said) && !said.includes('Read so far');
      },
      90_000,
    );
  }

  it('a selection of files', async function () {
    this.timeout(120_000);
    cpSync(CONVOY, folder, { recursive: true });
    const chosen = filesOf(folder).filter((name) => /jstack|taskmanager\.log/.test(name));
    assert.ok(chosen.length >= 3, chosen.join());
    await verdictOn(
      /work one at a time/,
      at(chosen[0] ?? ''),
      chosen.map((name) => at(name)),
    );
    if (!hasWindow) return;
    // What was not selected is not read.
    assert.match(String(await shown('.coverage')), new RegExp(`Read: ${chosen.length} sources`, 'i'));
    await screenshot('incident-selection');
  });

  it('a zip', async function () {
    this.timeout(120_000);
    writeFileSync(at('incident.zip'), zipOf(DEADLOCK));
    await verdictOn(/Deadlock/, at('incident.zip'));
    await screenshot('incident-zip');
  });

  it('an archive of the History Server, which is named after its job', async function () {
    this.timeout(120_000);
    const file = at('64cc85201ca8dfa82bd4b2d7d5a9d060');
    cpSync(ARCHIVE, file);
    await verdictOn(/Connection reset by peer/, file);
    await screenshot('incident-archive');
  });

  it('a folder with damaged files, links in circles and archives in archives: the good files are read, the rest is named', async function () {
    this.timeout(120_000);
    cpSync(DEADLOCK, at('good'), { recursive: true });
    symlinkSync('..', at('good', 'around'));
    symlinkSync('nowhere.log', at('gone.log'));
    symlinkSync('b.log', at('a.log'));
    symlinkSync('a.log', at('b.log'));
    const packed = gzipSync(LOG);
    writeFileSync(at('cut.log.gz'), packed.subarray(0, 40));
    let nested = zipSync({ 'taskmanager.log': Buffer.from(LOG) });
    for (const name of ['one.zip', 'two.zip', 'three.zip']) nested = zipSync({ [name]: nested });
    writeFileSync(at('nested.zip'), nested);
    writeFileSync(at('noise.bin'), Buffer.from([0, 1, 2, 3]));
    await verdictOn(/Deadlock/, folder);
    if (!hasWindow) return;
    const page = String(await shown('.coverage'));
    for (const name of ['gone.log', 'a.log', 'cut.log.gz', 'nested.zip', 'noise.bin']) assert.ok(page.includes(name), `${name} is named:\n${page}`);
    await screenshot('incident-hostile');
  });

  it('a folder with many files: progress by file, nothing blocks, cancel keeps what is read', async function () {
    if (!hasWindow) this.skip();
    this.timeout(180_000);
    const dump = await openFile(path.join(DEADLOCK, 'taskmanager-jstack-l.txt'), 'java-threaddump');
    await until('its hover', async () => (await hoverAt(dump.uri, new vscode.Position(2, 5))) !== '' || (await lensesOf(dump.uri)).length > 0);
    for (let i = 0; i < 2000; i++) writeFileSync(at(`taskmanager-${i}.log`), LOG.replaceAll('localhost', `host-${i}`));
    await vscode.commands.executeCommand('logjam.openIncident', vscode.Uri.file(folder));
    await inWindow('waitFor', { selector: '.progress button', timeout: 60_000 });
    await until('progress by file', async () => /taskmanager-\d+\.log, \d+ of 2000/.test(String(await shown('.progress').catch(() => ''))), 30_000);
    // One file goes while others are read, and another document is asked about.
    rmSync(at('taskmanager-1999.log'));
    assert.ok((await lensesOf(dump.uri)).length > 0, 'answers about another file');
    await until('a verdict so far', async () => /Read so far: [\d,]+ of 2,?000 files/.test(String(await shown('.verdict').catch(() => ''))), 60_000);
    await screenshot('incident-so-far');
    await inWindow('click', { selector: '.progress button' });
    await inWindow('waitForText', { text: 'reading was cancelled before it', timeout: 60_000 });
    const verdict = String(await shown('.verdict'));
    assert.match(verdict, /^Reading was cancelled after [\d,]+ of 2,000 files\./);
    assert.match(verdict, /Managed memory|exhausted/i);
    await screenshot('incident-cancelled');
  });
});

describe('a folder that holds several kinds', () => {
  it('is offered once in each of its files', async () => {
    const folder = path.join(workspaceFolder(), 'several');
    cpSync(CONVOY, folder, { recursive: true });
    try {
      for (const [name, language] of [
        ['taskmanager.log', 'flink-log'],
        ['taskmanager-jstack-1.txt', 'java-threaddump'],
      ] as const) {
        const document = await openFile(path.join(folder, name), language);
        const offers = await until('the lens', async () => {
          const found = (await lensesOf(document.uri)).filter(({ command }) => command?.command === 'logjam.openIncident');
          return found.length > 0 && found;
        });
        assert.equal(offers.length, 1, name);
      }
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
