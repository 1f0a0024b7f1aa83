import { processEnd } from '../../knowledge/processEnds.ts';
import type { PodEventsDocument, PodsDocument } from '../../rest/model/kubernetes.ts';
import type { Thin } from '../digest/model.ts';
import { documentsIn, type Joined, processAt } from '../joined.ts';
import { lineAt, roots } from './firstFailure.ts';
import { type EndCode, type Evidence, placeIn } from './rule.ts';

/** The end of a TaskManager that a log, its pod or the events of it tell. */
export interface ToldEnd {
  /** As the source calls it. */
  process: string;
  ended: EndCode;
  /** What the source says beyond that. */
  detail: string | null;
  since: number | null;
  evidence: Evidence;
}

/** An end is told so long before or after it is noticed. In ms. */
export const NEAR = 3 * 60_000;

/** Nobody is missed before it was told to go, but for the clocks of two machines. In ms. */
const LATE = 30_000;

/** Whether a record in which a process tells of itself is perhaps that of a TaskManager: the JobManager's own signals are none. */
export function mayBeOf(joined: Joined, line: number, process: string | null): boolean {
  const writer = processAt(joined, line);
  if (writer === null || process === null) return true;
  if (writer.side === 'JM') return false;
  return writer.id === null || isSame(writer.id, process);
}

/** Some tell the address behind the id. */
export const isSame = (id: string, process: string): boolean => id === process || process.startsWith(id) || id.startsWith(process);

/** What a log says of it goes before what Kubernetes does: it knows which of them the job missed. */
export const toldEnd = (joined: Joined, process: string | null, time: number | null): ToldEnd | null =>
  endInLog(joined, process, time) ?? endOfPod(joined, process) ?? endInEvents(joined, process);

/** Of a signal that ended a process, as its log tells, what Kubernetes says of the same pod: it knows who sent it. */
export function senderOf(joined: Joined, told: ToldEnd): ToldEnd | null {
  if (told.ended !== 'terminated') return null;
  const pod = nameIn(told.process);
  const known = endOfPod(joined, pod) ?? endInEvents(joined, pod);
  return known === null || known.ended === 'terminated' ? null : { ...known, since: told.since };
}

export function endInLog(joined: Joined, process: string | null, time: number | null): ToldEnd | null {
  const { log } = joined;
  if (log === null) return null;
  const [root] = roots(joined);
  const cause = root?.first.cause;
  if (root !== undefined && (cause?.code === 'process-ended' || (cause?.code === 'container-killed' && cause.facts.oom))) {
    const worker = log.log.events.find(({ id, record }) => id === 'worker-terminated' && record === root.first.record)?.fields['worker'];
    if (cause.code === 'container-killed' || !cause.facts.master) {
      const ended = cause.code === 'container-killed' ? 'memory' : cause.facts.reason;
      const detail = cause.code === 'container-killed' ? null : cause.facts.detail;
      const at = lineAt(log, root.first.line);
      return {
        process: worker ?? process ?? '',
        ended,
        detail,
        since: root.first.time,
        evidence: { code: 'ended', facts: { process: worker ?? process ?? '', ended, detail }, at },
      };
    }
  }
  const signal = log.log.events.find(
    ({ id, time: at, line }) =>
      id === 'shutdown-signal' && time !== null && at !== null && at <= time + LATE && at >= time - NEAR && mayBeOf(joined, line, process),
  );
  if (signal === undefined || process === null) return null;
  const detail = `SIG${signal.fields['signal'] ?? 'TERM'}`;
  return {
    process,
    ended: 'terminated',
    detail,
    since: signal.time,
    evidence: { code: 'ended', facts: { process, ended: 'terminated', detail }, at: lineAt(log, signal.line) },
  };
}

/** What a node had too little of, in the message of an eviction. */
const LOW_ON = /\blow on resource: ([\w./-]{1,80}?)\.?(?:\s|$)/;

const shortage = (message: string | null): string | null => LOW_ON.exec(message ?? '')?.[1] ?? null;

