import { told } from './told.ts';

/** Why the container or pod of a process ended, as Kubernetes, YARN and Flink's own exit codes tell. */
export type EndReason =
  | 'evicted'
  | 'not-admitted'
  | 'deadline'
  | 'preempted'
  | 'disks-failed'
  | 'node-lost'
  | 'untracked'
  | 'unused'
  | 'sidecar'
  | 'not-started'
  | 'fatal-handler'
  | 'aborted'
  | 'crashed'
  | 'terminated'
  | 'start-failed'
  | 'exited'
  | 'finished'
  | 'deleted'
  | 'unsaid';

/** What to look at where the diagnostics say this; absent: whatever they say. */
export interface EndStep {
  text: string;
  where?: RegExp;
  unless?: RegExp;
}

export interface ProcessEndKind {
  reason: EndReason;
  /** Against the diagnostics; `detail` is what they say beyond the reason. */
  pattern: RegExp;
  /** Behind "the container": what happened to it. */
  title: string;
  /** What to look at next. */
  next: readonly EndStep[];
  samples: readonly string[];
  nearMisses: readonly string[];
}

/** Whole, or the name of the resource alone. The kubelet took the pod off for its disk: that of the node was short, or the pod went over its own limit. */
const DISK_OF_NODE = /low on resource: (?:ephemeral-storage|inodes|nodefs|imagefs)|DiskPressure|^(?:ephemeral-storage|inodes|nodefs|imagefs)$/;
const DISK_OF_POD = /ephemeral (?:local )?storage (?:usage exceeds|limit)|exceeds the limit "|EmptyDir/;
const MEMORY_OF_NODE = /low on resource: memory|MemoryPressure|^memory$/;
const PROCESSES_OF_NODE = /low on resource: pids|PIDPressure|^pids$/;
const TAINT = /\btaints?\b/;
const SAID = new RegExp([DISK_OF_NODE, DISK_OF_POD, MEMORY_OF_NODE, PROCESSES_OF_NODE, TAINT].map(({ source }) => source).join('|'));

/** What the status of a pod says beside its reason: it stands last. */
const MESSAGE = '(?:, message=(?!null\\b)(?<detail>[^\\n]{1,600}))?';

const code = (codes: string): string => `(?:exitCode=|[Ee]xit ?[Cc]ode(?: is)?:? {0,2}|exit code |Exit status:? ?)(?:${codes})(?!\\d)`;

