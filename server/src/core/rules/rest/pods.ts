import { documentsOf } from '../../analysis/rest/model.ts';
import type { Draft } from '../../model.ts';
import type { ContainerRow, PodEvent, PodRow } from '../../rest/model/kubernetes.ts';
import { MAX_FINDINGS, type RestRule, tell } from './shared.ts';

/** A container that was told to stop, as at the end of a job, ends with these. */
const ORDERLY = new Set([0, 143]);
const STARTING = new Set(['ContainerCreating', 'PodInitializing']);

export const containerKilled: RestRule = {
  id: 'container-killed',
  title: 'A container was killed, or does not start',
  severity: 'error',
  docs: `Kubernetes says how the last run of a container ended: OOMKilled with exit code 137 is the kernel's answer to a container over its memory limit, which no log of Flink mentions; 137 alone is any SIGKILL; 239 is Flink's own end after a fatal error; 1 a failed start. A container that waits says why: CrashLoopBackOff, ImagePullBackOff.`,
  check: ({ rest }) =>
    documentsOf(rest, 'pods')
      .flatMap(({ pods }) => pods)
      .flatMap((pod) => pod.containers.flatMap((container) => told(pod.name, container) ?? []))
      .slice(0, MAX_FINDINGS),
};

function told(pod: string, { name: container, state, last, restarts, memoryLimit }: ContainerRow): Draft | null {
  const ended = state?.state === 'terminated' ? state : last;
  const waits = state?.state === 'waiting' && state.reason !== null && !STARTING.has(state.reason) ? state : null;
  if (ended !== null && (ended.exitCode === null || !ORDERLY.has(ended.exitCode))) {
    const { reason, exitCode, span } = ended;
    const facts = { pod, container, reason, exitCode, memoryLimit, restarts: restarts ?? 0, waits: waits?.reason ?? null };
    return tell(containerKilled, 'container-killed', facts, { certainty: 'proved', span });
  }
  if (waits === null) return null;
  const facts = { pod, container, reason: waits.reason ?? '', message: waits.message };
  return tell(containerKilled, 'container-not-starting', facts, { certainty: 'proved', span: waits.span });
}

const TAKEN = new Set([
  'Evicted',
  'Preempted',
  'Preempting',
  'NodeLost',
  'NodeShutdown',
  'Terminated',
  'Shutdown',
  'NodeAffinity',
  'DeadlineExceeded',
]);

export const podEvicted: RestRule = {
  id: 'pod-evicted',
  title: 'A pod was taken off its node, or finds none',
  severity: 'error',
  docs: `The pod failed as a whole: evicted because its node ran out of memory or disk, preempted, or lost with its node. Or it is pending because no node has room for what it requests: Flink then waits for slots that never come.`,
  check: ({ rest }) =>
    [
      ...documentsOf(rest, 'pods').flatMap(({ pods }) => pods.flatMap(ofPod)),
      ...documentsOf(rest, 'pod-events').flatMap(({ events }) => events.flatMap((event) => ofEvent(event) ?? [])),
    ].slice(0, MAX_FINDINGS),
};

function ofPod({ name: pod, reason, message, unschedulable, nameSpan: span }: PodRow): Draft[] {
  return [
    ...(reason !== null && TAKEN.has(reason) ? [tell(podEvicted, 'pod-evicted', { pod, reason, message }, { certainty: 'proved', span })] : []),
    ...(unschedulable === null ? [] : [tell(podEvicted, 'pod-unschedulable', { pod, message: unschedulable }, { certainty: 'proved', span })]),
  ];
}

/** Events are kept for an hour: the pod may have found a node meanwhile. */
function ofEvent({ reason, object, message, span }: PodEvent): Draft | null {
  const pod = /^pod\/(.+)$/i.exec(object ?? '')?.[1];
  if (pod === undefined || reason === null) return null;
  if (reason === 'FailedScheduling')
    return tell(podEvicted, 'pod-unschedulable', { pod, message: message ?? '' }, { certainty: 'proved', severity: 'warning', span });
  const taken = TAKEN.has(reason) || (reason === 'TaintManagerEviction' && message?.startsWith('Marking for deletion') === true);
  return taken ? tell(podEvicted, 'pod-evicted', { pod, reason, message }, { certainty: 'proved', span }) : null;
}
