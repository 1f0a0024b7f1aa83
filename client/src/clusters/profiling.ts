import * as vscode from 'vscode';
import { PROFILERS, type ProfilerName, type Subject } from '../../../server/src/cluster/calls.ts';
import type { ClusterClient } from '../../../server/src/cluster/client.ts';
import { PROFILING_MODES, type Profiling, profilingIn, profilingsIn } from '../../../server/src/cluster/profiles.ts';
import { PROFILE_COST } from '../../../server/src/cluster/words.ts';
import type { ClusterDocuments } from './documents.ts';
import type { ClusterRegistry } from './registry.ts';
import type { Shown } from './treeView.ts';
import { ASKS, PROFILE_MODES } from './words.ts';

/** What is sampled, and for how many seconds; Flink takes no more than 300 (rest.profiling.duration-max). */
interface ProfilePlan {
  mode: string;
  seconds: number;
}

const DURATIONS = [30, 10, 60, 120, 300];
/** Longer than this after its time nobody waits for a result. In ms. */
const PATIENCE = 30_000;
/** A list is as fresh as this. In ms. */
const EVERY = 2000;

const isPlan = (given: unknown): given is ProfilePlan =>
  typeof given === 'object' &&
  given !== null &&
  typeof (given as ProfilePlan).mode === 'string' &&
  typeof (given as ProfilePlan).seconds === 'number';

/** Starts the profiler of a process once the person has agreed to what it costs, waits for its result and shows it. `given`: what was said already. */
export async function startProfiler(
  { tree, node }: Shown,
  given: unknown,
  { registry, documents, started: tell }: { registry: ClusterRegistry; documents: ClusterDocuments; started(): void },
): Promise<void> {
  const { name: called, subject = {} } = node.call ?? {};
  const name = PROFILERS.find((one) => one === called);
  if (name === undefined) return;
  const plan = isPlan(given) ? given : await askPlan();
  if (plan === undefined) return;
  const process = subject.taskManager ?? 'JobManager';
  if (!isPlan(given)) {
    const detail = `${ASKS.profile(plan.mode, plan.seconds)}. ${PROFILE_COST}`;
    if ((await vscode.window.showWarningMessage(process, { modal: true, detail }, ASKS.profileStart)) !== ASKS.profileStart) return;
  }
  const client = await registry.client(tree.id);
  const { text } = await client.profile(name, subject, { mode: plan.mode, duration: plan.seconds });
  const started = profilingIn(JSON.parse(text) as Record<string, unknown>);
  tell();
  const ended = started.status === 'RUNNING' ? await waitFor(client, name, subject, { started, seconds: plan.seconds, process }) : started;
  if (ended === undefined) return;
  if (ended === null) return void vscode.window.showInformationMessage(ASKS.profileLate);
  if (ended.status !== 'FINISHED' || ended.file === null) throw new Error(ASKS.profileFailed(ended.message, plan.mode));
  const uri = documents.uriOf(tree.id, name === 'jobManagerProfiles' ? 'jobManagerProfile' : 'taskManagerProfile', {
    ...subject,
    profile: ended.file,
  });
  await vscode.commands.executeCommand('logjam.showCallTree', uri);
}

async function askPlan(): Promise<ProfilePlan | undefined> {
  const modes = PROFILING_MODES.map((mode) => ({ label: mode, ...PROFILE_MODES[mode], mode }));
  const chosen = await vscode.window.showQuickPick(modes, { title: ASKS.profileWhat });
  if (chosen === undefined) return undefined;
  const lengths = DURATIONS.map((seconds) => ({ label: ASKS.profileSeconds(seconds), seconds }));
  const length = await vscode.window.showQuickPick(lengths, { title: ASKS.profileHowLong });
  return length === undefined ? undefined : { mode: chosen.mode, seconds: length.seconds };
}

/** How it ended; null: not in time, undefined: nobody waits any more. */
function waitFor(
  client: ClusterClient,
  name: ProfilerName,
  subject: Subject,
  { started, seconds, process }: { started: Profiling; seconds: number; process: string },
): Thenable<Profiling | null | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title: ASKS.profiling(process), cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const left = end - Date.now();
      progress.report({ message: ASKS.profileLeft(Math.ceil(left / 1000)) });
      await new Promise((resolve) => setTimeout(resolve, left > 0 ? Math.min(1000, left + 500) : EVERY));
      if (token.isCancellationRequested) return undefined;
      if (Date.now() < end) continue;
      const known = profilingsIn(JSON.parse((await client.ask(name, subject)).text)).find(({ triggered }) => triggered === started.triggered);
      if (known !== undefined && known.status !== 'RUNNING') return known;
      if (Date.now() > end + PATIENCE) return null;
    }
  });
}