/** The first that fits counts. Containers over their memory limit are in memoryErrors.ts. */
export const PROCESS_ENDS: readonly ProcessEndKind[] = told([
  {
    reason: 'evicted',
    pattern: new RegExp(`reason=Evicted${MESSAGE}|\\bEvicted\\b|(?<low>The node was low on resource: [\\w-]+)`),
    title: 'was evicted from its node',
    next: [
      {
        where: DISK_OF_NODE,
        text: 'The disk of the node was short: local state, spilling and logs of this pod, or what others write there. A volume for io.tmp.dirs and state.backend.rocksdb.localdir, and requests and limits for ephemeral-storage.',
      },
      {
        where: DISK_OF_POD,
        text: 'The pod wrote more than its own limit for ephemeral-storage (or for an emptyDir): raise it, or put io.tmp.dirs, state.backend.rocksdb.localdir and the logs on a volume.',
      },
      {
        where: MEMORY_OF_NODE,
        text: 'The memory of the node was short, and pods that use more than they request go first: request as much as the limit (kubernetes.taskmanager.memory.limit-factor back to 1.0), a PriorityClass, or fewer pods on the node.',
      },
      {
        where: PROCESSES_OF_NODE,
        text: 'The node had no process ids left: look for a thread leak in a dump of its threads, and at podPidsLimit of the kubelet.',
      },
      {
        where: TAINT,
        text: 'Its node was given a taint that the pod does not tolerate: a drain, a node that is not ready, or somebody by hand (kubectl describe node).',
      },
      {
        unless: SAID,
        text: 'kubectl describe pod and node: which resource was short. For ephemeral-storage: local state, spilling and logs fill the disk of the node; mount a volume (io.tmp.dirs, state.backend.rocksdb.localdir) and set requests and limits for ephemeral-storage.',
      },
    ],
    samples: [
      'pod status: Failed(reason=Evicted, message=The node was low on resource: memory.)',
      'The node was low on resource: ephemeral-storage.',
      'pod status: Failed(reason=Evicted, message=The node had condition: [DiskPressure]. )',
      'pod status: Failed(reason=Evicted, message=Pod ephemeral local storage usage exceeds the total limit of containers 10Gi. )',
    ],
    nearMisses: ['reason=OOMKilled'],
  },
  {
    reason: 'not-admitted',
    pattern: new RegExp(`reason=(?:OutOf\\w{1,60}|UnexpectedAdmissionError|TopologyAffinityError|NodePorts|Unsupported\\w{1,60})${MESSAGE}`),
    title: 'was refused by its node',
    next: [
      {
        text: 'The scheduler had chosen a node that then had no room for the pod, or could not run it: kubectl describe node (Allocatable and what is requested there), a restart of its kubelet, pods that are placed past the scheduler.',
      },
    ],
    samples: [
      "pod status: Failed(reason=OutOfcpu, message=Pod Node didn't have enough resource: cpu, requested: 4000, used: 13000, capacity: 16000)",
      'pod status: Failed(reason=UnexpectedAdmissionError, message=Allocate failed)',
    ],
    nearMisses: ['reason=OOMKilled'],
  },
  {
    reason: 'deadline',
    pattern: /reason=DeadlineExceeded\b/,
    title: 'ran longer than its pod may (DeadlineExceeded)',
    next: [{ text: 'activeDeadlineSeconds of the pod template, or of what made the pod: a job that goes on without end needs none.' }],
    samples: ['pod status: Failed(reason=DeadlineExceeded, message=Pod was active on the node longer than the specified deadline)'],
    nearMisses: ['status: DEADLINE_EXCEEDED'],
  },
  {
    reason: 'preempted',
    pattern: /[Pp]reempt(?:ed|ing|ion)/,
    title: 'was preempted by the scheduler',
    next: [
      {
        text: 'Priority and guaranteed capacity: a queue of YARN with preemption disabled, or a PriorityClass of Kubernetes, keeps others from taking the container.',
      },
    ],
    samples: ['Container preempted by scheduler', 'reason=Preempted, message=Preempted by a pod on node n1'],
    nearMisses: ['Container released by application'],
  },
  {
    reason: 'disks-failed',
    pattern: new RegExp(`threshold number of the nodemanager-local-directories|${code('-101')}`),
    title: 'was ended by YARN: the disks of its node are bad or full',
    next: [
      {
        text: 'The log of that NodeManager: which of its directories are bad, as a rule more than 90 % full (yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage).',
      },
    ],
    samples: [
      'Container container_1 is failed because threshold number of the nodemanager-local-directories or threshold number of the nodemanager-log-directories have become bad. Diagnostics: x',
      'Exit code: -101',
    ],
    nearMisses: ['Exit code: -1010'],
  },
  {
    reason: 'node-lost',
    pattern: new RegExp(
      `released on a \\*?lost\\*? node|Node(?:Lost|Shutdown|NotReady|Affinity)\\b|node (?:was |is )?lost|imminent node shutdown|Node is shutting|NoExecute taint|${code('-100')}`,
    ),
    title: 'went down with its node',
    next: [{ text: 'Look at the node: it was lost, drained or shut down. Spot instances end like this.' }],
    samples: [
      'Container released on a *lost* node',
      'Exit code: -100',
      'reason=NodeLost',
      'pod status: Failed(reason=Terminated, message=Pod was terminated in response to imminent node shutdown.)',
    ],
    nearMisses: ['Exit code: -1000'],
  },
  {
    reason: 'untracked',
    pattern: /reason=ContainerStatusUnknown\b/,
    title: 'was gone when Kubernetes looked for it (ContainerStatusUnknown)',
    next: [
      {
        text: 'The exit code 137 is made up: how it ended is not known. Events of the pod and its node at that time (kubectl get events): a restart of the node or its kubelet, an eviction, a deletion.',
      },
    ],
    samples: [
      'flink-main-container(exitCode=137, reason=ContainerStatusUnknown, message=The container could not be located when the pod was terminated)',
    ],
    nearMisses: ['exitCode=137, reason=Error'],
  },
  {
    reason: 'unused',
    pattern: /expired since it was unused|released by application|Container (?:is )?no longer needed/i,
    title: 'was given back unused',
    next: [{ text: 'Nothing: it was not in use.' }],
    samples: ['Container expired since it was unused'],
    nearMisses: ['Container preempted by scheduler'],
  },
  // For Flink a pod has ended as soon as one of its containers has (KubernetesPod.isTerminated).
  {
    reason: 'sidecar',
    pattern: /statuses: \[(?![^\n]{0,2000}\b(?:main|flink[\w-]{0,40}|\w{0,20}manager)\()(?<detail>[a-z0-9][a-z0-9-]{0,62})\(exitCode=/,
    title: 'ended because another container of its pod did',
    next: [
      {
        text: 'Flink takes a pod for ended as soon as any of its containers has ended: the log of that container, and whether it may end at all. One that helps at the start only belongs into initContainers.',
      },
    ],
    samples: ['Pod terminated, container termination statuses: [fluent-bit(exitCode=1, reason=Error, message=null)]'],
    nearMisses: [
      'Pod terminated, container termination statuses: [fluent-bit(exitCode=1, reason=Error, message=null),flink-main-container(exitCode=143, reason=Error, message=null)]',
    ],
  },
  {
    reason: 'not-started',
    pattern: /reason=(?:StartError|ContainerCannotRun|RunContainerError)(?:, message=(?!null\b)(?<detail>[^\n]{1,600}))?/,
    title: 'could not be started by its runtime',
    next: [
      { text: 'The command of the container and the files that it needs: image, entrypoint, mounts of the pod template (kubectl describe pod).' },
    ],
    samples: ['flink-main-container(exitCode=128, reason=StartError, message=failed to create containerd task: no such file or directory)]'],
    nearMisses: ['exitCode=128, reason=Error'],
  },
  {
    reason: 'fatal-handler',
    pattern: new RegExp(code('239')),
    title: 'was ended by its handler of fatal errors (exit code 239)',
    next: [{ text: 'Read the end of the log of that process: the fatal error is its last ERROR record.' }],
    samples: ['[flink-main-container(exitCode=239, reason=Error, message=null)]'],
    nearMisses: ['exitCode=23'],
  },
  {
    reason: 'aborted',
    pattern: new RegExp(code('134')),
    title: 'aborted (exit code 134, SIGABRT): its JVM crashed',
    next: [{ text: 'Look for hs_err_pid*.log in the working directory of the process and for the crash report in its .out file.' }],
    samples: ['exitCode=134, reason=Error', 'Exit code is 134'],
    nearMisses: ['exitCode=13'],
  },
  {
    reason: 'crashed',
    pattern: new RegExp(code('139|136|135')),
    title: 'crashed in native code',
    next: [{ text: 'Look for hs_err_pid*.log in the working directory of the process; it names the library.' }],
    samples: ['exitCode=139, reason=Error'],
    nearMisses: ['exitCode=13'],
  },
  {
    reason: 'terminated',
    pattern: new RegExp(code('143')),
    title: 'was told to stop from outside (exit code 143, SIGTERM)',
    next: [
      { text: 'Who sent the signal: events of the pod (kubectl get events), scaling, node upgrades, an operator; YARN: log of the NodeManager.' },
    ],
    samples: ['exitCode=143, reason=Error', 'Container killed on request. Exit code is 143'],
    nearMisses: ['exitCode=14'],
  },
  {
    reason: 'start-failed',
    pattern: new RegExp(code('1')),
    title: 'ended with exit code 1, as a rule while it started',
    next: [{ text: 'Read the log and the .err and .out files of that container: the start script, the configuration or the main class failed.' }],
    samples: ['exitCode=1, reason=Error', 'exited with  exitCode: 1', 'Exit code: 1'],
    nearMisses: ['exitCode=13, reason=Error', 'exitCode=0'],
  },
  {
    reason: 'exited',
    pattern: new RegExp(code('-?(?!0\\b|137\\b)\\d+')),
    title: 'ended by itself',
    next: [{ text: 'Read the end of the log of that process.' }],
    samples: ['exitCode=2, reason=Error'],
    nearMisses: ['exitCode=0, reason=Completed', 'exitCode=137, reason=OOMKilled'],
  },
  {
    reason: 'finished',
    pattern: new RegExp(`exited normally\\. Diagnostics|${code('0')}`),
    title: 'ended by itself without an error (exit code 0)',
    next: [{ text: 'Read the end of the log of that process: it was shut down in order, which says by whom.' }],
    samples: ['[flink-main-container(exitCode=0, reason=Completed, message=null)]', 'Container container_1 exited normally. Diagnostics: '],
    nearMisses: ['exitCode=10, reason=Error'],
  },
  {
    reason: 'deleted',
    pattern: /container termination statuses: \[\](?!, pod status: Failed)/,
    title: 'was deleted from Kubernetes while it ran',
    next: [
      {
        text: 'Who deleted the pod: kubectl get events and the audit log of Kubernetes; a drained node, an autoscaler, an operator, or somebody by hand.',
      },
    ],
    samples: ['Pod terminated, container termination statuses: []'],
    nearMisses: ['Pod terminated, container termination statuses: [], pod status: Failed(reason=null, message=null)'],
  },
  {
    reason: 'unsaid',
    pattern:
      /^(?:Pod is terminated\b|Pod terminated, container termination statuses: \[\], pod status: Failed|Container \S{1,100} (?:was invalid|marked as failed|killed by YARN)\b)/,
    title: 'ended; why is not said',
    next: [{ text: 'kubectl describe pod and kubectl get events; YARN: log of the NodeManager. They say how the container ended.' }],
    samples: [
      'Pod is terminated.',
      "Container container_1 killed by YARN, either due to being released by the application or being 'lost' due to node failures etc. Diagnostics: null",
    ],
    nearMisses: ['Pod orders is terminated before being scheduled.'],
  },
]);

const STATUS_OF_MAIN = /\bflink-main-container\(exitCode=/;
/** Statuses of the other containers, as KubernetesPod.getTerminatedDiagnostics prints them (flink-kubernetes 1.12 to 2.1). */
const STATUS_OF_OTHERS =
  /(?<![\w-])(?!flink-main-container\()[a-z0-9][a-z0-9-]{0,62}\(exitCode=-?\d{1,5}, reason=\w{1,60}, message=[^()\n]{0,600}\),?/g;

/** What is said of the container with Flink in it, where others of its pod have ended as well. */
const ofMain = (diagnostics: string): string => (STATUS_OF_MAIN.test(diagnostics) ? diagnostics.replace(STATUS_OF_OTHERS, '') : diagnostics);

/** The reason that diagnostics give, with the exit code and what else they say; null where they give none. */
export function processEnd(said: string): { reason: EndReason; exitCode: string | null; detail: string | null } | null {
  const diagnostics = ofMain(said);
  for (const { reason, pattern } of PROCESS_ENDS) {
    const match = pattern.exec(diagnostics);
    if (match === null) continue;
    const exitCode = /(?:exitCode=|[Ee]xit ?[Cc]ode(?: is)?:? {0,2}|exit code )(-?\d+)/.exec(diagnostics)?.[1] ?? null;
    const detail = match.groups?.['detail'] ?? match.groups?.['low'] ?? null;
    return { reason, exitCode, detail: detail?.replace(/\.?\s{0,9}\)[^)]{0,300}$/, '') ?? null };
  }
  return null;
}

const BY_REASON = new Map(PROCESS_ENDS.map((kind) => [kind.reason, kind]));

/** What to look at where a container ended for this reason, with this detail. */
export const endSteps = (reason: EndReason, detail: string | null = null): string[] =>
  endKind(reason)
    .next.filter(({ where, unless }) => (where === undefined || where.test(detail ?? '')) && unless?.test(detail ?? '') !== true)
    .map(({ text }) => text);

export const endKind = (reason: EndReason): ProcessEndKind => BY_REASON.get(reason) as ProcessEndKind;
