import * as vscode from 'vscode';
import { setUri } from '../../../common/virtual.ts';
import { type CallName, hasLite, type Subject } from '../../../server/src/cluster/calls.ts';
import type { ClusterClient } from '../../../server/src/cluster/client.ts';
import { Redactor } from '../../../server/src/cluster/redact.ts';
import { DUMP_COST } from '../../../server/src/cluster/words.ts';
import { readVersion } from '../../../server/src/core/flinkVersion.ts';
import type { ClusterDocuments } from './documents.ts';
import type { ClusterNode } from './nodes.ts';
import type { ClusterRegistry } from './registry.ts';
import type { Shown } from './treeView.ts';
import { ASKS } from './words.ts';

/** A process that a dump can be taken of. */
export interface Process {
  label: string;
  name: CallName;
  subject: Subject;
}

/** How many dumps, and the time between their beginnings. */
export interface DumpPlan {
  count: number;
  seconds: number;
  /** Without the locks that threads hold. */
  lite?: true;
}

const isPlan = (value: unknown): value is DumpPlan =>
  typeof value === 'object' && value !== null && typeof (value as DumpPlan).count === 'number' && typeof (value as DumpPlan).seconds === 'number';

/** Of one process a node is about, or of those that the person chooses of a cluster's. */
async function processesOf({ tree, node }: Shown): Promise<Process[]> {
  const own = (one: ClusterNode): Process[] => {
    if (one.kind === 'dump' && one.call !== null) return [{ label: one.call.subject.taskManager ?? 'JobManager', ...one.call }];
    const taskManager = one.call?.subject.taskManager;
    return one.kind === 'taskmanager' && taskManager !== undefined ? [{ label: taskManager, name: 'taskManagerDump', subject: { taskManager } }] : [];
  };
  const [single] = own(node);
  if (single !== undefined) return [single];
  if (node.kind === 'jobmanager') return [{ label: 'JobManager', name: 'jobManagerDump', subject: {} }];
  const parent = node.kind === 'taskmanagers' ? node : (await tree.children(tree.root)).find(({ kind }) => kind === 'taskmanagers');
  const all = parent === undefined ? [] : (await tree.children(parent)).flatMap(own);
  const items = all.map((process) => ({ label: process.label, process }));
  const picked = all.length < 2 ? items : await vscode.window.showQuickPick(items, { title: ASKS.chosen, canPickMany: true });
  return (picked ?? []).map(({ process }) => process);
}

async function givesLite(client: ClusterClient): Promise<boolean> {
  const told = JSON.parse((await client.ask('dashboard')).text) as { 'flink-version'?: unknown };
  return hasLite('taskManagerDump', readVersion(String(told['flink-version'] ?? '')));
}

/** Of the processes that a node of the tree is about, see {@link dumpProcesses}. */
export const takeDumps = async (shown: Shown, given: unknown, means: Means): Promise<void> =>
  void (await dumpProcesses(shown.tree.id, await processesOf(shown), given, means));

interface Means {
  registry: ClusterRegistry;
  documents: ClusterDocuments;
}

/**
 * Takes thread dumps once the person has agreed to what they cost, of one process at a time, and shows them: one as a file, several of
 * a process as their comparison. `given`: how many, where that was said already. Gives the editor with the last of the first ones.
 */
export async function dumpProcesses(
  cluster: string,
  processes: readonly Process[],
  given: unknown,
  { registry, documents }: Means,
): Promise<vscode.TextEditor | undefined> {
  if (processes.length === 0) return undefined;
  const client = await registry.client(cluster);
  const plans: (vscode.QuickPickItem & { plan: DumpPlan })[] = [
    { ...ASKS.once, plan: { count: 1, seconds: 0 } },
    { ...ASKS.thrice, plan: { count: 3, seconds: 10 } },
    ...(isPlan(given) || !(await givesLite(client)) ? [] : [{ ...ASKS.lite, plan: { count: 1, seconds: 0, lite: true as const } }]),
  ];
  const plan = isPlan(given) ? given : (await vscode.window.showQuickPick(plans, { title: ASKS.dumps, placeHolder: DUMP_COST }))?.plan;
  if (plan === undefined) return undefined;
  if (!isPlan(given)) {
    const answer = await vscode.window.showWarningMessage(
      processes.map(({ label }) => label).join(', '),
      { modal: true, detail: DUMP_COST },
      ASKS.take,
    );
    if (answer !== ASKS.take) return undefined;
  }
  const taken = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: ASKS.takingDumps, cancellable: true },
    async (progress, token) => {
      const control = new AbortController();
      token.onCancellationRequested(() => control.abort());
      const host = await registry.host();
      const found = new Map<string, vscode.Uri[]>();
      for (let number = 1; number <= plan.count; number++) {
        const begun = Date.now();
        for (const { label, name, subject } of processes) {
          progress.report({ message: ASKS.taking(label, number, plan.count) });
          const { text, at } = await client.ask(name, plan.lite === true ? { ...subject, lite: true } : subject, control.signal);
          const redacted = new Redactor(() => client.access.secrets()).text(text);
          found.set(label, [...(found.get(label) ?? []), documents.keepDump(cluster, name, subject, redacted, new Date(at))]);
        }
        if (number < plan.count) await host.wait(Math.max(0, begun + plan.seconds * 1000 - Date.now()), control.signal);
      }
      return found;
    },
  );
  let last: vscode.TextEditor | undefined;
  for (const [first, ...more] of taken.values()) {
    if (first === undefined) continue;
    last = await vscode.window.showTextDocument(first, { preview: false });
    if (more.length > 0)
      await vscode.commands.executeCommand('logjam.compareDumps', first, more.length === 1 ? String(more[0]) : setUri(more.map(String).sort()));
  }
  return last;
}
