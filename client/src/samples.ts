import * as vscode from 'vscode';
import { table } from '../../common/table.ts';
import { setUri } from '../../common/virtual.ts';
import type { Services } from './services.ts';

/** Recorded incidents that come with the extension (demo/), by their folders: in a browser nobody can list these. */
const SAMPLES = table<readonly string[]>({
  '1-deadlock': ['taskmanager-jstack.txt'],
  '2-out-of-memory': ['jobmanager.log', 'taskmanager.log', 'taskmanager-gc.log'],
  '3-back-pressure': ['taskmanager-jstack-1.txt', 'taskmanager-jstack-2.txt', 'taskmanager-jstack-3.txt', 'plan.json', 'job.json'],
  '4-iteration': ['execution-plan.json'],
});

/** Shows a sample for those who have no file at hand: one file as a text, several as an incident. */
export async function openSample({ context, opened }: Services, incident: (uri: string) => void, name = '1-deadlock'): Promise<void> {
  const uris = (SAMPLES[name] ?? []).map((file) => vscode.Uri.joinPath(context.extensionUri, 'demo', name, file));
  const [first] = uris;
  if (first === undefined) return;
  if (uris.length === 1) {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(first), { preview: false });
    return;
  }
  const set = setUri(uris.map(String));
  opened.add(set);
  incident(set);
}