/** The id of a TaskManager on Kubernetes is the name of its pod. */
const isPodOf = (pod: string, process: string | null): boolean => (process === null ? WORKER.test(pod) : process.startsWith(pod));

const WORKER = /task-?manager/i;

/** Of `process`, else the first TaskManager whose pod tells an end. */
export function endOfPod(joined: Joined, process: string | null): ToldEnd | null {
  for (const { pods, source } of documentsIn(joined, 'pods'))
    for (const pod of pods) {
      if (!isPodOf(pod.name, process)) continue;
      const end = endOf(pod);
      if (end === null) continue;
      const { ended, detail, exitCode = null, line } = end;
      const facts = { process: pod.name, ended, detail: exitCode === null ? detail : `exit code ${exitCode}` };
      return { process: pod.name, ended, detail, since: null, evidence: { code: 'ended', facts, at: placeIn(source, line) } };
    }
  return null;
}

function endOf({
  containers,
  phase,
  reason,
  message,
  line,
}: Thin<PodsDocument>['pods'][number]): { ended: EndCode; detail: string | null; exitCode?: number | null; line: number } | null {
  // Of a pod that was taken off its node the containers are gone, or ended because of it.
  const taken = phase === 'Failed' && reason !== null ? processEnd(`reason=${reason}`) : null;
  if (taken !== null) return { ended: taken.reason, detail: shortage(message), line };
  for (const { state, last } of containers)
    for (const one of [last, state]) {
      if (one?.state !== 'terminated') continue;
      if (one.reason === 'OOMKilled') return { ended: 'memory', detail: 'OOMKilled', exitCode: one.exitCode, line: one.line ?? line };
      if (one.exitCode === null || one.exitCode === 0) continue;
      // Why somebody sent SIGKILL (137) no exit code says.
      const ended = processEnd(`exitCode=${one.exitCode}`)?.reason ?? 'exited';
      return { ended, detail: ended === 'terminated' ? 'SIGTERM' : `exit code ${one.exitCode}`, line: one.line ?? line };
    }
  return null;
}

/** "pod/flink-taskmanager-1-1" */
const POD = /^pod\/(.+)$/i;

/** Reasons of events: the kubelet stops or evicts, the scheduler preempts, the controller of taints deletes (its message tells whether). */
function reasonOf({ reason, message }: Thin<PodEventsDocument>['events'][number]): EndCode | null {
  switch (reason) {
    case 'Killing':
      return /^Stopping container\b/.test(message ?? '') ? 'terminated' : null;
    case 'TaintManagerEviction':
      return /^Marking for deletion\b/.test(message ?? '') ? 'evicted' : null;
    case 'Evicted':
      return 'evicted';
    case 'Preempted':
    case 'Preempting':
      return 'preempted';
    case 'NodeLost':
    case 'NodeShutdown':
      return 'node-lost';
    default:
      return null;
  }
}

type NamedEvent = Thin<PodEventsDocument>['events'][number] & { pod: string; place: Evidence['at'] };

/** Of `kubectl get events`, and those below the pods that `kubectl describe` prints. */
function podEvents(joined: Joined): NamedEvent[] {
  const listed = documentsIn(joined, 'pod-events').flatMap(({ events, source }) =>
    events.flatMap((event) => {
      const pod = POD.exec(event.object ?? '')?.[1];
      return pod === undefined ? [] : [{ ...event, pod, place: placeIn(source, event.line) }];
    }),
  );
  const described = documentsIn(joined, 'pods').flatMap(({ pods, source }) =>
    pods.flatMap(({ name, events }) => events.map((event) => ({ ...event, pod: name, place: placeIn(source, event.line) }))),
  );
  return [...listed, ...described];
}

