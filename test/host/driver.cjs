// Runs in the extension host in place of a test suite and does what a script on the other side of the bridge asks for:
// open a file, run a command by its id, wait until the diagnostics have come to rest.
'use strict';
const vscode = require('vscode');

const bridge = process.env['LOGJAM_WINDOW'];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const place = (line, character) => new vscode.Position(Math.max(0, (line ?? 1) - 1), Math.max(0, (character ?? 1) - 1));

/** Paths of files named by the caller become URIs in the arguments of a command: {"$file": path}. */
const revive = (value) => (value !== null && typeof value === 'object' && '$file' in value ? vscode.Uri.file(value.$file) : value);

const JOBS = {
  async open({ path, line, character, beside }) {
    const uri = vscode.Uri.file(path);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: false, viewColumn: beside ? vscode.ViewColumn.Beside : undefined });
    const editor = vscode.window.activeTextEditor;
    if (editor !== undefined && line !== undefined) {
      const at = place(line, character);
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  },
  /** The language of the document that is shown; undefined in a custom editor. */
  language: async () => vscode.window.activeTextEditor?.document.languageId,
  /** Sets a user setting. A colour theme is taken over when it changes, but not always when it is there from the start. */
  async setting({ key, value }) {
    await vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Global);
  },
  async command({ id, args }) {
    // A command may wait for the person (a quick pick): what shows by then is what is looked at.
    const done = Promise.resolve(vscode.commands.executeCommand(id, ...(args ?? []).map(revive)));
    return await Promise.race([done.then((value) => (value === undefined ? 'done' : 'done with a value')), sleep(5000).then(() => 'still running')]);
  },
  /** Waits until the active document has had the same diagnostics for 700 ms, or the time is over. */
  async settle({ timeout }) {
    const deadline = Date.now() + (timeout ?? 10_000);
    const state = () => JSON.stringify(vscode.languages.getDiagnostics().map(([uri, list]) => [uri.path, list.map((item) => item.message)]));
    let last = state();
    let since = Date.now();
    const started = Date.now();
    while (Date.now() < deadline) {
      await sleep(100);
      const now = state();
      if (now !== last) [last, since] = [now, Date.now()];
      // A server that has not answered at all gets three seconds.
      if (Date.now() - since > 700 && (last !== '[]' || Date.now() - started > 3000)) break;
    }
    const uri = vscode.window.activeTextEditor?.document.uri;
    const found = uri === undefined ? [] : vscode.languages.getDiagnostics(uri);
    return found.map(
      (item) =>
        `${item.range.start.line + 1}:${item.range.start.character + 1} ${vscode.DiagnosticSeverity[item.severity]} ${item.message.split('\n')[0]}`,
    );
  },
};

exports.run = async () => {
  for (;;) {
    const job = await (await fetch(`${bridge}/driver/next`)).json();
    if (job.kind === 'end') return;
    let answer;
    try {
      answer = { value: await JOBS[job.kind](job) };
    } catch (error) {
      answer = { error: String(error?.stack ?? error) };
    }
    await fetch(`${bridge}/driver/done`, { method: 'POST', body: JSON.stringify(answer) });
  }
};
