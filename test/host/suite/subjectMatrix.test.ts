// Every way to have a file at hand × every command that shows a view of it: each speaks of that file, and never of the one before.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { type CommandView, isCommandView, VIEWS, viewsOf } from '../../../common/views.ts';
import { fixture, hasWindow, inWindow, lensesOf, openFile, until, workspaceFolder, writeWorkspaceFile } from '../helpers.ts';

const KINDS = {
  'thread-dump': { text: readFileSync(fixture('flink/1.20.3/word-count/taskmanager-jstack-1.txt'), 'utf8'), language: 'java-threaddump' },
  'flink-log': { text: readFileSync(fixture('flink/1.20.3/managed-memory/taskmanager.log'), 'utf8'), language: 'flink-log' },
} as const;
type Kind = keyof typeof KINDS;

const labels = () =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap(({ label, input }) => (input instanceof vscode.TabInputWebview ? [label] : []));

/** Makes a file the one at hand, and gives what a command is called with. */
type Form = (file: vscode.Uri, kind: Kind) => Promise<unknown[]>;

const FORMS: Record<string, { packed?: true; hold: Form }> = {
  'the text in the active tab': {
    hold: async (file, kind) => {
      await openFile(file, KINDS[kind].language);
      return [];
    },
  },
  'a compressed file, of which VS Code shows no text': {
    packed: true,
    hold: async (file) => {
      await vscode.commands.executeCommand('vscode.open', file);
      return [];
    },
  },
  'the view for large files': {
    hold: async (file) => {
      await vscode.commands.executeCommand('vscode.openWith', file, 'logjam.largeFile');
      return [];
    },
  },
  'a text while the focus is in Output': {
    hold: async (file, kind) => {
      await openFile(file, KINDS[kind].language);
      await vscode.commands.executeCommand('workbench.panel.output.focus');
      return [];
    },
  },
  'a file that is clicked in the explorer and not open': { hold: async (file) => [file, [file]] },
};

describe('what commands are about: tabs × commands', () => {
  beforeEach(async () => {
    for (const [kind, { text, language }] of Object.entries(KINDS)) await openFile(writeWorkspaceFile(`before-${kind}`, text), language);
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const kind of Object.keys(KINDS) as Kind[])
    for (const [form, { packed, hold }] of Object.entries(FORMS))
      it(`${form}, a ${kind.replace('-', ' ')}`, async function () {
        this.timeout(180_000);
        const views = viewsOf(kind).filter((name): name is CommandView => isCommandView(name) && 'title' in VIEWS[name]);
        assert.ok(views.length >= 4, views.join());
        const name = `at-hand-${kind}${packed ? '.gz' : ''}`;
        const file = vscode.Uri.file(path.join(workspaceFolder(), name));
        writeFileSync(file.fsPath, packed ? gzipSync(KINDS[kind].text) : KINDS[kind].text);
        for (const view of views) {
          const { title, command } = VIEWS[view] as { title: string; command: string };
          const given = await hold(file, kind);
          await until(`${title} of ${name}; there are ${labels().join(', ')}`, async () => {
            await vscode.commands.executeCommand(command, ...given);
            return labels().some((label) => label.startsWith(`${title}: ${name}`));
          });
        }
        assert.deepEqual(
          labels().filter((label) => label.includes('before-')),
          [],
        );
      });
});

describe('a file that Logjam can show', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is offered once, where VS Code shows no text of it', async function () {
    if (!hasWindow) this.skip();
    this.timeout(90_000);
    const [first, second] = ['offered-first.log.gz', 'offered-second.log.gz'].map((name) => {
      const file = vscode.Uri.file(path.join(workspaceFolder(), name));
      writeFileSync(file.fsPath, gzipSync(KINDS['flink-log'].text));
      return file;
    }) as [vscode.Uri, vscode.Uri];
    await vscode.commands.executeCommand('vscode.open', first);
    await inWindow('waitForText', { text: 'offered-first.log.gz is a compressed Flink log that Logjam can show.', timeout: 30_000 });
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('vscode.open', first);
    // The offer of another file shows that there was time for the first one's.
    await vscode.commands.executeCommand('vscode.open', second);
    await inWindow('waitForText', { text: 'offered-second.log.gz is a compressed Flink log that Logjam can show.', timeout: 30_000 });
    // The window may not have the focus: then VS Code keeps what it has to say in a list.
    await vscode.commands.executeCommand('notifications.showList');
    const told = String(await inWindow('evaluate', { selector: '.monaco-workbench', script: 'document.body.innerText' }));
    assert.ok(!told.includes('offered-first.log.gz is'), told);
    const button = `[...document.querySelectorAll('.monaco-button')].findLast((one) => one.textContent === 'Open with Logjam')`;
    await inWindow('evaluate', { selector: '.monaco-workbench', script: `${button}.click()` });
    await until('the view for large files', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.viewType === 'logjam.largeFile' && input.uri.path === second.path;
    });
  });

  it('has a readable text one click away, where all of it stands on one line', async () => {
    const text = KINDS['thread-dump'].text.replaceAll(/\s*\n\s*/g, ' ');
    const { uri } = await openFile(writeWorkspaceFile('flattened.txt', text), 'java-threaddump');
    const lens = await until('the lens', async () => (await lensesOf(uri))?.find(({ command }) => command?.title.includes('Readable text')));
    await vscode.commands.executeCommand(lens.command?.command ?? '', ...(lens.command?.arguments ?? []));
    const shown = await until('the text', () =>
      vscode.workspace.textDocuments.find((one) => one.uri.scheme === 'logjam' && one.languageId === 'java-threaddump'),
    );
    assert.ok(shown.lineCount > 500, `${shown.lineCount} lines`);
    assert.match(shown.getText(), /^\tat org\.apache\.flink\..*\(\w+\.java:\d+\)$/m);
  });

  it('is recognised within a quoted Markdown text when that is asked for', async () => {
    const quoted = `# What hangs\n\n${KINDS['thread-dump'].text
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n')}\n`;
    const { uri } = await openFile(writeWorkspaceFile('mail.md', quoted), 'markdown');
    await vscode.commands.executeCommand('logjam.analyseFile', uri);
    await until('its language', () =>
      vscode.workspace.textDocuments.some((one) => one.uri.toString() === uri.toString() && one.languageId === 'java-threaddump'),
    );
    await until('its stacks', () => labels().some((label) => label.includes('mail.md')));
  });
});