/** A pod is stopped when it is evicted too: of several events of one pod the one that says more counts. */
function endInEvents(joined: Joined, process: string | null): ToldEnd | null {
  const told = podEvents(joined).flatMap((event) => {
    const ended = isPodOf(event.pod, process) ? reasonOf(event) : null;
    return ended === null ? [] : [{ ...event, ended }];
  });
  const one = told.find(({ ended }) => ended !== 'terminated') ?? told[0];
  if (one === undefined) return null;
  const detail = one.reason === 'TaintManagerEviction' ? 'a taint of its node' : shortage(one.message);
  return {
    process: one.pod,
    ended: one.ended,
    detail,
    since: one.last ?? one.first,
    evidence: { code: 'ended', facts: { process: one.pod, ended: one.ended, detail }, at: one.place },
  };
}

/** Nothing came in its place: `node`: a pod that no node has room for; `slots`: all that is known is that a slot did not come. */
export interface NotReplaced {
  kind: 'node' | 'slots';
  /** "Insufficient cpu". */
  why: string | null;
  evidence: Evidence;
}

export function notReplaced(joined: Joined, { process, since }: Pick<ToldEnd, 'process' | 'since'>): NotReplaced | null {
  const waiting = podWithoutNode(joined, (pod) => areAlike(pod, process));
  if (waiting !== null) return waiting;
  const slots = slotsMissed(joined, since);
  // Events are kept for an hour: the pod may have found a node meanwhile.
  const all = podEvents(joined);
  const found = new Set(all.flatMap(({ reason, pod }) => (reason === 'Scheduled' ? [pod] : [])));
  if (joined.log === null || slots !== null)
    for (const { reason, pod, message, place } of all)
      if (reason === 'FailedScheduling' && !found.has(pod) && areAlike(pod, process)) return noNode(pod, message, place);
  return slots;
}

/** The pod of a TaskManager that no node has room for. */
export function podWithoutNode(joined: Joined, fits = (pod: string): boolean => WORKER.test(pod)): NotReplaced | null {
  for (const { pods, source } of documentsIn(joined, 'pods'))
    for (const { name, unschedulable, phase, line } of pods)
      if (unschedulable !== null && phase !== 'Running' && fits(name)) return noNode(name, unschedulable, placeIn(source, line));
  return null;
}

/** A slot was asked for in vain after that, and no checkpoint tells that the job went on. */
function slotsMissed({ log }: Joined, since: number | null): NotReplaced | null {
  const slots = log?.log.events.find(({ id, time }) => id === 'no-slots' && (since === null || time === null || time > since));
  if (log === null || slots === undefined) return null;
  if (log.log.events.some(({ id, time }) => id === 'checkpoint-completed' && time !== null && slots.time !== null && time > slots.time)) return null;
  return { kind: 'slots', why: null, evidence: { code: 'event', facts: { id: 'no-slots', text: '' }, at: lineAt(log, slots.line) } };
}

function noNode(pod: string, message: string | null, at: Evidence['at']): NotReplaced {
  // Of what most nodes lack.
  const told = [...(message ?? '').matchAll(SHORT_OF)].sort((one, other) => Number(other[1] ?? 0) - Number(one[1] ?? 0));
  const why = told[0]?.[2] ?? null;
  return { kind: 'node', why, evidence: { code: 'no-node', facts: { pod, message: message ?? '' }, at } };
}

/** What the scheduler says of its nodes: "3 Insufficient cpu", "1 node(s) had untolerated taint {spot: true}". */
const SHORT_OF =
  /\b(?:(\d{1,6}) )?(?:node\(s\) (?:had|didn't match) )?(Insufficient [\w./-]{0,59}\w|untolerated taint|Pod's node affinity\/selector|exceeded quota)/g;

/** Without the address behind it. */
const nameIn = (process: string): string => process.split('(', 1)[0] ?? process;

/** Pods of one controller differ in the end of their names: "-1-2", "-6d5f9c7b4-x2x7p". */
const stem = (pod: string): string => nameIn(pod).replace(/(?:(?:-\d{1,6}){1,3}|-[a-z0-9]{6,10}-[a-z0-9]{5})$/, '');

/** A process that is called by its address is not called as its pod: then any pod of a TaskManager may be meant to take its place. */
const areAlike = (pod: string, process: string): boolean => stem(pod) === stem(process) || (/:\d/.test(nameIn(process)) && WORKER.test(pod));
