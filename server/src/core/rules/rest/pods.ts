import { documentsOf } from '../../analysis/rest/model.ts';
import { MAX_FINDINGS, type RestRule, tell } from './shared.ts';

/** A container that was told to stop, as at the end of a job, ends with these. */
const ORDERLY = new Set([0, 143]);
const STARTING = new Set(['ContainerCreating', 'PodInitializing']);

export const containerKilled: RestRule = {
  id: 'container-killed',
  title: 'A container was killed, or does not start',
  severity: 'error',
  docs: `Kubernetes tells how the last run of a container ended: OOMKilled with exit code 137 is the kernel's answer to a container over its memory limit, which no log of Flink mentions; 137 alone is any SIGKILL; 239 is Flink's own end after a fatal error; 1 a failed start. A container that waits says why: CrashLoopBackOff, ImagePullBackOff.`,
  check: ({ rest }) =>
    documentsOf(rest, 'pods')
      .flatMap(({ pods }) => pods)
      .flatMap((pod) =>
        pod.containers.flatMap(({ name, state, last, restarts, memoryLimit, span }) => {
          const ended = state?.state === 'terminated' ? state : last;
          const waits = state?.state === 'waiting' && state.reason !== null && !STARTING.has(state.reason) ? state : null;
          return [
            ...(ended !== null && (ended.exitCode === null || !ORDERLY.has(ended.exitCode))
              ? [
                  tell(
                    containerKilled,
                    'container-killed',
                    {
                      pod: pod.name,
                      container: name,
                      reason: ended.reason,
                      exitCode: ended.exitCode,
                      memoryLimit,
                      restarts: restarts ?? 0,
                      gone: state?.state !== 'running',
                    },
                    { certainty: 'proved', span: ended.span },
                  ),
                ]
              : []),
            ...(waits !== null
              ? [
                  tell(
                    containerKilled,
                    'container-not-starting',
                    { pod: pod.name, container: name, reason: waits.reason ?? '', message: waits.message },
                    { certainty: 'proved', severity: ended === null ? 'error' : 'warning', span: waits.span ?? span },
                  ),
                ]
              : []),
          ];
        }),
      )
      .slice(0, MAX_FINDINGS),
};

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
    documentsOf(rest, 'pods')
      .flatMap(({ pods }) => pods)
      .flatMap((pod) => [
        ...(pod.reason !== null && TAKEN.has(pod.reason)
          ? [
              tell(
                podEvicted,
                'pod-evicted',
                { pod: pod.name, reason: pod.reason, message: pod.message },
                { certainty: 'proved', span: pod.nameSpan },
              ),
            ]
          : []),
        ...(pod.unschedulable === null
          ? []
          : [tell(podEvicted, 'pod-unschedulable', { pod: pod.name, message: pod.unschedulable }, { certainty: 'proved', span: pod.nameSpan })]),
      ])
      .slice(0, MAX_FINDINGS),
};
