import * as vscode from 'vscode';
import type { CallName, Subject } from '../../../server/src/cluster/calls.ts';
import { rowsIn } from '../../../server/src/cluster/rows.ts';
import type { ClusterDocuments } from './documents.ts';
import { dumpProcesses } from './dumps.ts';
import type { ClusterRegistry } from './registry.ts';
import { ASKS } from './words.ts';

/** A vertex of a job that runs. */
export interface VertexOfCluster {
  cluster: string;
  job: string;
  vertex: string;
}

interface Subtask {
  /** "score (2/4)", as threads and log lines call it. */
  name: string;
  taskManager: string;
}

/** Where a vertex leads to: the threads of a subtask, what its log says of it, its part of a checkpoint. */
export class VertexLeads {
  readonly #registry: ClusterRegistry;
  readonly #documents: ClusterDocuments;

  constructor(registry: ClusterRegistry, documents: ClusterDocuments) {
    this.#registry = registry;
    this.#documents = documents;
  }

  /** `given`: how many dumps, where that was said already. */
  async threads(of: VertexOfCluster, given: unknown): Promise<void> {
    const subtask = await this.#choose(of);
    if (subtask === undefined) return;
    const { taskManager, name } = subtask;
    const means = { registry: this.#registry, documents: this.#documents };
    const process = { label: taskManager, name: 'taskManagerDump' as const, subject: { taskManager } };
    const editor = await dumpProcesses(of.cluster, [process], given, means);
    const at = editor?.document.getText().indexOf(`"${name}`) ?? -1;
    if (editor === undefined) return;
    if (at === -1) return void vscode.window.showInformationMessage(ASKS.noThread(name));
    const place = editor.document.positionAt(at);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.AtTop);
  }

  async log(of: VertexOfCluster): Promise<void> {
    const subtask = await this.#choose(of);
    if (subtask === undefined) return;
    const { taskManager, name } = subtask;
    const logs = rowsIn(await this.#ask(of.cluster, 'taskManagerLogs', { taskManager }), 'logs');
    const log = logs.map((row) => row['name']).find((one): one is string => typeof one === 'string' && one.endsWith('.log'));
    if (log === undefined) return void vscode.window.showInformationMessage(ASKS.noLog(taskManager));
    const uri = this.#documents.uriOf(of.cluster, 'taskManagerLog', { taskManager, log });
    this.#documents.refresh(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
    await vscode.commands.executeCommand('logjam.filterLog', uri, { subtask: name });
  }

  async checkpoint({ cluster, job, vertex }: VertexOfCluster): Promise<void> {
    const history = rowsIn(await this.#ask(cluster, 'checkpoints', { job }), 'history');
    const [last] = history.flatMap(({ id }) => (typeof id === 'number' ? [id] : [])).sort((a, b) => b - a);
    if (last === undefined) return void vscode.window.showInformationMessage(ASKS.noCheckpoint);
    const uri = this.#documents.uriOf(cluster, 'checkpointSubtasks', { job, vertex, checkpoint: last });
    this.#documents.refresh(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** The only one, or the one that the person picks. */
  async #choose({ cluster, job, vertex }: VertexOfCluster): Promise<Subtask | undefined> {
    const document = await this.#ask(cluster, 'vertex', { job, vertex });
    const { name } = (document ?? {}) as { name?: unknown };
    const rows = rowsIn(document, 'subtasks');
    const items = rows.flatMap(({ subtask, status, 'taskmanager-id': taskManager }) =>
      typeof taskManager === 'string' && typeof subtask === 'number'
        ? [{ label: `${String(name)} (${subtask + 1}/${rows.length})`, description: `${String(status)}, ${taskManager}`, taskManager }]
        : [],
    );
    if (items.length === 0) void vscode.window.showInformationMessage(ASKS.noSubtask);
    const picked = items.length < 2 ? items[0] : await vscode.window.showQuickPick(items, { title: ASKS.whichSubtask, matchOnDescription: true });
    return picked === undefined ? undefined : { name: picked.label, taskManager: picked.taskManager };
  }

  async #ask(cluster: string, name: CallName, subject: Subject): Promise<unknown> {
    return JSON.parse((await (await this.#registry.client(cluster)).ask(name, subject)).text);
  }
}
