import { told } from './told.ts';

/** Why the container or pod of a process ended, as Kubernetes, YARN and Flink's own exit codes tell. */
export type EndReason =
  | 'evicted'
  | 'preempted'
  | 'node-lost'
  | 'unused'
  | 'fatal-handler'
  | 'aborted'
  | 'crashed'
  | 'terminated'
  | 'start-failed'
  | 'exited';

export interface ProcessEndKind {
  reason: EndReason;
  /** Against the diagnostics; `detail` is what they say beyond the reason. */
  pattern: RegExp;
  /** Behind "the container": what happened to it. */
  title: string;
  /** What to look at next. */
  next: string;
  samples: readonly string[];
  nearMisses: readonly string[];
}

const code = (codes: string): string => `(?:exitCode=|[Ee]xit ?[Cc]ode(?: is)?:? {0,2}|exit code |Exit status:? ?)(?:${codes})(?!\\d)`;

/** The first that fits counts. Containers over their memory limit are in memoryErrors.ts. */
export const PROCESS_ENDS: readonly ProcessEndKind[] = told([
  {
    reason: 'evicted',
    pattern: /reason=Evicted(?:, message=(?<detail>[^)\]]{0,400}?)\.?\s{0,9}[)\]])?|\bEvicted\b|(?<low>The node was low on resource: [\w-]+)/,
    title: 'was evicted from its node',
    next: 'kubectl describe pod and node: which resource was short. For ephemeral-storage: local state, spilling and logs fill the disk of the node; mount a volume (io.tmp.dirs, state.backend.rocksdb.localdir) and set requests and limits for ephemeral-storage.',
    samples: [
      'pod status: Failed(reason=Evicted, message=The node was low on resource: memory.)',
      'The node was low on resource: ephemeral-storage.',
    ],
    nearMisses: ['reason=OOMKilled'],
  },
  {
    reason: 'preempted',
    pattern: /[Pp]reempt(?:ed|ing|ion)/,
    title: 'was preempted by the scheduler',
    next: 'Priority and guaranteed capacity: a queue of YARN with preemption disabled, or a PriorityClass of Kubernetes, keeps others from taking the container.',
    samples: ['Container preempted by scheduler', 'reason=Preempted, message=Preempted by a pod on node n1'],
    nearMisses: ['Container released by application'],
  },
  {
    reason: 'node-lost',
    pattern: new RegExp(`released on a \\*?lost\\*? node|Node(?:Lost|Shutdown|NotReady|Affinity)\\b|node (?:was |is )?lost|${code('-100')}`),
    title: 'went down with its node',
    next: 'Look at the node: it was lost, drained or shut down. Spot instances end like this.',
    samples: ['Container released on a *lost* node', 'Exit code: -100', 'reason=NodeLost'],
    nearMisses: ['Exit code: -1000'],
  },
  {
    reason: 'unused',
    pattern: /expired since it was unused|released by application|Container (?:is )?no longer needed/i,
    title: 'was given back unused',
    next: 'Nothing: it was not in use.',
    samples: ['Container expired since it was unused'],
    nearMisses: ['Container preempted by scheduler'],
  },
  {
    reason: 'fatal-handler',
    pattern: new RegExp(code('239')),
    title: 'was ended by its handler of fatal errors (exit code 239)',
    next: 'Read the end of the log of that process: the fatal error is its last ERROR record.',
    samples: ['[flink-main-container(exitCode=239, reason=Error, message=null)]'],
    nearMisses: ['exitCode=23'],
  },
  {
    reason: 'aborted',
    pattern: new RegExp(code('134')),
    title: 'aborted (exit code 134, SIGABRT): its JVM crashed',
    next: 'Look for hs_err_pid*.log in the working directory of the process and for the crash report in its .out file.',
    samples: ['exitCode=134, reason=Error', 'Exit code is 134'],
    nearMisses: ['exitCode=13'],
  },
  {
    reason: 'crashed',
    pattern: new RegExp(code('139|136|135')),
    title: 'crashed in native code',
    next: 'Look for hs_err_pid*.log in the working directory of the process; it names the library.',
    samples: ['exitCode=139, reason=Error'],
    nearMisses: ['exitCode=13'],
  },
  {
    reason: 'terminated',
    pattern: new RegExp(code('143')),
    title: 'was told to stop from outside (exit code 143, SIGTERM)',
    next: 'Who sent the signal: events of the pod (kubectl get events), scaling, node upgrades, an operator; YARN: log of the NodeManager.',
    samples: ['exitCode=143, reason=Error', 'Container killed on request. Exit code is 143'],
    nearMisses: ['exitCode=14'],
  },
  {
    reason: 'start-failed',
    pattern: new RegExp(code('1')),
    title: 'ended with exit code 1, as a rule while it started',
    next: 'Read the log and the .err and .out files of that container: the start script, the configuration or the main class failed.',
    samples: ['exitCode=1, reason=Error', 'exited with  exitCode: 1', 'Exit code: 1'],
    nearMisses: ['exitCode=13, reason=Error', 'exitCode=0'],
  },
  {
    reason: 'exited',
    pattern: new RegExp(code('-?(?!0\\b|137\\b)\\d+')),
    title: 'ended by itself',
    next: 'Read the end of the log of that process.',
    samples: ['exitCode=2, reason=Error'],
    nearMisses: ['exitCode=0, reason=Completed', 'exitCode=137, reason=OOMKilled'],
  },
]);

/** The reason that diagnostics give, with the exit code and what else they say; null where they give none. */
export function processEnd(diagnostics: string): { reason: EndReason; exitCode: string | null; detail: string | null } | null {
  for (const { reason, pattern } of PROCESS_ENDS) {
    const match = pattern.exec(diagnostics);
    if (match === null) continue;
    const exitCode = /(?:exitCode=|[Ee]xit ?[Cc]ode(?: is)?:? {0,2}|exit code )(-?\d+)/.exec(diagnostics)?.[1] ?? null;
    return { reason, exitCode, detail: match.groups?.['detail'] ?? match.groups?.['low'] ?? null };
  }
  return null;
}

const BY_REASON = new Map(PROCESS_ENDS.map((kind) => [kind.reason, kind]));

export const endKind = (reason: EndReason): ProcessEndKind => BY_REASON.get(reason) as ProcessEndKind;
