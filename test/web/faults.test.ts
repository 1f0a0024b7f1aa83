// A fault in the analysis, in a browser: the document is left out and says so, others are answered.
import * as vscode from 'vscode';
import { assert, until } from './helpers.ts';

const thread = (name: string) => `"${name}" #1 prio=5 os_prio=0 tid=0x1 nid=0x1 waiting on condition [0x00007f]
   java.lang.Thread.State: TIMED_WAITING (sleeping)
\tat java.lang.Thread.sleep(java.base@11.0.20/Native Method)

`;
const dump = (name: string) => `2024-01-02 03:04:05\nFull thread dump OpenJDK 64-Bit Server VM (11.0.20+8 mixed mode):\n\n${thread(name)}`;

describe('a document that the analysis does not come to an end with, in a browser', () => {
  const configuration = () => vscode.workspace.getConfiguration('logjam');
  before(() => configuration().update('analysis.timeLimit', 1, vscode.ConfigurationTarget.Global));
  after(() => configuration().update('analysis.timeLimit', undefined, vscode.ConfigurationTarget.Global));

  const open = async (content: string): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument({ content, language: 'java-threaddump' });
    await vscode.window.showTextDocument(document, { preview: false });
    return document;
  };
  const hovers = (document: vscode.TextDocument) =>
    vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, new vscode.Position(3, 2));

  it('says so, and the others are answered', async () => {
    const fine = await open(dump('fine'));
    await until('a hover', async () => (await hovers(fine)).length > 0);
    const stuck = await open(`${dump('stuck')}SPIN-FOREVER\n`);
    assert((await hovers(fine)).length > 0, 'another document is answered meanwhile');
    await until('what is said of it', () =>
      vscode.languages.getDiagnostics(stuck.uri).some(({ message }) => /took too long and was stopped/.test(message)),
    );
    assert((await hovers(fine)).length > 0, 'another document is answered after it');
  });
});
